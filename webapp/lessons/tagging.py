"""The words by which lessons are found: somebody proposes one, on a lesson or by itself; whoever looks after the log
decides. In the index a lesson stands by each of its tags; which tags count is asked when somebody searches.
"""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select, update

from webapp.core import clock, history, outbox
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed
from webapp.core.versions import expect
from webapp.lessons import around, index, lists, queries
from webapp.lessons.codes import TagStatus
from webapp.lessons.models import Lesson
from webapp.lessons.use_models import LessonTag, Tag, TagSynonym
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can, require

LONGEST = 40
MOST_SYNONYMS = 20
MOST_ON_LESSON = 12
MOST_WAITING = 10
"""So many words of one person wait at most."""
AT_ONCE = 20
"""So many lessons are indexed anew while somebody waits; more are left to a worker, a hundred at a time."""
IN_ONE_JOB = 100
INDEX_ANEW = "lessons.index"
DECIDED = {TagStatus.ACCEPTED: NoticeKind.TAG_ACCEPTED, TagStatus.DECLINED: NoticeKind.TAG_DECLINED}


def plain(word: str) -> str:
    """A tag as it is kept: small letters, single spaces, no mark before or after it."""
    return " ".join(word.casefold().replace("#", " ").replace(",", " ").split()).strip(".;:\"'")


def propose(lesson: Lesson, word: str, *, by: Actor) -> Tag:
    """Put a tag on a lesson: one that is known counts at once, a new one once it is accepted. Another word for a known
    tag is that tag."""
    require(by, Can.WRITE_LESSON)
    require(by, Can.READ_LESSON, lesson)
    name = _name(word)
    if len(around.tags_of(lesson.id, proposed=True)) >= MOST_ON_LESSON:
        raise Invalid({"word": "tags_full"})
    tag = lists.tag_called(name)
    if tag is not None and tag.status is TagStatus.DECLINED:
        raise Invalid({"word": "tag_declined"})
    if tag is None:
        tag = _new(name, "", by)
    if db.session.get(LessonTag, (lesson.id, tag.id)) is None:
        db.session.add(LessonTag(lesson_id=lesson.id, tag_id=tag.id))
        db.session.flush()
        _found_anew([lesson.id])
    return tag


def propose_word(word: str, why: str, *, by: Actor) -> Tag:
    """Propose a word by itself, and say what it would be good for."""
    require(by, Can.WRITE_LESSON)
    name = _name(word)
    tag = lists.tag_called(name)
    if tag is not None:
        raise Invalid({"word": f"word_{tag.status.value}"})
    if lists.waits_of(by.person_id) >= MOST_WAITING:
        raise Invalid({"word": "many_words"})
    return _new(name, why.strip(), by)


def _new(name: str, why: str, by: Actor) -> Tag:
    tag = Tag(name=name, why=why, proposed_by_id=by.person_id, at=clock.now())
    db.session.add(tag)
    db.session.flush()
    history.record("tag", tag.id, "propose", by=by, after=tag.status)
    return tag


def take_off(lesson: Lesson, tag: Tag, *, by: Actor) -> None:
    """Take a tag off a lesson: for whoever may change the lesson, and whoever looks after the log."""
    if not (can(by, Can.EDIT_LESSON, lesson) or can(by, Can.KEEP_LOG)):
        raise NotAllowed(Can.EDIT_LESSON)
    db.session.execute(delete(LessonTag).where(LessonTag.lesson_id == lesson.id, LessonTag.tag_id == tag.id))
    history.record("lesson", lesson.id, "untag", by=by)
    _found_anew([lesson.id])


def accept(tag: Tag, *, by: Actor) -> None:
    """From now on it counts, on every lesson that carries it."""
    _decide(tag, TagStatus.ACCEPTED, "", by)


def decline(tag: Tag, answer: str, *, by: Actor) -> None:
    """Not a word for this log, and why not: it comes off the lessons, and is not proposed again."""
    if not answer.strip():
        raise Invalid({"answer": "answer_needed"})
    lessons = _lessons_with(tag)
    _decide(tag, TagStatus.DECLINED, answer.strip(), by)
    db.session.execute(delete(LessonTag).where(LessonTag.tag_id == tag.id))
    _found_anew(lessons)


