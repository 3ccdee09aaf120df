"""Talking: beginning a conversation, saying something, reacting, taking words back, and what a post became."""

import uuid
from datetime import datetime

from sqlalchemy import delete, select

from webapp.core import clock, history, ledger
from webapp.core.db import db, erase_log_too
from webapp.core.errors import Conflict, Invalid
from webapp.groups.models import WorkingGroup
from webapp.meetings import agenda
from webapp.notifications.actions import notify, read_about
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.queries import waits_for
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.talk import mentions, queries
from webapp.talk.codes import Mark, Reaction
from webapp.talk.models import Thread, ThreadMention, ThreadPost, ThreadReaction, ThreadSeen

LONGEST_TOPIC = 160


def begin(group: WorkingGroup, title: str, words: str, *, by: Actor) -> ThreadPost:
    """Begin a conversation with its first words."""
    require(by, Can.TAKE_PART, group)
    now = clock.now()
    row = Thread(group_id=group.id, title=title, begun_by_id=by.person_id, begun_at=now, last_at=now)
    db.session.add(row)
    db.session.flush()
    history.record("thread", row.id, "begin", by=by)
    return write(queries.thread(row.id) or row, words, by=by)


def write(thread: Thread, words: str, answers: uuid.UUID | None = None, *, by: Actor) -> ThreadPost:
    """Say something, or answer what somebody said. Whoever is asked directly hears it at once."""
    require(by, Can.TALK_IN_THREAD, thread)
    asked = _asked(thread, words)
    row = ThreadPost(
        thread_id=thread.id,
        answers_id=_answered(thread, answers),
        author_id=by.person_id,
        words=words,
        written_at=clock.now(),
    )
    db.session.add(row)
    thread.last_at = row.written_at
    db.session.flush()
    _tell(thread, {*_ask(thread, row, asked, by), by.person_id})
    see(thread, row.written_at, by=by)
    return row


def _answered(thread: Thread, answers: uuid.UUID | None) -> uuid.UUID | None:
    """The post that is answered. An answer to an answer stands beside it."""
    if answers is None:
        return None
    found = db.session.get(ThreadPost, answers)
    if found is None or found.thread_id != thread.id:
        raise Invalid({"words": "answers_nothing"})
    return found.answers_id or found.id


def _asked(thread: Thread, words: str) -> list[mentions.Person]:
    """Who is asked directly. Raises Invalid where a first name is not enough."""
    try:
        return mentions.found(words, queries.people(thread)) if "@" in words else []
    except mentions.TwoPeople as two:
        raise Invalid({"words": "two_people"}) from two


def _tell(thread: Thread, told: set[uuid.UUID | None]) -> None:
    """Everybody else hears in their digest that there is something new, once until they read it."""
    others = {*thread.group.member_ids, *thread.guest_ids} - told
    waits = waits_for(thread.id, NoticeKind.TALKED) if others else set()
    notify(sorted(others - waits), NoticeKind.TALKED, thread.id)


def _ask(thread: Thread, row: ThreadPost, asked: list[mentions.Person], by: Actor) -> list[uuid.UUID]:
    """Tell whoever is asked here for the first time; who they are."""
    already = set(db.session.scalars(select(ThreadMention.person_id).where(ThreadMention.post_id == row.id)))
    fresh = [one.id for one in asked if one.id not in already and one.id != by.person_id]
    db.session.add_all(ThreadMention(post_id=row.id, person_id=one) for one in fresh)
    db.session.flush()
    notify(fresh, NoticeKind.ASKED_DIRECTLY, thread.id)
    return fresh


def edit(post: ThreadPost, words: str, *, by: Actor, version: int | None = None) -> None:
    """Say one's own words anew; the page says that they were changed."""
    require(by, Can.EDIT_POST, post)
    if post.withdrawn_at or (version is not None and post.version != version):
        raise Conflict()
    asked = _asked(post.thread, words)
    if words != post.words:
        post.words, post.edited_at = words, clock.now()
        db.session.flush()
    _ask(post.thread, post, asked, by)


def withdraw(post: ThreadPost, *, by: Actor) -> None:
    """Take words back, one's own or as lead of the group: they are wiped, and the page says that they stood there."""
    require(by, Can.WITHDRAW_POST, post)
    if post.withdrawn_at:
        return
    post.withdrawn_by_id = by.person_id
    ledger.note("thread_post", post.id)
    _wipe(post)


def _wipe(post: ThreadPost) -> None:
    post.words, post.withdrawn_at, post.became = "", clock.now(), None
    db.session.execute(delete(ThreadMention).where(ThreadMention.post_id == post.id))
    db.session.execute(delete(ThreadReaction).where(ThreadReaction.post_id == post.id))
    erase_log_too()
    db.session.flush()


@ledger.replays("thread_post")
def _wipe_again(post_id: uuid.UUID) -> None:
    if row := db.session.get(ThreadPost, post_id):
        _wipe(row)


def react(post: ThreadPost, kind: Reaction, *, by: Actor) -> bool:
    """One tap; another one takes it back. Whether it stands there now."""
    require(by, Can.TALK_IN_THREAD, post)
    if post.withdrawn_at or by.person_id is None:
        raise Conflict()
    row = db.session.get(ThreadReaction, (post.id, by.person_id, kind))
    if row:
        db.session.delete(row)
    else:
        db.session.add(ThreadReaction(post_id=post.id, person_id=by.person_id, kind=kind))
    db.session.flush()
    return row is None


def see(thread: Thread, until: datetime, *, by: Actor) -> None:
    """Somebody has seen a conversation up to a moment; never less than before."""
    require(by, Can.TALK_IN_THREAD, thread)
    if by.person_id is None:
        return
    row = db.session.get(ThreadSeen, (thread.id, by.person_id))
    if row is None:
        db.session.add(ThreadSeen(thread_id=thread.id, person_id=by.person_id, at=min(until, clock.now())))
    else:
        row.at = max(row.at, min(until, clock.now()))
    db.session.flush()
    read_about(thread.id, by=by)


def to_agenda(post: ThreadPost, *, by: Actor) -> None:
    """Bring a post to the agenda inbox of its group. A post becomes one thing, once."""
    if _mark(post, Mark.TOPIC, by):
        title = post.words.splitlines()[0]
        short = title if len(title) <= LONGEST_TOPIC else f"{title[: LONGEST_TOPIC - 1].rstrip()}…"
        agenda.add(post.group, agenda.About(short), by=by)


def to_lesson(post: ThreadPost, *, by: Actor) -> None:
    """Note that a post may become a lesson."""
    _mark(post, Mark.LESSON, by)


def _mark(post: ThreadPost, mark: Mark, by: Actor) -> bool:
    require(by, Can.TAKE_PART, post)
    if post.withdrawn_at:
        raise Conflict()
    if post.became:
        return False
    post.became = mark
    db.session.flush()
    history.record("thread", post.thread_id, f"to_{mark.value}", by=by)
    return True
