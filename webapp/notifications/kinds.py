"""The kinds of notices, and for each: who gets a mail besides the line under the bell."""

import enum
from typing import NamedTuple


class NoticeKind(enum.StrEnum):
    """What happened. The words stand in `labels`; none of them says what was asked or answered about whom."""

    ASK_SENT = "ask_sent"
    ASK_NUDGED = "ask_nudged"
    ASK_ANSWERED = "ask_answered"
    ANSWER_CHANGED = "answer_changed"
    ANSWER_NOTED = "answer_noted"
    COLLEAGUE_ANSWERED = "colleague_answered"
    ASK_EXPIRED = "ask_expired"
    CALL_BACK_DUE = "call_back_due"
    CALL_ASKED = "call_asked"
    ASK_AGAIN = "ask_again"
    FIRST_TIME_OPEN = "first_time_open"
    CHOSEN = "chosen"
    THANKED = "thanked"
    RECALLED = "recalled"
    AGREEMENT_RECORDED = "agreement_recorded"
    AGREEMENT_WITHDRAWN = "agreement_withdrawn"
    WELCOME_PLANNED = "welcome_planned"
    CHECK_IN_DUE = "check_in_due"
    CHECKED_IN = "checked_in"
    ENDED = "ended"
    VISIT_ASKED = "visit_asked"
    VISIT_ANSWERED = "visit_answered"
    VISIT_ENDED = "visit_ended"
    HELP_OFFERED = "help_offered"
    SUPPORT_DECIDED = "support_decided"
    WRITTEN = "written"
    HAND_OVER_ASKED = "hand_over_asked"
    HAND_OVER_ANSWERED = "hand_over_answered"
    NEW_FACE = "new_face"
    BROUGHT_IN = "brought_in"
    LET_GO = "let_go"
    SEAT_ASKED = "seat_asked"
    SEAT_GIVEN = "seat_given"
    SEAT_ENDED = "seat_ended"
    OWN_SEAT_ENDED = "own_seat_ended"
    CREW_JOINED = "crew_joined"
    GROUP_ASKED = "group_asked"
    GROUP_WELCOME = "group_welcome"
    GROUP_NOT_NOW = "group_not_now"
    GROUP_LEFT = "group_left"
    ACTION_GIVEN = "action_given"
    MEETING_ANNOUNCED = "meeting_announced"
    MEETING_CHANGED = "meeting_changed"
    MEETING_CALLED_OFF = "meeting_called_off"
    MINUTES_READY = "minutes_ready"
    ACTION_DUE = "action_due"
    ACTION_FREE = "action_free"
    GROUP_JOINED = "group_joined"
    POLL_ASKED = "poll_asked"
    POLL_NUDGED = "poll_nudged"
    POLL_CHOSEN = "poll_chosen"
    ASKED_DIRECTLY = "asked_directly"
    TALKED = "talked"
    MANY_LOOKS = "many_looks"
    LESSON_APPROVED = "lesson_approved"
    LESSON_ASKED = "lesson_asked"
    LESSON_HELD = "lesson_held"
    FLAG_DECIDED = "flag_decided"
    WORDS_FOLDED = "words_folded"
    WORDS_SHOWN = "words_shown"
    TAG_ACCEPTED = "tag_accepted"
    TAG_DECLINED = "tag_declined"
    SESSION_INVITED = "session_invited"
    SESSION_CLOSED = "session_closed"
    LEAD_ASKED = "lead_asked"
    LEAD_ANSWERED = "lead_answered"


class Subject(enum.StrEnum):
    """What notices are about, as far as people choose which mail they want."""

    QUESTIONS = "questions"
    GROUPS = "groups"
    HOUSE = "house"


