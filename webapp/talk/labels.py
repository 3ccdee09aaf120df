"""Conversations in words."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext, ngettext

from webapp.core.db import AnyRow
from webapp.talk.codes import Mark, Reaction
from webapp.vocabulary.words import _l
from webapp.web.context import initials
from webapp.web.dates import short_moment
from webapp.web.i18n import sentences, word

REACTION_LABELS: dict[Reaction, str] = {
    Reaction.READ: _l("Read"),
    Reaction.AGREE: _l("I agree"),
    Reaction.THANKS: _l("Thank you"),
}
REACTION_ICONS: dict[Reaction, str] = {Reaction.READ: "eye", Reaction.AGREE: "check", Reaction.THANKS: "heart"}
MARK_LABELS: dict[Mark, str] = {
    Mark.TOPIC: _l("Waits in the agenda inbox"),
    Mark.LESSON: _l("May become a lesson"),
}
MARK_ICONS: dict[Mark, str] = {Mark.TOPIC: "calendar-check", Mark.LESSON: "lightbulb"}

FAULTS: dict[str, str] = {
    "two_people": _l("More than one person here has that first name. Write the whole name after the @."),
    "answers_nothing": _l("What you answer to is not in this conversation any more. Your words are still here."),
}
SNIPPET = 90
MOST_NAMES = 6


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One reaction under one post: its word, how many said it and who, and whether the reader did."""

    kind: Reaction
    label: str
    icon: str
    number: int
    who: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A post as one reader sees it, with the answers to it."""

    row: AnyRow
    initials: str
    said: str
    gone: str
    is_mine: bool
    is_new: bool
    taps: Sequence[Tap]
    answers: Sequence["Said"] = ()


class Reader:
    """Puts what was said in words for one person, who saw it up to a moment."""

    def __init__(self, me: uuid.UUID | None, seen_at: datetime | None, taps: Iterable[AnyRow]) -> None:
        self._me, self._seen_at = me, seen_at
        self._taps: dict[tuple[uuid.UUID, Reaction], list[AnyRow]] = {}
        for tap in taps:
            self._taps.setdefault((tap.post_id, tap.kind), []).append(tap)

    def read(self, posts: Iterable[AnyRow], answers: Iterable[AnyRow]) -> list[Said]:
        """The posts with their answers below them."""
        below: dict[uuid.UUID, list[Said]] = {}
        for row in answers:
            below.setdefault(row.answers_id, []).append(self._said(row))
        return [self._said(row, below.get(row.id, ())) for row in posts]

    def _said(self, row: AnyRow, answers: Sequence[Said] = ()) -> Said:
        mine = self._me is not None and row.author_id == self._me
        name = gettext("You") if mine else (row.name or gettext("Somebody who left"))
        said = gettext("%(name)s, %(when)s", name=name, when=short_moment(row.written_at))
        if row.edited_at and not row.withdrawn_at:
            said = gettext("%(said)s (changed %(when)s)", said=said, when=short_moment(row.edited_at))
        new = self._me is not None and not mine and (self._seen_at is None or row.written_at > self._seen_at)
        letters = initials(row.name) if row.name else ""
        taps = tuple(self._tap(row.id, kind) for kind in Reaction)
        return Said(row, letters, said, _gone(row), mine, new and not row.withdrawn_at, taps, answers)

    def _tap(self, post_id: uuid.UUID, kind: Reaction) -> Tap:
        tapped = self._taps.get((post_id, kind), [])
        names = [one.name.split()[0] for one in tapped[:MOST_NAMES]]
        if len(tapped) > MOST_NAMES:
            names.append("…")
        mine = any(one.person_id == self._me for one in tapped)
        return Tap(kind, word(REACTION_LABELS[kind]), REACTION_ICONS[kind], len(tapped), ", ".join(names), mine)


def _gone(row: AnyRow) -> str:
    """What stands in the place of words that were taken back; empty while they stand there."""
    if not row.withdrawn_at:
        return ""
    when = short_moment(row.withdrawn_at)
    if row.withdrawn_by:
        return gettext("Taken back by %(name)s, %(when)s.", name=row.withdrawn_by, when=when)
    return gettext("Taken back, %(when)s.", when=when)


def posts_words(number: int) -> str:
    """How much was said."""
    return ngettext("%(num)d post", "%(num)d posts", number)


def new_words(number: int) -> str:
    """How much of it is new; empty when nothing is."""
    if number >= 99:
        return gettext("99+ new")
    return ngettext("%(num)d new", "%(num)d new", number) if number else ""


def last_words(row: Any) -> str:
    """Who said what last in a conversation: "Bram: We cook one pot…"."""
    if not row.words:
        return posts_words(row.posts)
    first = row.words.splitlines()[0]
    short = first if len(first) <= SNIPPET else f"{first[:SNIPPET].rstrip()}…"
    return gettext("%(name)s: %(words)s", name=row.name.split()[0], words=short) if row.name else short
