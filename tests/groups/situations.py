"""Groups and what is in them, as the matrix needs them."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from tests.groups import makers
from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import actions, carrying, hosting, inviting
from webapp.groups.codes import GuestOf, Visibility
from webapp.groups.inviting import Invited
from webapp.groups.owning import Owner
from webapp.vocabulary.functions import FunctionKind

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def group(visibility: str) -> Make:
    """A group that is read by these."""

    def make(cast: Cast) -> Parts:
        parts = {"group_id": makers.group(cast, Visibility(visibility)).id}
        db.session.commit()
        return parts

    return make


def place(cast: Cast) -> Parts:
    """Where Bram sits."""
    made = makers.group(cast)
    parts = {"membership_id": next(row.id for row in made.members if row.person_id == cast.bram)}
    db.session.commit()
    return parts


def asks_to_join(cast: Cast) -> Parts:
    """Jef asks to join."""
    parts = {"join_request_id": actions.ask_to_join(makers.group(cast), by=cast.actor("jef")).id}
    db.session.commit()
    return parts


def item(visibility: str) -> Make:
    """An action in such a group."""

    def make(cast: Cast) -> Parts:
        made = makers.group(cast, Visibility(visibility))
        parts = {"item_id": carrying.add(made, carrying.Wanted("Soep maken"), by=cast.actor("bram")).id}
        db.session.commit()
        return parts

    return make


def seat_item(cast: Cast) -> Parts:
    """An action of a group for members only, on a seat that Lena holds; she does not sit there."""
    made = makers.group(cast, Visibility.MEMBERS)
    seat = Owner(cast.lantaarn, function=FunctionKind.REFERRAL_CONTACT)
    parts = {"item_id": carrying.add(made, carrying.Wanted("Soep maken", seat), by=cast.actor("bram")).id}
    db.session.commit()
    return parts


def guest(cast: Cast) -> Parts:
    """Mo, who holds no function anywhere, is a guest of a meeting."""
    made = makers.group(cast)
    until = clock.today() + timedelta(days=7)
    place = hosting.begin(made.id, cast.moved, GuestOf.MEETING, uuid.uuid4(), until, by=cast.actor("noor"))
    parts = {"guest_id": place.id}
    db.session.commit()
    return parts


def invited(cast: Cast) -> Parts:
    """Mo is invited by mail into a confidential group."""
    made = makers.group(cast, Visibility.CONFIDENTIAL)
    parts = {"group_invitation_id": inviting.invite(made, Invited("moved@brug.example"), by=cast.actor("noor")).id}
    db.session.commit()
    return parts


OF: dict[str, dict[str, tuple[str, Make]]] = {
    "group_id": {f"{one}_group": (f"{one}_group", group(one)) for one in ("open", "members", "confidential")},
    "membership_id": {"place_in_group": ("open_group", place)},
    "guest_id": {"moved_as_guest": ("moved_as_guest", guest)},
    "group_invitation_id": {"moved_is_invited": ("moved_is_invited", invited)},
    "join_request_id": {"asks_to_join": ("open_group", asks_to_join)},
    "item_id": {f"{one}_item": (f"{one}_group", item(one)) for one in ("open", "confidential")}
    | {"seat_item": ("seat_item", seat_item)},
}
"""By the parts of a URL: the name of a situation, its lines in the matrix, and how it is made."""
