"""A lesson: what was tried once, what came of it, and the one line that travels."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    event,
    inspect,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.db import Base, code_list, coded, new_id, rows_with
from webapp.lessons.codes import Language, LessonKind, Origin, Sureness, Verdict
from webapp.lessons.lifecycle import OUT, LessonStatus
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

LINE = 240
"""So many characters has the line that travels, at most."""


LOOKED_AT_AGAIN = text("doubted_at IS NOT NULL OR review_on IS NOT NULL")
"""The few lessons that somebody is asked to look at again, some day."""


class Lesson(Base):
    """One insight that somebody else can use, with nobody in it. It belongs to an organisation (perhaps to a seat
    there), so it stays when people leave; or to another town, whose feed is followed. Stays: what no longer holds is
    marked as outdated. `doubted_at` is since when others mostly say that it did not help, `doubts_heard` how many said
    so when somebody looked last."""

    __tablename__ = "lesson"
    __table_args__ = (
        CheckConstraint("(organisation_id IS NULL) = (town_id IS NOT NULL)", name="of_here_or_of_a_town"),
        CheckConstraint("status NOT IN ('published', 'outdated') OR published_at IS NOT NULL", name="published_when"),
        Index("ix_lesson_list", "status", "published_at", "id"),
        Index("ix_lesson_changed", "changed_at", "id"),
        Index("ix_lesson_origin", "origin_id", **rows_with(text("origin_id IS NOT NULL"))),
        Index("ix_lesson_look_again", "organisation_id", **rows_with(LOOKED_AT_AGAIN)),
        Index("ix_lesson_offered", "created_at", "id", **rows_with(text("status = 'offered'"))),
        Index("uq_lesson_town_id_address", "town_id", "address", unique=True),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    owner_function: Mapped[FunctionKind | None] = coded(FunctionKind, "owner_function", nullable=True)
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    session_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("learning_session.id", ondelete="SET NULL"), index=True
    )
    origin: Mapped[Origin | None] = coded(Origin, "origin", nullable=True)
    origin_id: Mapped[uuid.UUID | None]
    town_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("other_town.id", ondelete="CASCADE"))
    address: Mapped[str | None] = mapped_column(String(500))
    link: Mapped[str] = mapped_column(String(500), default="")

    status: Mapped[LessonStatus] = coded(LessonStatus, "status", default=LessonStatus.DRAFT)
    title: Mapped[str] = mapped_column(String(80))
    situation: Mapped[str] = mapped_column(String(800), default="")
    did: Mapped[str] = mapped_column(String(800), default="")
    happened: Mapped[str] = mapped_column(String(800), default="")
    line: Mapped[str] = mapped_column(String(LINE))
    enough_for: Mapped[str] = mapped_column(String(240), default="")
    not_yet_for: Mapped[str] = mapped_column(String(240), default="")
    kind: Mapped[LessonKind] = coded(LessonKind, "kind", default=LessonKind.KEEP)
    side: Mapped[Side | None] = coded(Side, "side", nullable=True)
    bs: Mapped[tuple[B, ...]] = code_list(B)
    strategies: Mapped[tuple[Strategy, ...]] = code_list(Strategy)
    source: Mapped[str] = mapped_column(String(120), default="")
    year: Mapped[int]
    review_on: Mapped[date | None] = mapped_column(index=True)
    sureness: Mapped[Sureness] = coded(Sureness, "sureness", default=Sureness.ONCE)
    doubted_at: Mapped[datetime | None]
    doubts_heard: Mapped[int] = mapped_column(default=0)
    is_folded: Mapped[bool] = mapped_column(default=False)
    held_because: Mapped[str] = mapped_column(String(400), default="")
    outdated_because: Mapped[str] = mapped_column(String(240), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    translations: Mapped[list["LessonTranslation"]] = relationship(
        order_by="LessonTranslation.language", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    # who leads the session it came from, read by `queries.lesson`; until then nobody
    circle_ids = frozenset[uuid.UUID]()
    # who wrote other words for it that wait for a second reader, read by `queries.lesson_to_read`; until then nobody
    reworded_by_ids = frozenset[uuid.UUID | None]()

    @property
    def is_out(self) -> bool:
        """Whether the whole network reads it."""
        return self.status in OUT and not self.is_folded


TEXTS = ("title", "line", "situation", "did", "happened", "enough_for", "not_yet_for")
"""What a lesson says, in each of its languages."""
SHOWN = ("status", "is_folded", *TEXTS, "kind", "side", "bs", "strategies", "source", "year", "sureness",
         "outdated_because")  # fmt: skip
"""What the network reads of a lesson."""


@event.listens_for(Lesson, "before_insert")
@event.listens_for(Lesson, "before_update")
def _note_change(_mapper: object, _connection: object, lesson: Lesson) -> None:
    """Keep when what is out changed last: whoever follows the lessons asks for what is new since."""
    told = inspect(lesson).attrs
    if lesson.status in OUT and any(told[name].history.has_changes() for name in SHOWN):
        lesson.changed_at = clock.now()


class LessonPlace(Base):
    """Where a lesson that is out stands in the log: the highest number first. On PostgreSQL the row holds its words, on
    SQLite they are in `lesson_words`; see `index`. Goes when its lesson is no longer out."""

    __tablename__ = "lesson_index"

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    lesson_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"), unique=True)
    weight: Mapped[int] = mapped_column(SmallInteger())
    source: Mapped[str] = mapped_column(String(120), index=True)
    year: Mapped[int] = mapped_column(index=True)
    tokens: Mapped[str | None] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"), deferred=True)


class LessonSpan(Base):
    """Where a span of the log begins, on PostgreSQL; see `webapp.core.spans`."""

    __tablename__ = "lesson_span"

    begin: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)


class LessonTranslation(Base):
    """A lesson in another language, after the Dutch. Goes with its lesson."""

    __tablename__ = "lesson_translation"

    lesson_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[Language] = coded(Language, "language", primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    situation: Mapped[str] = mapped_column(String(800), default="")
    did: Mapped[str] = mapped_column(String(800), default="")
    happened: Mapped[str] = mapped_column(String(800), default="")
    line: Mapped[str] = mapped_column(String(LINE))
    enough_for: Mapped[str] = mapped_column(String(240), default="")
    not_yet_for: Mapped[str] = mapped_column(String(240), default="")


class LessonChange(Base):
    """Other words for a lesson that is out already: they wait for a second reader, and until then the old ones stand.
    `became` holds the fields that change, `was` what they said until it was approved. Goes with its lesson."""

    __tablename__ = "lesson_change"
    __table_args__ = (
        Index("ix_lesson_change_lesson", "lesson_id", "at", "id"),
        Index("ix_lesson_change_waiting", "lesson_id", **rows_with(text("verdict IS NULL"))),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    lesson_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"))
    became: Mapped[dict[str, Any]] = mapped_column(JSON)
    was: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    why: Mapped[str] = mapped_column(String(240))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    verdict: Mapped[Verdict | None] = coded(Verdict, "verdict", nullable=True)
    version: Mapped[int] = mapped_column()

    lesson: Mapped[Lesson] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}


class SecondRead(Base):
    """What a second reader said of a lesson or of a change of it, and when. Is never changed; goes with its lesson."""

    __tablename__ = "second_read"
    __table_args__ = (Index("ix_second_read_lesson", "lesson_id", "at", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    lesson_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"))
    change_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("lesson_change.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[Verdict] = coded(Verdict, "verdict")
    words: Mapped[str] = mapped_column(String(400), default="")
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class OtherTown(Base):
    """Another town's log that is followed by its feed. Taking it away takes its lessons away too. Of its lessons,
    `address` is what the feed calls them and `link` where everybody reads them."""

    __tablename__ = "other_town"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    feed: Mapped[str] = mapped_column(String(500), unique=True)
    is_followed: Mapped[bool] = mapped_column(default=True)
    etag: Mapped[str] = mapped_column(String(200), default="")
    fetched_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    fault: Mapped[str] = mapped_column(String(40), default="")
    faults: Mapped[int] = mapped_column(default=0)
    added_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
