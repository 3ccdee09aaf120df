"""Small code lists that only referrals use."""

import enum


class Side(enum.StrEnum):
    """Which end of the bridge answers."""

    GUIDE = "guide"
    ASSOCIATION = "association"


class PostKind(enum.StrEnum):
    """Who may read a few words about a question."""

    MESSAGE = "message"
    NOTE = "note"


class AgreedBy(enum.StrEnum):
    """Who agreed."""

    SELF = "self"
    PARENT = "parent"
    BOTH = "both"


class AgreedHow(enum.StrEnum):
    """How they agreed."""

    TOGETHER = "together"
    BY_PHONE = "by_phone"
    ON_PAPER = "on_paper"


class ContactRoute(enum.StrEnum):
    """Whom the association contacts, as the young person chose."""

    YOUNG_PERSON = "young_person"
    PARENT = "parent"
    GUIDE = "guide"


class IdeaKind(enum.StrEnum):
    """What kind of other idea an association has."""

    COME_LOOK = "come_look"
    OTHER_GROUP = "other_group"
    OTHER_ASSOCIATION = "other_association"


class ReminderKind(enum.StrEnum):
    """What somebody is told when its day comes and nobody acted before."""

    NUDGE = "nudge"
    SILENCE = "silence"
    CALL_BACK = "call_back"
    CALL_BACK_LATE = "call_back_late"
    ASK_AGAIN = "ask_again"
    FIRST_TIME = "first_time"
    FIRST_TIME_LATE = "first_time_late"


class LookedAs(enum.StrEnum):
    """As what somebody opened a contact card."""

    GUIDE = "guide"
    WATCH = "watch"
    WELCOME = "welcome"
    EXPORT = "export"
