"""What the pages of a group are made of: the tabs along its top and the blocks on its home.

An area above puts its own there once, at start: it links upward by an endpoint and a template, so nothing here knows
of meetings, polls or documents.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app, render_template, url_for
from markupsafe import Markup

from webapp.groups import labels
from webapp.groups.codes import GuestOf
from webapp.groups.models import WorkingGroup
from webapp.policy.actor import Actor
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.web.context import initials
from webapp.web.i18n import word
from webapp.web.who import actor

MOST_FACES = 5


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at a group. `endpoint` takes the `group_id`; pages set `tab` to the `key` of theirs."""

    key: str
    label: str
    endpoint: str
    order: int
    count: Callable[[WorkingGroup], int] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the home for whoever reads along. `load` gives everything that its template shows, labels too, with a
    fixed number of queries; None leaves the block out. Those below 0 come first."""

    template: str
    load: Callable[[WorkingGroup, Actor], Mapping[str, Any] | None]
    order: int
    aside: bool = False


def add_tab(app: Flask, tab: Tab) -> None:
    """Put a tab on every group."""
    tabs: list[Tab] = app.extensions.setdefault("group_tabs", [])
    tabs.append(tab)
    tabs.sort(key=lambda one: one.order)


def add_block(app: Flask, block: Block) -> None:
    """Put a block on the home of every group."""
    blocks: list[Block] = app.extensions.setdefault("group_blocks", [])
    blocks.append(block)
    blocks.sort(key=lambda one: one.order)


def blocks(group: WorkingGroup) -> list[tuple[Block, Markup]]:
    """What the areas show on the home of this group."""
    mine: list[Block] = current_app.extensions.get("group_blocks", [])
    loaded = [(block, block.load(group, actor())) for block in mine]
    return [
        (block, Markup(render_template(block.template, group=group, found=found, **found)))
        for block, found in loaded
        if found is not None
    ]


def tabs(group: WorkingGroup, current: str) -> list[tuple[str, str, bool, int | None]]:
    """The tabs of a group: words, address, whether one is there, and a number where it tells something."""
    mine: list[Tab] = current_app.extensions.get("group_tabs", [])
    return [
        (word(tab.label), url_for(tab.endpoint, group_id=group.id), tab.key == current, _count(tab, group))
        for tab in mine
    ]


def _count(tab: Tab, group: WorkingGroup) -> int | None:
    return tab.count(group) if tab.count else None


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of a group that can have guests, or in which its actions stand: what it is called, where it is, its
    last day when it has one, and whether it is over."""

    group_id: uuid.UUID
    title: str
    url: str
    last_day: date | None = None
    is_over: bool = False


Find = Callable[[uuid.UUID], Thing | None]


def has_guests(app: Flask, of: GuestOf, find: Find) -> None:
    """Let the things of one kind have guests; `find` gives one by its id."""
    app.extensions.setdefault("guest_things", {})[of] = find


def thing(of: GuestOf, thing_id: uuid.UUID) -> Thing | None:
    """Something that can have guests."""
    finders: dict[GuestOf, Find] = current_app.extensions.get("guest_things", {})
    return finders[of](thing_id) if of in finders else None


def stands_in(app: Flask, find: Find) -> None:
    """Let actions of groups stand in something larger; `find` gives it by its id."""
    app.extensions["action_stands_in"] = find


def larger(thing_id: uuid.UUID | None) -> Thing | None:
    """What an action stands in."""
    find: Find | None = current_app.extensions.get("action_stands_in")
    return find(thing_id) if find and thing_id else None


def words() -> dict[str, Any]:
    """What the head of a group's pages needs; the blueprint of an area that has such pages takes it as a context
    processor."""
    return {
        "VISIBILITY_LABELS": labels.VISIBILITY_LABELS,
        "VISIBILITY_ICONS": labels.VISIBILITY_ICONS,
        "faces": faces,
        "group_tabs": tabs,
        "side_of": side_of,
        "my_place": my_place,
    }


def my_place(rows: Iterable[Any]) -> uuid.UUID | None:
    """The place of whoever reads along, among the guests of a thing."""
    return next((row.id for row in rows if row.person_id == actor().person_id), None)


def side_of(row: Any) -> str:
    """The side of the organisation for which somebody sits here; none for whoever sits here in their own name."""
    return ORGANISATION_TRAITS[row.organisation_kind].side if row.organisation_kind else ""


def faces(group: WorkingGroup) -> list[tuple[str, str]]:
    """The first few who sit in a group, as letters and a side."""
    return [(initials(row.name), side_of(row)) for row in group.members[:MOST_FACES]]
