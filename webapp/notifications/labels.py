"""How notices read. A line names the alias and nothing else about anybody."""

from webapp.notifications.kinds import Attention, NoticeKind, Subject
from webapp.notifications.models import Notice
from webapp.vocabulary.aliases import ALIASES
from webapp.vocabulary.words import _l
from webapp.web.i18n import word

NOTICE_LABELS: dict[NoticeKind, str] = {
    NoticeKind.ASK_SENT: _l("There is a question for you."),
    NoticeKind.ASK_NUDGED: _l("A question still waits for you. No is fine too."),
    NoticeKind.ASK_ANSWERED: _l("There is an answer."),
    NoticeKind.ANSWER_CHANGED: _l("An answer changed."),
    NoticeKind.ANSWER_NOTED: _l("What you said on the phone was written down. Is it right?"),
    NoticeKind.COLLEAGUE_ANSWERED: _l("A colleague answered for your association."),
    NoticeKind.ASK_EXPIRED: _l("A question closed by itself."),
    NoticeKind.CALL_BACK_DUE: _l("You would call back about a place today."),
    NoticeKind.CALL_ASKED: _l("An association could use a call from you."),
    NoticeKind.ASK_AGAIN: _l("You agreed to ask again. Is this the moment?"),
    NoticeKind.FIRST_TIME_OPEN: _l("A place was chosen, and no first time is planned yet."),
    NoticeKind.CHOSEN: _l("Your offer was chosen."),
    NoticeKind.THANKED: _l("Thank you for your answer. It turned out to be another place."),
    NoticeKind.RECALLED: _l("A question was taken back. You don't need to do anything."),
    NoticeKind.AGREEMENT_RECORDED: _l("There is an agreement. You can open the contact card."),
    NoticeKind.AGREEMENT_WITHDRAWN: _l("An agreement was withdrawn. The contact card is empty."),
    NoticeKind.WELCOME_PLANNED: _l("There is news about the first time."),
    NoticeKind.CHECK_IN_DUE: _l("It's time to look back together."),
    NoticeKind.CHECKED_IN: _l("Somebody said how it goes."),
    NoticeKind.ENDED: _l("This came to an end."),
    NoticeKind.VISIT_ASKED: _l("A group would like to come by."),
    NoticeKind.VISIT_ANSWERED: _l("There is an answer for your group."),
    NoticeKind.VISIT_ENDED: _l("There is news about a group visit."),
    NoticeKind.HELP_OFFERED: _l("A bridge builder offers to help."),
    NoticeKind.SUPPORT_DECIDED: _l("There is news from the solidarity fund."),
    NoticeKind.WRITTEN: _l("There are a few words for you."),
    NoticeKind.HAND_OVER_ASKED: _l("A colleague asks whether you take something over."),
    NoticeKind.HAND_OVER_ANSWERED: _l("Your colleague answered about taking over."),
    NoticeKind.NEW_FACE: _l("Something changed in who is involved."),
    NoticeKind.BROUGHT_IN: _l("You are asked to think along for a while."),
    NoticeKind.LET_GO: _l("You no longer need to think along. Thank you!"),
    NoticeKind.SEAT_ASKED: _l("Somebody from outside wants to give a function at your organisation. Is that right?"),
    NoticeKind.SEAT_GIVEN: _l("A function was given from outside, or one that looks after the network."),
    NoticeKind.SEAT_ENDED: _l("Somebody from outside let a function end."),
    NoticeKind.OWN_SEAT_ENDED: _l("Somebody from outside let a function of yours end."),
    NoticeKind.CREW_JOINED: _l("Somebody joined your crew by the link."),
    NoticeKind.GROUP_ASKED: _l("Somebody asks to join a working group."),
    NoticeKind.GROUP_WELCOME: _l("You sit in a working group from now on."),
    NoticeKind.GROUP_NOT_NOW: _l("A working group says: not now."),
    NoticeKind.GROUP_LEFT: _l("You don't sit in a working group any more."),
    NoticeKind.ACTION_GIVEN: _l("An action of a working group was given to you."),
    NoticeKind.MEETING_ANNOUNCED: _l("You are invited to a meeting. Do you come?"),
    NoticeKind.MEETING_CHANGED: _l("Something changed about a meeting."),
    NoticeKind.MEETING_CALLED_OFF: _l("A meeting does not take place."),
    NoticeKind.MINUTES_READY: _l("The minutes of a meeting are there."),
    NoticeKind.ACTION_DUE: _l("The day of an action that you carry is near."),
    NoticeKind.ACTION_FREE: _l("An action of a working group looks for somebody."),
    NoticeKind.GROUP_JOINED: _l("Somebody joined a working group."),
    NoticeKind.POLL_ASKED: _l("A working group looks for a moment. When can you?"),
    NoticeKind.POLL_NUDGED: _l("A date poll still waits for you. Which moments suit you?"),
    NoticeKind.POLL_CHOSEN: _l("A moment was chosen. Will you announce the meeting?"),
    NoticeKind.ASKED_DIRECTLY: _l("Somebody asks you something in a conversation."),
    NoticeKind.TALKED: _l("There is something new in a conversation."),
    NoticeKind.MANY_LOOKS: _l("Somebody here opened twenty contact cards in one day. Does that fit their work?"),
    NoticeKind.LESSON_APPROVED: _l("A second reader approved your lesson. It's in the log."),
    NoticeKind.LESSON_ASKED: _l("A second reader has a question about your lesson."),
    NoticeKind.LESSON_HELD: _l("A second reader held your lesson back, and says why."),
    NoticeKind.FLAG_DECIDED: _l("Words that you flagged were looked at."),
    NoticeKind.WORDS_FOLDED: _l("Words of yours were folded. You can read why."),
    NoticeKind.WORDS_SHOWN: _l("Words of yours are there for everybody again."),
    NoticeKind.TAG_ACCEPTED: _l("Lessons are found by a word that you proposed."),
    NoticeKind.TAG_DECLINED: _l("A word that you proposed was not taken. You can read why."),
    NoticeKind.SESSION_INVITED: _l("You are invited to a learning session."),
    NoticeKind.SESSION_CLOSED: _l("There is a page with what came of a learning session."),
    NoticeKind.LEAD_ASKED: _l("Somebody asks whether you lead a learning session along."),
    NoticeKind.LEAD_ANSWERED: _l("Whom you asked to lead a learning session along answered."),
}

