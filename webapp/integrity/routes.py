"""Integrity: the signposts, keeping them right, and how policies stand."""

import uuid
from typing import Any

from flask import Blueprint, Flask, Response, request, url_for
from flask_babel import gettext as _

from webapp.groups import home
from webapp.groups import queries as groups
from webapp.groups.home import Block
from webapp.groups.models import WorkingGroup
from webapp.integrity import actions, labels, needs, queries
from webapp.integrity.forms import LineForm, PolicyForm
from webapp.integrity.models import HelpLine
from webapp.integrity.queries import Keepers, PolicyOf
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.words import _l
from webapp.web import menu
from webapp.web import needs as today
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.paging import behind, cut
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

bp = Blueprint("integrity", __name__)


@bp.context_processor
def words() -> dict[str, Any]:
    """Labels and sentences, by the names that templates use."""
    return {
        "STEPS": labels.STEPS,
        "checked_words": labels.checked_words,
        "is_stale": labels.is_stale,
        "policy_lines": labels.policy_lines,
        "tel": labels.tel,
    }


@bp.get("/integriteit")
@requires(Can.LOOK_AROUND)
def index() -> Response:
    """Where to turn to, and which steps to take. Reads well on paper too."""
    kept_by = queries.keepers()
    return page("integrity/index.html", lines=queries.lines(), keepers=kept_by, own=_own_places())


def _own_places() -> list[tuple[uuid.UUID, str]]:
    """The associations where somebody works, whose policy is theirs to keep."""
    seats = {seat.organisation_id: seat for seat in actor().seats if seat.organisation_kind in queries.WITH_POLICY}
    return [(one, seat.organisation_name) for one, seat in seats.items() if can(actor(), Can.KEEP_POLICY, seat)]


@bp.route("/integriteit/hulplijnen/nieuw", methods=["GET", "POST"])
@requires(Can.KEEP_SIGNPOSTS, of=queries.keepers)
def add_line(keepers: Keepers) -> Response:
    """Point to one place more."""
    form = LineForm()
    if form.submitted():
        with saving(form, labels.in_words):
            actions.add_line(keepers, form.said(), by=actor())
            return changed(url_for("integrity.index"), message=_("It's among the signposts."))
    return form_page("integrity/line.html", form, line=None)


@bp.route("/integriteit/hulplijnen/<uuid:help_line_id>", methods=["GET", "POST"])
@requires(Can.KEEP_SIGNPOSTS, of=queries.line)
def edit_line(line: HelpLine) -> Response:
    """Say anew what a line is."""
    form = LineForm(obj=line)
    if form.submitted():
        with saving(form, labels.in_words, line):
            actions.edit_line(line, form.said(), by=actor(), version=form.version.data)
            return changed(url_for("integrity.index"), message=_("Saved."))
    return form_page("integrity/line.html", form, line=line)


@bp.post("/integriteit/hulplijnen/<uuid:help_line_id>/nagekeken")
@requires(Can.KEEP_SIGNPOSTS, of=queries.line)
def check_line(line: HelpLine) -> Response:
    """It is still right."""
    Form().refuse_unknown()
    actions.check_line(line, by=actor())
    return changed(url_for("integrity.index"), message=_("Thank you for checking."))


@bp.post("/integriteit/hulplijnen/<uuid:help_line_id>/weg")
@requires(Can.KEEP_SIGNPOSTS, of=queries.line)
def remove_line(line: HelpLine) -> Response:
    """Point there no longer."""
    Form().refuse_unknown()
    actions.remove_line(line, by=actor())
    return changed(url_for("integrity.index"), message=_("It's gone."))


@bp.get("/integriteit/beleid")
@requires(Can.SEE_POLICIES, of=queries.keepers)
def policies(keepers: Keepers) -> Response:
    """How policies stand, association by association, in the order of their names: nothing is counted or ranked."""
    listed = cut(
        queries.policies(behind(request.args.get("na"), str)), lambda row: (row.name, row.id), queries.PAGE_SIZE
    )
    next_url = url_for("integrity.policies", na=listed.next) if listed.next else ""
    return page("integrity/policies.html", rows=listed.rows, next_url=next_url)


@bp.get("/integriteit/beleid/<uuid:organisation_id>")
@requires(Can.READ_POLICY, of=queries.policy)
def policy(policy: PolicyOf) -> Response:
    """How the policy of one association stands."""
    return page("integrity/policy.html", policy=policy, form=PolicyForm(formdata=None, obj=policy.row))


@bp.post("/integriteit/beleid/<uuid:organisation_id>")
@requires(Can.KEEP_POLICY, sees=Can.READ_POLICY, of=queries.policy)
def say_policy(policy: PolicyOf) -> Response:
    """Say how one's own policy stands."""
    form = PolicyForm()
    if form.submitted():
        with saving(form, labels.in_words):
            actions.say_policy(policy, form.state(), by=actor())
            return changed(url_for("integrity.policy", organisation_id=policy.organisation_id), message=_("Saved."))
    return form_page("integrity/policy.html", form, policy=policy)


@bp.post("/werkgroepen/<uuid:group_id>/aanspreekpersonen")
@requires(Can.NAME_CONTACTS, sees=Can.SEE_GROUP, of=groups.group)
def name_group(group: WorkingGroup) -> Response:
    """This is the group of integrity contact persons; another tap takes it back."""
    Form().refuse_unknown()
    actions.name_group(group, is_it=not group.is_about_integrity, by=actor())
    return changed(url_for("groups.show", group_id=group.id), message=_("Saved."))


def _on_home(group: WorkingGroup, by: Actor) -> dict[str, Any] | None:
    """The way to the signposts, first thing in the group of integrity contact persons."""
    return {"may_name": can(by, Can.NAME_CONTACTS, group)} if group.is_about_integrity else None


def _naming(group: WorkingGroup, by: Actor) -> dict[str, Any] | None:
    """The question whether this is their group, for whoever may say so."""
    return {} if not group.is_about_integrity and can(by, Can.NAME_CONTACTS, group) else None


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.add(app, menu.Entry(_l("Integrity"), _l("Integrity"), "integrity.index", "shield-check", order=80))
    today.add(app, needs.all_needs, needs.numbers)
    home.add_block(app, Block("integrity/_home.html", _on_home, -20))
    home.add_block(app, Block("integrity/_naming.html", _naming, 95, aside=True))
