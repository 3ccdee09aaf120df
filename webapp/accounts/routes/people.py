"""The people of an organisation: who has which function, from when to when, and who is invited."""

import uuid
from typing import Any

from flask import Response, abort, url_for
from flask_babel import gettext as _

from webapp.accounts import house, invitations, joining, labels, queries, seats
from webapp.accounts.forms import EndSeatForm, InvitationForm, MoveEndForm
from webapp.accounts.models import Function, Invitation, Organisation
from webapp.accounts.routes.blueprint import bp
from webapp.core import clock
from webapp.policy import roles
from webapp.policy.permissions import Can
from webapp.policy.predicates import SPEAKING
from webapp.policy.rules import can
from webapp.vocabulary.functions import FUNCTION_MEANINGS
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

manages = requires(Can.MANAGE_SEATS, sees=Can.LOOK_AROUND, of=queries.organisation, fresh=True)


@bp.get("/organisaties/<uuid:organisation_id>/mensen")
@requires(Can.LOOK_AROUND, of=queries.organisation)
def people(organisation: Organisation) -> Response:
    """Who is what here, which seats are empty, and who is invited."""
    rows = queries.seats_at(organisation.id)
    today = clock.today()
    held = {row.kind for row in rows if row.begins_on <= today}
    manager = can(actor(), Can.MANAGE_SEATS, organisation)
    invited = house.note_on_all(organisation.id, queries.invitations_at(organisation.id))
    asked = [(one, can(actor(), Can.AGREE_TO_SEAT, one)) for one in invited if one.needs_yes]
    waiting = [one for one in invited if not one.needs_yes] if manager else []
    return page(
        "accounts/people.html",
        organisation=organisation,
        rows=rows,
        empty_seats=[one for one in roles.needed_at(organisation.kind) if one not in held],
        asked=[(one, mine) for one, mine in asked if mine or manager],
        waiting=[(one, clock.now() - one.sent_at >= invitations.LIFE) for one in waiting],
        manager=manager,
        has_crew=joining.has_crew(organisation),
        givable=roles.givable(actor(), organisation.kind) if manager else (),
        labels=labels,
    )


@bp.get("/organisaties/<uuid:organisation_id>/mensen/uitnodigen")
@manages
def invite_form(organisation: Organisation) -> Response:
    """Who, as what, from when."""
    return page("accounts/invite.html", form=_invitation_form(organisation), **_invite_words(organisation))


@bp.post("/organisaties/<uuid:organisation_id>/mensen/uitnodigen")
@manages
def invite(organisation: Organisation) -> Response:
    """Send the invitation."""
    form = _invitation_form(organisation)
    if form.submitted():
        sent = form.data
        with saving(form, labels.in_words):
            invited = invitations.invite(
                organisation,
                name=sent["name"],
                email=sent["email"],
                kind=sent["kind"],
                begins_on=sent["begins_on"],
                ends_on=sent["ends_on"],
                by=actor(),
            )
            told = (
                _("The people who work there are asked first. After their yes the invitation goes out.")
                if invited.needs_yes
                else _("The invitation is on its way.")
            )
            return changed(_people_of(organisation.id), message=told)
    return form_page("accounts/invite.html", form, **_invite_words(organisation))


def _invitation(organisation_id: uuid.UUID, invitation_id: uuid.UUID) -> Invitation | None:
    found = queries.invitation(organisation_id, invitation_id)
    return house.note_on(found) if found else None


@bp.post("/organisaties/<uuid:organisation_id>/uitnodigingen/<uuid:invitation_id>/opnieuw")
@requires(Can.MANAGE_SEATS, sees=Can.LOOK_AROUND, of=_invitation, fresh=True)
def resend_invitation(invitation: Invitation) -> Response:
    """Send the mail once more."""
    Form().refuse_unknown()
    invitations.resend(invitation, by=actor())
    return changed(_people_of(invitation.organisation_id), message=_("The mail is on its way once more."))


@bp.post("/organisaties/<uuid:organisation_id>/uitnodigingen/<uuid:invitation_id>/intrekken")
@requires(Can.MANAGE_SEATS, sees=Can.LOOK_AROUND, of=_invitation, fresh=True)
def withdraw_invitation(invitation: Invitation) -> Response:
    """Take it back."""
    Form().refuse_unknown()
    invitations.withdraw(invitation, by=actor())
    return changed(
        _people_of(invitation.organisation_id), message=_("The invitation is taken back. Its link no longer works.")
    )


