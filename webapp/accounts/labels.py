"""Sentences of this area: what an action refuses, what cannot be opened, how long a seat lasts."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from webapp.accounts.queries import SeatRow
from webapp.core import clock
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.words import _l
from webapp.web.dates import plain_day
from webapp.web.i18n import sentences, together

ENDS_SOON = timedelta(days=30)
OPENING_CARDS = (FunctionKind.CONTACT_POINT, FunctionKind.REFERRAL_CONTACT)
"""Functions that open cards of their organisation by themselves; who guides or said yes opens those in person."""

FAULTS: dict[str, str] = {
    "own_address": _l("This is your own address. Ask a colleague to give you another function."),
    "ends_too_early": _l("The last day is today or later, and not before the first day."),
    "has_seat": _l("This person already has this function here."),
    "invited_already": _l("This person is already invited. On the previous page you can send the mail again."),
    "for_somebody_else": _l(
        "This invitation is for another address than the one you are signed in with. "
        "Sign out first, then open the link again."
    ),
    "sign_in_first": _l(
        "You have an account with this address already. Sign in first, then open the link in the mail again."
    ),
    "account_closed": _l("The account with this address was closed. Call the administrator of Brug."),
    "yes_first": _l(
        "Somebody works at this organisation now, and says yes first. "
        "They have been asked; after that you get a new mail."
    ),
    "passkey_failed": _l("Your device did not make a passkey. Try again, or choose another way."),
    "passkey_known": _l("This passkey is already yours."),
    "last_administrator": _l("Somebody must administer Brug. First give this function to a second person."),
}
in_words = sentences(FAULTS)

FUNCTION_ICONS: dict[FunctionKind, str] = {
    FunctionKind.CONTACT_POINT: "contact",
    FunctionKind.CREW: "tent",
    FunctionKind.GUIDE: "footprints",
    FunctionKind.REFERRAL_CONTACT: "waypoints",
    FunctionKind.BRIDGE_BUILDER: "handshake",
    FunctionKind.COORDINATOR: "map",
    FunctionKind.FACILITATOR: "presentation",
    FunctionKind.ADMINISTRATOR: "key",
}


def term(begins_on: date, ends_on: date | None) -> str:
    """From when to when somebody has a function."""
    today = clock.today()
    if begins_on > today:
        return _("Begins on %(day)s", day=plain_day(begins_on))
    if ends_on:
        return _("Since %(first)s, until %(last)s", first=plain_day(begins_on), last=plain_day(ends_on))
    return _("Since %(day)s", day=plain_day(begins_on))


def given(row: SeatRow) -> str:
    """Who gave a function from outside, and when; empty for what the house gave."""
    if not row.from_outside or row.given_at is None:
        return ""
    day = plain_day(clock.local(row.given_at).date())
    if row.given_by is None:
        return _("Given from outside on %(day)s.", day=day)
    return _("Given from outside by %(name)s on %(day)s.", name=row.given_by, day=day)


def reaches(row: SeatRow) -> str:
    """Since when a function opens the contact cards of others, when that is not always."""
    if row.opens_from is None or row.kind not in OPENING_CARDS:
        return ""
    day = plain_day(clock.local(row.opens_from).date())
    return _("Opens contact cards of agreements made since %(day)s.", day=day)


def empty_seat(kind: FunctionKind, organisations: Sequence[str]) -> str:
    """That nobody holds a function which an organisation needs, or several of them do."""
    if len(organisations) > 1:
        if kind is FunctionKind.CONTACT_POINT:
            return _("Several organisations have no contact point")
        return _("Several organisations have no contact for referrals")
    [organisation] = organisations
    if kind is FunctionKind.CONTACT_POINT:
        return _("%(organisation)s has no contact point", organisation=organisation)
    return _("%(organisation)s has no contact for referrals", organisation=organisation)


def without(kind: FunctionKind) -> str:
    """What happens until somebody holds it."""
    if kind is FunctionKind.CONTACT_POINT:
        return _("Until there is one, questions go to the bridge builder.")
    return _("Until there is one, nobody takes over when a guide leaves.")


def also_at(organisations: Sequence[str]) -> str:
    """Where else nobody holds it."""
    return _("Also at %(names)s.", names=together(organisations))


def ends_soon(ends_on: date | None) -> bool:
    """Whether a function ends within a month."""
    return ends_on is not None and ends_on - clock.today() <= ENDS_SOON


def device(browser: str, system: str) -> str:
    """What a device is called: "Firefox on Windows"."""
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or _("Another device")
