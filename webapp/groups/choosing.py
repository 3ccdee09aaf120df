"""Choosing who carries something: in a list, or by typing two letters. Organisations come first and seats before
people, for those stay when people change."""

from flask_babel import gettext as _

from webapp.core.errors import Invalid
from webapp.groups import owning
from webapp.groups.labels import owner_of, place_words
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.groups.owning import Offered, Owner

FEWEST = 2
"""So many letters are enough."""
BETWEEN = " · "
"""Stands between an organisation and a seat there."""


def name_of(one: Offered) -> str:
    """How somebody is offered: "De Lantaarn", "De Lantaarn · contact point", "Hilde Maes (De Lantaarn)"."""
    if one.to.person_id is None:
        return place_words(one.organisation, one.to.function)
    return f"{one.owner} ({one.organisation})" if one.organisation else one.owner


def names(group: WorkingGroup) -> list[str]:
    """Everybody who can carry something, as they are offered."""
    return [name_of(one) for one in owning.offered(group)]


def find(group: WorkingGroup, typed: str) -> Owner:
    """Whom somebody means among those of a group. Raises Invalid when that is not clear."""
    return _meant(owning.offered(group), typed)


def find_in_network(typed: str) -> Owner:
    """Whom somebody means in the whole network. Raises Invalid when that is not clear."""
    return _meant(_in_network(typed), typed)


def names_in_network(typed: str) -> list[str]:
    """Who in the network is offered to somebody who typed so many letters; nobody while those are too few."""
    wanted = typed.lower().split()
    return [name_of(one) for one in _in_network(typed) if _begins(name_of(one), wanted)]


def _in_network(typed: str) -> list[Offered]:
    """With the organisations, of which the names are read, come their seats: those are looked for by the same words."""
    words = typed.partition(BETWEEN)[0].lower().split()
    return owning.in_network(words) if len("".join(words)) >= FEWEST else []


def _meant(offered: list[Offered], typed: str) -> Owner:
    """The one with the whole name, or the only one in which words begin with these letters: an organisation or a group
    before a seat, and a seat before a person."""
    wanted = typed.lower().split()
    known = [(name_of(one).lower(), one.to) for one in offered]
    exact = [to for name, to in known if name.split() == wanted]
    alike = [to for name, to in known if len(typed.strip()) >= FEWEST and _begins(name.partition(" (")[0], wanted)]
    places = [to for to in alike if to.person_id is None and to.function is None]
    seats = [to for to in alike if to.function]
    found: list[Owner] = next((some for some in (exact, places, seats, alike) if some), [])
    if len(found) != 1:
        raise Invalid({"owner": "not_clear_who"})
    return found[0]


def _begins(name: str, wanted: list[str]) -> bool:
    """Whether words of a name begin with what was typed, one after the other."""
    words = iter(name.lower().split())
    return all(any(word.startswith(part) for word in words) for part in wanted)


def choices(group: WorkingGroup, item: ActionItem | None = None) -> dict[str, list[tuple[str, str]]]:
    """Everybody who can carry something, for a list under headings; and who carries an action now, also when the group
    offers them no more."""
    offered = owning.offered(group)
    now = owning.of(item) if item else None
    gone = [(now.code, owner_of(item))] if item and now and now not in (one.to for one in offered) else []
    return {
        "": [("", _("Nobody yet")), *gone],
        _("An organisation"): [_choice(one) for one in offered if not one.to.person_id and not one.to.function],
        _("A function at an organisation"): [_choice(one) for one in offered if one.to.function],
        _("Somebody"): [_choice(one) for one in offered if one.to.person_id],
    }


def _choice(one: Offered) -> tuple[str, str]:
    return one.to.code, name_of(one)
