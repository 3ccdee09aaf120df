"""What the working groups of Elsterveer put on their shelves, at the moments when they did."""

from datetime import time
from typing import Any

from seeds.reading import moment, read
from seeds.town import Town
from webapp.core import clock, papers
from webapp.groups import queries
from webapp.groups.models import WorkingGroup
from webapp.shelf import actions
from webapp.shelf.actions import About
from webapp.shelf.models import Tool
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy

EVENING = time(21, 5)
TOLD = -15


def tell(town: Town) -> None:
    """Put each tool on its shelf, bring its newer versions, and let others say that they use it."""
    for entry in read("shelf"):
        group = town.groups[entry["group"]]
        tool = _put(town, group, entry)
        for newer in entry.get("newer", ()):
            with clock.at(moment(town.day(newer["on"]), EVENING)):
                queries.with_members(group)
                actions.add_version(tool, _paper(entry, newer["text"]), by=town.actor(newer["by"]))
        with clock.at(moment(town.day(TOLD), EVENING)):
            for who in entry.get("used_by", ()):
                actions.use(tool, by=town.actor(who))


def _put(town: Town, group: WorkingGroup, entry: dict[str, Any]) -> Tool:
    with clock.at(moment(town.day(entry["on"]), EVENING)):
        queries.with_members(group)
        about = About(
            entry["title"],
            entry["purpose"],
            entry.get("url", ""),
            tuple(B(one) for one in entry.get("bs", ())),
            tuple(Strategy(one) for one in entry.get("strategies", ())),
        )
        paper = _paper(entry, entry["text"]) if "text" in entry else None
        tool = actions.add(group, about, paper, by=town.actor(entry["by"]))
        if entry.get("shared"):
            actions.share(tool, by=town.actor(entry["by"]))
    return tool


def _paper(entry: dict[str, Any], text: str) -> papers.Paper:
    return papers.paper(f"bestand.{entry['ending']}", text.strip().encode() + b"\n")
