"""Reading what the log is looked after by: tags with their other words, house rules, and words that were flagged."""

import uuid
from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import func, or_, select

from webapp.accounts.models import Person
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Numbers, counted
from webapp.core.patterns import ESCAPE, literally
from webapp.core.statements import prepared
from webapp.lessons.codes import FlagOutcome, TagStatus
from webapp.lessons.use_models import Flag, HouseRule, Tag, TagSynonym

MOST = 60
MOST_ALIKE = 5
MOST_OWN = 8
PAGE_SIZE = 40


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


def tags(status: TagStatus, behind: str = "", looks_for: str = "") -> Sequence[AnyRow]:
    """Tags of a status by name, one more than a page holds, each with why it was proposed and by whom; those after a
    name, and that have some letters in one of their words."""
    letters = f"%{literally(looks_for)}%"
    return read(_tags(), {"status": status, "behind": behind, "letters": letters})


@prepared
def _tags() -> AnySelect:
    letters = given("letters", Tag.name)
    other = select(TagSynonym.tag_id).where(TagSynonym.word.like(letters, escape=ESCAPE))
    has = (Tag.name.like(letters, escape=ESCAPE), Tag.name_en.like(letters, escape=ESCAPE), Tag.id.in_(other))
    return (
        select(Tag.id, Tag.name, Tag.name_en, Tag.why, Person.name.label("by"))
        .outerjoin(Person, Person.id == Tag.proposed_by_id)
        .where(Tag.status == given("status", Tag.status), Tag.name > given("behind", Tag.name), or_(*has))
        .order_by(Tag.name)
        .limit(PAGE_SIZE + 1)
    )


def other_words(tags: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """The other words of tags."""
    found: dict[uuid.UUID, list[str]] = {}
    for row in read(_other_words(), {"tags": list(tags)}):
        found.setdefault(row.tag_id, []).append(row.word)
    return found


@prepared
def _other_words() -> AnySelect:
    of_these = TagSynonym.tag_id.in_(given("tags", TagSynonym.tag_id, many=True))
    return select(TagSynonym.tag_id, TagSynonym.word).where(of_these).order_by(TagSynonym.word)


def proposed_by(person_id: uuid.UUID | None) -> Sequence[AnyRow]:
    """The last words that somebody proposed, with what became of them."""
    return read(_proposed_by(), {"person": person_id})


@prepared
def _proposed_by() -> AnySelect:
    mine = select(Tag.id, Tag.name, Tag.status, Tag.answer)
    mine = mine.where(Tag.proposed_by_id == given("person", Tag.proposed_by_id))
    return mine.order_by(Tag.at.desc(), Tag.id).limit(MOST_OWN)


def waits_of(person_id: uuid.UUID | None) -> int:
    """How many words of somebody wait."""
    waits = (Tag.proposed_by_id == person_id, Tag.status == TagStatus.PROPOSED)
    return db.session.scalar(select(func.count()).where(*waits)) or 0


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


def why_folded(thing_id: uuid.UUID) -> str:
    """What was said when words were folded last: for whoever gave them, where nobody keeps who that was."""
    found = last_folded(thing_id)
    return found.why if found else ""


def last_folded(thing_id: uuid.UUID) -> Flag | None:
    """The flag by which words were folded last."""
    folded = Flag.thing_id == thing_id, Flag.outcome == FlagOutcome.FOLDED
    return db.session.scalars(select(Flag).where(*folded).order_by(Flag.decided_at.desc(), Flag.id).limit(1)).first()


def said_of(thing_id: uuid.UUID) -> Sequence[AnyRow]:
    """Every flag on the same words, the last first, with the rule it cites and what was decided."""
    return read(_said_of(), {"thing": thing_id})


@prepared
def _said_of() -> AnySelect:
    return _decided().where(Flag.thing_id == given("thing", Flag.thing_id))


def decided_by_rule(flag: Flag) -> Sequence[AnyRow]:
    """The last decisions about other words that cited the same rule: to decide alike about what is alike."""
    return read(_by_rule(), {"rule": flag.rule_id, "thing": flag.thing_id})


@prepared
def _by_rule() -> AnySelect:
    same = Flag.rule_id == given("rule", Flag.rule_id), Flag.thing_id != given("thing", Flag.thing_id)
    return _decided().where(*same, Flag.outcome.is_not(None)).limit(MOST_ALIKE)


def _decided() -> AnySelect:
    columns = Flag.id, Flag.flagged, Flag.words, Flag.at, Flag.outcome, Flag.why, Flag.decided_at
    query = select(*columns, HouseRule.words.label("rule"), Person.name.label("decided_by"))
    query = query.join(HouseRule, HouseRule.id == Flag.rule_id).outerjoin(Person, Person.id == Flag.decided_by_id)
    return query.order_by(Flag.decided_at.desc(), Flag.at.desc(), Flag.id).limit(MOST)


WAITING, PROPOSED = "flags-waiting", "tags-proposed"
"""How many flags wait for a decision, and how many words."""


@cache
def any_waiting() -> Numbers:
    """Those numbers, to be asked with the other numbers of a page."""
    flags, tags = Flag.outcome.is_(None), Tag.status == TagStatus.PROPOSED
    return Numbers(
        {WAITING: counted(select(Flag.id).where(flags), MOST), PROPOSED: counted(select(Tag.id).where(tags), MOST)}
    )


def flags(*, waiting: bool) -> Sequence[AnyRow]:
    """Flags that wait, the oldest first; or those that were decided, the last first. Never the words they are about."""
    return read(_flags(waiting=waiting), {})


@prepared
def _flags(*, waiting: bool) -> AnySelect:
    columns = Flag.id, Flag.flagged, Flag.at, Flag.outcome, Flag.decided_at, HouseRule.words.label("rule")
    query = select(*columns).join(HouseRule, HouseRule.id == Flag.rule_id).limit(MOST)
    if waiting:
        return query.where(Flag.outcome.is_(None)).order_by(Flag.at, Flag.id)
    return query.where(Flag.outcome.is_not(None)).order_by(Flag.decided_at.desc(), Flag.id)