NOTICE_ICONS: dict[NoticeKind, str] = {
    NoticeKind.ASK_SENT: "message-circle-question-mark",
    NoticeKind.ASK_NUDGED: "message-circle-question-mark",
    NoticeKind.ASK_ANSWERED: "message-circle",
    NoticeKind.ANSWER_CHANGED: "refresh-cw",
    NoticeKind.ANSWER_NOTED: "phone",
    NoticeKind.COLLEAGUE_ANSWERED: "message-circle",
    NoticeKind.ASK_EXPIRED: "moon",
    NoticeKind.CALL_BACK_DUE: "phone",
    NoticeKind.CALL_ASKED: "phone",
    NoticeKind.ASK_AGAIN: "calendar-check",
    NoticeKind.FIRST_TIME_OPEN: "door-open",
    NoticeKind.CHOSEN: "heart-handshake",
    NoticeKind.THANKED: "hand-heart",
    NoticeKind.RECALLED: "undo-2",
    NoticeKind.AGREEMENT_RECORDED: "file-check",
    NoticeKind.AGREEMENT_WITHDRAWN: "eye-off",
    NoticeKind.WELCOME_PLANNED: "door-open",
    NoticeKind.CHECK_IN_DUE: "calendar-check",
    NoticeKind.CHECKED_IN: "smile",
    NoticeKind.ENDED: "flag",
    NoticeKind.VISIT_ASKED: "users",
    NoticeKind.VISIT_ANSWERED: "message-circle",
    NoticeKind.VISIT_ENDED: "flag",
    NoticeKind.HELP_OFFERED: "handshake",
    NoticeKind.SUPPORT_DECIDED: "hand-heart",
    NoticeKind.WRITTEN: "messages-square",
    NoticeKind.HAND_OVER_ASKED: "handshake",
    NoticeKind.HAND_OVER_ANSWERED: "handshake",
    NoticeKind.NEW_FACE: "users",
    NoticeKind.BROUGHT_IN: "heart-handshake",
    NoticeKind.LET_GO: "hand-heart",
    NoticeKind.GROUP_ASKED: "user-plus",
    NoticeKind.GROUP_WELCOME: "users",
    NoticeKind.GROUP_NOT_NOW: "circle-pause",
    NoticeKind.GROUP_LEFT: "users",
    NoticeKind.ACTION_GIVEN: "list-checks",
    NoticeKind.MEETING_ANNOUNCED: "calendar-days",
    NoticeKind.MEETING_CHANGED: "calendar-days",
    NoticeKind.MEETING_CALLED_OFF: "calendar-x",
    NoticeKind.MINUTES_READY: "file-text",
    NoticeKind.ACTION_DUE: "bell",
    NoticeKind.ACTION_FREE: "circle-dashed",
    NoticeKind.SEAT_ASKED: "user-plus",
    NoticeKind.SEAT_GIVEN: "users",
    NoticeKind.SEAT_ENDED: "log-out",
    NoticeKind.OWN_SEAT_ENDED: "log-out",
    NoticeKind.CREW_JOINED: "user-plus",
    NoticeKind.GROUP_JOINED: "user-plus",
    NoticeKind.POLL_ASKED: "calendar-days",
    NoticeKind.POLL_NUDGED: "calendar-days",
    NoticeKind.POLL_CHOSEN: "calendar-check",
    NoticeKind.ASKED_DIRECTLY: "messages-square",
    NoticeKind.TALKED: "messages-square",
    NoticeKind.MANY_LOOKS: "eye",
    NoticeKind.LESSON_APPROVED: "sprout",
    NoticeKind.LESSON_ASKED: "message-circle-question-mark",
    NoticeKind.LESSON_HELD: "sprout",
    NoticeKind.FLAG_DECIDED: "flag",
    NoticeKind.WORDS_FOLDED: "eye-off",
    NoticeKind.WORDS_SHOWN: "eye",
    NoticeKind.TAG_ACCEPTED: "lightbulb",
    NoticeKind.TAG_DECLINED: "lightbulb",
    NoticeKind.SESSION_INVITED: "presentation",
    NoticeKind.SESSION_CLOSED: "presentation",
    NoticeKind.LEAD_ASKED: "handshake",
    NoticeKind.LEAD_ANSWERED: "handshake",
}

