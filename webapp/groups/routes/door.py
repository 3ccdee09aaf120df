"""The ways into a group from outside: a link with its QR code, guests of one thing, and a guest's own way back."""

import uuid
from typing import Any

from flask import Response, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.accounts import joining as accounts
from webapp.core.errors import Invalid
from webapp.groups import guests, home, hosting, joining
from webapp.groups import queries as groups
from webapp.groups.codes import GuestOf, Visibility
from webapp.groups.forms import GuestLinkForm, LastDayForm, LinkForm
from webapp.groups.labels import GUEST_LABELS, in_words
from webapp.groups.models import Guest, WorkingGroup
from webapp.groups.routes.blueprint import bp
from webapp.groups.routes.inviting import asked
from webapp.policy.permissions import Can
from webapp.web import qr as qr_codes
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

opens = requires(Can.LEAD_GROUP, sees=Can.SEE_GROUP, of=groups.group, surely=True)
hosts = requires(Can.LEAD_GROUP, sees=Can.SEE_GROUP, of=guests.guest)


@bp.get("/werkgroepen/<uuid:group_id>/link")
@opens
def link(group: WorkingGroup) -> Response:
    """The link into the group with its QR code, how long it works, and for how many."""
    return page("groups/link.html", group=group, form=LinkForm(formdata=None, days=7, cap=20), **_link(group))


@bp.post("/werkgroepen/<uuid:group_id>/link")
@opens
def make_link(group: WorkingGroup) -> Response:
    """A new link; the one from before stops working."""
    form = LinkForm()
    if form.submitted():
        joining.make(group, days=form.days.data, cap=form.cap.data, by=actor())
        return changed(url_for("groups.link", group_id=group.id), message=_("The link is ready."))
    return form_page("groups/link.html", form, group=group, **_link(group))


@bp.post("/werkgroepen/<uuid:group_id>/link/stoppen")
@opens
def end_link(group: WorkingGroup) -> Response:
    """Let it stop working at once; with a thing, the link for its guests."""
    Form().refuse_unknown()
    of, thing_id, _thing = asked(group)
    joining.end(group, thing_id, by=actor())
    to = _to_guests(group, of, thing_id) if of else url_for("groups.link", group_id=group.id)
    return changed(to, message=_("The link no longer works."))


@bp.get("/werkgroepen/<uuid:group_id>/gasten")
@opens
def guest_list(group: WorkingGroup) -> Response:
    """Who is a guest of something in the group; on the way from a thing, also the link for its guests."""
    return page("groups/guests.html", **_guests(group))


@bp.post("/werkgroepen/<uuid:group_id>/gasten")
@opens
def invite_guests(group: WorkingGroup) -> Response:
    """A link by which people become guests of one thing."""
    of, thing_id, thing = asked(group)
    form = GuestLinkForm()
    form.is_refused = thing is None  # it is gone
    if form.submitted() and of and thing_id and thing and form.until.data:
        with saving(form, lambda errors: {"until": in_words(errors)["ends_on"]}):
            joining.make_for_guests(
                group, of, thing_id, form.until.data, days=form.days.data, cap=form.cap.data, by=actor()
            )
            return changed(_to_guests(group, of, thing_id), message=_("The link is ready."))
    return form_page("groups/guests.html", form, **_guests(group, form))


def _to_guests(group: WorkingGroup, of: GuestOf | None = None, thing_id: uuid.UUID | None = None) -> str:
    return url_for("groups.guest_list", group_id=group.id, van=of, wat=thing_id)


def _guests(
    group: WorkingGroup, form: GuestLinkForm | None = None, day: tuple[uuid.UUID, LastDayForm] | None = None
) -> dict[str, Any]:
    of, thing_id, thing = asked(group)
    rows = guests.of_group(group)
    days = {row.id: LastDayForm(formdata=None, ends_on=row.ends_on) for row in rows} | dict([day] if day else ())
    for guest_id, one in days.items():
        one.ends_on.id = f"ends_on-{guest_id}"
    known = [(row, _title(row.of, row.thing_id), days[row.id]) for row in rows]
    form = form or GuestLinkForm(formdata=None, days=7, cap=10, until=thing.last_day if thing else None)
    return {"group": group, "of": of, "thing_id": thing_id, "thing": thing, "known": known, "form": form} | (
        _link(group, thing_id) if thing else {"row": None}
    )


def _title(of: GuestOf, thing_id: uuid.UUID) -> str:
    found = home.thing(of, thing_id)
    return found.title if found else word(GUEST_LABELS[of])


def _link(group: WorkingGroup, thing_id: uuid.UUID | None = None) -> dict[str, Any]:
    row = joining.link_of(group, thing_id)
    if row is None:
        return {"row": None}
    url = url_for("accounts.follow_join_link", token=accounts.token_of(row), _external=True)
    return {"row": row, "url": url, "qr": qr_codes.code(url), "is_secret": group.visibility is Visibility.CONFIDENTIAL}


@bp.post("/werkgroepen/gasten/<uuid:guest_id>/lid")
@hosts
def make_member(row: Guest) -> Response:
    """A guest sits in the group from now on."""
    Form().refuse_unknown()
    try:
        hosting.make_member(row, by=actor())
    except Invalid:
        hosting.end(row, by=actor())
    return changed(_to_guests(row.group), message=_("Welcome! They sit in the group from now on."))


@bp.post("/werkgroepen/gasten/<uuid:guest_id>/tot")
@hosts
def prolong_guest(row: Guest) -> Response:
    """Another last day for a guest."""
    form = LastDayForm()
    if form.submitted() and form.ends_on.data:
        with saving(form, in_words):
            hosting.prolong(row, form.ends_on.data, by=actor())
            return changed(_to_guests(row.group), message=_("Saved."))
    return form_page("groups/guests.html", form, **_guests(row.group, day=(row.id, form)))


@bp.post("/werkgroepen/gasten/<uuid:guest_id>/einde")
@hosts
def end_guest(row: Guest) -> Response:
    """Somebody is a guest no longer."""
    Form().refuse_unknown()
    hosting.end(row, by=actor())
    return changed(_to_guests(row.group), message=_("They are no guest any more. What they wrote stays."))


@bp.get("/te-gast/<uuid:guest_id>")
@requires(Can.BE_GUEST, of=guests.guest)
def as_guest(row: Guest) -> ResponseReturnValue:
    """A guest's way to what they were invited to; after the last day, what happened to it."""
    thing = home.thing(row.of, row.thing_id)
    if row.is_over or thing is None:
        return make_response(page("groups/guest_over.html", row=row, title=thing.title if thing else ""))
    return redirect(thing.url, 303)
