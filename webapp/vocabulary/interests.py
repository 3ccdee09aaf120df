"""What young people like to do. A wish is made of these, and so is an offer."""

import enum
from typing import NamedTuple

from webapp.vocabulary.words import _l


class InterestGroup(enum.StrEnum):
    """Interests that stand together on a form."""

    MOVE = "move"
    MAKE = "make"
    PLAY = "play"
    TOGETHER = "together"


INTEREST_GROUP_LABELS: dict[InterestGroup, str] = {
    InterestGroup.MOVE: _l("Moving"),
    InterestGroup.MAKE: _l("Making and performing"),
    InterestGroup.PLAY: _l("Playing and being outside"),
    InterestGroup.TOGETHER: _l("Being together"),
}


class Interest(enum.StrEnum):
    """One thing somebody may like to do."""

    SPORT = "sport"
    FOOTBALL = "football"
    BASKETBALL = "basketball"
    DANCE = "dance"
    CYCLING = "cycling"
    SKATING = "skating"
    MUSIC = "music"
    SINGING = "singing"
    THEATRE = "theatre"
    DRAWING = "drawing"
    CRAFTS = "crafts"
    PHOTO_VIDEO = "photo_video"
    TINKERING = "tinkering"
    COOKING = "cooking"
    OUTDOORS = "outdoors"
    PLAY = "play"
    CAMPFIRE = "campfire"
    CAMPS = "camps"
    NATURE = "nature"
    BOARD_GAMES = "board_games"
    GAMING = "gaming"
    READING = "reading"
    HANGING_OUT = "hanging_out"
    MAKING_FRIENDS = "making_friends"
    HELPING_OTHERS = "helping_others"


class InterestTraits(NamedTuple):
    """How an interest reads, its icon, and where it stands on a form."""

    label: str
    icon: str
    group: InterestGroup


_G = InterestGroup

INTEREST_TRAITS: dict[Interest, InterestTraits] = {
    Interest.SPORT: InterestTraits(_l("sport"), "medal", _G.MOVE),
    Interest.FOOTBALL: InterestTraits(_l("football"), "goal", _G.MOVE),
    Interest.BASKETBALL: InterestTraits(_l("basketball"), "volleyball", _G.MOVE),
    Interest.DANCE: InterestTraits(_l("dancing"), "disc-3", _G.MOVE),
    Interest.CYCLING: InterestTraits(_l("cycling"), "bike", _G.MOVE),
    Interest.SKATING: InterestTraits(_l("skating"), "wind", _G.MOVE),
    Interest.MUSIC: InterestTraits(_l("making music"), "guitar", _G.MAKE),
    Interest.SINGING: InterestTraits(_l("singing or rapping"), "mic", _G.MAKE),
    Interest.THEATRE: InterestTraits(_l("theatre"), "drama", _G.MAKE),
    Interest.DRAWING: InterestTraits(_l("drawing or painting"), "palette", _G.MAKE),
    Interest.CRAFTS: InterestTraits(_l("making things"), "scissors", _G.MAKE),
    Interest.PHOTO_VIDEO: InterestTraits(_l("making photos or videos"), "camera", _G.MAKE),
    Interest.TINKERING: InterestTraits(_l("tinkering"), "hammer", _G.MAKE),
    Interest.COOKING: InterestTraits(_l("cooking"), "cooking-pot", _G.MAKE),
    Interest.OUTDOORS: InterestTraits(_l("being outside"), "trees", _G.PLAY),
    Interest.PLAY: InterestTraits(_l("playing"), "toy-brick", _G.PLAY),
    Interest.CAMPFIRE: InterestTraits(_l("cooking on a fire"), "flame", _G.PLAY),
    Interest.CAMPS: InterestTraits(_l("going on camp"), "tent", _G.PLAY),
    Interest.NATURE: InterestTraits(_l("being in nature"), "leaf", _G.PLAY),
    Interest.BOARD_GAMES: InterestTraits(_l("board games"), "dice-5", _G.PLAY),
    Interest.GAMING: InterestTraits(_l("gaming"), "gamepad-2", _G.PLAY),
    Interest.READING: InterestTraits(_l("reading stories"), "book-open", _G.TOGETHER),
    Interest.HANGING_OUT: InterestTraits(_l("hanging out"), "sofa", _G.TOGETHER),
    Interest.MAKING_FRIENDS: InterestTraits(_l("making friends"), "users", _G.TOGETHER),
    Interest.HELPING_OTHERS: InterestTraits(_l("helping others"), "hand-heart", _G.TOGETHER),
}

INTEREST_LABELS: dict[Interest, str] = {code: traits.label for code, traits in INTEREST_TRAITS.items()}
INTEREST_ICONS: dict[Interest, str] = {code: traits.icon for code, traits in INTEREST_TRAITS.items()}
