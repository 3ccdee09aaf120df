"""What is written in the audit log: this list and the code say the same. A new entry is added here, with what it is."""

import ast
from collections.abc import Iterator
from functools import reduce
from importlib import import_module
from pathlib import Path

from webapp.config import ROOT
from webapp.web.guard import VIEWS

EVENTS = {
    "sign_in": "signing in, and a try that failed",
    "sign_out": "signing out here or everywhere",
    "proof": "proving once more who one is, and a try that failed",
    "setup": "the first administrator",
    "denied": "asking for a thing one may not have",
    "referral.view": "reading a question",
    "ask.view": "reading what is asked of an association",
    "hand_over.view": "reading what a colleague asks to take over",
    "beside.view": "reading a question as a bridge builder who thinks along",
    "card.open": "opening a contact card",
    "scan.open": "opening a signed paper",
    "scan.keep": "keeping a signed paper",
    "scan.remove": "taking a signed paper away",
    "referral.export": "giving a young person their data",
    "own.export": "taking one's own data along",
    "agreement.record": "writing an agreement down",
    "agreement.withdraw": "ending an agreement",
    "discretion.promise": "promising discretion",
    "seat.begin": "a function that begins",
    "seat.go_on": "a function that would end and goes on after all",
    "seat.end": "a function that ends",
    "invitation.ask": "asking an organisation for a function",
    "invitation.send": "sending an invitation",
    "invitation.decline": "an organisation that says no",
    "invitation.withdraw": "taking an invitation back",
    "join": "a wrong code at a link for volunteers",
    "minutes.download": "taking the minutes of a group about integrity on paper",
    "tool.download": "taking a file from the shelf of a group",
    "poll_link.make": "making a link for guests of a date poll",
    "lesson.throw_away": "a draft of a lesson that is gone for good",
    "words.fold": "folding words that were flagged",
    "words.keep": "leaving words that were flagged, or showing them again",
    "session_link.make": "the link into a learning session",
    "poll_link.end": "ending a link for guests of a date poll",
    "join_link.make": "making a link for volunteers",
    "group_invitation.send": "mailing an invitation into a working group",
    "group_invitation.end": "answering or taking back such an invitation",
    "join_link.end": "ending a link for volunteers",
    "passkey.add": "a passkey more",
    "passkey.remove": "a passkey less",
    "app.add": "an app with codes more",
    "app.remove": "an app with codes less",
    "recovery.renew": "new recovery codes",
    "factors.forget": "taking a lost second factor away, at the console",
    "address.change": "another mail address, at the console",
    "account.rest": "closing an account that nobody needs",
    "account.wake": "opening it again",
    "retention.hold": "erasing that stopped by itself",
    "retention.release": "letting erasing go on",
    "question.erase": "erasing a question before its time, at the console",
    "keys.rotate": "a new key",
    "keys.join": "keys of an older copy of the key file",
    "keys.retire": "an old key that goes",
    "keys.reencrypt": "new data keys",
    "audit.acknowledge": "a fault in the log that was looked into",
    "backup.restore": "a backup that came back",
    "incident.report": "asking what an account read",
}


def first_arguments() -> Iterator[tuple[Path, ast.expr]]:
    """What each call of `audit.write`, or of a helper that passes it on, names first."""
    for file in sorted((ROOT / "webapp").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            if name == "audit.write":
                yield file, node.args[0]
            elif name == "_take_back":
                yield file, node.args[2]


def actions() -> Iterator[str]:
    for file, argument in first_arguments():
        module = import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
        for node in ast.walk(argument):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
        if isinstance(argument, ast.Name | ast.Attribute) and ast.unparse(argument) != "action":
            yield str(reduce(getattr, ast.unparse(argument).split("."), module))
    yield from VIEWS.values()


def test_the_audit_log_tells_exactly_this() -> None:
    assert set(actions()) == set(EVENTS)
