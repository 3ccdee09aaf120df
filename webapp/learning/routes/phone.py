"""On the phone of whoever takes part: coming in by link, QR code or two words, sharing, and what one shared oneself.

An address never says which contribution it is about, only its place on this device.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Response, abort, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.core import links
from webapp.learning import joining, queries, sharing
from webapp.learning.forms.sharing import ChangeForm, CodeForm, JoinForm, ShareForm
from webapp.learning.labels import in_words
from webapp.learning.models import Contribution, LearningSession
from webapp.learning.routes.blueprint import bp
from webapp.lessons import lists
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web import respond
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.links import follow as keep
from webapp.web.links import followed
from webapp.web.respond import changed, invalid, page, wants_fragment
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

KEPT_AS = "own_words"


def _over(status: int = 410) -> Response:
    text = _("The session is over, or there is a newer link. Look at the wall, or ask who leads the session.")
    return invalid("learning/link_over.html", status=status, text=text)


def link_over() -> Response | None:
    """The link stopped. Whoever had none may sign in."""
    learning_id = (request.view_args or {})["learning_id"]
    return _over() if followed(links.Purpose.SESSION, learning_id) else None


def _session_at(learning_id: uuid.UUID, place: str) -> LearningSession | None:
    """The session of an address that also names a place on this device."""
    return queries.session(learning_id)


joins = requires(Can.JOIN_SESSION, of=queries.learning, by_link=link_over)
shares = requires(Can.SHARE_IN_SESSION, of=queries.learning, by_link=link_over)
shares_at = requires(Can.SHARE_IN_SESSION, of=_session_at, by_link=link_over)


@bp.route("/mee", methods=["GET", "POST"])
@requires(Can.SIGN_IN)
def enter_words() -> ResponseReturnValue:
    """Come in by the two words on the wall."""
    form = CodeForm()
    if form.submitted():
        link = joining.found_by(form.words.data or "")
        if link is not None:
            return _come_by(link)
        form.take({"words": _("No session goes on under these words. Look at the wall once more.")})
    return form_page("learning/enter.html", form)


@bp.get("/mee/<token>")
@requires(Can.SIGN_IN)
def follow(token: str) -> ResponseReturnValue:
    """The link or the QR code: the token leaves the address bar at once."""
    link = links.find(links.Purpose.SESSION, token)
    return _come_by(link) if link else _over(404)


def _come_by(link: links.Link) -> ResponseReturnValue:
    keep(link)
    return redirect(url_for("learning.join", learning_id=link.subject_id), 303)


@bp.route("/mee/<uuid:learning_id>/binnen", methods=["GET", "POST"])
@joins
def join(one: LearningSession) -> ResponseReturnValue:
    """Take part, with a first name or none. Whoever takes part already on this device goes on."""
    if can(actor(), Can.SHARE_IN_SESSION, one):
        return redirect(_to(one), 303)
    form = JoinForm()
    if not one.is_running:
        form.refuse_unknown()
        return page("learning/not_now.html", session=one)
    if form.submitted():
        with saving(form, in_words):
            joined = joining.join(one, form.name.data or "", by=actor())
            link = links.find(links.Purpose.PARTICIPANT, joined.token)
            if link:
                keep(link)
            return changed(_to(one))
    return form_page("learning/join.html", form, session=one)


def _to(one: LearningSession) -> str:
    return url_for("learning.share", learning_id=one.id)


def _secret() -> str:
    """What this device recognises its own words by."""
    if KEPT_AS not in session:
        session[KEPT_AS] = sharing.new_secret()
    return str(session[KEPT_AS])


def _own(one: LearningSession) -> list[tuple[int, Contribution]]:
    """What this device shared, each with its place here."""
    known = sharing.hashes(one.id, _secret())
    return [(known.index(row.key_hash or ""), row) for row in queries.by_keys(one, known)]


@dataclass(frozen=True, slots=True)
class Pulse:
    """What a phone compares: the versions of the session and of its own words. What others share is no news for it."""

    id: uuid.UUID
    text: str

    @property
    def session(self) -> "Pulse":
        """The session that policy asks about."""
        return self


def _in_text(versions: Sequence[int]) -> str:
    return "-".join(str(one) for one in versions)


def _pulse_at(learning_id: uuid.UUID) -> Pulse | None:
    """The pulse of a session for this device; who leads it and who was invited is nothing that a phone waits for."""
    secret = session.get(KEPT_AS)
    found = queries.versions(learning_id, sharing.hashes(learning_id, secret) if secret else ())
    return Pulse(learning_id, _in_text(found)) if found else None


def _shown(one: LearningSession, form: ShareForm | None = None) -> dict[str, Any]:
    own = _own(one)
    phase = next((row for row in queries.phases(one) if row.id == one.phase_id), None)
    pulse = _in_text([one.version, *(row.version for _place, row in own)])
    form = form or ShareForm.of(one, formdata=None)
    shown = {"session": one, "phase": phase, "own": own, "pulse": pulse, "form": form}
    why_folded = {place: lists.why_folded(row.id) for place, row in own if row.is_folded}
    return shown | {"inside": joining.inside(one), "why_folded": why_folded}


@bp.route("/mee/<uuid:learning_id>/deel", methods=["GET", "POST"])
@shares
def share(one: LearningSession) -> Response:
    """The question, and sharing something. What comes after the end is not kept, and stays on the page."""
    if not one.is_running:
        typed = request.form.get("words", "") if request.method == "POST" else ""
        return page("learning/not_now.html", fragment="learning/_not_now.html", session=one, typed=typed)
    form = ShareForm.of(one)
    if form.submitted():
        shows_name = one.is_named and bool(form.shows_name.data)
        with saving(form, in_words):
            sharing.share(one, form.kind.data, form.words.data or "", _secret(), by=actor(), shows_name=shows_name)
            return changed(_to(one), message=_("Shared."), fragment="learning/_sent.html", shows=partial(_shown, one))
    return form_page("learning/phone.html", form, fragment="learning/_share.html", **_shown(one, form))


@bp.get("/mee/<uuid:learning_id>/stand")
@requires(Can.SHARE_IN_SESSION, of=_pulse_at, by_link=link_over)
def phone_pulse(pulse: Pulse) -> Response:
    """Whether anything changed for this phone."""
    return respond.pulse(pulse.text)


@bp.get("/mee/<uuid:learning_id>/nu")
@shares
def phone_now(one: LearningSession) -> Response:
    """The parts of the page that change; whoever opens it by itself gets the whole page."""
    if not wants_fragment():
        return make_response(redirect(_to(one), 303))
    return page("learning/_phone_parts.html", **_shown(one))


def _note_at(one: LearningSession) -> Contribution:
    place = str((request.view_args or {})["place"])
    found = sharing.own_note(one, int(place), _secret()) if place.isdecimal() else None
    return found or abort(404)


@bp.route("/mee/<uuid:learning_id>/eigen/<place>", methods=["GET", "POST"])
@shares_at
def change_own(one: LearningSession) -> Response:
    """Say one's own words anew. What comes after the end is not kept, and stays on the page."""
    if not one.is_running:
        return page("learning/not_now.html", session=one, typed=request.form.get("words", ""))
    row, place = _note_at(one), (request.view_args or {})["place"]
    if row.is_folded:
        return changed(_to(one))
    form = ChangeForm(version=row.version) if request.method == "POST" else ChangeForm(obj=row)
    if form.submitted():
        with saving(form, in_words, row):
            sharing.change(one, row, form.kind.data, form.words.data or "", by=actor(), version=form.version.data)
            return changed(_to(one), message=_("Saved."))
    return form_page("learning/own.html", form, session=one, row=row, place=place)


@bp.post("/mee/<uuid:learning_id>/eigen/<place>/terug")
@shares_at
def take_back(one: LearningSession) -> Response:
    """Take one's own words back."""
    Form().refuse_unknown()
    sharing.take_back(one, _note_at(one), by=actor())
    return changed(_to(one), message=_("Taken back. It is gone, on the wall too."))


@bp.post("/mee/<uuid:learning_id>/eigen/<place>/ja")
@shares_at
def agree(one: LearningSession) -> Response:
    """Yes to other words."""
    Form().refuse_unknown()
    sharing.agree(one, _note_at(one), by=actor())
    return changed(_to(one), message=_("Saved."))


@bp.post("/mee/<uuid:learning_id>/eigen/<place>/nee")
@shares_at
def refuse(one: LearningSession) -> Response:
    """No to other words."""
    Form().refuse_unknown()
    sharing.refuse(one, _note_at(one), by=actor())
    return changed(_to(one), message=_("Your own words stay."))
