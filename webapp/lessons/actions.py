"""Writing a lesson, offering it to a second reader, and what that reader says. Nothing leaves its circle before."""

import uuid
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from webapp.core import audit, clock, history, ledger
from webapp.core.db import db, erase_log_too, new_id
from webapp.core.errors import Invalid, StepRefused
from webapp.core.history import History
from webapp.core.versions import expect
from webapp.lessons import index, trying
from webapp.lessons.codes import Language, LessonKind, Origin, Verdict
from webapp.lessons.lifecycle import LESSON, OUT, LessonStatus
from webapp.lessons.models import TEXTS, Lesson, LessonTranslation, SecondRead
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Words:
    """What a lesson says, in one language."""

    title: str
    line: str
    situation: str = ""
    did: str = ""
    happened: str = ""
    enough_for: str = ""
    not_yet_for: str = ""

    @classmethod
    def of(cls, row: Any) -> "Words":
        """What a lesson says now, or its translation."""
        return cls(**{name: getattr(row, name) for name in TEXTS})


@dataclass(frozen=True, slots=True)
class About:
    """What a lesson is about, and by what it is found."""

    kind: LessonKind = LessonKind.KEEP
    side: Side | None = None
    bs: tuple[B, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    source: str = ""
    year: int = 0
    review_on: date | None = None
    owner_function: FunctionKind | None = None

    @classmethod
    def of(cls, lesson: Lesson) -> "About":
        """What a lesson is about now."""
        return cls(**{field.name: getattr(lesson, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class From:
    """What a lesson came from, if anything."""

    origin: Origin | None = None
    origin_id: uuid.UUID | None = None
    session_id: uuid.UUID | None = None


def write(
    words: Words,
    about: About,
    organisation_id: uuid.UUID,
    *,
    by: Actor,
    came_from: From | None = None,
    kept_as: uuid.UUID | None = None,
) -> Lesson:
    """Write a lesson down, as a draft of an organisation; over what was kept of it under an id while it was typed, or
    beside it when somebody went on with that."""
    require(by, Can.WRITE_LESSON)
    came_from = came_from or From()
    if organisation_id not in by.organisations and came_from.session_id is None:
        raise Invalid({"organisation": "not_yours"})
    if kept_as and went_on(kept_as):
        kept_as = None
    row = _kept(kept_as, by) if kept_as else None
    if row is None:
        row = Lesson(
            id=kept_as or new_id(),
            author_id=by.person_id,
            created_at=clock.now(),
            session_id=came_from.session_id,
            origin=came_from.origin,
            origin_id=came_from.origin_id,
        )
    row.organisation_id = organisation_id
    say_in(row, words, about)
    if row not in db.session:
        db.session.add(row)
        db.session.flush()
        history.record("lesson", row.id, "write", by=by, after=row.status)
    db.session.flush()
    return row


def went_on(lesson_id: uuid.UUID) -> bool:
    """Whether what was kept of a lesson while it was typed was edited since, on its own page."""
    edits = select(History.id).where(History.kind == "lesson", History.thing_id == lesson_id, History.step == EDIT)
    return db.session.scalar(edits.limit(1)) is not None


def _kept(lesson_id: uuid.UUID, by: Actor) -> Lesson | None:
    """What was kept while it was typed; a colleague may have gone on with it, so what is no draft any more stays."""
    row = db.session.get(Lesson, lesson_id)
    if row is None:
        return None
    require(by, Can.EDIT_LESSON, row)
    if row.status is not LessonStatus.DRAFT:
        raise StepRefused("write", row.status)
    return row


def edit(lesson: Lesson, words: Words, about: About, *, by: Actor, version: int | None = None) -> None:
    """Say a lesson anew while it is not out; a lesson that is out changes by a `LessonChange`."""
    require(by, Can.EDIT_LESSON, lesson)
    expect(lesson, version)
    if lesson.status in OUT:
        raise Invalid({"title": "is_out"})
    say_in(lesson, words, about)
    db.session.flush()
    history.record("lesson", lesson.id, EDIT, by=by)


def say_in(lesson: Lesson, words: Words, about: About) -> None:
    """Put words in a lesson, whoever may do so."""
    about = replace(about, year=about.year or lesson.year or clock.today().year)
    for name, value in (asdict(words) | asdict(about)).items():
        setattr(lesson, name, value)


def translate(
    lesson: Lesson, language: Language, words: Words | None, *, by: Actor, version: int | None = None
) -> None:
    """Say a lesson in another language too, or (None) no longer, while it is not out."""
    require(by, Can.EDIT_LESSON, lesson)
    expect(lesson, version)
    if lesson.status in OUT:
        raise Invalid({"title": "is_out"})
    say_translated(lesson, language, words)
    flag_modified(lesson, "line")  # it is another version now, for whoever had the words before them
    db.session.flush()
    history.record("lesson", lesson.id, "translate", by=by)


def say_translated(lesson: Lesson, language: Language, words: Words | None) -> None:
    """Put words of another language in a lesson, or take them out, whoever may do so."""
    lesson.translations = [one for one in lesson.translations if one.language is not language]
    db.session.flush()
    if words is not None:
        lesson.translations.append(LessonTranslation(lesson_id=lesson.id, language=language, **asdict(words)))
    db.session.flush()


def take_step(lesson: Lesson, step: str, *, by: Actor) -> None:
    """Let a lesson go one step of its way, for steps that need no words; see `lifecycle`. What was kept while somebody
    typed may lack the line that travels, and nobody reads along before it is there."""
    if step == "offer" and not lesson.line:
        raise StepRefused(step, lesson.status)
    _go(lesson, step, by=by)


def approve(lesson: Lesson, *, by: Actor, version: int | None = None) -> None:
    """The second reader approves: from now on the network reads it."""
    expect(lesson, version)
    _go(lesson, "publish", by=by)
    lesson.held_because = ""
    note_read(lesson, Verdict.APPROVED, "", by=by)
    index.put(lesson)
    tell(lesson.author_id, NoticeKind.LESSON_APPROVED, lesson.id)


def hold(lesson: Lesson, why: str, *, by: Actor, version: int | None = None) -> None:
    """The second reader holds it back, and says why to its circle: nobody else reads that."""
    needs_why(why)
    expect(lesson, version)
    _go(lesson, "hold", by=by)
    lesson.held_because = why.strip()
    note_read(lesson, Verdict.HELD, why.strip(), by=by)
    index.take_out(lesson)
    tell(lesson.author_id, NoticeKind.LESSON_HELD, lesson.id)


def send_back(lesson: Lesson, question: str, *, by: Actor, version: int | None = None) -> None:
    """The second reader asks its writer something first: it is a draft again, and its circle reads the question."""
    needs_why(question)
    expect(lesson, version)
    _go(lesson, "send_back", by=by)
    note_read(lesson, Verdict.ASKED, question.strip(), by=by)
    tell(lesson.author_id, NoticeKind.LESSON_ASKED, lesson.id)


def outdate(lesson: Lesson, why: str, *, by: Actor) -> None:
    """It no longer holds: it stays readable, marked so."""
    needs_why(why)
    _go(lesson, "outdate", by=by)
    lesson.outdated_because = why.strip()
    trying.settle(lesson)
    index.put(lesson)


def renew(lesson: Lesson, *, by: Actor, review_on: date | None = None) -> None:
    """It holds after all; perhaps somebody looks again on a day."""
    _go(lesson, "renew", by=by)
    lesson.outdated_because, lesson.review_on = "", review_on
    trying.settle(lesson)
    index.put(lesson)


def look_again(lesson: Lesson, review_on: date | None, *, by: Actor) -> None:
    """Somebody looked: it still holds. Until the next day to look, if there is one, nobody is asked again."""
    require(by, Can.KEEP_LESSON, lesson)
    if lesson.status is not LessonStatus.PUBLISHED:
        raise StepRefused("look_again", lesson.status)
    if review_on is not None and review_on <= clock.today():
        raise Invalid({"review_on": "day_passed"})
    lesson.review_on = review_on
    trying.settle(lesson)
    history.record("lesson", lesson.id, "look_again", by=by)


def throw_away(lesson: Lesson, *, by: Actor) -> None:
    """Throw a draft away, for good. The network never read it, so neither the index nor anything else knows it."""
    require(by, Can.THROW_AWAY_LESSON, lesson)
    erase_draft(lesson.id, by=by)


def erase_draft(lesson_id: uuid.UUID, *, by: Actor) -> None:
    """Erase a draft, whoever may do so."""
    ledger.note("lesson_draft", lesson_id)
    audit.write("lesson.throw_away", by=by, thing_id=lesson_id)
    _erase(lesson_id)


@ledger.replays("lesson_draft")
def _erase(lesson_id: uuid.UUID) -> None:
    db.session.execute(delete(Lesson).where(Lesson.id == lesson_id))
    db.session.execute(delete(history.History).where(history.History.thing_id == lesson_id))
    erase_log_too()


def needs_why(why: str) -> None:
    """Refuse a decision without a word why."""
    if not why.strip():
        raise Invalid({"why": "why_needed"})


def tell(person_id: uuid.UUID | None, kind: NoticeKind, thing_id: uuid.UUID) -> None:
    """Tell somebody who still takes part what became of their words; the mail says nothing of them."""
    if person_id is not None:
        notify([person_id], kind, thing_id)


def _go(lesson: Lesson, step: str, *, by: Actor) -> None:
    needs = LESSON.steps[step].needs
    if needs is not None:
        require(by, needs, lesson)
    history.take_step("lesson", lesson, LESSON, step, by=by)
    if lesson.status is LessonStatus.PUBLISHED and lesson.published_at is None:
        lesson.published_at = clock.now()
    db.session.flush()


def note_read(lesson: Lesson, verdict: Verdict, words: str, *, by: Actor, change_id: uuid.UUID | None = None) -> None:
    """Write down what a second reader said of a lesson, or of a change of it."""
    read = SecondRead(lesson_id=lesson.id, change_id=change_id, verdict=verdict, words=words, at=clock.now())
    read.person_id = by.person_id
    db.session.add(read)
    db.session.flush()
