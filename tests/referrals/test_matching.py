"""Matching, one rule at a time."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from tests.referrals.matchmaking import MONDAY, SATURDAY_PLAY, WISH, offer
from webapp.referrals.matching import Custom, Match, Miss, OfferFacts, Slot, Support, Why, Wish, misses, rank
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.arrangements import ARRANGEMENT_TRAITS, Arrangement
from webapp.vocabulary.days import PartOfDay, Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import CustomStance, CustomTopic, Mood, PricePer, Room
from webapp.vocabulary.prices import PriceCeiling, Travel
from webapp.vocabulary.seven_bs import B


def names(matches: list[Match]) -> list[str]:
    return [match.offer.name for match in matches]


def test_more_of_what_is_asked_comes_first() -> None:
    both = offer("both", interests=WISH.interests)
    one = offer("one", interests=(Interest.COOKING,))
    none = offer("none")
    assert names(rank(WISH, [none, one, both])) == ["both", "one", "none"]


def test_a_barrier_answered_lifts_an_offer() -> None:
    wish = replace(WISH, arrangements=(Arrangement.STEP_FREE,), distances=(B.TRUST,))
    helps = offer("helps", arrangements=(Arrangement.STEP_FREE, Arrangement.ONE_FIXED_LEADER))
    likes = offer("likes", interests=(Interest.COOKING,))
    assert names(rank(wish, [likes, helps])) == ["helps", "likes"]


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({"arrangements": ()}, "other"),
        ({"room": Room.FULL, "waiting": 4}, "other"),
        ({"area": "Heide"}, "other"),
        ({"price_cents": 100, "price_per": PricePer.TIME}, "other"),
        ({"confirmed_at": MONDAY - timedelta(days=30)}, "other"),
        ({}, "a twin"),
    ],
)
def test_equal_points_are_ordered_by_what_a_family_notices(facts: dict[str, Any], first: str) -> None:
    wish = replace(WISH, area="Centrum", arrangements=(Arrangement.CALM_START,))
    same = {"arrangements": (Arrangement.CALM_START,), "area": "Centrum"}
    one, other = offer("a twin", **(same | facts)), offer("other", **same)
    if facts.get("arrangements") == ():
        one = replace(one, interests=(Interest.COOKING,))
    assert names(rank(wish, [other, one]))[0] == first


@pytest.mark.parametrize(
    ("wish", "facts", "missed"),
    [
        ({"age_band": AgeBand.FROM_18}, {}, Miss.AGE),
        ({"days": (Weekday.SUNDAY,)}, {}, Miss.TIME),
        ({"parts_of_day": (PartOfDay.EVENING,)}, {}, Miss.TIME),
        ({"price_ceiling": PriceCeiling.SOME}, {"price_cents": 9500, "price_per": PricePer.YEAR}, Miss.PRICE),
        ({"travel": (Travel.BIKE, Travel.BUS)}, {"reachable_without_car": False}, Miss.TRAVEL),
        ({"group_size": 3}, {"room": Room.PLACES, "free_places": 2}, Miss.GROUP),
    ],
)
def test_hard_limits(wish: dict[str, Any], facts: dict[str, Any], missed: Miss) -> None:
    asked, offered = replace(WISH, **wish), offer(**facts)
    assert misses(asked, offered) == (missed,)
    (match,) = rank(asked, [offered])
    assert match.relaxed == (missed,)
    assert match.watch, "a near miss says what does not fit"


@pytest.mark.parametrize(
    ("wish", "facts"),
    [
        ({"price_ceiling": PriceCeiling.FREE}, {"price_cents": 9500, "price_per": PricePer.YEAR,
                                                "has_social_tariff": True}),
        ({"days": (Weekday.MONDAY,)}, {"slots": (replace(SATURDAY_PLAY, holidays_only=True),)}),
        ({"days": (Weekday.MONDAY,)}, {"slots": ()}),
        ({"travel": (Travel.BUS,)}, {"reachable_without_car": False, "arrangements": (Arrangement.SHARED_RIDE,)}),
        ({"travel": (Travel.BUS, Travel.LIFT)}, {"reachable_without_car": False}),
        ({"group_size": 3}, {"room": Room.PLACES, "free_places": 0, "waiting": 2}),
        ({"group_size": 4}, {"room": Room.FULL}),
        ({"age_band": AgeBand.FROM_15}, {}),
    ],
)  # fmt: skip
def test_what_only_seems_a_hard_limit_stays_in(wish: dict[str, Any], facts: dict[str, Any]) -> None:
    assert misses(replace(WISH, **wish), offer(**facts)) == ()


def test_near_misses_come_only_when_there_is_too_little_to_choose() -> None:
    fitting, second = offer("fits"), offer("fits too")
    sunday = offer("Sunday", slots=(Slot(Weekday.SUNDAY, time(14), time(17)),))
    grown_up = offer("grown-up", age_min=18, age_max=25)
    assert names(rank(WISH, [sunday, grown_up, fitting])) == ["fits", "Sunday"]
    assert names(rank(WISH, [sunday, grown_up, fitting, second])) == ["fits", "fits too"]
    assert [match.relaxed for match in rank(WISH, [grown_up, sunday])] == [(Miss.TIME,), (Miss.AGE,)]
    assert rank(WISH, []) == []


def test_a_full_offer_stays_with_its_waiting_list() -> None:
    matches = rank(WISH, [offer("full", room=Room.FULL, waiting=4, interests=WISH.interests), offer("free")])
    assert names(matches) == ["full", "free"]
    assert [(reason.why, dict(reason.params)) for reason in matches[0].watch] == [(Why.WAITING_LIST, {"count": 4})]
    assert matches[0].bridge_length == 1


def test_an_offer_without_anything_of_the_wish_says_so() -> None:
    (match,) = rank(WISH, [offer("else", interests=(Interest.DANCE,))])
    assert [reason.why for reason in match.watch] == [Why.SOMETHING_ELSE]
    assert match.bridge_length == 1
    (open_to_all,) = rank(replace(WISH, interests=()), [offer("else", interests=(Interest.DANCE,))])
    assert open_to_all.watch == ()


def test_the_reasons_of_a_scout_group_on_saturday() -> None:
    scouts = offer(
        "scouts",
        price_cents=4500,
        price_per=PricePer.YEAR,
        trial_visits=2,
        area="Centrum",
        interests=(Interest.OUTDOORS, Interest.CAMPFIRE),
        arrangements=(Arrangement.SECOND_HAND_UNIFORM, Arrangement.COME_WITH_FRIEND),
        customs=(Custom(CustomTopic.UNIFORM, CustomStance.CAN_MOVE),),
        room=Room.PLACES,
        free_places=2,
    )
    wish = replace(
        WISH, area="Centrum", price_ceiling=PriceCeiling.SOME, arrangements=(Arrangement.COME_WITH_FRIEND,),
        distances=(B.TRUST, B.AFFORDABILITY, B.FIT),
    )  # fmt: skip
    (match,) = rank(wish, [scouts])
    assert [(reason.why, dict(reason.params)) for reason in match.fits] == [
        (Why.SLOT, {"weekdays": (Weekday.SATURDAY,), "starts": time(14), "ends": time(17)}),
        (Why.INTERESTS, {"interests": (Interest.OUTDOORS,)}),
        (Why.PRICE, {"cents": 4500, "per": PricePer.YEAR}),
        (Why.TRIALS_FIRST, {"count": 2}),
        (Why.SAME_AREA, {"area": "Centrum"}),
        (Why.ARRANGED, {"arrangement": Arrangement.COME_WITH_FRIEND}),
        (Why.MAKES_SMALLER, {"bs": (B.TRUST, B.AFFORDABILITY)}),
    ]
    assert [(reason.why, dict(reason.params)) for reason in match.watch] == [
        (Why.PLACES_LEFT, {"count": 2}),
        (Why.UNIFORM_SECOND_HAND, {}),
    ]
    assert match.points == 4
    assert match.bridge_length == 1


def test_days_with_the_same_hours_are_said_together() -> None:
    week = [Weekday.MONDAY, Weekday.TUESDAY, Weekday.THURSDAY]
    open_door = offer("open", slots=tuple(Slot(day, time(15, 30), time(18, 30)) for day in week))
    (match,) = rank(replace(WISH, days=()), [open_door])
    assert dict(match.fits[0].params)["weekdays"] == tuple(week)


@pytest.mark.parametrize(
    ("needed", "offered", "length"),
    [
        ((), (), 1),
        ((Arrangement.CALM_START,), (Arrangement.CALM_START,), 1),
        ((Arrangement.CALM_START,), (), 2),
        ((Arrangement.CALM_START, Arrangement.NO_PHOTOS), (), 2),
        ((Arrangement.CALM_START, Arrangement.NO_PHOTOS, Arrangement.PICTOGRAMS), (), 3),
        ((Arrangement.STEP_FREE,), (), 3),
        ((Arrangement.WORKS_WITHOUT_MUCH_DUTCH,), (), 3),
    ],
)
def test_the_length_of_the_bridge_is_the_support_that_it_takes(
    needed: tuple[Arrangement, ...], offered: tuple[Arrangement, ...], length: int
) -> None:
    (match,) = rank(replace(WISH, arrangements=needed), [offer(arrangements=offered)])
    assert match.bridge_length == length


def test_a_custom_is_mentioned_only_to_whom_it_matters() -> None:
    beer = offer(
        interests=WISH.interests, customs=(Custom(CustomTopic.ALCOHOL, CustomStance.FIXED),), is_alcohol_free=False
    )
    assert [(reason.why, reason.support) for reason in rank(WISH, [beer])[0].watch] == [(Why.ALCOHOL, Support.NONE)]
    careful = replace(WISH, arrangements=(Arrangement.PLACE_WITHOUT_ALCOHOL,))
    assert [reason.why for reason in rank(careful, [beer])[0].watch] == [
        Why.ALCOHOL,
        Why.CUSTOM_FIXED,
        Why.NOT_ARRANGED,
    ]
    assert rank(careful, [replace(beer, is_alcohol_free=True)])[0].watch == (), "a custom of lemonade is no obstacle"


@pytest.mark.parametrize("b", B)
def test_every_distance_can_be_answered_by_an_arrangement_but_never_by_nothing(b: B) -> None:
    far = offer(
        price_cents=100, price_per=PricePer.YEAR, reachable_without_car=False, room=Room.FULL, mood=Mood.LIVELY,
        area="Heide",
    )  # fmt: skip
    wish = replace(WISH, interests=(), distances=(b,))
    assert rank(wish, [far])[0].points == 0
    helping = next(code for code, traits in ARRANGEMENT_TRAITS.items() if traits.b is b)
    near = replace(far, arrangements=(helping,), room=Room.OPEN)
    assert rank(wish, [near])[0].points == 1


def test_an_afternoon_without_alcohol_at_a_place_with_a_bar_asks_for_an_agreement() -> None:
    club = offer(is_alcohol_free=False, arrangements=(Arrangement.PLACE_WITHOUT_ALCOHOL,))
    (match,) = rank(replace(WISH, interests=(), arrangements=(Arrangement.PLACE_WITHOUT_ALCOHOL,)), [club])
    assert [(reason.why, reason.support) for reason in match.watch] == [(Why.ALCOHOL, Support.ARRANGE)]
    assert (match.points, match.bridge_length) == (1, 2)


def test_a_resting_crew_is_said_and_stays_in() -> None:
    resting = offer(interests=WISH.interests, quiet_months=(6,))
    assert [reason.why for reason in rank(replace(WISH, month=6), [resting])[0].watch] == [Why.RESTING]
    assert rank(replace(WISH, month=7), [resting])[0].watch == ()


def test_the_languages_of_a_team_cannot_take_part() -> None:
    assert "languages" not in " ".join(OfferFacts.__dataclass_fields__)
    assert "language" not in " ".join(Wish.__dataclass_fields__)
