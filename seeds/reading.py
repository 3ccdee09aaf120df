"""From the files of Elsterveer to the values that the areas work with."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from webapp.core import clock
from webapp.directory.actions import SlotInput
from webapp.directory.models import Sharing
from webapp.referrals.actions import Profile
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import PartOfDay, Weekday, weekday_of
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import Benefit, LittleDutch, Mood, PricePer, Room, SignUp
from webapp.vocabulary.organisation_kinds import OrganisationKind, SecrecyRegime
from webapp.vocabulary.prices import PriceCeiling, Travel
from webapp.vocabulary.seven_bs import B

FOLDER = Path(__file__).parent / "elsterveer"
CODES: dict[str, Any] = {
    "kind": OrganisationKind,
    "secrecy": SecrecyRegime,
    "price_per": PricePer,
    "sign_up": SignUp,
    "mood": Mood,
    "little_dutch": LittleDutch,
    "room": Room,
    "sharing": Sharing,
    "age_band": AgeBand,
    "price_ceiling": PriceCeiling,
}
CODE_LISTS: dict[str, Any] = {
    "interests": Interest,
    "benefits": Benefit,
    "arrangements": Arrangement,
    "days": Weekday,
    "parts_of_day": PartOfDay,
    "travel": Travel,
    "distances": B,
}
HOW_FAR = 7


def read(name: str) -> list[dict[str, Any]]:
    """The entries of one file: its name says of what."""
    content = tomllib.loads((FOLDER / f"{name}.toml").read_text())
    (entries,) = content.values()
    return list(entries)


def values(entry: Mapping[str, Any], *but: str) -> dict[str, Any]:
    """What an entry says, with codes as members of their enums, without what only the seeds use."""
    return {name: _coded(name, value) for name, value in entry.items() if name not in but}


def _coded(name: str, value: Any) -> Any:
    if name in CODES:
        return CODES[name](value)
    if name in CODE_LISTS:
        return tuple(CODE_LISTS[name](one) for one in value)
    return value


def profile(entry: Mapping[str, Any]) -> Profile:
    """The part of a question that identifies nobody."""
    return Profile(**values(entry))


def slots(entry: Mapping[str, Any]) -> list[SlotInput]:
    """The moments in the week of an offer."""
    return [
        SlotInput(Weekday(day), time.fromisoformat(starts), time.fromisoformat(ends), "holidays" in more)
        for day, starts, ends, *more in entry["slots"]
    ]


def moment(day: date, at: time) -> datetime:
    """A moment on a clock in Brussels."""
    return datetime.combine(day, at, clock.BRUSSELS)


def first_time(offer: Mapping[str, Any], today: date, day: int) -> datetime:
    """When the first time is: the moment of the offer nearest to `day` days from today, on the same side of today."""
    week = {slot.weekday: slot.starts for slot in reversed(slots(offer))}
    nearest = sorted(range(-HOW_FAR, HOW_FAR + 1), key=lambda away: (abs(away), -away))
    for away in nearest:
        chosen = today + timedelta(days=day + away)
        if weekday_of(chosen) in week and (chosen < today) == (day < 0) and chosen != today:
            return moment(chosen, week[weekday_of(chosen)])
    raise ValueError("an offer happens at least once a week")
