"""The bridge in words and as a picture: what the six arches say together, on paper and as a file to pass on."""

import html
import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, ngettext

from webapp.core import clock
from webapp.core.db import AnyRow
from webapp.groups.labels import ITEM_ICONS, ITEM_LABELS
from webapp.plans.bridge import Arch, Bridge
from webapp.plans.models import Plan
from webapp.vocabulary.seven_bs import B_LABELS
from webapp.vocabulary.strategies import STRATEGY_TRAITS
from webapp.vocabulary.words import _l
from webapp.web import paper
from webapp.web.dates import plain_day
from webapp.web.i18n import capital, language_now, together, word

MOST_ON_PAPER = 7
LONGEST_TITLE = 70
ICONS = ("plus", *ITEM_ICONS.values())

LEFT, MIDDLE, RIGHT = (1, 2), (3, 4), (5, 6)
WHERE: dict[tuple[tuple[int, int], ...], str] = {
    (LEFT,): _l("on the side of the young people"),
    (MIDDLE,): _l("in the middle"),
    (RIGHT,): _l("on the side of the associations"),
    (LEFT, MIDDLE): _l("from the young people to the middle"),
    (MIDDLE, RIGHT): _l("from the middle to the associations"),
    (LEFT, RIGHT): _l("at the edges"),
    (LEFT, MIDDLE, RIGHT): _l("everywhere"),
}
"""Where on the bridge, for each set of neighbouring arches."""


def finding(bridge: Bridge) -> str:
    """What the bridge says: how much carries it, where it is firm, and where something is missing."""
    if not bridge.carrying:
        return gettext("No action carries the bridge yet.")
    count = ngettext("%(num)s action carries the bridge.", "%(num)s actions carry the bridge.", bridge.carrying)
    firm = _where(bridge, "is_firm", all)
    lacking = _where(bridge, "lacks", any)
    if firm and lacking:
        said = gettext("%(firm)s we stand firmly, %(lacking)s something is still missing.", firm=firm, lacking=lacking)
    elif firm:
        said = gettext("%(firm)s we stand firmly.", firm=firm)
    elif lacking:
        said = gettext("%(lacking)s something is still missing.", lacking=lacking)
    else:
        said = gettext("Everywhere something is going on.")
    return f"{count} {capital(said)}"


def _where(bridge: Bridge, trait: str, enough: Any) -> str:
    zones = (LEFT, MIDDLE, RIGHT)
    found = tuple(
        zone for zone in zones if enough(getattr(arch, trait) for arch in bridge.arches if arch.number in zone)
    )
    return word(WHERE[found]) if found else ""


def carried_by(row: AnyRow) -> str:
    """Who carries an action, as far as everybody may read: an organisation, or the group that does it."""
    return row.organisation or row.group or gettext("nobody yet")


def stands(row: AnyRow) -> str:
    """Where an action stands and who carries it: "On its way, De Lantaarn"."""
    return f"{word(ITEM_LABELS[row.status])}, {carried_by(row)}"


def names(rows: Sequence[AnyRow], total: int) -> str:
    """The first names of several, and how many more: "De Lantaarn, Kade 9 and 3 more"."""
    listed = [row.words for row in rows]
    if total <= len(listed):
        return together(listed)
    return gettext("%(names)s and %(num)s more", names=", ".join(listed), num=total - len(listed))


def more_words(number: int) -> str:
    """How many actions are folded away."""
    return ngettext("and %(num)s more", "and %(num)s more", number) if number > 0 else ""


def picture(plan: Plan, bridge: Bridge, size: str = "a4") -> dict[str, Any]:
    """What the drawing says."""
    return {
        "lang": language_now(),
        "paper": size,
        "title": plan.title,
        "finding": finding(bridge),
        "demand": gettext("Demand"),
        "demand_is": gettext("what children and teenagers want"),
        "supply": gettext("Supply"),
        "supply_is": gettext("what youth work can offer"),
        "idea": gettext("Idea?"),
        "bs": gettext("Brings closer"),
        "groups": gettext("Working groups"),
        "partners": gettext("Helping to carry"),
        "foot": gettext("Brug, %(day)s", day=plain_day(clock.today())),
        "icons": {name: list(paper.icon(name).encode()) for name in ICONS},
        "arches": [_drawn(arch) for arch in bridge.arches],
    }


def _drawn(arch: Arch) -> dict[str, Any]:
    traits = STRATEGY_TRAITS[arch.strategy]
    shown = arch.actions[:MOST_ON_PAPER]
    gaps = [row.words for row in arch.missing]
    if not arch.total and not gaps:
        gaps = [gettext("Nothing here yet")]
    return {
        "number": str(arch.number),
        "name": word(traits.label),
        "term": word(traits.term),
        "actions": [{"title": _short(row.title), "line": stands(row), "icon": ITEM_ICONS[row.status]} for row in shown],
        "more": [more_words(arch.total - cut) for cut in range(len(shown) + 1)],
        "gaps": gaps,
        "bs": together([word(B_LABELS[b]) for b in arch.bs]),
        "groups": names(arch.groups, arch.how_many("group")) if arch.groups else "",
        "partners": names(arch.partners, arch.how_many("partner")) if arch.partners else "",
    }


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def told(drawn: dict[str, Any]) -> str:
    """The same as the picture in a few sentences, for whoever cannot see it."""
    parts = [drawn["finding"]]
    for arch in drawn["arches"]:
        listed = [f"{one['title']} ({one['line']})" for one in arch["actions"]] + arch["gaps"]
        parts.append(f"{arch['number']}. {arch['name']}: {'; '.join(listed)}.")
    return " ".join(parts)


def as_pdf(drawn: dict[str, Any]) -> bytes:
    """One landscape page."""
    return paper.pdf("bridge", drawn)


def as_png(drawn: dict[str, Any]) -> bytes:
    """A picture for a slide or a letter."""
    return paper.drawing("bridge", drawn, "png")


def as_svg(drawn: dict[str, Any]) -> bytes:
    """A drawing that stands on its own, with a title and a description. Its letters are drawn: it needs no fonts."""
    made = paper.drawing("bridge", drawn, "svg").decode()
    title, about = html.escape(drawn["title"]), html.escape(told(drawn))
    head = f'<title id="title">{title}</title><desc id="about">{about}</desc>'
    named = re.sub(r"<svg\b", '<svg role="img" aria-labelledby="title about"', made, count=1)
    return re.sub(r"(<svg\b[^>]*>)", lambda found: found[1] + head, named, count=1).encode()


FILES = {
    "pdf": ("application/pdf", as_pdf, "a4"),
    "a3": ("application/pdf", as_pdf, "a3"),
    "png": ("image/png", as_png, "a4"),
    "svg": ("image/svg+xml; charset=utf-8", as_svg, "a4"),
}
"""As what the bridge is handed out: its type, how it is made, and on which paper."""
