"""Everything that the database holds under somebody's id, as one table: what it is, and what goes into their file.

A path names a column, over the rows that lead there: "topic_id.group_id.name". The key of a line is the path from its
table to the person. What others wrote is left out: whoever left a group reads no further there. A test walks the
schema: whoever adds such a column says here what it is, or in `LEFT_OUT` why nobody gets it.
"""

import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Select, Table, func, select
from sqlalchemy.sql.selectable import FromClause

from webapp.core.db import AnyRow, Base, db
from webapp.vocabulary.words import _l


class Held(NamedTuple):
    """What the rows are, as somebody reads it of themselves, and the columns that go into their file."""

    what: str
    columns: tuple[str, ...] = ()


IN_GROUPS: dict[str, Held] = {
    "membership.person_id": Held(_l("Places in working groups"), ("group_id.name", "role", "begins_on", "ends_on")),
    "guest.person_id": Held(_l("Times that you were a guest"), ("group_id.name", "of", "begins_on", "ends_on")),
    "guest.invited_by_id": Held(_l("Guests that you invited"), ("group_id.name", "of", "ends_on")),
    "group_invitation.invited_by_id": Held(
        _l("People whom you invited into a group"), ("sent_at", "group_id.name", "role", "of")
    ),
    "join_request.person_id": Held(
        _l("Times that you asked to join"), ("group_id.name", "words", "status", "asked_at")
    ),
    "action_item.owner_id": Held(
        _l("Actions that you carry or carried"), ("group_id.name", "title", "status", "due_on")
    ),
    "action_note.person_id": Held(
        _l("What you said about actions"), ("at", "item_id.group_id.name", "status", "words")
    ),
    "attendance.person_id": Held(
        _l("Meetings to which you answered, or at which you were"),
        ("meeting_id.starts_at", "meeting_id.group_id.name", "coming", "is_present"),
    ),
    "topic.brought_by_id": Held(_l("Topics that you brought"), ("created_at", "group_id.name", "title")),
    "minute_line.author_id": Held(
        _l("Lines that you put down in minutes"),
        ("created_at", "topic_id.group_id.name", "kind", "words", "decision_id.statement", "item_id.title"),
    ),
    "typing.person_id": Held(_l("What you are typing in minutes"), ("at", "topic_id.group_id.name", "words")),
    "date_poll.made_by_id": Held(_l("Date polls that you began"), ("made_at", "group_id.name", "title")),
    "poll_reply.person_id": Held(_l("Date polls that you answered"), ("at", "poll_id.group_id.name")),
    "poll_choice.reply_id.person_id": Held(
        _l("Moments of which you said whether you can"),
        ("moment_id.starts_at", "reply_id.poll_id.group_id.name", "says"),
    ),
    "thread.begun_by_id": Held(_l("Conversations that you began"), ("begun_at", "group_id.name", "title")),
    "thread_post.author_id": Held(
        _l("What you said in conversations"),
        ("written_at", "thread_id.group_id.name", "words", "edited_at", "withdrawn_at"),
    ),
    "thread_post.withdrawn_by_id": Held(_l("Words that you took back"), ("withdrawn_at", "thread_id.group_id.name")),
    "thread_mention.person_id": Held(
        _l("Times that you were asked something in a conversation"),
        ("post_id.written_at", "post_id.thread_id.group_id.name"),
    ),
    "thread_reaction.person_id": Held(_l("Reactions that you gave"), ("post_id.thread_id.group_id.name", "kind")),
    "thread_seen.person_id": Held(_l("Conversations that you read"), ("at", "thread_id.group_id.name")),
    "tool.added_by_id": Held(_l("Tools that you put on a shelf"), ("added_at", "group_id.name", "title", "shared_at")),
    "tool_file.added_by_id": Held(
        _l("Files that you brought"), ("added_at", "tool_id.group_id.name", "kind", "number", "size")
    ),
    "help_line.checked_by_id": Held(_l("Help lines that you checked last"), ("checked_on", "name")),
    "adjustment.person_id": Held(_l("Times that you adjusted a plan"), ("at", "part", "title", "why")),
    "outcome.person_id": Held(
        _l("What you wrote down that changed"),
        ("at", "who", "what", "why_it_matters", "our_part", "how_we_know"),
    ),
    "remark.person_id": Held(_l("What you said about plans"), ("at", "part", "words")),
    "link.person_id": Held(
        _l("Links that were made for you, such as those of your calendar"), ("purpose", "created_at", "expires_at")
    ),
}
AT_WORK: dict[str, Held] = {
    "ask.answered_by_id": Held(_l("Answers that you gave"), ("answered_at", "status")),
    "agreement.recorded_by_id": Held(_l("Agreements that you wrote down"), ("agreed_on",)),
    "agreement.withdrawn_by_id": Held(_l("Agreements that you ended"), ("withdrawn_at",)),
    "check_in.answered_by_id": Held(_l("Times that you looked back"), ("week", "side")),
    "post.author_id": Held(_l("Messages about questions that you wrote"), ("written_at",)),
    "hand_over.to_id": Held(_l("Questions that somebody would like to hand over to you"), ("proposed_at",)),
    "hand_over.from_id": Held(_l("Questions that you had until a colleague took over"), ("proposed_at",)),
    "hand_over.proposed_by_id": Held(_l("Questions that you would like to hand over"), ("proposed_at",)),
    "beside.person_id": Held(_l("Questions of which you follow the story"), ("brought_at",)),
    "beside.brought_by_id": Held(_l("Times that you let somebody follow a story"), ("brought_at",)),
    "support_request.asked_by_id": Held(_l("What you asked of the fund"), ("created_at", "status")),
    "support_request.decided_by_id": Held(_l("What you decided for the fund"), ("decided_at", "status")),
    "group_visit.asked_by_id": Held(_l("Visits that you asked for"), ("asked_at", "status")),
    "function.given_by_id": Held(_l("Functions that you gave"), ("given_at", "kind")),
    "invitation.invited_by_id": Held(_l("Invitations that you sent"), ("sent_at", "kind")),
    "invitation.agreed_by_id": Held(_l("Invitations that you agreed to"), ("agreed_at", "kind")),
    "join_link.made_by_id": Held(_l("Links to join that you made"), ("made_at", "expires_at", "uses")),
    "offer.confirmed_by_id": Held(_l("Offers that you confirmed last"), ("confirmed_at", "name")),
    "notice.person_id": Held(_l("Messages under the bell"), ("created_at", "kind", "read_at")),
    "retention_state.released_by_id": Held(_l("Times that you let the clock erase again"), ("released_at",)),
}

