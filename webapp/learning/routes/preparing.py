"""Preparing a session: what it is about, its phases, beginning it and calling it off."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.core.errors import Conflict
from webapp.learning import actions, handouts, joining, queries, stepping
from webapp.learning.actions import PhaseWords
from webapp.learning.codes import Format
from webapp.learning.forms.preparing import AboutForm, PhaseForm, PrepareForm
from webapp.learning.labels import in_words
from webapp.learning.models import LearningSession, Phase
from webapp.learning.routes.blueprint import bp, to, to_desk
from webapp.learning.templates import SHELF
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.i18n import word
from webapp.web.ordering import OrderForm, ShiftForm
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.settings import current_settings
from webapp.web.who import actor

leads = requires(Can.LEAD_SESSION, sees=Can.SEE_SESSION, of=queries.learning)
leads_phase = requires(Can.LEAD_SESSION, sees=Can.SEE_SESSION, of=queries.phase)


def _on_shelf(kind: Format) -> list[PhaseWords]:
    """The phases of a format, in the language of whoever prepares."""
    return [PhaseWords(one.kind, word(one.title), word(one.prompt), one.minutes) for one in SHELF[kind]]


@bp.route("/leren/sessies/nieuw", methods=["GET", "POST"])
@requires(Can.PREPARE_SESSION)
def prepare() -> Response:
    """Prepare a session."""
    mine = next((str(seat.organisation_id) for seat in actor().seats), "")
    form = PrepareForm(minutes=90, format=Format.OPEN, organisation=mine)
    if form.submitted():
        with saving(form, in_words):
            made = actions.prepare(form.about(form.format.data), _on_shelf(form.format.data), by=actor())
            return changed(to(made), message=_("Prepared. Nobody is invited yet."))
    return form_page("learning/prepare.html", form)


@bp.route("/leren/sessies/<uuid:learning_id>/bewerken", methods=["GET", "POST"])
@leads
def edit(session: LearningSession) -> Response:
    """Change what it is about, when or where."""
    form = AboutForm() if request.method == "POST" else AboutForm.of(session)
    if form.submitted():
        with saving(form, in_words, session):
            actions.edit(session, form.about(session.format), by=actor(), version=form.version.data)
            return changed(to(session), message=_("Saved."))
    return form_page("learning/edit.html", form, session=session)


@bp.get("/leren/sessies/<uuid:learning_id>/blad.pdf")
@leads
def sheet(session: LearningSession) -> Response:
    """The session on paper, to hold it without screens."""
    made = handouts.sheet(session, queries.phases(session), current_settings().town)
    return as_download(Response(made, content_type="application/pdf"), f"sessie-{session.happens_at:%Y-%m-%d}.pdf")


@bp.post("/leren/sessies/<uuid:learning_id>/begin")
@leads
def start(session: LearningSession) -> Response:
    """People are there."""
    Form().refuse_unknown()
    joining.start(session, by=actor())
    return changed(to_desk(session), message=_("We've begun. People can come in now."))


@bp.post("/leren/sessies/<uuid:learning_id>/afgelasten")
@requires(Can.STEER_SESSION, sees=Can.SEE_SESSION, of=queries.learning)
def call_off(session: LearningSession) -> Response:
    """It does not go on."""
    Form().refuse_unknown()
    actions.call_off(session, by=actor())
    return changed(url_for("learning.index"), message=_("Called off."))


@bp.route("/leren/sessies/<uuid:learning_id>/fasen/nieuw", methods=["GET", "POST"])
@leads
def add_phase(session: LearningSession) -> Response:
    """One more phase."""
    form = PhaseForm()
    if form.submitted():
        with saving(form, in_words):
            stepping.add_phase(session, form.words(), by=actor())
            return changed(to_desk(session), message=_("Saved."))
    return form_page("learning/phase.html", form, session=session, phase=None)


@bp.route("/leren/fasen/<uuid:phase_id>", methods=["GET", "POST"])
@leads_phase
def edit_phase(phase: Phase) -> Response:
    """Say a phase anew."""
    form = PhaseForm() if request.method == "POST" else PhaseForm.of(phase)
    if form.submitted():
        with saving(form, in_words, phase):
            stepping.edit_phase(phase, form.words(), by=actor(), version=form.version.data)
            return changed(to_desk(phase.session), message=_("Saved."))
    return form_page("learning/phase.html", form, session=phase.session, phase=phase)


@bp.post("/leren/fasen/<uuid:phase_id>/plaats")
@leads_phase
def shift_phase(phase: Phase) -> Response:
    """One place earlier or later."""
    stepping.shift(phase, ShiftForm.sent().places, by=actor())
    return _in_new_order(phase.session)


@bp.post("/leren/sessies/<uuid:learning_id>/fasen/volgorde")
@leads
def arrange_phases(session: LearningSession) -> Response:
    """Put the phases in the order in which they were dragged."""
    stepping.arrange(session, OrderForm.sent().ids(), by=actor())
    return _in_new_order(session)


def _in_new_order(session: LearningSession) -> Response:
    rows = queries.phases(session)
    return changed(to(session), fragment="learning/_phases.html", session=session, phases=rows)


@bp.post("/leren/fasen/<uuid:phase_id>/overslaan")
@leads_phase
def skip_phase(phase: Phase) -> Response:
    """Leave a phase out, or take it up after all."""
    Form().refuse_unknown()
    if phase.session.phase_id == phase.id:
        raise Conflict()
    stepping.skip(phase, is_skipped=not phase.is_skipped, by=actor())
    return changed(to_desk(phase.session), message=_("Left out.") if phase.is_skipped else _("It is back."))


@bp.post("/leren/fasen/<uuid:phase_id>/nu")
@leads_phase
def go_to(phase: Phase) -> Response:
    """This is the phase now."""
    Form().refuse_unknown()
    stepping.go_to(phase, by=actor())
    return changed(to_desk(phase.session))
