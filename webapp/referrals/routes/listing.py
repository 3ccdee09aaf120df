"""Lists of questions: mine, my organisation's, and those that were put to us."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import gettext as _

from webapp.core.numbers import Numbers
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.referrals import lists
from webapp.referrals.forms.listing import SearchForm
from webapp.referrals.labels import STATUS_LABELS, TURN_LABELS
from webapp.referrals.lifecycle import BRIDGE, ReferralStatus
from webapp.referrals.lists import Filter, Needing, Step, Turn, Whose
from webapp.referrals.routes.blueprint import bp
from webapp.referrals.routes.found import aliases_with
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.functions import FunctionKind
from webapp.web import numbers
from webapp.web.filters import asked_for
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.paging import Page, behind, cut, moment
from webapp.web.respond import changed, page
from webapp.web.who import actor

WATCHING = (FunctionKind.REFERRAL_CONTACT,)


@bp.get("/toeleidingen")
@requires(Can.LOOK_AROUND)
def index() -> Response:
    """The questions that the visitor is involved in, and where each stands."""
    return page("referrals/index.html", fragment="referrals/_index_list.html", **_listed(None, ""))


@bp.get("/toeleidingen/zoek")
@requires(Can.LOOK_AROUND)
def search_again() -> Response:
    """Whoever comes back to a search finds the list: what was looked for is not kept."""
    return changed(url_for("referrals.index"))


@bp.post("/toeleidingen/zoek")
@requires(Can.LOOK_AROUND)
def search() -> Response:
    """Find questions by their alias. Posted, so that what was looked for stands in no address or log."""
    form = SearchForm()
    form.refuse_unknown()
    words = form.words.data or ""
    return page(
        "referrals/index.html",
        fragment="referrals/_index_list.html",
        **_listed(aliases_with(words) if words else None, words),
    )


def is_involved(who: Actor) -> bool:
    """Whether somebody has any list of questions."""
    return bool(lists.lists_of(who))


def only_answers(who: Actor) -> bool:
    """Whether somebody meets questions only as an association that is asked; they know them as "questions"."""
    return lists.lists_of(who) == (Whose.ASKED,)


def _opened(who: Actor) -> tuple[Whose | None, Mapping[Step, int]]:
    """The list that was chosen, or else the first on which something stands, and how many stand where on it."""
    theirs = lists.lists_of(who)
    asked = asked_for(Whose, "lijst")
    if asked and asked not in theirs:
        abort(404)
    candidates = (asked,) if asked else theirs
    colleagues = Whose.MINE in candidates and Whose.ORGANISATION not in theirs
    found = numbers.around(lists.counts(who, candidates) | (lists.under_way(who) if colleagues else Numbers()))
    filled = (one for one in candidates if any(found[one, step] for step in lists.TO_FOLLOW[one]))
    whose = next(filled, next(iter(candidates), None))
    return whose, {step: found[whose, step] for step in lists.STEPS[whose]} if whose else {}


def _listed(aliases: tuple[str, ...] | None, words: str) -> dict[str, Any]:
    """Everything on the page of one list."""
    who = actor()
    whose, counts = _opened(who)
    shared: dict[str, Any] = {
        "whose": whose,
        "words": words,
        "only_answers": only_answers(who),
        "search": SearchForm(),
        "me_id": who.person_id,
        "next_url": "",
        "counts": counts,
        "has_none": not any(counts.values()),
    }
    if whose is Whose.ASKED:
        shared |= _asked(who, counts, aliases)
    elif whose:
        shared |= _on_the_bridge(who, whose, counts, aliases)
    return shared | {"tabs": _tabs(who, whose)}


def _tabs(who: Actor, current: Whose | None) -> list[tuple[str, str, bool]]:
    """The lists to choose between: word, address, and whether it is this one."""
    to_answer = numbers.around().get(Needing.ANSWER, 0)
    named = {
        Whose.MINE: _("Mine"),
        Whose.ORGANISATION: next((s.organisation_name for s in who.seats if s.function in WATCHING), ""),
        Whose.ASKED: _("Asked of us (%(num)s)", num=to_answer) if to_answer else _("Asked of us"),
    }
    return [(named[one], url_for("referrals.index", lijst=one.value), one is current) for one in lists.lists_of(who)]


def _on_the_bridge(
    who: Actor, whose: Whose, counts: Mapping[Step, int], aliases: tuple[str, ...] | None
) -> dict[str, Any]:
    status, age = asked_for(ReferralStatus, "stap"), asked_for(AgeBand, "leeftijd")
    wanted = Filter(status, request.args.get("lang") == "1", age, aliases)
    listed = cut(
        lists.referrals(who, whose, wanted, behind(request.args.get("na"), moment)),
        lambda row: (row.moved_at.isoformat(), row.id),
    )
    here = _here(whose, wanted)
    return {
        "wanted": wanted,
        "doors": [_door(status, counts[status], here, wanted) for status in BRIDGE],
        "listed": listed,
        "answers": lists.answers(listed.rows),
        "under_way": numbers.around().get("under_way") if whose is Whose.MINE else None,
        "here": here,
        "next_url": _next(listed, here),
    }


def _door(status: ReferralStatus, count: int, here: dict[str, Any], wanted: Filter) -> tuple[str, str, str, bool]:
    """One arch of the filter: word, count, address, and whether it is open. A second tap closes it."""
    href = url_for("referrals.index", **toggled(here, "stap", status.value))
    return word(STATUS_LABELS[status]), _capped(count), href, wanted.status is status


def _capped(count: int) -> str:
    return str(count) if count <= lists.MOST_COUNTED else f"{lists.MOST_COUNTED}+"


def _asked(who: Actor, counts: Mapping[Step, int], aliases: tuple[str, ...] | None) -> dict[str, Any]:
    turn = asked_for(Turn, "beurt") or Turn.OURS
    here: dict[str, Any] = {"lijst": Whose.ASKED.value, "beurt": turn.value}
    listed = cut(
        lists.asks(who, turn, aliases, behind(request.args.get("na"), moment)),
        lambda row: (row.sent_at.isoformat(), row.id),
    )
    return {
        "turn": turn,
        "turns": [
            (
                f"{word(label)} ({_capped(counts[one])})",
                url_for("referrals.index", **(here | {"beurt": one.value})),
                one is turn,
            )
            for one, label in TURN_LABELS.items()
        ],
        "listed": listed,
        "here": here,
        "next_url": _next(listed, here),
    }


@bp.app_template_filter("toggled")
def toggled(here: dict[str, Any], name: str, value: str) -> dict[str, Any]:
    """The filter with one part changed; the same value again takes it away."""
    rest = {key: old for key, old in here.items() if key != name}
    return rest if not value or here.get(name) == value else rest | {name: value}


def _here(whose: Whose, wanted: Filter) -> dict[str, Any]:
    """The filter as it stands in the address; what was searched for never does."""
    parts = {
        "lijst": whose.value,
        "stap": wanted.status.value if wanted.status else "",
        "lang": "1" if wanted.waits_long else "",
        "leeftijd": wanted.age_band.value if wanted.age_band else "",
    }
    return {name: value for name, value in parts.items() if value}


def _next(listed: Page[Any], here: dict[str, Any]) -> str:
    return url_for("referrals.index", **here, na=listed.next) if listed.next else ""
