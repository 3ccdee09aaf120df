"""Who sits in a group: adding, saying as what, letting go, leaving, and answering who asks to join."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.core.errors import Invalid
from webapp.groups import actions, invited, inviting, queries
from webapp.groups.codes import GroupRole
from webapp.groups.forms import LONGEST, AnswerForm, FindForm, RoleForm, SeatForm
from webapp.groups.labels import in_words
from webapp.groups.lifecycle import RequestStatus
from webapp.groups.models import JoinRequest, Membership, WorkingGroup
from webapp.groups.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.filters import line
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

SHORTEST = 2
"""So many letters are enough to look for somebody."""


@bp.get("/werkgroepen/<uuid:group_id>/leden")
@requires(Can.READ_GROUP, sees=Can.SEE_GROUP, of=queries.group)
def members(group: WorkingGroup) -> Response:
    """Who sits in a group, for which organisation and until when."""
    return page("groups/members.html", **_shown(group))


@bp.route("/werkgroepen/<uuid:group_id>/leden/zoek", methods=["GET", "POST"])
@requires(Can.LEAD_GROUP, sees=Can.SEE_GROUP, of=queries.group)
def find_person(group: WorkingGroup) -> Response:
    """Somebody of the network to invite. Posted, so that a name stands in no address or log."""
    find = FindForm()
    words = find.words.data or "" if find.submitted() else ""
    return invalid("groups/members.html", status=find.http_status, **_shown(group, words=words, find=find))


def _shown(
    group: WorkingGroup, form: SeatForm | None = None, words: str = "", find: FindForm | None = None
) -> dict[str, Any]:
    leads = can(actor(), Can.LEAD_GROUP, group)
    found = queries.candidates(group, words) if leads and len(words) >= SHORTEST else ()
    form = form or SeatForm(formdata=None, role=GroupRole.MEMBER, words=words)
    form.person.choices = [
        (f"{row.person_id}.{row.organisation_id}", f"{row.name}, {row.organisation}") for row in found
    ]
    find = find or FindForm(formdata=None, words=words)
    asking = queries.requests(group) if leads else ()
    shown = {"group": group, "form": form, "find": find, "found": found, "words": words, "asking": asking}
    return shown | {"invited": invited.of_group(group) if leads else ()}


@bp.post("/werkgroepen/<uuid:group_id>/leden")
@requires(Can.LEAD_GROUP, sees=Can.SEE_GROUP, of=queries.group)
def add_member(group: WorkingGroup) -> Response:
    """Invite somebody of the network to sit in the group."""
    form = SeatForm()
    shown = _shown(group, form, line(form.words.data or "", LONGEST))
    if form.submitted():
        with saving(form, in_words):
            inviting.invite_by_name(group, *form.chosen(), form.role.data, form.ends_on.data, by=actor())
            return changed(_to(group), message=_("The invitation is on its way."))
    return form_page("groups/members.html", form, **shown)


@bp.post("/werkgroepen/leden/<uuid:membership_id>/rol")
@requires(Can.LEAD_GROUP, sees=Can.SEE_GROUP, of=queries.membership)
def change_role(membership: Membership) -> Response:
    """Say what somebody is in the group."""
    form = RoleForm()
    if not form.submitted():
        return invalid("groups/members.html", **_shown(membership.group))
    actions.change_role(membership, form.role.data, by=actor())
    return changed(_to(membership.group), message=_("Saved."))


@bp.post("/werkgroepen/leden/<uuid:membership_id>/einde")
@requires(Can.LEAD_GROUP, sees=Can.SEE_GROUP, of=queries.membership)
def let_go(membership: Membership) -> Response:
    """Somebody sits in the group no longer."""
    Form().refuse_unknown()
    actions.end_membership(membership, by=actor())
    return changed(_to(membership.group), message=_("They don't sit in the group any more."))


@bp.post("/werkgroepen/<uuid:group_id>/verlaten")
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=queries.group)
def leave(group: WorkingGroup) -> Response:
    """Leave a group. What one took up stays with it."""
    Form().refuse_unknown()
    for row in group.members:
        own = queries.membership(row.id) if row.person_id == actor().person_id else None
        if own:
            actions.end_membership(own, by=actor())
    return changed(url_for("groups.index"), message=_("You left the group. Thank you for what you did there."))


@bp.post("/werkgroepen/aanvragen/<uuid:join_request_id>")
@requires(Can.LEAD_GROUP, of=queries.request)
def answer_request(asked: JoinRequest) -> Response:
    """Welcome somebody who asked to join, or say not now."""
    form = AnswerForm()
    if not form.submitted():
        return invalid("groups/members.html", **_shown(asked.group))
    welcome = form.answer.data is RequestStatus.WELCOME
    try:
        actions.answer_request(asked, welcome=welcome, by=actor())
    except Invalid:
        actions.answer_request(asked, welcome=False, by=actor())
        return changed(_to(asked.group), message=_("They have no function there any more, so they can't join now."))
    words = _("Welcome! They hear of it.") if welcome else _("They hear: not now.")
    return changed(_to(asked.group), message=words)


def _to(group: WorkingGroup) -> str:
    return url_for("groups.members", group_id=group.id)
