"""The order of matching in SQL is the order of the pure function, for any wish and any offers."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from tests.people import Cast
from tests.referrals.matchmaking import Chance
from webapp.core.db import db
from webapp.directory import actions
from webapp.directory.measures import ALWAYS, mask, measures_of, moments_asked, place
from webapp.directory.models import Offer, OfferMeasure, OfferSlot
from webapp.referrals import ranking
from webapp.referrals.candidates import candidates
from webapp.referrals.match_facts import OfferFacts, Wish, suiting_slots
from webapp.referrals.matching import rank
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import PartOfDay, Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import CustomTopic
from webapp.vocabulary.prices import PriceCeiling
from webapp.vocabulary.seven_bs import B

SEEDS = range(8)
WISHES = 25
KEPT_ANOTHER_WAY = {"slots", "customs", "organisation", "organisation_id", "pauses_until"}


def stored(cast: Cast, facts: OfferFacts) -> Offer:
    """An offer as those facts say."""
    values: dict[str, Any] = {name: value for name, value in vars(facts).items() if name in OfferFacts.__annotations__}
    values = {name: value for name, value in values.items() if name not in KEPT_ANOTHER_WAY}
    offer = Offer(
        **values | {"quiet_months": list(facts.quiet_months)},
        organisation_id=cast.zilverreiger,
        is_published=True,
        customs=[{"topic": one.topic.value, "stance": one.stance.value, "note": ""} for one in facts.customs],
        slots=[
            OfferSlot(
                position=number, weekday=one.weekday, starts=one.starts, ends=one.ends, holidays_only=one.holidays_only
            )
            for number, one in enumerate(facts.slots)
        ],
    )
    db.session.add(offer)
    return offer


@pytest.fixture
def empty_town(app: Flask, cast: Cast) -> Cast:
    db.session.execute(delete(Offer))
    return cast


@pytest.mark.parametrize("seed", SEEDS)
def test_sql_ranks_as_the_pure_function_does(empty_town: Cast, seed: int) -> None:
    chance = Chance(seed)
    offers = [stored(empty_town, chance.offer(number)) for number in range(chance.dice.choice([0, 1, 3, 40, 120]))]
    db.session.flush()
    known = {one_id: one.facts for one_id, one in candidates([one.id for one in offers]).items()}
    for _ in range(WISHES):
        wish = chance.wish()
        if chance.dice.random() < 0.3:
            wish = replace(wish, days=(), parts_of_day=(), price_ceiling=None, travel=())
        but = {one.id for one in chance.dice.sample(offers, min(len(offers), 2))}
        wanted = rank(wish, [facts for one_id, facts in known.items() if one_id not in but])
        found = ranking.best(wish, 500, but=but)
        assert list(found.ids) == [match.offer.id for match in wanted], wish
        assert found.number == sum(not match.relaxed for match in wanted)
        few = ranking.best(wish, 3, but=but).ids
        assert rank(wish, [known[one_id] for one_id in few]) == wanted[:3]


@pytest.mark.parametrize("seed", range(40))
def test_a_moment_suits_in_bits_as_it_does_in_words(seed: int) -> None:
    chance = Chance(seed)
    facts, wish = chance.offer(seed), chance.wish()
    asked = moments_asked(wish.days, wish.parts_of_day)
    offered = measures_of(replace(facts, customs=()))["moments"]
    assert bool(not asked or asked & offered) == (not facts.slots or bool(suiting_slots(wish, facts.slots)))


def test_rows_follow_their_offers(empty_town: Cast) -> None:
    cast = empty_town
    offer = stored(cast, Chance(1).offer(1))
    db.session.flush()
    assert offer.measure is not None
    assert ranking.best(Wish(), 5).ids == (offer.id,)
    offer.interests = (Interest.MUSIC,)
    offer.slots[:] = []
    db.session.flush()
    assert (offer.measure.interests, offer.measure.moments) == (mask([Interest.MUSIC]), ALWAYS)
    actions.confirm(offer, by=cast.actor("noor"))
    db.session.expire_all()
    assert offer.measure.confirmed_at == offer.confirmed_at
    offer.is_published, offer.is_public = False, False
    db.session.flush()
    assert db.session.scalars(select(OfferMeasure)).all() == []
    assert ranking.best(Wish(), 5) == ranking.Best((), 0)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        (Interest.SPORT, 0),
        (Interest.HELPING_OTHERS, 24),
        (Arrangement.COME_WITH_FRIEND, 0),
        (Arrangement.PLACE_WITHOUT_ALCOHOL, 26),
        (B.REACH, 0),
        (B.FIT, 6),
        (PriceCeiling.ANY, 4),
        (CustomTopic.HELPING_OUT, 9),
        (Weekday.SUNDAY, 6),
        (PartOfDay.EVENING, 3),
    ],
)
def test_bits_stay_where_they_are(code: Any, number: int) -> None:
    """Rows that were written before count on it. New codes come last; else a migration derives all rows anew."""
    assert place(code) == number