def _decide(tag: Tag, status: TagStatus, answer: str, by: Actor) -> None:
    require(by, Can.KEEP_LOG)
    if tag.status is status:
        raise Conflict()
    before, tag.status, tag.answer = tag.status, status, answer
    db.session.flush()
    history.record("tag", tag.id, status.value, by=by, before=before, after=status)
    _tell(tag.proposed_by_id, DECIDED[status], tag.id, by)


def _tell(proposed_by: uuid.UUID | None, kind: NoticeKind, tag_id: uuid.UUID, by: Actor) -> None:
    """Let whoever proposed it know; nobody hears of what they decided themselves."""
    if proposed_by is not None and proposed_by != by.person_id:
        notify([proposed_by], kind, tag_id)


def reword(
    tag: Tag, name: str, name_en: str, synonyms: Iterable[str], *, by: Actor, version: int | None = None
) -> None:
    """Call a tag otherwise, and say by which other words it is found. Raises Invalid when a word leads to another tag
    already."""
    require(by, Can.KEEP_LOG)
    expect(tag, version)
    new = _name(name)
    others = [word for word in _other_words(synonyms) if word != new]
    taken = lists.tags_called([new, *others], but=tag.id)
    if taken:
        raise Invalid({"name" if new in taken else "synonyms": "word_taken"})
    tag.name, tag.name_en = new, plain(name_en)
    known = {row.word: row for row in tag.synonyms}
    tag.synonyms = [known.get(word) or TagSynonym(word=word, tag_id=tag.id) for word in others]
    db.session.flush()
    history.record("tag", tag.id, "reword", by=by)


def _other_words(synonyms: Iterable[str]) -> list[str]:
    words = list(dict.fromkeys(word for word in map(plain, synonyms) if word))
    if len(words) > MOST_SYNONYMS:
        raise Invalid({"synonyms": "too_many"})
    if any(len(word) > LONGEST for word in words):
        raise Invalid({"synonyms": "word_too_long"})
    return words


def merge(tag: Tag, into: Tag, *, by: Actor) -> None:
    """Two tags mean the same: the lessons of one carry the other, and its words find that one."""
    require(by, Can.KEEP_LOG)
    if tag.id == into.id or into.status is not TagStatus.ACCEPTED:
        raise Invalid({"into": "no_such_tag"})
    lessons, words = _lessons_with(tag), [tag.name, *(row.word for row in tag.synonyms)]
    has = select(LessonTag.lesson_id).where(LessonTag.tag_id == into.id)
    move = update(LessonTag).where(LessonTag.tag_id == tag.id, LessonTag.lesson_id.not_in(has))
    db.session.execute(move.values(tag_id=into.id), execution_options={"synchronize_session": False})
    db.session.execute(delete(LessonTag).where(LessonTag.tag_id == tag.id))
    history.record("tag", tag.id, "merge", by=by)
    _tell(tag.proposed_by_id, NoticeKind.TAG_ACCEPTED, into.id, by)
    db.session.delete(tag)
    db.session.flush()
    into.synonyms = [*into.synonyms, *(TagSynonym(word=word, tag_id=into.id) for word in words)]
    db.session.flush()
    _found_anew(lessons)


def _name(word: str) -> str:
    name = plain(word)
    if not name:
        raise Invalid({"word": "word_needed"})
    if len(name) > LONGEST:
        raise Invalid({"word": "word_too_long"})
    return name


def _lessons_with(tag: Tag) -> Sequence[uuid.UUID]:
    """The lessons in the index that carry a tag."""
    carries = select(LessonTag.lesson_id).where(LessonTag.tag_id == tag.id)
    return db.session.scalars(select(Lesson.id).where(Lesson.id.in_(carries), queries.IS_OUT)).all()


def _found_anew(lessons: Sequence[uuid.UUID]) -> None:
    if len(lessons) <= AT_ONCE:
        _put(lessons)
        return
    for start in range(0, len(lessons), IN_ONE_JOB):
        part = lessons[start : start + IN_ONE_JOB]
        outbox.enqueue(INDEX_ANEW, {"lessons": [one.hex for one in part]})


@outbox.task(INDEX_ANEW)
def index_anew(job: outbox.Claimed) -> None:
    """Let lessons be found by the tags that they carry now."""
    _put([uuid.UUID(one) for one in job.payload["lessons"]])


def _put(lessons: Iterable[uuid.UUID]) -> None:
    for one in lessons:
        lesson = db.session.get(Lesson, one)
        if lesson is not None and lesson.is_out:
            index.put(lesson)