SUBJECT_LABELS: dict[Subject, str] = {
    Subject.QUESTIONS: _l("Questions of young people, and visits"),
    Subject.GROUPS: _l("Working groups and actions"),
    Subject.HOUSE: _l("Your own organisation: people, functions and offers"),
}
SUBJECT_ICONS: dict[Subject, str] = {
    Subject.QUESTIONS: "message-circle-question-mark",
    Subject.GROUPS: "users",
    Subject.HOUSE: "building-2",
}
ATTENTION_LABELS: dict[Attention, str] = {
    Attention.AT_ONCE: _l("At once when I'm asked something"),
    Attention.DIGEST: _l("In the weekly digest"),
    Attention.IN_BRUG: _l("In Brug alone, no mail"),
}
ATTENTION_ICONS: dict[Attention, str] = {
    Attention.AT_ONCE: "mail",
    Attention.DIGEST: "calendar-days",
    Attention.IN_BRUG: "bell",
}
DIGEST = "digest"
"""How a link calls the weekly digest, beside the subjects."""
STOP_LABELS: dict[str, str] = {
    Subject.QUESTIONS: _l("No more mails about questions of young people"),
    Subject.GROUPS: _l("No more mails about working groups and actions"),
    Subject.HOUSE: _l("No more mails about your own organisation"),
    DIGEST: _l("No more weekly digest"),
}


def line(notice: Notice) -> tuple[str, str]:
    """What a notice says: the alias it is about (or nothing) and the sentence."""
    alias = ALIASES.get(notice.alias)
    return word(alias.label) if alias else "", word(NOTICE_LABELS[notice.kind])


def picture(notice: Notice) -> str:
    """The icon of what happened."""
    return NOTICE_ICONS[notice.kind]
