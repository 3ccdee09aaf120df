"""The kinds of notices, and for each: who gets a mail besides the line under the bell."""

import enum


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
    CHOSEN = "chosen"
    THANKED = "thanked"
    RECALLED = "recalled"
    AGREEMENT_RECORDED = "agreement_recorded"
    AGREEMENT_WITHDRAWN = "agreement_withdrawn"
    WELCOME_PLANNED = "welcome_planned"
    CHECK_IN_DUE = "check_in_due"
    CHECKED_IN = "checked_in"
    ENDED = "ended"
    HELP_OFFERED = "help_offered"
    SEAT_ASKED = "seat_asked"
    SEAT_GIVEN = "seat_given"
    SEAT_ENDED = "seat_ended"
    OWN_SEAT_ENDED = "own_seat_ended"
    CREW_JOINED = "crew_joined"
    MANY_LOOKS = "many_looks"
