"""The signposts of Elsterveer, and how its associations say that their integrity policy stands."""

from datetime import time, timedelta

from sqlalchemy import select

from seeds.reading import moment, read
from seeds.town import Town
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.integrity import actions, queries
from webapp.integrity.actions import About, State

MORNING = time(10, 40)
POLICIES = {
    "noor": State(is_named=True, has_protocol=True, lines_posted=True),
    "emre": State(is_named=True, lines_posted=True),
    "katrien": State(is_named=True, has_protocol=True, lines_posted=True),
    "kobe": State(is_named=True),
}
TRAINED, REVIEWED, SAID = timedelta(days=700), timedelta(days=110), -14


def tell(town: Town) -> None:
    """Name the group, point to the lines, and let four associations say how they stand."""
    name = next(entry["name"] for entry in read("groups") if entry["key"] == "integriteit")
    group = db.session.scalars(select(WorkingGroup).where(WorkingGroup.name == name)).one()
    actions.name_group(groups.with_members(group), is_it=True, by=town.actor("tine"))
    for place, entry in enumerate(read("integrity")):
        with clock.at(moment(town.day(entry["checked"]), MORNING)):
            said = About(entry["name"], entry["about"], entry["number"], "", entry.get("urgent", False), place)
            actions.add_line(queries.keepers(), said, by=town.actor("tine"))
    with clock.at(moment(town.day(SAID), MORNING)):
        for who, state in POLICIES.items():
            _say(town, who, state)


def _say(town: Town, who: str, state: State) -> None:
    by = town.actor(who)
    found = queries.policy(by.organisation_id) if by.organisation_id else None
    if found:
        trained = clock.today() - TRAINED if state.has_protocol else None
        reviewed = clock.today() - REVIEWED if state.has_protocol else None
        said = State(state.is_named, trained, state.has_protocol, reviewed, state.lines_posted)
        actions.say_policy(found, said, by=by)