IN_LEARNING: dict[str, Held] = {
    "lesson.author_id": Held(_l("Lessons that you wrote down"), ("created_at", "title", "line", "status")),
    "lesson_change.person_id": Held(_l("Changes of lessons that you wrote"), ("at", "lesson_id.title", "why")),
    "second_read.person_id": Held(
        _l("Lessons that you read as a second reader"), ("at", "lesson_id.title", "verdict", "words")
    ),
    "tried.person_id": Held(
        _l("What you said of lessons that you tried too"),
        ("at", "lesson_id.title", "same", "different", "helped"),
    ),
    "lesson_use.person_id": Held(_l("Lessons that you used"), ("at", "lesson_id.title", "used_in", "title")),
    "tag.proposed_by_id": Held(_l("Tags that you proposed"), ("at", "name", "status")),
    "flag.person_id": Held(_l("Words of which you said that they break a rule"), ("at", "flagged", "words", "outcome")),
    "flag.decided_by_id": Held(_l("Flags that you decided about"), ("decided_at", "flagged", "outcome", "why")),
    "booklet.person_id": Held(_l("Booklets that you made"), ("created_at", "title", "foreword")),
    "followed_search.person_id": Held(_l("Searches that you follow"), ("terms", "told_until")),
    "open_log.opened_by_id": Held(_l("That you opened the lessons to everybody"), ("opened_at",)),
    "follow_switch.began_by_id": Held(_l("That you let the network follow other towns"), ("began_at",)),
    "other_town.added_by_id": Held(_l("Towns that you let the network follow"), ("name", "feed")),
    "session_lead.person_id": Held(
        _l("Learning sessions that you led"), ("session_id.happens_at", "session_id.theme", "lead")
    ),
    "session_ask.person_id": Held(
        _l("Learning sessions that you are asked to lead along"), ("session_id.happens_at", "session_id.theme", "lead")
    ),
    "session_ask.asked_by_id": Held(
        _l("Learning sessions for which you asked somebody"), ("session_id.happens_at", "session_id.theme", "at")
    ),
    "participant.person_id": Held(
        _l("Learning sessions in which you took part"), ("session_id.happens_at", "session_id.theme", "name")
    ),
    "contribution_giver.participant_id.person_id": Held(
        _l("What you shared in learning sessions, by name"), ("at", "contribution_id.words")
    ),
}

