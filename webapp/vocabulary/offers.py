"""How an association describes what it offers."""

import enum
from typing import NamedTuple

from webapp.vocabulary.prices import PRICE_PER_LABELS, PricePer
from webapp.vocabulary.words import _l

__all__ = [
    "BENEFIT_LABELS", "CUSTOM_STANCE_LABELS", "CUSTOM_TOPIC_LABELS",
    "LITTLE_DUTCH_LABELS", "MOOD_LABELS", "PRICE_PER_LABELS", "ROOM_LABELS", "SIGN_UP_LABELS",
    "Benefit", "CustomStance", "CustomTopic", "LittleDutch", "Mood", "PricePer", "Room", "SignUp",
]  # fmt: skip


class Mood(enum.StrEnum):
    """How it feels in the group."""

    CALM = "calm"
    MIXED = "mixed"
    LIVELY = "lively"


MOOD_LABELS: dict[Mood, str] = {
    Mood.CALM: _l("calm"),
    Mood.MIXED: _l("now calm, now lively"),
    Mood.LIVELY: _l("lively"),
}


class SignUp(enum.StrEnum):
    """What it takes to begin."""

    NONE = "none"
    TALK = "talk"
    FORM = "form"


SIGN_UP_LABELS: dict[SignUp, str] = {
    SignUp.NONE: _l("just come, no sign-up"),
    SignUp.TALK: _l("sign up with a chat or a call"),
    SignUp.FORM: _l("sign up with a form"),
}


class CustomTopic(enum.StrEnum):
    """What a custom is about. Always something that the group does, never something that somebody is."""

    UNIFORM = "uniform"
    FOOD = "food"
    ALCOHOL = "alcohol"
    OVERNIGHT = "overnight"
    SONG = "song"
    PHONES = "phones"
    WEATHER = "weather"
    MIXED_GROUP = "mixed_group"
    SHOES_AND_CLOTHES = "shoes_and_clothes"
    HELPING_OUT = "helping_out"


class CustomTraits(NamedTuple):
    """How a topic reads, and its icon."""

    label: str
    icon: str


CUSTOM_TOPIC_TRAITS: dict[CustomTopic, CustomTraits] = {
    CustomTopic.UNIFORM: CustomTraits(_l("uniform"), "shirt"),
    CustomTopic.FOOD: CustomTraits(_l("food"), "utensils"),
    CustomTopic.ALCOHOL: CustomTraits(_l("alcohol"), "cup-soda"),
    CustomTopic.OVERNIGHT: CustomTraits(_l("sleeping over and camp"), "tent"),
    CustomTopic.SONG: CustomTraits(_l("a song or a quiet moment together"), "music"),
    CustomTopic.PHONES: CustomTraits(_l("phones"), "smartphone"),
    CustomTopic.WEATHER: CustomTraits(_l("outside in all weather"), "cloud-rain-wind"),
    CustomTopic.MIXED_GROUP: CustomTraits(_l("boys and girls together"), "users"),
    CustomTopic.SHOES_AND_CLOTHES: CustomTraits(_l("shoes and clothes"), "footprints"),
    CustomTopic.HELPING_OUT: CustomTraits(_l("helping to set up and clear away"), "hand-heart"),
}

CUSTOM_TOPIC_LABELS: dict[CustomTopic, str] = {code: traits.label for code, traits in CUSTOM_TOPIC_TRAITS.items()}


class CustomStance(enum.StrEnum):
    """How firmly the group holds a custom."""

    FIXED = "fixed"
    CAN_MOVE = "can_move"
    OPEN_TO_TALK = "open_to_talk"


CUSTOM_STANCE_LABELS: dict[CustomStance, str] = {
    CustomStance.FIXED: _l("this stays"),
    CustomStance.CAN_MOVE: _l("this can move"),
    CustomStance.OPEN_TO_TALK: _l("open to talk"),
}


class Benefit(enum.StrEnum):
    """What you get out of it."""

    FUN = "fun"
    FRIENDS = "friends"
    MOVE = "move"
    REST = "rest"
    SKILL = "skill"
    PRACTISE_DUTCH = "practise_dutch"
    HELP_OTHERS = "help_others"
    STAGE = "stage"


BENEFIT_LABELS: dict[Benefit, str] = {
    Benefit.FUN: _l("fun"),
    Benefit.FRIENDS: _l("friends"),
    Benefit.MOVE: _l("moving"),
    Benefit.REST: _l("a clear head"),
    Benefit.SKILL: _l("learning to do something well"),
    Benefit.PRACTISE_DUTCH: _l("practising Dutch"),
    Benefit.HELP_OTHERS: _l("doing something for others"),
    Benefit.STAGE: _l("showing what you can"),
}


class Room(enum.StrEnum):
    """Whether somebody new can come."""

    OPEN = "open"
    PLACES = "places"
    FULL = "full"


ROOM_LABELS: dict[Room, str] = {
    Room.OPEN: _l("always room"),
    Room.PLACES: _l("places free"),
    Room.FULL: _l("full for now"),
}


class LittleDutch(enum.StrEnum):
    """Whether it works without much Dutch."""

    YES = "yes"
    SOME = "some"
    NO = "no"


LITTLE_DUTCH_LABELS: dict[LittleDutch, str] = {
    LittleDutch.YES: _l("works without much Dutch"),
    LittleDutch.SOME: _l("works with a little Dutch"),
    LittleDutch.NO: _l("needs good Dutch"),
}
