"""What helps: things that can be arranged. Never why somebody needs them."""

import enum
from typing import NamedTuple

from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.words import _l


class Arrangement(enum.StrEnum):
    """One thing that an association can arrange, and that a question can ask for."""

    COME_WITH_FRIEND = "come_with_friend"
    KNOWN_PERSON_COMES_ALONG = "known_person_comes_along"
    ONE_FIXED_LEADER = "one_fixed_leader"
    COME_AND_LOOK_FIRST = "come_and_look_first"
    NO_PHOTOS = "no_photos"
    GROUP_VISIT_FIRST = "group_visit_first"
    EXPLAINED_FIRST = "explained_first"
    PICTOGRAMS = "pictograms"
    PLAIN_MESSAGES = "plain_messages"
    WORKS_WITHOUT_MUCH_DUTCH = "works_without_much_dutch"
    TRIAL_TIMES = "trial_times"
    START_MID_YEAR = "start_mid_year"
    SIGN_UP_BY_PHONE = "sign_up_by_phone"
    LOWER_PRICE = "lower_price"
    PAY_IN_PARTS = "pay_in_parts"
    LOAN_GEAR = "loan_gear"
    SECOND_HAND_UNIFORM = "second_hand_uniform"
    STEP_FREE = "step_free"
    STEP_FREE_TOILET = "step_free_toilet"
    BUS_HOME_IN_TIME = "bus_home_in_time"
    SHARED_RIDE = "shared_ride"
    CALM_START = "calm_start"
    SMALL_GROUP = "small_group"
    QUIET_CORNER = "quiet_corner"
    JOIN_NOW_AND_THEN = "join_now_and_then"
    TALK_ABOUT_FOOD = "talk_about_food"
    PLACE_WITHOUT_ALCOHOL = "place_without_alcohol"


class ArrangementTraits(NamedTuple):
    """How an arrangement reads, its icon, and the B that it makes smaller."""

    label: str
    icon: str
    b: B


_A = Arrangement

ARRANGEMENT_TRAITS: dict[Arrangement, ArrangementTraits] = {
    _A.COME_WITH_FRIEND: ArrangementTraits(_l("Can come with a friend"), "users", B.TRUST),
    _A.KNOWN_PERSON_COMES_ALONG: ArrangementTraits(
        _l("Somebody familiar can come along at first"), "user-check", B.TRUST
    ),
    _A.ONE_FIXED_LEADER: ArrangementTraits(_l("Has one fixed leader to turn to"), "user-round", B.TRUST),
    _A.COME_AND_LOOK_FIRST: ArrangementTraits(_l("Can come and look first"), "eye", B.TRUST),
    _A.NO_PHOTOS: ArrangementTraits(_l("Is not in any photo"), "camera", B.TRUST),
    _A.GROUP_VISIT_FIRST: ArrangementTraits(_l("Meets the crew in a group visit first"), "handshake", B.AWARENESS),
    _A.EXPLAINED_FIRST: ArrangementTraits(_l("Hears beforehand how it goes"), "info", B.AWARENESS),
    _A.PICTOGRAMS: ArrangementTraits(_l("Pictograms for hour, place and what to bring"), "shapes", B.CLARITY),
    _A.PLAIN_MESSAGES: ArrangementTraits(_l("Short messages in plain words"), "message-circle", B.CLARITY),
    _A.WORKS_WITHOUT_MUCH_DUTCH: ArrangementTraits(_l("Works without much Dutch"), "languages", B.CLARITY),
    _A.TRIAL_TIMES: ArrangementTraits(_l("Can try a few times"), "ticket", B.AVAILABILITY),
    _A.START_MID_YEAR: ArrangementTraits(_l("Can start halfway through the year"), "calendar-check", B.AVAILABILITY),
    _A.SIGN_UP_BY_PHONE: ArrangementTraits(_l("Can sign up by phone"), "phone", B.AVAILABILITY),
    _A.LOWER_PRICE: ArrangementTraits(_l("A lower price, without explaining why"), "banknote", B.AFFORDABILITY),
    _A.PAY_IN_PARTS: ArrangementTraits(_l("Can pay in parts"), "coins", B.AFFORDABILITY),
    _A.LOAN_GEAR: ArrangementTraits(_l("Can borrow gear"), "backpack", B.AFFORDABILITY),
    _A.SECOND_HAND_UNIFORM: ArrangementTraits(_l("A second-hand uniform"), "shirt", B.AFFORDABILITY),
    _A.STEP_FREE: ArrangementTraits(_l("Step-free inside"), "accessibility", B.REACH),
    _A.STEP_FREE_TOILET: ArrangementTraits(_l("A step-free toilet"), "door-open", B.REACH),
    _A.BUS_HOME_IN_TIME: ArrangementTraits(_l("Done in time for the bus home"), "bus", B.REACH),
    _A.SHARED_RIDE: ArrangementTraits(_l("Can ride along with somebody"), "route", B.REACH),
    _A.CALM_START: ArrangementTraits(_l("A calm start"), "leaf", B.FIT),
    _A.SMALL_GROUP: ArrangementTraits(_l("A small group"), "users", B.FIT),
    _A.QUIET_CORNER: ArrangementTraits(_l("A quiet corner"), "armchair", B.FIT),
    _A.JOIN_NOW_AND_THEN: ArrangementTraits(_l("Can join now and then"), "calendar-days", B.FIT),
    _A.TALK_ABOUT_FOOD: ArrangementTraits(_l("Talking about food beforehand"), "utensils", B.FIT),
    _A.PLACE_WITHOUT_ALCOHOL: ArrangementTraits(_l("A place without alcohol"), "cup-soda", B.FIT),
}

ARRANGEMENT_LABELS: dict[Arrangement, str] = {code: traits.label for code, traits in ARRANGEMENT_TRAITS.items()}
ARRANGEMENT_ICONS: dict[Arrangement, str] = {code: traits.icon for code, traits in ARRANGEMENT_TRAITS.items()}
