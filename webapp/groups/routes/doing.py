"""What a group set itself to do: the list, writing one down, one with its story, moving it on."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.groups import carrying, home, items, owning, queries
from webapp.groups.forms import ItemForm, MoveForm
from webapp.groups.labels import in_words, is_carried
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.groups.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web import beside
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

MOST_DONE = 20


@bp.get("/werkgroepen/<uuid:group_id>/acties")
@requires(Can.READ_GROUP, sees=Can.SEE_GROUP, of=queries.group)
def doing(group: WorkingGroup) -> Response:
    """What a group set itself to do: what nobody carries yet on its own, then the rest, then what is done."""
    return page("groups/doing.html", **_listed(group))


def _listed(group: WorkingGroup, form: ItemForm | None = None) -> dict[str, Any]:
    form = form or ItemForm(formdata=None)
    form.offer(group)
    is_open = items.of_group(group)
    return {
        "group": group,
        "form": form,
        "of_nobody": [row for row in is_open if not is_carried(row)],
        "carried": [row for row in is_open if is_carried(row)],
        "done": items.of_group(group, is_open=False, most=MOST_DONE),
    }


@bp.post("/werkgroepen/<uuid:group_id>/acties")
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=queries.group)
def add(group: WorkingGroup) -> Response:
    """Write an action down."""
    form = ItemForm()
    if form.submitted():
        with saving(form, in_words):
            carrying.add(group, form.wanted(), by=actor())
            return changed(url_for("groups.doing", group_id=group.id), message=_("Written down."))
    return form_page("groups/doing.html", form, **_listed(group, form))


@bp.get("/werkgroepen/acties/<uuid:item_id>")
@requires(Can.READ_ACTION, sees=Can.SEE_GROUP, of=items.item)
def item(item: ActionItem) -> Response:
    """One action: where it stands, what was said, and moving it on."""
    return page("groups/item.html", **_shown(item))


def _shown(item: ActionItem, **forms: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "item": item,
        "group": item.group,
        "notes": items.notes(item),
        "larger": home.larger(item.plan_id),
        "belongings": beside.of([item.id], actor()).get(item.id),
        "move_form": MoveForm(formdata=None, status=item.status, version=item.version),
        "edit_form": ItemForm(formdata=None, title=item.title, due_on=item.due_on, version=item.version),
        "mine_code": "" if owning.of(item) else _myself(item.group),
    } | forms
    shown["edit_form"].offer(item.group, item)
    return shown


def _myself(group: WorkingGroup) -> str:
    """Who reads this, as a form of actions names them; empty for whoever sits elsewhere."""
    mine = (row for row in group.members if row.person_id == actor().person_id)
    return next((owning.Owner(row.organisation_id, row.person_id).code for row in mine), "")


@bp.post("/werkgroepen/acties/<uuid:item_id>/stand")
@requires(Can.ANSWER_ACTION, sees=Can.SEE_GROUP, of=items.item)
def move(item: ActionItem) -> Response:
    """Say where an action stands now."""
    form = MoveForm()
    if form.submitted():
        with saving(form, in_words, item):
            carrying.move(item, form.status.data, form.words.data or "", by=actor(), version=form.version.data)
            return changed(_to(item), message=_("Saved."))
    return form_page("groups/item.html", form, **_shown(item, move_form=form))


@bp.post("/werkgroepen/acties/<uuid:item_id>/klaar")
@requires(Can.ANSWER_ACTION, sees=Can.SEE_GROUP, of=items.item)
def finish(item: ActionItem) -> Response:
    """Done, in one tap; another tap takes it back."""
    Form().refuse_unknown()
    carrying.move(item, ItemStatus.DONE, by=actor())
    undo = url_for("groups.reopen", item_id=item.id)
    return changed(_list_of(item), message=_("Done. Nice work."), undo=undo)


@bp.post("/werkgroepen/acties/<uuid:item_id>/heropenen")
@requires(Can.ANSWER_ACTION, sees=Can.SEE_GROUP, of=items.item)
def reopen(item: ActionItem) -> Response:
    """Not done after all."""
    Form().refuse_unknown()
    if item.status is ItemStatus.DONE:
        carrying.move(item, ItemStatus.MOVING, by=actor())
    return changed(_list_of(item), message=_("Open again."))


@bp.post("/werkgroepen/acties/<uuid:item_id>/bewerken")
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=items.item)
def edit_item(item: ActionItem) -> Response:
    """Change what an action says, who carries it, or the day."""
    form = ItemForm()
    if form.submitted():
        with saving(form, in_words, item):
            carrying.edit(item, form.wanted(), by=actor(), version=form.version.data)
            return changed(_to(item), message=_("Saved."))
    return form_page("groups/item.html", form, **_shown(item, edit_form=form))


def _to(item: ActionItem) -> str:
    return url_for("groups.item", item_id=item.id)


def _list_of(item: ActionItem) -> str:
    """The actions of its group; for whoever carries it without reading along there, the action itself."""
    reads = can(actor(), Can.READ_GROUP, item.group)
    return url_for("groups.doing", group_id=item.group_id) if reads else _to(item)