class Attention(enum.StrEnum):
    """How loudly somebody is told; each member is quieter than the one before."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    IN_BRUG = "in_brug"


def quieter(one: Attention, other: Attention) -> Attention:
    """The quieter of the two."""
    ways = list(Attention)
    return max(one, other, key=ways.index)


class Trait(NamedTuple):
    """What a kind is about, and how loudly it is told to whoever did not choose otherwise."""

    subject: Subject
    way: Attention


Q, G, H = Subject.QUESTIONS, Subject.GROUPS, Subject.HOUSE
ASKED, NEWS = Attention.AT_ONCE, Attention.DIGEST

# Whoever is asked something directly hears it at once. What asks nothing of anybody waits for the weekly digest.
NOTICE_TRAITS: dict[NoticeKind, Trait] = {
    NoticeKind.ASK_SENT: Trait(Q, ASKED),
    NoticeKind.ASK_NUDGED: Trait(Q, ASKED),
    NoticeKind.ASK_ANSWERED: Trait(Q, ASKED),
    NoticeKind.ANSWER_CHANGED: Trait(Q, ASKED),
    NoticeKind.ANSWER_NOTED: Trait(Q, ASKED),
    NoticeKind.COLLEAGUE_ANSWERED: Trait(Q, NEWS),
    NoticeKind.ASK_EXPIRED: Trait(Q, ASKED),
    NoticeKind.CALL_BACK_DUE: Trait(Q, ASKED),
    NoticeKind.CALL_ASKED: Trait(Q, ASKED),
    NoticeKind.ASK_AGAIN: Trait(Q, ASKED),
    NoticeKind.FIRST_TIME_OPEN: Trait(Q, ASKED),
    NoticeKind.CHOSEN: Trait(Q, ASKED),
    NoticeKind.THANKED: Trait(Q, ASKED),
    NoticeKind.RECALLED: Trait(Q, ASKED),
    NoticeKind.AGREEMENT_RECORDED: Trait(Q, ASKED),
    NoticeKind.AGREEMENT_WITHDRAWN: Trait(Q, ASKED),
    NoticeKind.WELCOME_PLANNED: Trait(Q, NEWS),
    NoticeKind.CHECK_IN_DUE: Trait(Q, ASKED),
    NoticeKind.CHECKED_IN: Trait(Q, NEWS),
    NoticeKind.ENDED: Trait(Q, ASKED),
    NoticeKind.VISIT_ASKED: Trait(Q, ASKED),
    NoticeKind.VISIT_ANSWERED: Trait(Q, ASKED),
    NoticeKind.VISIT_ENDED: Trait(Q, ASKED),
    NoticeKind.HELP_OFFERED: Trait(Q, ASKED),
    NoticeKind.SUPPORT_DECIDED: Trait(Q, ASKED),
    NoticeKind.WRITTEN: Trait(Q, ASKED),
    NoticeKind.HAND_OVER_ASKED: Trait(Q, ASKED),
    NoticeKind.HAND_OVER_ANSWERED: Trait(Q, ASKED),
    NoticeKind.NEW_FACE: Trait(Q, ASKED),
    NoticeKind.BROUGHT_IN: Trait(Q, ASKED),
    NoticeKind.LET_GO: Trait(Q, NEWS),
    NoticeKind.SEAT_ASKED: Trait(H, ASKED),
    NoticeKind.SEAT_GIVEN: Trait(H, ASKED),
    NoticeKind.SEAT_ENDED: Trait(H, ASKED),
    NoticeKind.OWN_SEAT_ENDED: Trait(H, ASKED),
    NoticeKind.CREW_JOINED: Trait(H, ASKED),
    NoticeKind.GROUP_ASKED: Trait(G, ASKED),
    NoticeKind.GROUP_WELCOME: Trait(G, ASKED),
    NoticeKind.GROUP_NOT_NOW: Trait(G, ASKED),
    NoticeKind.GROUP_LEFT: Trait(G, NEWS),
    NoticeKind.ACTION_GIVEN: Trait(G, ASKED),
    NoticeKind.MEETING_ANNOUNCED: Trait(G, ASKED),
    NoticeKind.MEETING_CHANGED: Trait(G, ASKED),
    NoticeKind.MEETING_CALLED_OFF: Trait(G, ASKED),
    NoticeKind.MINUTES_READY: Trait(G, NEWS),
    NoticeKind.ACTION_DUE: Trait(G, ASKED),
    NoticeKind.ACTION_FREE: Trait(G, ASKED),
    NoticeKind.GROUP_JOINED: Trait(G, NEWS),
    NoticeKind.POLL_ASKED: Trait(G, ASKED),
    NoticeKind.POLL_NUDGED: Trait(G, ASKED),
    NoticeKind.POLL_CHOSEN: Trait(G, ASKED),
    NoticeKind.ASKED_DIRECTLY: Trait(G, ASKED),
    NoticeKind.TALKED: Trait(G, NEWS),
    NoticeKind.MANY_LOOKS: Trait(H, ASKED),
    NoticeKind.LESSON_APPROVED: Trait(G, NEWS),
    NoticeKind.LESSON_ASKED: Trait(G, ASKED),
    NoticeKind.LESSON_HELD: Trait(G, ASKED),
    NoticeKind.FLAG_DECIDED: Trait(G, NEWS),
    NoticeKind.WORDS_FOLDED: Trait(G, ASKED),
    NoticeKind.WORDS_SHOWN: Trait(G, NEWS),
    NoticeKind.TAG_ACCEPTED: Trait(G, NEWS),
    NoticeKind.TAG_DECLINED: Trait(G, NEWS),
    NoticeKind.SESSION_INVITED: Trait(G, ASKED),
    NoticeKind.SESSION_CLOSED: Trait(G, NEWS),
    NoticeKind.LEAD_ASKED: Trait(G, ASKED),
    NoticeKind.LEAD_ANSWERED: Trait(G, ASKED),
}
