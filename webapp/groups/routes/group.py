"""The list of groups, starting one, its home, and what it says of itself."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.groups import actions, guests, home, items, queries
from webapp.groups.forms import GroupForm, JoinForm
from webapp.groups.labels import in_words
from webapp.groups.lifecycle import RequestStatus
from webapp.groups.models import WorkingGroup
from webapp.groups.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web import numbers
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.paging import behind, cut
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

HOME_ITEMS = 5


@bp.get("/werkgroepen")
@requires(Can.USE_OWN_ACCOUNT)
def index() -> Response:
    """The groups that somebody may know of: their own first."""
    me = actor()
    listed = cut(
        queries.groups(me, behind(request.args.get("na"), str)), lambda row: (row.name, row.id), queries.PAGE_SIZE
    )
    next_url = url_for("groups.index", na=listed.next) if listed.next else ""
    mine = [row for row in listed.rows if row.is_mine]
    others = [row for row in listed.rows if not row.is_mine]
    places = guests.of_person(me.person_id) if me.person_id else ()
    return page("groups/index.html", mine=mine, others=others, next_url=next_url, places=places)


@bp.route("/werkgroepen/nieuw", methods=["GET", "POST"])
@requires(Can.START_GROUP)
def start() -> Response:
    """Start a group."""
    form = GroupForm()
    if not form.submitted():
        return form_page("groups/start.html", form)
    group = actions.start(form.about(), by=actor())
    return changed(_to(group), message=_("Your group is there. Now add who sits in it."))


@bp.get("/werkgroepen/<uuid:group_id>")
@requires(Can.SEE_GROUP, of=queries.group)
def show(group: WorkingGroup) -> Response:
    """The home of a group; for whoever may not read along, what it is for and who leads it."""
    return page("groups/show.html", **_shown(group))


def _shown(group: WorkingGroup, form: JoinForm | None = None) -> dict[str, Any]:
    reads = can(actor(), Can.READ_GROUP, group)
    shown: dict[str, Any] = {"group": group, "reads": reads, "items": (), "blocks": ()}
    if can(actor(), Can.ASK_TO_JOIN, group):
        shown["asked"] = numbers.around(queries.asked_at(group, actor())).get(queries.ASKED_TO_JOIN)
        shown["form"] = form or JoinForm(formdata=None)
    if reads:
        shown["items"], shown["count"] = items.first_of_group(group, HOME_ITEMS)
        shown["blocks"] = home.blocks(group)
    return shown


@bp.route("/werkgroepen/<uuid:group_id>/bewerken", methods=["GET", "POST"])
@requires(Can.LEAD_GROUP, sees=Can.SEE_GROUP, of=queries.group)
def edit(group: WorkingGroup) -> Response:
    """Say anew what a group is for."""
    form = GroupForm(obj=group)
    if form.submitted():
        with saving(form, in_words, group):
            actions.edit(group, form.about(), by=actor(), version=form.version.data)
            return changed(_to(group), message=_("Saved."))
    return form_page("groups/edit.html", form, group=group)


@bp.post("/werkgroepen/<uuid:group_id>/aansluiten")
@requires(Can.ASK_TO_JOIN, sees=Can.SEE_GROUP, of=queries.group)
def ask_to_join(group: WorkingGroup) -> Response:
    """Ask to sit in an open group."""
    form = JoinForm()
    if form.submitted():
        actions.ask_to_join(group, form.words.data or "", by=actor())
        return changed(_to(group), message=_("Asked. You hear as soon as the group answers."))
    return form_page("groups/show.html", form, **_shown(group, form))


@bp.post("/werkgroepen/<uuid:group_id>/toch-niet")
@requires(Can.ASK_TO_JOIN, sees=Can.SEE_GROUP, of=queries.group)
def take_back(group: WorkingGroup) -> Response:
    """Not joining after all."""
    Form().refuse_unknown()
    found = queries.request_of(group, actor().person_id)
    if found and found.status is RequestStatus.ASKED:
        actions.take_back(found, by=actor())
    return changed(_to(group), message=_("Taken back."))


def _to(group: WorkingGroup) -> str:
    return url_for("groups.show", group_id=group.id)
