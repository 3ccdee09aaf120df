"""The date polls of Elsterveer: who was asked when, what each said, and what was chosen."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import select

from seeds.reading import moment, read
from seeds.town import Town
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.policy.actor import Actor, Grant, Key
from webapp.polls import actions, answering, queries, sharing
from webapp.polls.actions import About
from webapp.polls.codes import Says
from webapp.polls.models import DatePoll

NOON = time(12, 20)
SAYS = {"j": Says.YES, "m": Says.MAYBE, "n": Says.NO}


def tell(town: Town) -> None:
    """Ask, let people answer, and choose where a moment was chosen."""
    for entry in read("polls"):
        poll = _ask(town, entry)
        with clock.at(moment(town.day(entry["on"] + 1), NOON)):
            _answer(town, poll, entry)
        if "chosen" in entry:
            with clock.at(moment(town.day(entry["chosen_on"]), NOON)):
                chosen = queries.moment(poll, queries.moments(poll)[entry["chosen"]].id)
                if chosen:
                    actions.choose(poll, chosen, by=town.actor(entry["by"]))


def _ask(town: Town, entry: dict[str, Any]) -> DatePoll:
    group_id = db.session.scalars(select(WorkingGroup.id).where(WorkingGroup.name == entry["group"])).one()
    with clock.at(moment(town.day(entry["on"]), NOON)):
        group = groups.group(group_id)
        if group is None:
            raise LookupError(entry["group"])
        about = About(entry["title"], entry["minutes"], town.day(entry["closes"]), entry["place"])
        proposed = [_at(town, day, hour) for day, hour in entry["moments"]]
        made = actions.start(group, about, proposed, by=town.actor(entry["by"]))
        found = queries.poll(made.id)
    if found is None:
        raise LookupError(entry["title"])
    return found


def _at(town: Town, day: int, hour: str) -> datetime:
    return datetime.combine(town.day(day), time.fromisoformat(hour), tzinfo=clock.BRUSSELS)


def _answer(town: Town, poll: DatePoll, entry: dict[str, Any]) -> None:
    moments = [one.id for one in queries.moments(poll)]
    for who, said in entry["answers"].items():
        answering.answer(poll, _sheet(moments, said), by=town.actor(who))
    guests = entry.get("guests", {})
    if guests:
        sharing.make(poll, by=town.actor(entry["by"]))
    for name, said in guests.items():
        guest = Actor(keys=frozenset({Grant(Key.POLL, poll.id)}))
        answering.answer_as_guest(poll, name, _sheet(moments, said), by=guest)


def _sheet(moments: list[Any], said: str) -> dict[Any, Says]:
    return {one: SAYS[letter] for one, letter in zip(moments, said, strict=True)}
