"""Decisions: the list of a group and of the network, one of them, and what can be done with it."""

import uuid
from datetime import date
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.meetings import deciding, decisions, queries
from webapp.meetings.codes import DecidedBy
from webapp.meetings.forms import DecisionForm, ObjectionForm, ReviewForm
from webapp.meetings.labels import in_words
from webapp.meetings.lifecycle import DecisionStatus
from webapp.meetings.models import Decision
from webapp.meetings.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web import beside
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.paging import behind, cut
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.get("/beslissingen")
@requires(Can.LOOK_AROUND)
def network() -> Response:
    """What is in force in every group where one reads along."""
    listed = cut(
        decisions.of_network(actor(), behind(request.args.get("na"), date.fromisoformat)), _key, decisions.PAGE_SIZE
    )
    next_url = url_for("meetings.network", na=listed.next) if listed.next else ""
    return page("meetings/network.html", rows=listed.rows, next_url=next_url)


@bp.get("/werkgroepen/<uuid:group_id>/beslissingen")
@requires(Can.READ_GROUP, sees=Can.SEE_GROUP, of=groups.group)
def decided(group: WorkingGroup) -> Response:
    """What a group decided: what is proposed, what is in force, what held once."""
    return page("meetings/decisions.html", **_listed(group))


def _listed(group: WorkingGroup, form: DecisionForm | None = None) -> dict[str, Any]:
    listed = cut(
        decisions.of_group(group, DecisionStatus.IN_FORCE, behind(request.args.get("na"), date.fromisoformat)),
        _key,
        decisions.PAGE_SIZE,
    )
    return {
        "group": group,
        "form": form or DecisionForm(formdata=None, way=DecidedBy.CONSENT),
        "proposed": decisions.of_group(group, DecisionStatus.PROPOSED),
        "rows": listed.rows,
        "next_url": url_for("meetings.decided", group_id=group.id, na=listed.next) if listed.next else "",
        "past": decisions.past(group),
    }


def _key(row: Any) -> tuple[str, uuid.UUID]:
    return row.decided_on.isoformat() if row.decided_on else "", row.id


@bp.post("/werkgroepen/<uuid:group_id>/beslissingen")
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=groups.group)
def record_decision(group: WorkingGroup) -> Response:
    """Write down what was decided outside a meeting."""
    form = DecisionForm()
    if form.submitted():
        with saving(form, in_words):
            deciding.record(group, form.terms(), by=actor())
            return changed(url_for("meetings.decided", group_id=group.id), message=_("Written down."))
    return form_page("meetings/decisions.html", form, **_listed(group, form))


@bp.get("/beslissingen/<uuid:decision_id>")
@requires(Can.READ_GROUP, sees=Can.SEE_GROUP, of=queries.decision)
def decision(decision: Decision) -> Response:
    """One decision: what, how, until when, where it came from, and what came before and after."""
    return page("meetings/decision.html", **_shown(decision))


def _shown(decision: Decision, **forms: Any) -> dict[str, Any]:
    return {
        "decision": decision,
        "group": decision.group,
        "origin": decisions.origin(decision.id),
        "before": decisions.before(decision.id),
        "belongings": beside.of([decision.id], actor()).get(decision.id),
        "objection": ObjectionForm(formdata=None),
        "review": ReviewForm(formdata=None),
    } | forms


@bp.post("/beslissingen/<uuid:decision_id>/beslist")
@requires(Can.WRITE_MINUTES, sees=Can.SEE_GROUP, of=queries.decision)
def decide(decision: Decision) -> Response:
    """Nobody objects: decided."""
    Form().refuse_unknown()
    deciding.decide(decision, by=actor())
    return changed(_back(decision), message=_("Decided."))


@bp.post("/beslissingen/<uuid:decision_id>/bezwaar")
@requires(Can.WRITE_MINUTES, sees=Can.SEE_GROUP, of=queries.decision)
def object_to(decision: Decision) -> Response:
    """Somebody has an objection; it is heard."""
    form = ObjectionForm()
    if form.submitted():
        with saving(form, in_words):
            deciding.object_to(decision, form.objection.data or "", by=actor())
            return changed(_back(decision), message=_("Written down. Talk on about it."))
    return form_page("meetings/decision.html", form, **_shown(decision, objection=form))


@bp.post("/beslissingen/<uuid:decision_id>/niet-verder")
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=queries.decision)
def drop_decision(decision: Decision) -> Response:
    """A proposal does not go on."""
    Form().refuse_unknown()
    deciding.drop(decision, by=actor())
    return changed(_back(decision), message=_("The proposal stops here."))


@bp.post("/beslissingen/<uuid:decision_id>/einde")
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=queries.decision)
def end(decision: Decision) -> Response:
    """It does not hold any more."""
    Form().refuse_unknown()
    deciding.end(decision, by=actor())
    return changed(_to(decision), message=_("From today this doesn't hold any more."))


@bp.post("/beslissingen/<uuid:decision_id>/blijft")
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=queries.decision)
def keep(decision: Decision) -> Response:
    """Looked at again: it stays."""
    form = ReviewForm()
    if form.submitted():
        with saving(form, in_words):
            deciding.keep(decision, form.review_on.data, by=actor())
            return changed(_to(decision), message=_("It stays in force."))
    return form_page("meetings/decision.html", form, **_shown(decision, review=form))


@bp.route("/beslissingen/<uuid:decision_id>/bewerken", methods=["GET", "POST"])
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=queries.decision)
def edit_decision(decision: Decision) -> Response:
    """Mend what is written about a decision."""
    form = DecisionForm(obj=decision)
    if form.submitted():
        with saving(form, in_words, decision):
            deciding.edit(decision, form.terms(), by=actor(), version=form.version.data)
            return changed(_to(decision), message=_("Saved."))
    return form_page(
        "meetings/edit_decision.html", form, decision=decision, group=decision.group, back_url=_to(decision)
    )


@bp.route("/beslissingen/<uuid:decision_id>/vervangen", methods=["GET", "POST"])
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=queries.decision)
def replace(decision: Decision) -> Response:
    """Let a newer decision take its place."""
    form = DecisionForm(way=decision.way)
    if form.submitted():
        with saving(form, in_words):
            newer = deciding.replace(decision, form.terms(), by=actor())
            return changed(_to(newer), message=_("Replaced. Whoever opens the old one is led here."))
    return form_page("meetings/replace.html", form, decision=decision, group=decision.group, back_url=_to(decision))


def _to(decision: Decision) -> str:
    return url_for("meetings.decision", decision_id=decision.id)


def _back(decision: Decision) -> str:
    """The meeting in which it was proposed while that goes on, otherwise its own page."""
    origin = decisions.origin(decision.id)
    if origin and origin.status == "running":
        return url_for("meetings.show", meeting_id=origin.id, punt=origin.topic_id)
    return _to(decision)
