"""What matching promises for every wish and every list of offers, tried on many."""

import uuid
from dataclasses import replace

import pytest

from tests.referrals.matchmaking import Chance
from webapp.referrals.matching import Miss, Support, misses, rank
from webapp.vocabulary.ages import covers_some
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.interests import Interest


@pytest.mark.parametrize("seed", range(60))
def test_promises_for_any_wish_and_any_offers(seed: int) -> None:
    chance = Chance(seed)
    wish, offers = chance.wish(), chance.offers()
    matches = rank(wish, offers)

    shuffled = offers[:]
    chance.dice.shuffle(shuffled)
    assert rank(wish, shuffled) == matches, "the order of the offers makes no difference"

    assert len(matches) >= min(2, len(offers)), "at least two options if they exist"
    real = [match for match in matches if not match.relaxed]
    assert {match.offer.id for match in real} == {one.id for one in offers if not misses(wish, one)}
    assert matches[: len(real)] == real, "near misses come last"
    assert len(real) == len(matches) or len(matches) == 2, "near misses come only when there is little to choose"
    assert [match.points for match in real] == sorted((match.points for match in real), reverse=True)

    for match in matches:
        assert match.fits or match.watch, "an explanation is never empty"
        assert match.fits or match.relaxed, "what fits says why"
        assert match.bridge_length in (1, 2, 3)
        assert len(set(match.fits + match.watch)) == len(match.fits + match.watch), "nothing is said twice"
        if match.bridge_length == 1:
            assert all(reason.support is Support.NONE for reason in match.watch)
        if wish.age_band and Miss.AGE not in match.relaxed:
            assert covers_some(match.offer.age_min, match.offer.age_max, wish.age_band)


@pytest.mark.parametrize("seed", range(60, 90))
def test_a_barrier_answered_weighs_as_much_as_an_interest(seed: int) -> None:
    chance = Chance(seed)
    wish, plain = chance.wish(), replace(chance.offer(1), interests=(), arrangements=())
    interest, needed = chance.dice.choice(list(Interest)), Arrangement.NO_PHOTOS
    wish = replace(wish, interests=(interest,), arrangements=(needed,), distances=())
    with_interest = replace(plain, id=uuid.uuid4(), interests=(interest,))
    with_answer = replace(plain, id=uuid.uuid4(), arrangements=(needed,))
    points = {match.offer.id: match.points for match in rank(wish, [with_interest, with_answer])}
    assert points[with_interest.id] == points[with_answer.id] == rank(wish, [plain])[0].points + 1
