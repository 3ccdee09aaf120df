"""Inviting one person by mail, following up on it, and the page where whoever was invited says yes or no thanks."""

import uuid

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.core.errors import Conflict
from webapp.groups import home, invited, inviting
from webapp.groups import queries as groups
from webapp.groups.codes import GroupRole, GuestOf
from webapp.groups.forms import InviteForm, InviteGuestForm, YesForm
from webapp.groups.labels import in_words
from webapp.groups.models import GroupInvitation, WorkingGroup
from webapp.groups.routes.blueprint import bp
from webapp.groups.routes.keeper import place_in
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, invalid
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

leads = requires(Can.LEAD_GROUP, sees=Can.SEE_GROUP, of=groups.group)
follows_up = requires(Can.LEAD_GROUP, sees=Can.SEE_GROUP, of=invited.invitation)
answers = requires(Can.ANSWER_INVITATION, of=invited.for_answer)


@bp.route("/werkgroepen/<uuid:group_id>/uitnodigen", methods=["GET", "POST"])
@leads
def invite(group: WorkingGroup) -> Response:
    """Invite one person by mail; on the way from a meeting or conversation, as its guest."""
    of, thing_id, thing = asked(group)
    until = thing.last_day if thing else None
    form = InviteGuestForm(ends_on=until) if thing else InviteForm(role=GroupRole.MEMBER)
    if form.submitted():
        with saving(form, in_words):
            if isinstance(form, InviteForm):
                inviting.invite(group, form.invited(), by=actor())
            elif of and thing_id:
                inviting.invite(group, form.invited(of, thing_id), by=actor())
            return changed(_to(group), message=_("The invitation is on its way."))
    return form_page("groups/invite.html", form, group=group, of=of, thing_id=thing_id, thing=thing)


def asked(group: WorkingGroup) -> tuple[GuestOf | None, uuid.UUID | None, home.Thing | None]:
    """The thing of this group for which guests are invited, when the address names one."""
    try:
        of, thing_id = GuestOf(request.args.get("van", "")), uuid.UUID(request.args.get("wat", ""))
    except ValueError:
        return None, None, None
    found = home.thing(of, thing_id)
    return (of, thing_id, found) if found and found.group_id == group.id else (None, None, None)


@bp.post("/werkgroepen/uitnodigingen/<uuid:group_invitation_id>/opnieuw")
@follows_up
def invite_again(row: GroupInvitation) -> Response:
    """Send an invitation once more."""
    Form().refuse_unknown()
    inviting.again(row, by=actor())
    return changed(_to(row.group), message=_("The invitation is on its way again."))


@bp.post("/werkgroepen/uitnodigingen/<uuid:group_invitation_id>/intrekken")
@follows_up
def withdraw_invitation(row: GroupInvitation) -> Response:
    """Take an invitation back."""
    Form().refuse_unknown()
    inviting.withdraw(row, by=actor())
    return changed(_to(row.group), message=_("The invitation is taken back; its link no longer works."))


def _to(group: WorkingGroup) -> str:
    return url_for("groups.members", group_id=group.id)


@bp.get("/werkgroepen/uitgenodigd/<uuid:group_invitation_id>")
@answers
def answer(row: GroupInvitation) -> ResponseReturnValue:
    """Which group it is, who invites, and two buttons. Whoever said yes already goes to the group."""
    if row.accepted_at:
        return redirect(_place(row), 303)
    return _shown(row, _yes(row)) if row.waits else _over()


def _place(row: GroupInvitation) -> str:
    person_id = actor().person_id
    return place_in(row.group_id, row.thing_id, person_id) if person_id else url_for("groups.index")


def _yes(row: GroupInvitation) -> YesForm:
    form = YesForm()
    form.offer(invited.places(row), row.organisation_id)
    return form


def _shown(row: GroupInvitation, form: YesForm) -> Response:
    thing = home.thing(row.of, row.thing_id) if row.of and row.thing_id else None
    return form_page("groups/invited.html", form, row=row, group=row.group, thing=thing)


def _over() -> Response:
    text = _("An invitation works for 14 days, or until it is taken back. Ask whoever invited you for a new one.")
    title = _("This invitation no longer works")
    return invalid("accounts/link_over.html", status=410, title=title, text=text)


@bp.post("/werkgroepen/uitgenodigd/<uuid:group_invitation_id>")
@answers
def say_yes(row: GroupInvitation) -> Response:
    """Yes: a member, or a guest."""
    form = _yes(row)
    if not row.waits:
        return changed(_place(row)) if row.accepted_at else _over()
    if form.submitted():
        with saving(form, in_words):
            inviting.accept(row, form.chosen(), by=actor())
            return changed(_place(row), message=_("Welcome! Nice that you take part."))
    return _shown(row, form)


@bp.post("/werkgroepen/uitgenodigd/<uuid:group_invitation_id>/nee")
@answers
def say_no(row: GroupInvitation) -> Response:
    """No thanks; no reason is asked."""
    Form().refuse_unknown()
    try:
        inviting.decline(row, by=actor())
    except Conflict:
        return _over()
    return changed(url_for("today.today"), message=_("Fine, thank you for saying so."))
