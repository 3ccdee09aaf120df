"""What the pages of a join link say: of a crew we know it ourselves, of a door whoever keeps it says so."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from webapp.accounts.models import JoinLink
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS


@dataclass(frozen=True, slots=True)
class JoinWords:
    """The words of the page: its title, who invites (name, icon, side), who sees what, and what one can do then. A link
    for one person knows their address, and perhaps their name; they can say no thanks."""

    title: str
    who_sees: str
    then: str
    host: tuple[str, str, str] | None = None
    lead: str = ""
    email: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """An area with doors: its words for one, and the page to which a person goes who entered by it. Of a door for one
    person also where they answer who are signed in already (empty for anybody else), and what a no thanks does."""

    words: Callable[[uuid.UUID], JoinWords]
    place: Callable[[uuid.UUID, uuid.UUID], str]
    answer: Callable[[uuid.UUID, uuid.UUID], str]
    refuse: Callable[[uuid.UUID], None]


_keepers: list[Doorkeeper] = []


def keep_doors(keeper: Doorkeeper) -> None:
    """Let an area above speak for its doors."""
    _keepers.append(keeper)


def join_words(row: JoinLink) -> JoinWords:
    """What the page of this link says."""
    place = row.organisation
    if place is None:
        return next(keeper.words(row.door_id) for keeper in _keepers if row.door_id)
    traits = ORGANISATION_TRAITS[place.kind]
    return JoinWords(
        _("Join the crew of %(organisation)s", organisation=place.name),
        _("Everybody in the network sees your name beside your function."),
        _("You help keep the offers right. Questions about young people go to the contact point, not to you."),
        (place.name, traits.icon, traits.side),
    )


def join_place(row: JoinLink, person_id: uuid.UUID) -> str:
    """Where somebody goes who joined; empty for the first page."""
    return next((keeper.place(row.door_id, person_id) for keeper in _keepers if row.door_id), "")


def answer_place(row: JoinLink, person_id: uuid.UUID | None) -> str:
    """Where somebody answers whom this link is for and who is signed in already; empty for anybody else."""
    if person_id is None:
        return ""
    return next((keeper.answer(row.door_id, person_id) for keeper in _keepers if row.door_id), "")


def refuse(row: JoinLink) -> None:
    """Whoever this link is for says no thanks."""
    for keeper in _keepers:
        if row.door_id:
            keeper.refuse(row.door_id)
