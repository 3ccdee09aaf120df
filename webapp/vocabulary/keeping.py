"""The rules for what is kept how long: their codes, and what each rule says. The rules stand in `retention`."""

import enum
from datetime import timedelta
from typing import NamedTuple


class Keep(enum.StrEnum):
    """A rule for what is kept how long."""

    DRAFT = "draft"
    CARD = "card"
    WORDS = "words"
    WORDS_WITHOUT_PLACE = "words_without_place"
    PLAN = "plan"
    QUESTION = "question"
    SILENT_QUESTION = "silent_question"
    REMINDER = "reminder"
    COUNTED = "counted"
    NOTICE = "notice"
    MAIL = "mail"
    ACCOUNT = "account"
    RESTING_ACCOUNT = "resting_account"
    SEAT = "seat"
    INVITATION = "invitation"
    PROMISE = "promise"
    FACTOR = "factor"
    CHALLENGE = "challenge"
    SESSION = "session"
    CODE = "code"
    LINK = "link"
    FORM = "form"
    ATTEMPT = "attempt"
    JOB = "job"
    FAILED_JOB = "failed_job"
    OFFER = "offer"
    REST = "rest"
    SUPPORT = "support"
    FUND_YEAR = "fund_year"
    SIGNAL = "signal"
    PICKED_UP_SIGNAL = "picked_up_signal"
    VISIT_WORDS = "visit_words"
    VISIT = "visit"
    GROUP = "group"
    ACTION_PLAN = "action_plan"
    TOOL = "tool"
    TALK = "talk"
    SIGNPOST = "signpost"
    MEMBERSHIP = "membership"
    TYPING = "typing"
    GROUP_DOOR = "group_door"
    GROUP_INVITATION = "group_invitation"
    JOIN_REQUEST = "join_request"
    LESSON = "lesson"
    BEGUN_LESSON = "begun_lesson"
    FLAG = "flag"
    OWN_CHOICE = "own_choice"
    OTHER_TOWN = "other_town"
    OPEN_LOG = "open_log"
    FOLLOW_SWITCH = "follow_switch"
    LEARNING_SESSION = "learning_session"
    CONTRIBUTION = "contribution"
    PARTICIPANT = "participant"
    POLL = "poll"
    POLL_GUEST = "poll_guest"
    AUDIT = "audit"
    LEDGER = "ledger"
    INSTALLATION = "installation"


class Rule(NamedTuple):
    """What it is, in which tables it stands, how long it stays (None: see `since`), and from when that counts."""

    what: str
    tables: tuple[str, ...]
    time: timedelta | None
    since: str


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)