@bp.post("/organisaties/<uuid:organisation_id>/uitnodigingen/<uuid:invitation_id>/ja")
@requires(Can.AGREE_TO_SEAT, sees=Can.LOOK_AROUND, of=_invitation, fresh=True)
def agree_to_seat(invitation: Invitation) -> Response:
    """Say yes to somebody whom an outsider wants to invite here."""
    Form().refuse_unknown()
    invitations.agree(invitation, by=actor())
    return changed(_people_of(invitation.organisation_id), message=_("Good. The invitation is on its way."))


@bp.post("/organisaties/<uuid:organisation_id>/uitnodigingen/<uuid:invitation_id>/nee")
@requires(Can.AGREE_TO_SEAT, sees=Can.LOOK_AROUND, of=_invitation, fresh=True)
def decline_seat(invitation: Invitation) -> Response:
    """Say no to it."""
    Form().refuse_unknown()
    invitations.decline(invitation, by=actor())
    return changed(_people_of(invitation.organisation_id), message=_("Noted. Nobody gets a mail."))


def _seat(organisation_id: uuid.UUID, seat_id: uuid.UUID) -> Function | None:
    return queries.seat(organisation_id, seat_id)


@bp.get("/organisaties/<uuid:organisation_id>/mensen/<uuid:seat_id>")
@requires(Can.MANAGE_SEATS, sees=Can.LOOK_AROUND, of=_seat, fresh=True)
def seat(seat: Function) -> Response:
    """When this function ends."""
    if not roles.may_give(actor(), seat.kind, seat.organisation.kind):
        abort(403)
    return page("accounts/seat.html", form=_end_form(seat), **_seat_words(seat))


@bp.post("/organisaties/<uuid:organisation_id>/mensen/<uuid:seat_id>")
@requires(Can.MANAGE_SEATS, sees=Can.LOOK_AROUND, of=_seat, fresh=True)
def end_seat(seat: Function) -> Response:
    """Let it end on a day, or go on after all."""
    form = _end_form(seat)
    if form.submitted():
        with saving(form, labels.in_words):
            if form.ends_on.data is None:
                seats.go_on(seat, by=actor())
                return changed(_people_of(seat.organisation_id), message=_("Good. The function goes on."))
            seats.end(seat, last_day=form.ends_on.data, by=actor())
            return changed(_people_of(seat.organisation_id), message=_("The last day is noted."))
    return form_page("accounts/seat.html", form, **_seat_words(seat))


@bp.post("/organisaties/<uuid:organisation_id>/mensen/<uuid:seat_id>/nu")
@requires(Can.MANAGE_SEATS, sees=Can.LOOK_AROUND, of=_seat, fresh=True)
def end_seat_now(seat: Function) -> Response:
    """Let it end at once."""
    Form().refuse_unknown()
    form, back = _end_form(seat, formdata=None), _people_of(seat.organisation_id)
    with saving(form, labels.in_words):
        seats.end(seat, last_day=None, by=actor())
    if form.is_refused:
        return form_page("accounts/seat.html", form, **_seat_words(seat))
    return changed(back, message=_("The function has ended. It no longer opens anything."))


def _end_form(seat: Function, **given: Any) -> EndSeatForm:
    """Whoever is of the house may also let a function go on that ends already."""
    if seat.ends_on is None or house.is_outside(actor(), seat.organisation_id, seat.kind):
        return EndSeatForm(**given)
    return MoveEndForm(ends_on=seat.ends_on, **given)


def _seat_words(seat: Function) -> dict[str, Any]:
    return {
        "seat": seat,
        "labels": labels,
        "outside": house.is_outside(actor(), seat.organisation_id, seat.kind),
        "own": seat.person_id == actor().person_id,
        "alone": house.is_alone(seat),
    }


def _invitation_form(organisation: Organisation) -> InvitationForm:
    if not roles.givable(actor(), organisation.kind):
        abort(403)
    return InvitationForm(by=actor(), at=organisation.kind)


def _invite_words(organisation: Organisation) -> dict[str, Any]:
    kinds = roles.givable(actor(), organisation.kind)
    return {
        "organisation": organisation,
        "outside": not actor().holds(*SPEAKING, at=organisation.id),
        "somebody_works_there": house.has_people(organisation.id),
        "meanings": {kind.value: word(FUNCTION_MEANINGS[kind]) for kind in kinds},
        "pictures": {kind.value: labels.FUNCTION_ICONS[kind] for kind in kinds},
    }


def _people_of(organisation_id: uuid.UUID) -> str:
    return url_for("accounts.people", organisation_id=organisation_id)
