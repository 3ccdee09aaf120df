"""Keeping the directory right: offers and organisations, by the people who work there."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import func, select, update

from webapp.accounts.models import Organisation
from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.directory.facets import is_full
from webapp.directory.models import Offer, OfferMeasure, OfferSlot, Sharing
from webapp.directory.resting import reckon_again
from webapp.directory.upkeep import Upkeep
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.offers import Room
from webapp.vocabulary.prices import PricePer

MONTHS = 12
FIELD = "field."
"""How a step in the history of an offer begins that says which field changed."""
OFFER_FIELDS = frozenset({
    "name", "icon", "summary", "interests", "benefits", "age_min", "age_max", "when_note", "quiet_months",
    "price_cents", "price_per", "price_line", "has_social_tariff", "has_instalments", "has_loan_gear",
    "trial_visits", "sign_up", "area", "place", "route", "reachable_without_car", "mood", "group_size",
    "team_languages", "little_dutch", "is_alcohol_free", "especially_welcome", "arrangements", "customs",
    "room", "capacity", "free_places", "waiting", "sharing",
})  # fmt: skip
TOLD_IN_FULL = frozenset({
    "age_min", "age_max", "price_cents", "price_per", "has_social_tariff", "has_instalments", "has_loan_gear",
    "trial_visits", "sign_up", "reachable_without_car", "mood", "group_size", "little_dutch", "is_alcohol_free",
    "room", "capacity", "free_places", "waiting",
})  # fmt: skip
ORGANISATION_FIELDS = frozenset({
    "name", "area", "about", "helps_with", "website", "secrecy", "young_contact_name", "young_contact_phone",
    "young_contact_hint", "partner_contact_name", "partner_contact_phone", "partner_contact_email",
})  # fmt: skip


class SlotInput(NamedTuple):
    """One moment in the week, as somebody wrote it."""

    weekday: Weekday
    starts: time
    ends: time
    holidays_only: bool = False


def add_offer(organisation: Organisation, values: Mapping[str, Any], slots: Sequence[SlotInput], *, by: Actor) -> Offer:
    """Add an offer for an organisation, as a draft unless the values say otherwise. Raises Invalid."""
    require(by, Can.ADD_OFFER, organisation)
    offer = Offer(
        organisation_id=organisation.id, confirmed_at=clock.now(), confirmed_by_id=by.person_id, created_at=clock.now()
    )
    _write(offer, values, slots)
    db.session.add(offer)
    db.session.flush()
    history.record("offer", offer.id, "add", by=by, after=offer.sharing)
    return offer


def edit_offer(
    offer: Offer, values: Mapping[str, Any], slots: Sequence[SlotInput], *, version: int | None, by: Actor
) -> None:
    """Change an offer; whoever changes it has looked at it, so it is confirmed as well.

    Raises Conflict when the offer is newer than `version`, and Invalid.
    """
    require(by, Can.EDIT_OFFER, offer)
    _expect(offer, version)
    before, old = offer.sharing, _picture(offer)
    _write(offer, values, slots)
    _note_looked_at(offer, by)
    db.session.flush()
    history.record("offer", offer.id, "edit", by=by, before=before, after=offer.sharing)
    _note_changes(offer, old, by, but="sharing")
    if set(old["quiet_months"]) != set(offer.quiet_months):
        reckon_again(offer.organisation_id)


def confirm(offer: Offer, *, by: Actor, upkeep: Upkeep | None = None) -> None:
    """Say that everything is still right. Not a new version: nobody's typing becomes stale by it.

    `upkeep` is what the link in the monthly mail is about, for whoever came by it.
    """
    require(by, Can.CONFIRM_OFFER, upkeep or offer)
    by, now = upkeep.speaker(by) if upkeep else by, clock.now()
    db.session.execute(
        update(Offer)
        .where(Offer.id == offer.id)
        .values(confirmed_at=now, confirmed_by_id=by.person_id)
        .execution_options(synchronize_session="evaluate")
    )
    db.session.execute(update(OfferMeasure).where(OfferMeasure.offer_id == offer.id).values(confirmed_at=now))
    history.record("offer", offer.id, "confirm", by=by)


def set_room(
    offer: Offer,
    room: Room,
    *,
    free_places: int | None = None,
    waiting: int = 0,
    by: Actor,
    upkeep: Upkeep | None = None,
) -> None:
    """Say how much room there is right now. The last word counts, so no version is asked. Raises Invalid."""
    require(by, Can.CONFIRM_OFFER, upkeep or offer)
    by = upkeep.speaker(by) if upkeep else by
    before, old = offer.room, _picture(offer)
    _write(offer, {"room": room, "free_places": free_places, "waiting": waiting})
    _note_looked_at(offer, by)
    db.session.flush()
    history.record("offer", offer.id, "room", by=by, before=before, after=room)
    _note_changes(offer, old, by, but="room")


def share(offer: Offer, sharing: Sharing, *, by: Actor) -> None:
    """Publish an offer, let everybody read it, or take it back as a draft. Raises Invalid when it is not ready."""
    require(by, Can.EDIT_OFFER, offer)
    before = offer.sharing
    if sharing is before:
        return
    _write(offer, {"sharing": sharing})
    db.session.flush()
    history.record("offer", offer.id, "share", by=by, before=before, after=sharing)


def add_organisation(values: Mapping[str, Any], *, by: Actor) -> Organisation:
    """Add a member to the network. Raises Invalid when its name is taken."""
    require(by, Can.ADD_ORGANISATION)
    _refuse_double_name(values["name"])
    organisation = Organisation(created_at=clock.now())
    _fill(organisation, values, ORGANISATION_FIELDS | {"kind"})
    db.session.add(organisation)
    db.session.flush()
    history.record("organisation", organisation.id, "add", by=by, after=organisation.kind)
    return organisation


def edit_organisation(organisation: Organisation, values: Mapping[str, Any], *, version: int | None, by: Actor) -> None:
    """Change what the network reads about an organisation.

    Raises Conflict when it is newer than `version`, and Invalid when its name is taken.
    """
    require(by, Can.EDIT_ORGANISATION, organisation)
    _expect(organisation, version)
    _refuse_double_name(values.get("name"), but=organisation.id)
    _fill(organisation, values, ORGANISATION_FIELDS)
    db.session.flush()
    history.record("organisation", organisation.id, "edit", by=by)


def _refuse_double_name(name: str | None, but: uuid.UUID | None = None) -> None:
    taken = select(Organisation.id).where(func.lower(Organisation.name) == (name or "").lower())
    if db.session.scalar(taken.where(Organisation.id != but) if but else taken):
        raise Invalid({"name": "name_taken"})


def _expect(thing: Offer | Organisation, version: int | None) -> None:
    """Lock the row and compare: two people who save at once come one after the other."""
    db.session.refresh(thing, with_for_update={"of": type(thing)})
    if thing.version != version:
        raise Conflict


def _only(values: Mapping[str, Any], allowed: Iterable[str]) -> None:
    if unknown := values.keys() - set(allowed):
        raise ValueError(f"not to be written: {sorted(unknown)}")


def _fill(thing: Any, values: Mapping[str, Any], allowed: Iterable[str]) -> None:
    _only(values, allowed)
    for name, value in values.items():
        if getattr(thing, name) != value:
            setattr(thing, name, value)


def _write(offer: Offer, values: Mapping[str, Any], slots: Sequence[SlotInput] | None = None) -> None:
    """Write values that are right, all of them or none. `slots` of None leaves the moments as they are."""
    _only(values, OFFER_FIELDS)
    wanted = _settled(SimpleNamespace(**({name: getattr(offer, name) for name in OFFER_FIELDS} | dict(values))))
    wanted.slots = offer.slots if slots is None else slots
    if faults := _faults(wanted) | _publishing_faults(wanted):
        raise Invalid(faults)
    _fill(offer, values, OFFER_FIELDS)
    _settled(offer)
    if slots is not None and [SlotInput(*_moment(one)) for one in offer.slots] != list(slots):
        offer.slots = [OfferSlot(position=at, **one._asdict()) for at, one in enumerate(slots)]


def _moment(slot: OfferSlot) -> tuple[Weekday, time, time, bool]:
    return slot.weekday, slot.starts, slot.ends, slot.holidays_only


def _settled(offer: Any) -> Any:
    """Take away numbers that mean nothing beside the other answers."""
    settled = {
        "price_cents": 0 if offer.price_per is PricePer.FREE else offer.price_cents,
        "free_places": offer.free_places if offer.room is Room.PLACES else None,
    }
    _fill(offer, settled, settled)
    if offer.waiting and not is_full(offer):
        offer.waiting = 0
    return offer


def _faults(offer: Any) -> dict[str, str]:
    """What does not go together, by field, as codes."""
    wrong = {
        "age_max": ("ages_turned", offer.age_min > offer.age_max),
        "price_cents": ("price_missing", offer.price_per is not PricePer.FREE and not offer.price_cents),
        "quiet_months": ("always_quiet", len(set(offer.quiet_months)) == MONTHS),
        "free_places": (
            "more_free_than_room", offer.capacity is not None and (offer.free_places or 0) > offer.capacity
        ),
    }  # fmt: skip
    return {field: code for field, (code, is_wrong) in wrong.items() if is_wrong}


def _publishing_faults(offer: Any) -> dict[str, str]:
    """What is missing before others may read the offer, by field, as codes; a draft may miss anything."""
    if offer.sharing is Sharing.DRAFT:
        return {}
    missing = {
        "summary": not offer.summary,
        "interests": not offer.interests,
        "slots": not offer.slots and not offer.when_note,
        "place": not offer.place,
    }
    return {field: f"{field}_missing" for field, is_missing in missing.items() if is_missing}


def _picture(offer: Offer) -> dict[str, Any]:
    """Every field of an offer as it is now, the moments too; in which order codes were ticked does not matter."""
    fields = {name: getattr(offer, name) for name in OFFER_FIELDS} | {"slots": [_moment(one) for one in offer.slots]}
    return {name: frozenset(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def _note_changes(offer: Offer, old: Mapping[str, Any], by: Actor, *, but: str) -> None:
    """Write down which fields changed; from what to what when that is a code or a number, never a text."""
    new = _picture(offer)
    for name in sorted(name for name, value in old.items() if value != new[name] and name != but):
        before, after = (as_code(one[name]) if name in TOLD_IN_FULL else None for one in (old, new))
        history.record("offer", offer.id, f"{FIELD}{name}", by=by, before=before, after=after)


def as_code(value: Any) -> str | None:
    """A code or a number as history keeps it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)


def _note_looked_at(offer: Offer, by: Actor) -> None:
    offer.confirmed_at, offer.confirmed_by_id = clock.now(), by.person_id
