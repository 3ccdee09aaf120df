"""The welcome card: what it says on the page, on paper and in a calendar. Nothing in it is about the young person."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from webapp.accounts.models import Organisation
from webapp.directory import photos
from webapp.directory.models import Offer
from webapp.referrals import queries
from webapp.referrals.card_words import DUTCH, TONGUES, Tongue
from webapp.referrals.models import WelcomePlan
from webapp.referrals.welcome import Plan
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS


@dataclass(frozen=True, slots=True)
class WelcomeCard:
    """A first time, ready to be shown. `tongue` is the language it is read in; Dutch stands beside any other."""

    row: WelcomePlan
    plan: Plan
    place: Organisation
    offer: Offer
    tongue: Tongue

    @property
    def dutch(self) -> Tongue:
        """What always stands on it."""
        return TONGUES[DUTCH]

    @property
    def is_translated(self) -> bool:
        """Whether another language stands beside the Dutch."""
        return self.tongue.is_translation

    @property
    def starts_at(self) -> datetime:
        """The first time; a plan cannot be saved without one."""
        if self.plan.starts_at is None:
            raise ValueError("a plan without a moment")
        return self.plan.starts_at

    @property
    def caller(self) -> str:
        """Whom to call when nobody is there."""
        return self.plan.phone_name or self.plan.welcomer

    @property
    def icon(self) -> str:
        """The drawing of the association."""
        return self.offer.icon or ORGANISATION_TRAITS[self.place.kind].icon

    @property
    def where(self) -> tuple[str, ...]:
        """The name of the association, its address, where exactly, and the way there: each said once."""
        lines = (self.place.name, self.offer.place, self.plan.place, self.offer.route)
        return tuple(dict.fromkeys(line for line in lines if line))

    @property
    def has_photo(self) -> bool:
        """Whether there is a photo of the door."""
        return photos.exists(self.offer.id)

    @property
    def photo(self) -> bytes:
        """The photo of the door; empty when there is none."""
        return photos.picture(self.offer.id)

    def both(self, key: str, **values: object) -> tuple[str, ...]:
        """A sentence in the language it is read in, and in Dutch when that is another."""
        return self.tongue.beside_dutch(key, **values)


def of(plan: WelcomePlan, tongue: Tongue) -> WelcomeCard:
    """The card of a plan, in a language."""
    place, offer = queries.place_of(plan)
    return WelcomeCard(plan, by_first_name(plan, queries.names_around(plan)), place, offer, tongue)


def by_first_name(row: WelcomePlan, names: Iterable[str]) -> Plan:
    """What the plan says, with the first name wherever somebody typed the whole name of one of these people."""
    said = {field.name: getattr(row, field.name) for field in fields(Plan)}
    for name in names:
        first, *others = name.split()
        if others:
            whole = re.compile(r"\b" + r"\s+".join(map(re.escape, (first, *others))) + r"\b", re.IGNORECASE)
            said = {key: whole.sub(first, text) if isinstance(text, str) else text for key, text in said.items()}
    return Plan(**said)
