"""Saying that an offer is missing, and the list of what is missing."""

from datetime import date
from typing import Any

from flask import Blueprint, Flask, Response, request, url_for
from flask_babel import gettext as _

from webapp.accounts.forms.public_names import public_names
from webapp.policy.permissions import Can
from webapp.referrals.waiting import coarse
from webapp.signals import actions, needs, queries
from webapp.signals.forms import MissingForm, PickUpForm
from webapp.signals.labels import STATUS_LABELS, in_words
from webapp.signals.lifecycle import SignalStatus
from webapp.signals.models import Signal
from webapp.signals.queries import Filter
from webapp.vocabulary.ages import AGE_LABELS, AgeBand
from webapp.vocabulary.days import WEEKDAY_LABELS, Weekday
from webapp.vocabulary.interests import INTEREST_TRAITS, Interest
from webapp.vocabulary.seven_bs import B_LABELS, B
from webapp.web import needs as today
from webapp.web.dates import plain_day
from webapp.web.filters import asked_for
from webapp.web.guard import requires
from webapp.web.i18n import capital, together, word
from webapp.web.paging import behind, cut
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page, saving
from webapp.web.settings import current_settings
from webapp.web.who import actor

bp = Blueprint("signals", __name__)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    today.add(app, needs.all_needs, needs.numbers)


@bp.post("/gemist")
@requires(Can.SIGNAL_MISSING)
def note() -> Response:
    """Count what is missing. The form names no question, and none is asked for."""
    form = MissingForm()
    form.near([*current_settings().areas, *queries.areas()])
    if not form.submitted():
        return invalid("signals/noted.html", fragment="signals/_noted.html", is_noted=False)
    actions.note(form.missing(), by=actor())
    return changed(url_for("signals.noted"), fragment="signals/_noted.html", is_noted=True)


@bp.get("/gemist/bedankt")
@requires(Can.SIGNAL_MISSING)
def noted() -> Response:
    """Thank you; and nothing that leads back to a question."""
    return page("signals/noted.html", is_noted=True)


@bp.get("/gemist")
@requires(Can.FOLLOW_SIGNALS)
def index() -> Response:
    """What is missing in town, alike signals together, with coarse numbers."""
    areas = queries.areas()
    wanted = _wanted(areas)
    listed = cut(
        queries.signals(wanted, behind(request.args.get("na"), date.fromisoformat)),
        lambda row: (row.last_week.isoformat(), row.id),
    )
    here = _here(wanted)
    return page(
        "signals/index.html",
        fragment="signals/_index.html",
        rows=_shown(listed.rows),
        wanted=wanted,
        total=coarse(queries.total()),
        areas=areas,
        here=here,
        labels=_labels(),
        next_url=url_for("signals.index", **here, na=listed.next) if listed.next else "",
    )


@bp.route("/gemist/<uuid:signal_id>", methods=["GET", "POST"])
@requires(Can.FOLLOW_SIGNALS, of=queries.signal)
def pick_up(signal: Signal) -> Response:
    """One signal, and the sentence that says what is done about it."""
    form = PickUpForm(obj=signal)
    (row,) = _shown([signal])
    if form.submitted() and form.is_careful(public_names()):
        with saving(form, in_words, signal):
            actions.pick_up(signal, form.told.data or "", by=actor(), version=form.version.data)
            to = url_for("signals.index", stand="picked_up")
            return changed(to, message=_("Thank you. It stands with what is done."))
    return form_page("signals/pick_up.html", form, signal=signal, row=row)


def _shown(rows: Any) -> list[dict[str, Any]]:
    """The signals of a page in words, with numbers as they may be seen."""
    named = queries.details(rows)
    return [_in_words(one, *named[one.id]) for one in rows]


def _in_words(one: Any, days: list[Weekday], distances: list[B]) -> dict[str, Any]:
    traits = INTEREST_TRAITS[one.interest]
    who = [word(AGE_LABELS[one.age_band])] if one.age_band else []
    days = sorted(days, key=list(Weekday).index)
    return {
        "id": one.id,
        "icon": traits.icon,
        "title": capital(word(traits.label)),
        "line": ", ".join([*who, *([_("near %(area)s", area=one.area)] if one.area else [])]),
        "days": together((word(WEEKDAY_LABELS[day]) for day in days), "or"),
        "distances": together(word(B_LABELS[b]) for b in distances),
        "times": coarse(one.number),
        "heard": _("last in the week of %(day)s", day=plain_day(one.last_week)),
        "told": one.told,
        "picked_up_on": one.picked_up_on,
        "is_open": one.status is SignalStatus.OPEN,
    }


def _wanted(areas: list[str]) -> Filter:
    area = request.args.get("wijk", "")
    return Filter(
        asked_for(SignalStatus, "stand") or SignalStatus.OPEN,
        asked_for(Interest, "wat"),
        asked_for(AgeBand, "leeftijd"),
        area if area in areas else None,
        asked_for(Weekday, "dag"),
        asked_for(B, "b"),
    )


def _here(wanted: Filter) -> dict[str, Any]:
    """The filter as it stands in the address."""
    parts = {
        "stand": "" if wanted.status is SignalStatus.OPEN else wanted.status.value,
        "wat": wanted.interest.value if wanted.interest else "",
        "leeftijd": wanted.age_band.value if wanted.age_band else "",
        "wijk": wanted.area or "",
        "dag": wanted.day.value if wanted.day else "",
        "b": wanted.b.value if wanted.b else "",
    }
    return {name: value for name, value in parts.items() if value}


def _labels() -> dict[str, dict[str, str]]:
    """The choices of each filter."""
    return {
        "wat": {code.value: word(traits.label) for code, traits in INTEREST_TRAITS.items()},
        "leeftijd": {code.value: word(label) for code, label in AGE_LABELS.items()},
        "dag": {code.value: word(label) for code, label in WEEKDAY_LABELS.items()},
        "b": {code.value: word(label) for code, label in B_LABELS.items()},
        "stand": {code.value: word(label) for code, label in STATUS_LABELS.items()},
    }