HELD = IN_GROUPS | AT_WORK | IN_LEARNING

ELSEWHERE = "stands on the page in words of its own"
LEFT_OUT: dict[str, str] = {
    "referral.guide_id": ELSEWHERE,
    "referral.receiver_id": ELSEWHERE,
    "function.person_id": ELSEWHERE,
    "sign_in_session.person_id": ELSEWHERE,
    "discretion_promise.person_id": ELSEWHERE,
    "passkey.person_id": ELSEWHERE,
    "authenticator.person_id": ELSEWHERE,
    "recovery_code.person_id": ELSEWHERE,
    "mail_choice.person_id": ELSEWHERE,
    "audit.actor_id": "stands in the file line by line",
    "history.actor_id": "is the story of a question; who acted stands in the audit log",
    "login_code.person_id": "is a hash that goes after a day",
    "passkey_challenge.person_id": "is random, and goes after five minutes",
}


class _Way:
    """A table, and what its rows lead to."""

    def __init__(self, table: Table) -> None:
        self.tables: dict[str, FromClause] = {"": table}
        self.joined: FromClause = table

    def column(self, path: str) -> Any:
        """The column at the end of a path."""
        *steps, name = path.split(".")
        at = ""
        for step in steps:
            at = self._step(at, step)
        return self.tables[at].c[name]

    def _step(self, at: str, step: str) -> str:
        there = f"{at}.{step}"
        if there not in self.tables:
            key = self.tables[at].c[step]
            leads_to: Column[Any] = next(iter(key.foreign_keys)).column
            target = leads_to.table.alias()
            self.joined = self.joined.outerjoin(target, key == target.c[leads_to.name])
            self.tables[there] = target
        return there


def _of(key: str, *columns: str, person_id: uuid.UUID) -> Select[Any]:
    name, _dot, path = key.partition(".")
    way = _Way(Base.metadata.tables[name])
    mine, wanted = way.column(path), [way.column(one).label(one) for one in columns]
    return select(*(wanted or [func.count()])).select_from(way.joined).where(mine == person_id)


def numbers(person_id: uuid.UUID) -> dict[str, int]:
    """How many rows of each kind are held of somebody."""
    counted = [_of(key, person_id=person_id).scalar_subquery().label(key) for key in HELD]
    return dict(db.session.execute(select(*counted)).one()._mapping)


def rows(key: str, person_id: uuid.UUID) -> Sequence[AnyRow]:
    """What is held of somebody, of one kind, in the order of its first column."""
    query = _of(key, *HELD[key].columns, person_id=person_id)
    return db.session.execute(query.order_by(*query.selected_columns)).all()
