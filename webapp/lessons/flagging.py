"""Saying that words break a house rule, and deciding about it: folded words stay, but nobody else reads them.

The areas above say what can be flagged there:

    flagging.knows(Flagged.CONTRIBUTION, find, fold)
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import update

from webapp.core import audit, clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed
from webapp.lessons import index, lists, queries, trying
from webapp.lessons.actions import needs_why
from webapp.lessons.codes import Flagged, FlagOutcome
from webapp.lessons.models import Lesson
from webapp.lessons.use_models import Flag, HouseRule
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can, require


@dataclass(frozen=True, slots=True)
class Said:
    """Words that somebody can flag: what they are called and say, whose they are (nobody's, where that is not kept),
    whether they are folded now, who may flag them as a reader, and whether Brug tells whose they are."""

    title: str
    text: str
    author_ids: frozenset[uuid.UUID]
    is_folded: bool
    may_be_flagged_by: Callable[[Actor], bool]
    authors_are_told: bool = True


Find = Callable[[uuid.UUID], Said | None]
Fold = Callable[[uuid.UUID, bool], None]

_KINDS: dict[Flagged, tuple[Find, Fold]] = {}


def knows(flagged: Flagged, find: Find, fold: Fold) -> None:
    """Let words of a kind be flagged: how they are found, and how they are folded or shown again."""
    _KINDS[flagged] = find, fold


def words_of(flagged: Flagged, thing_id: uuid.UUID) -> Said | None:
    """What somebody flags, or None when it is not there."""
    find, _fold = _KINDS[flagged]
    return find(thing_id)


def flag(flagged: Flagged, thing_id: uuid.UUID, rule: HouseRule, words: str, *, by: Actor) -> Flag:
    """Say that words break a house rule. Saying it twice before it was decided is saying it once; of all who came by a
    link, and are nobody to Brug, the first one counts."""
    said = words_of(flagged, thing_id)
    if said is None or said.is_folded or not said.may_be_flagged_by(by):
        raise NotAllowed(Can.FLAG_WORDS)
    if not rule.is_current:
        raise Invalid({"rule": "no_such_rule"})
    before = lists.open_flag(thing_id, by.person_id)
    if before is not None and by.person_id is None:
        return before
    row = before or Flag(flagged=flagged, thing_id=thing_id)
    row.rule_id, row.words, row.person_id, row.at = rule.id, words.strip(), by.person_id, clock.now()
    db.session.add(row)
    db.session.flush()
    return row


def found(flag_id: uuid.UUID) -> Flag | None:
    """One flag, with who wrote the words that it is about; as much work when it is not there."""
    row = queries.flag(flag_id)
    said = words_of(row.flagged, row.thing_id) if row else words_of(Flagged.LESSON, flag_id)
    if row is not None:
        row.author_ids = said.author_ids if said else frozenset()
    return row


def only(person_id: uuid.UUID | None) -> frozenset[uuid.UUID]:
    """Words are those of one person, or of nobody that is kept."""
    return frozenset() if person_id is None else frozenset({person_id})


def decide(flag: Flag, outcome: FlagOutcome, why: str, *, by: Actor) -> None:
    """Fold the words or leave them, with a reason: this decides every flag that waits about them. What was folded is
    shown again the same way. Nobody decides about their own words."""
    said = words_of(flag.flagged, flag.thing_id)
    flag.author_ids = said.author_ids if said else frozenset()
    require(by, Can.DECIDE_FLAG, flag)
    needs_why(why)
    if said is None:
        raise Invalid({"why": "words_gone"})
    if flag.outcome is outcome:
        raise Conflict()
    flaggers, is_folded = lists.who_flagged(flag), outcome is FlagOutcome.FOLDED
    _write_down(flag, outcome, why.strip(), by)
    audit.write("words.fold" if is_folded else "words.keep", by=by, thing_id=flag.thing_id, reason=flag.flagged.value)
    history.record(flag.flagged.value, flag.thing_id, "fold" if is_folded else "keep", by=by)
    notify(flaggers, NoticeKind.FLAG_DECIDED, flag.id)
    if is_folded is not said.is_folded:
        _find, fold = _KINDS[flag.flagged]
        fold(flag.thing_id, is_folded)
        if said.authors_are_told:
            notify(said.author_ids, NoticeKind.WORDS_FOLDED if is_folded else NoticeKind.WORDS_SHOWN, flag.id)


def _write_down(flag: Flag, outcome: FlagOutcome, why: str, by: Actor) -> None:
    decided = {"outcome": outcome, "why": why, "decided_by_id": by.person_id, "decided_at": clock.now()}
    waits = update(Flag).where(Flag.thing_id == flag.thing_id, Flag.outcome.is_(None))
    db.session.execute(waits.values(**decided))
    for name, value in decided.items():
        setattr(flag, name, value)
    db.session.flush()


def _lesson(thing_id: uuid.UUID) -> Said | None:
    found = queries.lesson(thing_id)
    if found is None:
        return None
    text = "\n\n".join(one for one in (found.situation, found.did, found.happened, found.line) if one)
    return Said(found.title, text, only(found.author_id), found.is_folded, lambda who: _may_flag_in(found, who))


def _may_flag_in(lesson: Lesson, who: Actor) -> bool:
    return can(who, Can.FLAG_WORDS) and can(who, Can.READ_LESSON, lesson)


def _fold_lesson(thing_id: uuid.UUID, is_folded: bool) -> None:
    found = db.session.get_one(Lesson, thing_id)
    found.is_folded = is_folded
    db.session.flush()
    if is_folded:
        index.take_out(found)
    else:
        index.put(found)


def _tried(thing_id: uuid.UUID) -> Said | None:
    found = queries.tried(thing_id)
    if found is None:
        return None
    text = "\n\n".join(one for one in (found.same, found.different) if one)
    lesson = found.lesson
    return Said(lesson.title, text, only(found.person_id), found.is_folded, lambda who: _may_flag_in(lesson, who))


def _fold_tried(thing_id: uuid.UUID, is_folded: bool) -> None:
    found = queries.tried(thing_id)
    if found is not None:
        found.is_folded = is_folded
        db.session.flush()
        trying.weigh(found.lesson)


knows(Flagged.LESSON, _lesson, _fold_lesson)
knows(Flagged.TRIED, _tried, _fold_tried)
