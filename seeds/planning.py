"""The action plan of Elsterveer, told at the moments when it happened."""

from datetime import time
from typing import Any

from seeds.reading import moment, read
from seeds.town import Town
from webapp.core import clock
from webapp.plans import actions
from webapp.plans.actions import AboutPlan
from webapp.plans.models import Plan

MORNING = time(10, 15)


def tell(town: Town) -> None:
    """Start each plan."""
    for entry in read("plans"):
        _begin(town, entry)


def _begin(town: Town, entry: dict[str, Any]) -> Plan:
    about = AboutPlan(entry["title"], entry["about"], town.day(entry["begins"]), town.day(entry["ends"]))
    with clock.at(moment(town.day(entry["began"]), MORNING)):
        return actions.start(about, town.groups[entry["group"]].id, by=town.actor(entry["by"]))
