"""What others make of a lesson: they tried it too, use it in their work, tag it, put it in a booklet, or flag it."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.core import clock
from webapp.core.db import Base, coded, new_id
from webapp.lessons.codes import Flagged, FlagOutcome, Helped, TagStatus, UsedIn
from webapp.lessons.models import Lesson

LONGEST_SEARCH = 300
"""So long are the terms of a search that somebody follows, at most."""


class Tried(Base):
    """An organisation tried a lesson too: what was the same, what was different, whether it helped. It can be said
    anew; goes with its lesson."""

    __tablename__ = "tried"
    __table_args__ = (Index("uq_tried_lesson_id_organisation_id", "lesson_id", "organisation_id", unique=True),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    lesson_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    same: Mapped[str] = mapped_column(String(300), default="")
    different: Mapped[str] = mapped_column(String(300), default="")
    helped: Mapped[Helped] = coded(Helped, "helped")
    is_folded: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    lesson: Mapped[Lesson] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}


class LessonUse(Base):
    """A lesson is used in something: a plan, a barrier, an action, a topic, a decision. Goes with its lesson; the other
    side may be gone, then it is left out where it would be shown but still counts as used."""

    __tablename__ = "lesson_use"
    __table_args__ = (Index("ix_lesson_use_thing", "thing_id"), Index("ix_lesson_use_at", "at"))

    lesson_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"), primary_key=True)
    thing_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    used_in: Mapped[UsedIn] = coded(UsedIn, "used_in")
    title: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Tag(Base):
    """A word by which lessons are found, beside B's and strategies. Somebody proposes it and may say why, a facilitator
    accepts it or says why not. Stays until a facilitator takes it away."""

    __tablename__ = "tag"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    name_en: Mapped[str] = mapped_column(String(40), default="")
    status: Mapped[TagStatus] = coded(TagStatus, "status", default=TagStatus.PROPOSED)
    why: Mapped[str] = mapped_column(String(240), default="")
    answer: Mapped[str] = mapped_column(String(240), default="")
    proposed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    synonyms: Mapped[list["TagSynonym"]] = relationship(order_by="TagSynonym.word", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class TagSynonym(Base):
    """Another word for a tag: whoever looks for it finds the tag. Goes with its tag."""

    __tablename__ = "tag_synonym"

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    tag_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), index=True)


class LessonTag(Base):
    """A lesson carries a tag; it shows once the tag is accepted. Goes with either."""

    __tablename__ = "lesson_tag"

    lesson_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True, index=True)


class HouseRule(Base):
    """A rule of the house of this network, in one sentence. An older one stays as long as a flag cites it."""

    __tablename__ = "house_rule"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    position: Mapped[int] = mapped_column(default=0)
    words: Mapped[str] = mapped_column(String(160))
    is_current: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Flag(Base):
    """Somebody says that words break a house rule; what was decided, by whom and why, stays with it. Goes a year after
    it was decided."""

    __tablename__ = "flag"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="outcome_when_decided"),
        Index("ix_flag_thing", "thing_id"),
        Index("ix_flag_waiting", "outcome", "at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    flagged: Mapped[Flagged] = coded(Flagged, "flagged")
    thing_id: Mapped[uuid.UUID]
    rule_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("house_rule.id", ondelete="RESTRICT"), index=True)
    words: Mapped[str] = mapped_column(String(240), default="")
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    outcome: Mapped[FlagOutcome | None] = coded(FlagOutcome, "outcome", nullable=True)
    why: Mapped[str] = mapped_column(String(240), default="")
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(index=True)

    rule: Mapped[HouseRule] = relationship(viewonly=True)

    # who wrote the words, read by `flagging.found`; until then nobody, and nobody where that is not kept
    author_ids = frozenset[uuid.UUID]()


class Booklet(Base):
    """Lessons that somebody chose, in an order, to read on paper. It is theirs; goes with their account or when they
    throw it away. Lessons go in the one that was chosen last."""

    __tablename__ = "booklet"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    foreword: Mapped[str] = mapped_column(String(600), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    chosen_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class BookletLesson(Base):
    """A lesson in a booklet. Goes with either; shown as long as the lesson is out."""

    __tablename__ = "booklet_lesson"

    booklet_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booklet.id", ondelete="CASCADE"), primary_key=True)
    lesson_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("lesson.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int] = mapped_column(default=0)


class FollowedSearch(Base):
    """A search that somebody follows: they hear of what came out since `told_until`. `terms` are the terms of its
    address; `newest_at` is when the newest lesson that fits came out, as last looked at night. Goes with their account
    or when they stop."""

    __tablename__ = "followed_search"
    __table_args__ = (
        Index("uq_followed_search_person_id_terms", "person_id", "terms", unique=True),
        Index("ix_followed_search_terms", "terms", "told_until"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    terms: Mapped[str] = mapped_column(String(LONGEST_SEARCH))
    told_until: Mapped[datetime] = mapped_column(default=clock.now)
    newest_at: Mapped[datetime | None]


class OpenLog(Base):
    """That the network shows its published lessons to everybody: the one row is there while it does."""

    __tablename__ = "open_log"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    opened_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class FollowSwitch(Base):
    """That the network follows other towns: the one row is there while it does. Without it nothing is fetched."""

    __tablename__ = "follow_switch"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    began_at: Mapped[datetime] = mapped_column(default=clock.now)
    began_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
