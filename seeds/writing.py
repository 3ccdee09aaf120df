"""What is written down while a group of Elsterveer meets: notes, lessons, decisions with their objections, and actions
with how they went on afterwards.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from seeds.year import Year
from webapp.core.db import db
from webapp.groups import carrying
from webapp.groups.carrying import Wanted
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.groups.owning import Owner
from webapp.meetings import deciding, minutes
from webapp.meetings.codes import DecidedBy, LineKind
from webapp.meetings.deciding import Terms
from webapp.meetings.models import Decision, Topic
from webapp.vocabulary.functions import FunctionKind

Line = dict[str, Any]


def write(year: Year, topic: Topic, line: Line, by: str) -> None:
    """Write one line of the files down."""
    kind = next(one for one in KINDS if one in line)
    KINDS[kind](year, topic, line, by)


def _note(year: Year, topic: Topic, line: Line, by: str) -> None:
    minutes.write(topic, LineKind.NOTE, line["note"], by=year.town.actor(by))


def _lesson(year: Year, topic: Topic, line: Line, by: str) -> None:
    minutes.write(topic, LineKind.LESSON, line["lesson"], by=year.town.actor(by))


def _decide(year: Year, topic: Topic, line: Line, by: str) -> None:
    actor = year.town.actor(by)
    written = minutes.write(topic, LineKind.DECISION, line["decision"], by=actor)
    db.session.flush()
    decision = db.session.get_one(Decision, written.decision_id)
    if "objection" in line:
        deciding.object_to(decision, line["objection"], by=actor)
    deciding.edit(decision, _terms(year, line), by=actor)
    deciding.decide(decision, by=actor)
    year.remember(line.get("key"), decision)


def _terms(year: Year, line: Line) -> Terms:
    review_on = year.day(line["review"]) if "review" in line else None
    return Terms(line["decision"], DecidedBy(line.get("way", "consent")), line.get("objection", ""), review_on)


def _replace(year: Year, topic: Topic, line: Line, by: str) -> None:
    newer = deciding.replace(year.decisions[line["replace"]], _terms(year, line), by=year.town.actor(by))
    year.remember(line["replace"], newer)


def _end(year: Year, topic: Topic, line: Line, by: str) -> None:
    deciding.end(year.decisions[line["end"]], by=year.town.actor(by))


def _keep(year: Year, topic: Topic, line: Line, by: str) -> None:
    deciding.keep(year.decisions[line["keep"]], year.day(line["review"]), by=year.town.actor(by))


def _act(year: Year, topic: Topic, line: Line, by: str) -> None:
    actor = year.town.actor(by)
    place, _sep, within = line.get("owner", "").partition(".")
    person = within if within in year.town.people else None
    seat = FunctionKind(within) if within and not person else None
    here = year.town.organisations[place].id if place else None
    owner = Owner(here, year.town.people[person] if person else None, seat) if here else None
    written = minutes.write(topic, LineKind.ACTION, line["action"], owner, by=actor)
    db.session.flush()
    item = db.session.get_one(ActionItem, written.item_id)
    if "due" in line:
        carrying.edit(item, Wanted(item.title, owner, year.day(line["due"])), by=actor)
    for move in line.get("moves", ()):
        year.in_the_evening(move["on"], partial(_move_on, year, item, move, person or by), topic.group)


def _move_on(year: Year, item: ActionItem, move: Line, by: str) -> None:
    carrying.move(item, ItemStatus(move["status"]), move.get("words", ""), by=year.town.actor(by))


KINDS: dict[str, Callable[[Year, Topic, Line, str], None]] = {
    "replace": _replace,
    "end": _end,
    "keep": _keep,
    "decision": _decide,
    "action": _act,
    "lesson": _lesson,
    "note": _note,
}
