"""The working groups of Elsterveer, told at the moments when it happened."""

from datetime import time
from typing import Any

from seeds.reading import moment, read
from seeds.town import Town
from webapp.core import clock
from webapp.groups import actions, queries
from webapp.groups.actions import About
from webapp.groups.codes import GroupRole, Visibility
from webapp.groups.models import WorkingGroup
from webapp.policy.actor import Actor

EVENING = time(20, 10)


def tell(town: Town) -> None:
    """Start each group, seat its members, and let others ask to join."""
    for entry in read("groups"):
        group = town.groups[entry["key"]] = _begin(town, entry)
        for asked in entry.get("asks", ()):
            with clock.at(moment(town.day(asked["on"]), EVENING)):
                actions.ask_to_join(queries.with_members(group), asked["words"], by=town.actor(asked["who"]))


def _begin(town: Town, entry: dict[str, Any]) -> WorkingGroup:
    with clock.at(moment(town.day(entry["began"]), EVENING)):
        by = town.actor(entry["by"])
        about = About(entry["name"], entry["purpose"], Visibility(entry["visibility"]), entry["rhythm"])
        group = actions.start(about, by=by)
    for seat in sorted(entry["members"], key=lambda seat: seat.get("from", entry["began"])):
        with clock.at(moment(town.day(seat.get("from", entry["began"])), EVENING)):
            _seat(town, queries.with_members(group), seat, by=town.actor(entry["by"]))
    return group


def _seat(town: Town, group: WorkingGroup, seat: dict[str, Any], *, by: Actor) -> None:
    role = GroupRole(seat.get("role", "member"))
    person_id, organisation_id = town.people[seat["who"]], town.organisations[seat["at"]].id
    own = next((row.id for row in group.members if row.person_id == person_id), None)
    place = queries.membership(own) if own else None
    if place:  # whoever started the group sits in it already
        actions.change_role(place, role, by=by)
        return
    ends_on = town.day(seat["until"]) if "until" in seat else None
    actions.add_member(group, person_id, organisation_id, role, ends_on, by=by)
