"""The desk of a session that goes on: what comes in, where it goes, and which phase it is."""

from functools import partial
from typing import Any

from flask import Response, make_response, redirect
from flask_babel import gettext as _

from webapp.accounts.forms.public_names import public_names
from webapp.core.errors import Conflict, Invalid
from webapp.learning import deciding, desk, placing, queries, stepping
from webapp.learning.forms.desk import (
    INSTEAD,
    InsteadForm,
    Place,
    PlaceForm,
    StepForm,
    place_of,
)
from webapp.learning.labels import in_words, pieces, seconds_left, told_words
from webapp.learning.models import Contribution, LearningSession
from webapp.learning.routes.blueprint import bp, to, to_desk
from webapp.learning.routes.way_in import way_in
from webapp.policy.permissions import Can
from webapp.web import respond
from webapp.web.guard import requires
from webapp.web.respond import changed, invalid, page, wants_fragment
from webapp.web.who import actor

PAGE, PARTS = "learning/desk.html", "learning/_desk_parts.html"
leads = requires(Can.LEAD_SESSION, sees=Can.SEE_SESSION, of=queries.learning)
decides = requires(Can.LEAD_SESSION, sees=Can.SEE_SESSION, of=queries.contribution)


def shown(session: LearningSession, **more: Any) -> dict[str, Any]:
    """The desk as it is now."""
    return {
        "session": session,
        "desk": desk.desk(session),
        "pieces": lambda words: pieces(words, public_names()),
        "place_of": place_of,
        "INSTEAD": INSTEAD,
        "left": seconds_left(session),
    } | more


@bp.get("/leren/sessies/<uuid:learning_id>/bureau")
@leads
def at_desk(session: LearningSession) -> Response:
    """The desk."""
    if not session.is_running:
        return make_response(redirect(to(session), 303))
    return page(PAGE, **shown(session), **way_in(session))


@bp.get("/leren/sessies/<uuid:learning_id>/stand")
@requires(Can.LEAD_SESSION, of=desk.beat)
def pulse(beat: desk.Beat) -> Response:
    """Whether anything changed since the number that the page knows."""
    return respond.pulse(beat.pulse)


@bp.get("/leren/sessies/<uuid:learning_id>/bureau/nu")
@leads
def desk_now(session: LearningSession) -> Response:
    """The parts of the desk that change; whoever opens it by itself gets the whole page."""
    if not wants_fragment() or not session.is_running:
        return changed(to_desk(session))
    return page(PARTS, **shown(session))


@bp.post("/leren/sessies/<uuid:learning_id>/stap")
@leads
def step(session: LearningSession) -> Response:
    """On to the next phase, or back to the one before."""
    form = StepForm.sent()
    phase = desk.desk(session).next(1 if form.to.data == "next" else -1)
    if phase is None or form.here.data != str(session.phase_id):
        return _again(session, _("It is another phase by now: somebody was just before you."), 409)
    stepping.go_to(phase, by=actor())
    told = _("Now: %(title)s.", title=phase.title)
    return changed(to_desk(session), fragment=PARTS, told=told, shows=partial(shown, session))


def _again(session: LearningSession, told: str, status: int) -> Response:
    """The desk as it is now, and why nothing was done."""
    if not session.is_running:
        raise Conflict()
    return invalid(PAGE, fragment=PARTS, status=status, told=told, is_stale=True, **shown(session), **way_in(session))


@bp.post("/leren/bijdragen/<uuid:contribution_id>/plaats")
@decides
def put(note: Contribution) -> Response:
    """Show it, hold it back, put it in a cluster, or let it be a lesson."""
    form = PlaceForm.sent()
    try:
        _put(note, form)
    except Invalid as refusal:
        return _again(note.session, " ".join(in_words(refusal.errors).values()), 422)
    except Conflict:
        return refused(note, form.version.data)
    return changed(
        to_desk(note.session, f"note-{note.id}"), fragment=PARTS, told=_where(note), shows=partial(shown, note.session)
    )


def _put(note: Contribution, form: PlaceForm) -> None:
    said: dict[str, Any] = {"by": actor(), "version": form.version.data}
    match form.to.data:
        case Place.HELD:
            deciding.hold(note, **said)
        case Place.LESSON | Place.NO_LESSON:
            deciding.choose(note, is_candidate=form.to.data == Place.LESSON, **said)
        case Place.WALL | Place.NOBODY:
            placing.gather(note, None, public_names(), is_nobody=form.to.data == Place.NOBODY, **said)
        case _:
            cluster_id = form.cluster_id()
            cluster = queries.cluster(cluster_id) if cluster_id else None
            if cluster is None:
                raise Conflict()
            placing.gather(note, cluster, public_names(), **said)


def refused(note: Contribution, version: int | None) -> Response:
    """Somebody decided about it before: the desk says what they did, and stays as they left it."""
    if note.version == version:
        return _again(note.session, _("That cluster is gone: somebody was just before you."), 409)
    return _again(note.session, _("Somebody was just before you.") + " " + _where(note), 409)


def _where(note: Contribution) -> str:
    cluster = queries.cluster(note.cluster_id) if note.cluster_id else None
    return told_words(note, cluster.title if cluster else "")


@bp.post("/leren/bijdragen/<uuid:contribution_id>/vervang")
@decides
def replace(note: Contribution) -> Response:
    """Replace what seems to point to somebody."""
    form = InsteadForm.sent()
    try:
        deciding.take_out(note, public_names(), str(INSTEAD[form.instead.data]), by=actor(), version=form.version.data)
    except Conflict:
        return refused(note, form.version.data)
    told = _("Replaced: “%(words)s”", words=note.words)
    return changed(to_desk(note.session), fragment=PARTS, told=told, shows=partial(shown, note.session))
