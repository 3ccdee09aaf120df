"""Offers and wishes for tests of matching: one plain offer to vary, and any number by chance."""

import random
import uuid
from datetime import UTC, datetime, time, timedelta
from typing import Any

from webapp.referrals.matching import Custom, OfferFacts, Slot, Wish
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import PartOfDay, Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import CustomStance, CustomTopic, LittleDutch, Mood, PricePer, Room, SignUp
from webapp.vocabulary.prices import PriceCeiling, Travel
from webapp.vocabulary.seven_bs import B

AREAS = ["Centrum", "Veerkaai", "Molenhoek", "Stationswijk", "Heide"]
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
SATURDAY_PLAY = Slot(Weekday.SATURDAY, time(14), time(17))


def offer(name: str = "Play", **facts: object) -> OfferFacts:
    """An offer for 6 to 16 years on Saturday, free, with a form to sign up; `facts` change that."""
    plain: dict[str, object] = {
        "id": uuid.uuid5(uuid.NAMESPACE_DNS, name),
        "organisation_id": uuid.uuid5(uuid.NAMESPACE_URL, name),
        "organisation": f"The {name} people",
        "age_min": 6,
        "age_max": 16,
        "confirmed_at": MONDAY,
        "slots": (SATURDAY_PLAY,),
        "sign_up": SignUp.FORM,
    }
    return OfferFacts(name=name, **(plain | facts))


WISH = Wish(age_band=AgeBand.FROM_12, interests=(Interest.OUTDOORS, Interest.COOKING), days=(Weekday.SATURDAY,))


class Chance:
    """Wishes and offers of every kind, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same dice for everybody

    def some(self, codes: type[Any], most: int = 4) -> tuple[Any, ...]:
        return tuple(self.dice.sample(list(codes), self.dice.randint(0, min(most, len(list(codes))))))

    def slot(self) -> Slot:
        starts = self.dice.choice([9, 13, 14, 16, 18, 20])
        return Slot(self.dice.choice(list(Weekday)), time(starts), time((starts + 3) % 24), self.dice.random() < 0.2)

    def offer(self, number: int) -> OfferFacts:
        pick, dice = self.dice.choice, self.dice
        youngest = dice.randint(4, 18)
        return offer(
            f"Offer {number}",
            age_min=youngest,
            age_max=youngest + dice.randint(0, 12),
            confirmed_at=MONDAY - timedelta(days=dice.randint(0, 3)),
            slots=tuple(self.slot() for _ in range(dice.randint(0, 3))),
            quiet_months=pick([(), (6,), (7, 8)]),
            price_cents=pick([0, 0, 300, 500, 4500, 9500]),
            price_per=pick(list(PricePer)),
            has_social_tariff=dice.random() < 0.4,
            has_instalments=dice.random() < 0.4,
            has_loan_gear=dice.random() < 0.4,
            trial_visits=dice.randint(0, 3),
            sign_up=pick(list(SignUp)),
            area=pick(AREAS),
            reachable_without_car=dice.random() < 0.8,
            mood=pick(list(Mood)),
            group_size=pick([None, 8, 20, 60]),
            little_dutch=pick(list(LittleDutch)),
            is_alcohol_free=dice.random() < 0.7,
            interests=self.some(Interest),
            arrangements=self.some(Arrangement),
            customs=tuple(Custom(topic, pick(list(CustomStance))) for topic in self.some(CustomTopic, 2)),
            room=pick(list(Room)),
            free_places=pick([None, 0, 1, 2, 12]),
            waiting=pick([0, 0, 3, 14]),
        )

    def offers(self) -> list[OfferFacts]:
        return [self.offer(number) for number in range(self.dice.randint(0, 25))]

    def wish(self) -> Wish:
        pick, dice = self.dice.choice, self.dice
        return Wish(
            age_band=pick([None, *AgeBand]),
            group_size=dice.randint(1, 4),
            interests=self.some(Interest, 3),
            days=self.some(Weekday, 3),
            parts_of_day=self.some(PartOfDay, 2),
            price_ceiling=pick([None, *PriceCeiling]),
            area=pick(["", *AREAS]),
            travel=self.some(Travel, 3),
            arrangements=self.some(Arrangement, 3),
            distances=self.some(B, 3),
            month=pick([None, 6, 11]),
        )
