"""Group visits: asking, answering without signing in, calling off, looking back."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.accounts.forms.public_names import public_names
from webapp.core import clock, links
from webapp.core.errors import StepRefused
from webapp.directory import queries as directory
from webapp.directory.models import Offer
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.visits import actions, labels, letters, needs, queries  # noqa: F401 - letters registers the mail
from webapp.visits.forms import AnswerVisitForm, DaysForm, LookBackForm, VisitForm
from webapp.visits.lifecycle import VISIT, VisitStatus
from webapp.visits.models import Visit
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.web import needs as today
from webapp.web.careful import CarefulForm
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.links import follow as follow_link
from webapp.web.links import followed
from webapp.web.paging import behind, cut, moment
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

bp = Blueprint("visits", __name__)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    today.add(app, needs.all_needs, queries.any_waiting)


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels and sentences, by the names that templates use."""
    return {
        "VISIT_LABELS": labels.STATUS_LABELS,
        "VISIT_TAGS": labels.STATUS_TAGS,
        "PURPOSE_LABELS": labels.PURPOSE_LABELS,
        "VISIT_MOOD_LABELS": labels.VISIT_MOOD_LABELS,
        "group_words": labels.group_words,
        "day_words": labels.day_words,
    }


@bp.get("/bezoeken")
@requires(Can.LOOK_AROUND)
def index() -> Response:
    """The group visits that somebody has a part in."""
    listed = cut(
        queries.visits(actor(), behind(request.args.get("na"), moment)), lambda row: (row.moved_at.isoformat(), row.id)
    )
    next_url = url_for("visits.index", na=listed.next) if listed.next else ""
    return page("visits/index.html", rows=listed.rows, next_url=next_url)


@bp.route("/aanbod/<uuid:offer_id>/bezoek", methods=["GET", "POST"])
@requires(Can.ASK_ABOUT_OFFER, sees=Can.READ_OFFER, of=directory.offer)
def ask(offer: Offer) -> Response:
    """Ask whether a group may come by. No question of a young person is made."""
    form = VisitForm()
    if form.submitted() and form.is_careful(public_names()):
        with saving(form, labels.in_words):
            visit = actions.ask(offer, form.group(), by=actor())
            place = offer.organisation.name
            return changed(_to(visit), message=_("Asked. You'll hear as soon as %(place)s answers.", place=place))
    return form_page("visits/ask.html", form, offer=offer, today=clock.today())


@bp.get("/b/<token>")
@requires(Can.SIGN_IN)
def follow(token: str) -> ResponseReturnValue:
    """The link in the mail: the token leaves the address bar at once, and nothing is answered."""
    link = links.find(links.Purpose.VISIT, token)
    visit = queries.visit(link.subject_id) if link else None
    if link is None or visit is None:
        return invalid("visits/link_over.html", status=404)
    if not link.works or link.person_id not in visit.speakers:
        return invalid("visits/link_over.html", status=410)
    follow_link(link)
    return redirect(_to(visit), 303)


def link_over() -> Response | None:
    """The page stayed open and its link has ended since. Whoever had no link may sign in."""
    ended = followed(links.Purpose.VISIT, (request.view_args or {})["visit_id"])
    return invalid("visits/link_over.html", status=410) if ended else None


@bp.get("/bezoeken/<uuid:visit_id>")
@requires(Can.READ_VISIT, of=queries.visit, by_link=link_over)
def show(visit: Visit) -> Response:
    """A group visit, with what this reader can do."""
    return page(_template(), **_shown(visit))


@bp.post("/bezoeken/<uuid:visit_id>/antwoord")
@requires(Can.ANSWER_VISIT, sees=Can.READ_VISIT, of=queries.visit, by_link=link_over)
def answer(visit: Visit) -> Response:
    """What the association says to the group."""
    form = AnswerVisitForm()
    return _take(
        visit,
        form,
        "answer_form",
        lambda: actions.answer(visit, form.said(), by=_speaker(visit), version=form.version.data),
        _("Thank you. They hear it."),
    )


@bp.post("/bezoeken/<uuid:visit_id>/opnieuw")
@requires(Can.LEAD_VISIT, sees=Can.READ_VISIT, of=queries.visit)
def ask_again(visit: Visit) -> Response:
    """The same group, on another day."""
    form = DaysForm()
    return _take(
        visit,
        form,
        "days_form",
        lambda: actions.ask_again(visit, form.days(), by=actor(), version=form.version.data),
        _("Asked. You'll hear as soon as %(place)s answers.", place=visit.organisation.name),
    )


@bp.post("/bezoeken/<uuid:visit_id>/afzeggen")
@requires(Can.LEAD_VISIT, sees=Can.READ_VISIT, of=queries.visit)
def call_off(visit: Visit) -> Response:
    """The group does not come."""
    Form().refuse_unknown()
    actions.call_off(visit, by=actor())
    return changed(_to(visit), message=_("Called off. They hear it."))


@bp.post("/bezoeken/<uuid:visit_id>/terugblik")
@requires(Can.READ_VISIT, of=queries.visit, by_link=link_over)
def look_back(visit: Visit) -> Response:
    """How it was, in a tap and perhaps a sentence."""
    form = LookBackForm()
    return _take(
        visit,
        form,
        "back_form",
        lambda: actions.look_back(
            visit, form.mood.data, form.look_back.data or "", by=_speaker(visit), version=form.version.data
        ),
        _("Thank you. That closes the visit."),
    )


def _take(visit: Visit, form: CarefulForm, name: str, act: Callable[[], object], message: str) -> Response:
    """Take one step of a visit, or show its page again with what is to be mended."""
    if form.submitted() and form.is_careful(public_names()):
        try:
            with saving(form, labels.in_words, visit):
                act()
                return changed(_to(visit), message=message)
        except StepRefused:  # it went on by itself, such as a visit whose hour came
            form.renew(visit.version)
    return form_page(_template(), form, **_shown(visit) | {name: form})


def _speaker(visit: Visit) -> Actor:
    """Who is written down: whoever is signed in, else the person to whom the followed link was sent."""
    return actor().speaking_for(visit)


def _template() -> str:
    return "visits/show.html" if actor().is_known else "visits/show_guest.html"


def _shown(visit: Visit) -> dict[str, Any]:
    place = visit.organisation
    answer_form = AnswerVisitForm(formdata=None, version=visit.version)
    answer_form.suggest(visit.first_day)
    answer_form.among(_answers(visit))
    return {
        "visit": visit,
        "answer_form": answer_form,
        "days_form": DaysForm(formdata=None, version=visit.version, note=visit.note),
        "can_ask_again": VISIT.allows("ask_again", visit.status),
        "back_form": LookBackForm(formdata=None, version=visit.version),
        "can_answer": bool(_answers(visit)) and not _has_begun(visit),
        "can_call_off": VISIT.allows("call_off", visit.status) and not _has_begun(visit),
        "can_look_back": visit.status is VisitStatus.AGREED and _has_begun(visit),
        "today": clock.today(),
        "host": {
            "name": place.name,
            "icon": visit.offer.icon or ORGANISATION_TRAITS[place.kind].icon,
            "side": "supply",
        },
    }


def _answers(visit: Visit) -> list[VisitStatus]:
    """The answers that the association can give now."""
    return [status for status, step in actions.STEPS.items() if VISIT.allows(step, visit.status)]


def _has_begun(visit: Visit) -> bool:
    return visit.starts_at is not None and visit.starts_at <= clock.now()


def _to(visit: Visit) -> str:
    return url_for("visits.show", visit_id=visit.id)
