"""What Brug keeps about somebody who signs in, for themselves."""

from enum import Enum
from typing import Any

from flask_babel import gettext as _

from webapp.accounts import factors
from webapp.accounts import queries as accounts
from webapp.accounts.labels import device
from webapp.accounts.models import Person
from webapp.core import clock
from webapp.groups import invited
from webapp.groups import queries as groups
from webapp.groups.labels import seat_words
from webapp.notifications import queries as notifications
from webapp.notifications.labels import ATTENTION_LABELS, SUBJECT_LABELS
from webapp.privacy import held, labels, queries
from webapp.privacy.export.parts import Part, filled
from webapp.referrals.labels import alias_words
from webapp.vocabulary.days import WEEKDAY_LABELS
from webapp.vocabulary.functions import FUNCTION_LABELS
from webapp.vocabulary.retention import Keep
from webapp.web.dates import plain_day, short_moment
from webapp.web.i18n import together, word

OF_ACCOUNTS = (Keep.RESTING_ACCOUNT, Keep.ACCOUNT, Keep.SEAT, Keep.SESSION, Keep.NOTICE)
OF_GROUPS = (Keep.MEMBERSHIP, Keep.GROUP, Keep.TALK, Keep.TOOL, Keep.POLL)


def gathered(person: Person) -> list[Part]:
    """All of it, in words."""
    guides, welcomes = queries.aliases_of(person.id)
    numbers = held.numbers(person.id)
    return filled(
        Part(
            _("Who you are"),
            [
                (_("Name"), person.name),
                (_("E-mail address"), person.email),
                (_("Phone number"), person.phone),
                (_("Account since"), plain_day(person.created_at)),
            ],
        ),
        Part(
            _("Your functions"),
            [(f"{word(FUNCTION_LABELS[one.kind])}, {one.name}", _term(one)) for one in queries.functions_of(person.id)],
        ),
        Part(
            _("Where you are signed in"),
            [(_signed_in(one), _session(one))
             for one in queries.sessions_of(person.id)],
        ),
        Part(_("My sign-in"), _sign_in(person)),
        Part(
            _("Your working groups"),
            [(one.group, seat_words(one)) for one in groups.seats_of(person.id)],
        ),
        Part(_("What you did in working groups"), _counted(held.IN_GROUPS, numbers)),
        Part(
            _("Working groups that invited you"),
            [(one.group, short_moment(one.sent_at)) for one in invited.sent_to(person.email)],
        ),
        Part(_("Your mails"), _mails(person)),
        Part(
            _("Your work"),
            [
                (_("Questions that you guide"), together(alias_words(one) for one in guides)),
                (_("Questions in which you welcome somebody"), together(alias_words(one) for one in welcomes)),
                *_counted(held.AT_WORK, numbers),
                (_("Lines about you in the audit log"), str(len(queries.entries_of(person.id)) or "")),
            ],
        ),
        Part(
            _("How long it stays"),
            [(one.what, labels.stays_words(one))
             for one in labels.periods(*OF_ACCOUNTS, *OF_GROUPS)],
        ),
    )  # fmt: skip


def _counted(kinds: dict[str, held.Held], numbers: dict[str, int]) -> list[tuple[str, str]]:
    return [(word(kind.what), str(numbers[key] or "")) for key, kind in kinds.items()]


def rows(person: Person) -> list[dict[str, Any]]:
    """What is held under their id, row by row, for the file."""
    return [
        {"what": word(kind.what), "rows": [_plain(row) for row in found]}
        for key, kind in held.HELD.items()
        if (found := held.rows(key, person.id))
    ]


def _plain(row: Any) -> dict[str, Any]:
    values = {name.removesuffix(".name").replace("_id", ""): value for name, value in row._mapping.items()}
    return {name: _value(value) for name, value in values.items() if value}


def _value(value: Any) -> str | int:
    if isinstance(value, Enum):
        return value.name.lower()
    return value if isinstance(value, int) else str(value)


def entries(person: Person) -> list[dict[str, Any]]:
    """The lines of the audit log about what they did, for the file."""
    return [
        {
            "at": one.at.isoformat(),
            "action": one.action,
            "thing": str(one.thing_id) if one.thing_id else None,
            "result": one.result,
        }
        for one in queries.entries_of(person.id)
    ]


def _sign_in(person: Person) -> list[tuple[str, str]]:
    app = factors.app_of(person.id)
    promised = accounts.promised_at(person.id)
    return [
        *(
            (one.name, _("Added %(moment)s", moment=short_moment(one.created_at)))
            for one in factors.passkeys_of(person.id)
        ),
        (
            _("App with codes"),
            _("Added %(moment)s", moment=short_moment(app.confirmed_at)) if app and app.confirmed_at else "",
        ),
        (_("Recovery codes"), str(factors.codes_left(person.id) or "")),
        (_("Promise of discretion"), plain_day(clock.local(promised).date()) if promised else ""),
    ]


def _mails(person: Person) -> list[tuple[str, str]]:
    choice = notifications.choices([person.id])[person.id]
    ways = [(word(label), word(ATTENTION_LABELS[choice.most(subject)])) for subject, label in SUBJECT_LABELS.items()]
    return [*ways, (_("Weekly digest"), word(WEEKDAY_LABELS[choice.day]) if choice.day else _("No weekly digest"))]


def _signed_in(one: Any) -> str:
    moment = _("Signed in %(moment)s", moment=short_moment(one.created_at))
    return f"{device(one.browser, one.system)} · {moment}" if one.browser or one.system else moment


def _term(one: Any) -> str:
    begins = plain_day(one.begins_on)
    if one.ends_on is None:
        return _("since %(day)s", day=begins)
    return _("from %(first)s to %(last)s", first=begins, last=plain_day(one.ends_on))


def _session(one: Any) -> str:
    if one.revoked_at:
        return _("signed out %(moment)s", moment=short_moment(one.revoked_at))
    return _("last used %(moment)s", moment=short_moment(one.last_seen_at))
