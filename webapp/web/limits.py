"""How often somebody may try. Limits are rows of one table below; `attempts` counts them, for every process and every
server together.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, abort, g, request
from limits import RateLimitItem
from limits import RateLimitItemPerHour as PerHour
from limits import RateLimitItemPerMinute as PerMinute
from limits.strategies import FixedWindowRateLimiter

from webapp.core import clock
from webapp.core.links import Link
from webapp.policy.actor import Key
from webapp.web.addresses import normal_address
from webapp.web.attempts import DatabaseStorage, count_lost
from webapp.web.i18n import turned_to
from webapp.web.links import is_kept
from webapp.web.who import actor


def network() -> str:
    """Where a request comes from: its address, or for IPv6 its household (/64)."""
    address = ipaddress.ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 - nobody
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def person() -> str:
    """Who sends a request; its network when nobody is signed in."""
    return str(actor().person_id or network())


def mailbox() -> str:
    """The address that a mail is asked for, however it is spelled."""
    typed = request.form.get("email", "")
    return normal_address(typed) or typed.strip().lower() or network()


Applies = Callable[[str, str], bool]
"""Whether a limit is about a request of this method to this endpoint."""


def at(*endpoints: str) -> Applies:
    """Whether a change goes to one of these endpoints."""
    return lambda method, endpoint: method == "POST" and endpoint in endpoints


POSTED = at("referrals.search", "today.look", "groups.find_person", "learning.find_helper")


def searches(method: str, endpoint: str) -> bool:
    """Whether a request looks for words anywhere but in the log: in an address, or posted where a name may be typed."""
    return (_looks(method) and endpoint != LOG) or POSTED(method, endpoint)


def looks_in_log(method: str, endpoint: str) -> bool:
    """Whether a request looks for words in the log: everybody in it may read all of it, page by page, so a search tells
    nothing more. It looks while one types, and whoever types slowly asks twice a second at most."""
    return _looks(method) and endpoint == LOG


def _looks(method: str) -> bool:
    return method == "GET" and bool(request.args.get("q", "").strip())


def sends_mail(method: str, endpoint: str) -> bool:
    """Whether a request has a mail sent to an address. To see the form in another language first sends none."""
    return method == "POST" and endpoint in ("accounts.send_code", "accounts.join") and not turned_to()


def to(*endpoints: str) -> Applies:
    """Whether a request goes to one of these endpoints, to read too."""
    return lambda _method, endpoint: endpoint in endpoints


def answers_as_guest(method: str, endpoint: str) -> bool:
    """Whether somebody answers by the link in a mail, without an account."""
    return method == "POST" and endpoint in GUEST_FORMS and person() == network()


def question() -> str:
    """The question that a form is about."""
    return str((request.view_args or {}).get("ask_id"))


def poll() -> str:
    """The date poll that a guest answers."""
    return str((request.view_args or {}).get("poll_id"))


def participant() -> str:
    """Who takes part in a learning session on this device: a whole room may share one network."""
    known, learning_id = person(), (request.view_args or {}).get("learning_id")
    return str((learning_id and actor().holder_of(Key.PARTICIPANT, learning_id)) or known)


def room() -> str:
    """A learning session as one network sees it."""
    return f"{network()} {(request.view_args or {}).get('learning_id')}"


def changes(method: str, endpoint: str) -> bool:
    """Whether a request wants to change something. A room full of phones on one network counts otherwise, see below."""
    return method == "POST" and endpoint not in (*INTO_SESSION, *IN_SESSION)


def opens_link(_method: str, _endpoint: str) -> bool:
    """Whether a request carries the token of a link."""
    return "token" in (request.view_args or {})


@dataclass(frozen=True, slots=True)
class Limit:
    """One row: at most `amount`, counted per `key`, wherever `applies`; of the answers only those that `counts`."""

    name: str
    amount: RateLimitItem
    key: Callable[[], str]
    applies: Applies
    counts: Callable[[Response], bool] | None = None


def opened_too_often(link: Link, most: int) -> bool:
    """Whether a link was opened more than `most` times. A browser counts once."""
    if is_kept(link):
        return False
    lasts = max(1, round((link.expires_at - clock.now()).total_seconds()))
    return DatabaseStorage().incr(f"link {link.id}", lasts) > most


def was_missing(response: Response) -> bool:
    """A link of which nobody knows."""
    return response.status_code == 404


def was_mistyped(response: Response) -> bool:
    """Something that was not accepted."""
    return response.status_code >= 400


def was_done(response: Response) -> bool:
    """Something that was accepted; what somebody mistyped, or wanted to see otherwise first, costs nothing."""
    return response.status_code < 400 and not turned_to()


MAILS = ("accounts.send_code", "accounts.send_proof_code", "accounts.join")
SIGNING_IN = (
    *MAILS,
    "accounts.enter_code",
    "accounts.use_sign_in_link",
    "accounts.use_passkey",
    "accounts.enter_join_code",
    "accounts.enter_proof",
)
SECOND_FACTORS = (
    "accounts.prove_with_app",
    "accounts.prove_with_passkey",
    "accounts.prove_with_recovery_code",
    "accounts.confirm_app",
)
GUEST_FORMS = ("referrals.say_yes", "referrals.say_wait", "referrals.say_idea", "referrals.say_no")
EXPORTS = ("directory.as_file", "privacy.own_file", "privacy.on_paper", "privacy.as_file")
FILES = ("directory.door_photo", "referrals.keep_scan", "shelf.add_file", "shelf.add_version")
INTO_GROUPS = ("groups.add_member", "groups.invite", "groups.invite_again")
IN_SESSION = ("learning.share", "learning.change_own", "learning.take_back", "learning.agree", "learning.refuse")
INTO_SESSION = ("learning.enter_words", "learning.join")
CARDS = ("referrals.welcome_card", "referrals.print_card")
BOOKLETS = ("lessons.booklet_as_pdf", "lessons.booklet_as_book")
LOG = "lessons.index"
FEEDS_OF_LESSONS = ("lessons.atom_feed", "lessons.json_feed")

LIMITS = (
    Limit("changes", PerMinute(120), person, changes),
    Limit("changes in a session", PerMinute(30), participant, at(*IN_SESSION)),
    Limit("a session from one network", PerMinute(1500), room, at("learning.join", *IN_SESSION)),
    Limit("words of a session", PerMinute(60, 15), network, at("learning.enter_words"), was_mistyped),
    Limit("sign-in mails", PerHour(5), mailbox, sends_mail),
    Limit("proof mails", PerHour(5), person, at("accounts.send_proof_code")),
    Limit("second factors", PerMinute(10, 15), person, at(*SECOND_FACTORS)),
    Limit("looks at contact cards", PerHour(30), person, at("referrals.open_card", "referrals.open_scan")),
    Limit("exports", PerHour(5), person, at("privacy.on_paper", "privacy.as_file", "privacy.own_file")),
    Limit("sign-in tries", PerMinute(30, 15), network, at(*SIGNING_IN)),
    Limit("calendar feeds", PerHour(60), lambda: request.path, to("meetings.feed")),
    Limit("feeds of lessons", PerHour(60), network, to(*FEEDS_OF_LESSONS)),
    Limit("wrong links", PerHour(20), network, opens_link, was_missing),
    Limit("forms of guests", PerHour(5), question, answers_as_guest, was_done),
    Limit("guests in a date poll", PerHour(60), poll, at("polls.answer_as_guest"), was_done),
    Limit("searches", PerMinute(30), person, searches),
    Limit("searches in the log", PerMinute(120), person, looks_in_log),
    Limit("lists as a file", PerHour(5), person, to(*EXPORTS)),
    Limit("files", PerHour(20), person, at(*FILES)),
    Limit("cards on paper", PerHour(60), person, to(*CARDS)),
    Limit("booklets", PerHour(20), person, to(*BOOKLETS)),
    Limit("invitations", PerHour(10), network, at("accounts.accept_invitation", "accounts.set_up")),
    Limit("invited people", PerHour(10), network, at("accounts.invite", "accounts.resend_invitation"), was_done),
    Limit("people invited into groups", PerHour(20), person, at(*INTO_GROUPS), was_done),
    Limit("browser reports", PerMinute(60), network, at("web.csp_report")),
)


windows = FixedWindowRateLimiter(DatabaseStorage())


def check() -> None:
    """Count this request in each row that is about it, and refuse it at the first that is full.

    A row of which only some answers count is looked at now, and counts when there is an answer.
    """
    method, endpoint = request.method, request.endpoint or ""
    for one in LIMITS:
        if not one.applies(method, endpoint):
            continue
        window = (one.amount, one.key(), one.name)
        if one.counts:
            g.setdefault("may_count", []).append((one.counts, window))
        if not (windows.test if one.counts else windows.hit)(*window):
            g.limit_ends = windows.get_window_stats(*window).reset_time
            abort(429)


def count_answer(response: Response) -> Response:
    """Count in the rows of which this answer counts."""
    for counts, window in g.get("may_count", ()):
        if counts(response):
            windows.hit(*window)
    return response


def say_when(response: Response) -> Response:
    """Say when to try again."""
    if response.status_code == 429 and "limit_ends" in g:
        wait = g.limit_ends - clock.now().timestamp()
        response.headers["Retry-After"] = str(max(1, round(wait)))
    return response


def init_app(app: Flask) -> None:
    """Check every request against the table, and say when to try again."""
    app.before_request(check)
    app.after_request(count_answer)
    app.after_request(say_when)
    app.teardown_request(count_lost)
