"""Reading what the log is looked after by: tags with their other words, house rules, and words that were flagged."""

import uuid
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, func, or_, select

from webapp.accounts.models import Person
from webapp.core.db import AnyRow, db, given, read
from webapp.core.numbers import Numbers, counted
from webapp.lessons.codes import TagStatus
from webapp.lessons.use_models import Flag, HouseRule, LessonTag, Tag, TagSynonym

MOST = 60
MOST_ALIKE = 5


def tag_called(word: str) -> Tag | None:
    """The tag of this name, or the one that has it as another word."""
    by_synonym = select(TagSynonym.tag_id).where(TagSynonym.word == word)
    return db.session.scalars(select(Tag).where(or_(Tag.name == word, Tag.id.in_(by_synonym)))).first()


def tags_called(words: Iterable[str], *, but: uuid.UUID) -> set[str]:
    """Which of these words lead to another tag already."""
    wanted = list(words)
    names = select(Tag.name).where(Tag.name.in_(wanted), Tag.id != but)
    others = select(TagSynonym.word).where(TagSynonym.word.in_(wanted), TagSynonym.tag_id != but)
    return {row[0] for row in db.session.execute(names.union(others))}


def tags(status: TagStatus, behind: str = "") -> Sequence[AnyRow]:
    """Tags of a status by name, each with on how many lessons it stands; those after a name."""
    return read(_tags(), {"status": status, "behind": behind})


@cache
def _tags() -> Select[*tuple[Any, ...]]:
    number = select(func.count()).where(LessonTag.tag_id == Tag.id).scalar_subquery()
    return (
        select(Tag.id, Tag.name, Tag.name_en, Tag.version, number.label("number"))
        .where(Tag.status == given("status", Tag.status), Tag.name > given("behind", Tag.name))
        .order_by(Tag.name)
        .limit(MOST)
    )


def house_rules() -> list[HouseRule]:
    """The rules of the house, in their order; none while nobody needed them yet."""
    return list(db.session.scalars(select(HouseRule).where(HouseRule.is_current).order_by(HouseRule.position)))


def open_flag(thing_id: uuid.UUID, person_id: uuid.UUID | None) -> Flag | None:
    """What somebody said about words, while nobody decided yet."""
    waits = (Flag.thing_id == thing_id, Flag.person_id == person_id, Flag.outcome.is_(None))
    return db.session.scalars(select(Flag).where(*waits)).first()


def who_flagged(flag: Flag) -> list[uuid.UUID]:
    """Who waits for a decision about the same words, and who flagged them with this flag."""
    waits = or_(Flag.id == flag.id, Flag.outcome.is_(None))
    rows = db.session.scalars(select(Flag.person_id).where(Flag.thing_id == flag.thing_id, waits))
    return [one for one in rows if one is not None]


def said_of(thing_id: uuid.UUID) -> Sequence[AnyRow]:
    """Every flag on the same words, the last first, with the rule it cites and what was decided."""
    return read(_said_of(), {"thing": thing_id})


@cache
def _said_of() -> Select[*tuple[Any, ...]]:
    return _decided().where(Flag.thing_id == given("thing", Flag.thing_id))


def decided_by_rule(flag: Flag) -> Sequence[AnyRow]:
    """The last decisions about other words that cited the same rule: to decide alike about what is alike."""
    return read(_by_rule(), {"rule": flag.rule_id, "thing": flag.thing_id})


@cache
def _by_rule() -> Select[*tuple[Any, ...]]:
    same = Flag.rule_id == given("rule", Flag.rule_id), Flag.thing_id != given("thing", Flag.thing_id)
    return _decided().where(*same, Flag.outcome.is_not(None)).limit(MOST_ALIKE)


def _decided() -> Select[*tuple[Any, ...]]:
    columns = Flag.id, Flag.flagged, Flag.words, Flag.at, Flag.outcome, Flag.why, Flag.decided_at
    query = select(*columns, HouseRule.words.label("rule"), Person.name.label("decided_by"))
    query = query.join(HouseRule, HouseRule.id == Flag.rule_id).outerjoin(Person, Person.id == Flag.decided_by_id)
    return query.order_by(Flag.decided_at.desc(), Flag.at.desc(), Flag.id).limit(MOST)


WAITING = "flags-waiting"
"""How many flags wait for a decision."""


@cache
def any_waiting() -> Numbers:
    """That number, to be asked with the other numbers of a page."""
    return Numbers({WAITING: counted(select(Flag.id).where(Flag.outcome.is_(None)), MOST)})


def flags(*, waiting: bool) -> Sequence[AnyRow]:
    """Flags that wait, the oldest first; or those that were decided, the last first. Never the words they are about."""
    return read(_flags(waiting=waiting), {})


@cache
def _flags(*, waiting: bool) -> Select[*tuple[Any, ...]]:
    columns = Flag.id, Flag.flagged, Flag.at, Flag.outcome, Flag.decided_at, HouseRule.words.label("rule")
    query = select(*columns).join(HouseRule, HouseRule.id == Flag.rule_id).limit(MOST)
    if waiting:
        return query.where(Flag.outcome.is_(None)).order_by(Flag.at, Flag.id)
    return query.where(Flag.outcome.is_not(None)).order_by(Flag.decided_at.desc(), Flag.id)
