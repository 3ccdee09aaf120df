"""An action answered from the mail: done, a week later, or it doesn't work out. Each is a page with one button; reading
it answers nothing. Whoever is signed in and sits in the group may come here too."""

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.core import links
from webapp.core.errors import Conflict
from webapp.groups import carrying, items
from webapp.groups.forms import UnableForm
from webapp.groups.lifecycle import WAITING_FOR_HANDS, ItemStatus
from webapp.groups.models import ActionItem
from webapp.groups.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.forms import VersionedForm
from webapp.web.guard import requires
from webapp.web.links import follow, followed
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page
from webapp.web.who import actor

PAGES = {"klaar": "groups.say_done", "later": "groups.say_later", "lukt-niet": "groups.say_unable"}


@bp.get("/g/<token>")
@requires(Can.SIGN_IN)
def follow_action(token: str) -> ResponseReturnValue:
    """The link in the reminder: the token leaves the address bar at once, and nothing is answered."""
    link = links.find(links.Purpose.ACTION, token)
    item = items.item(link.subject_id) if link else None
    if link is None or item is None:
        return invalid("groups/link_over.html", status=404)
    if not link.works or link.person_id not in item.group.member_ids | item.carrier_ids:
        return invalid("groups/link_over.html", status=410)
    follow(link)
    return redirect(url_for(PAGES.get(request.args.get("wat", ""), "groups.answer_item"), item_id=item.id), 303)


def link_over() -> Response | None:
    """The page stayed open and its link has ended since. Whoever had no link may sign in."""
    ended = followed(links.Purpose.ACTION, (request.view_args or {})["item_id"])
    return invalid("groups/link_over.html", status=410) if ended else None


@bp.get("/werkgroepen/acties/<uuid:item_id>/antwoord")
@requires(Can.ANSWER_ACTION, of=items.item, by_link=link_over)
def answer_item(item: ActionItem) -> Response:
    """Where an action stands now, and what this reader can still say about it."""
    return page("groups/answer.html", **_about(item))


@bp.route("/werkgroepen/acties/<uuid:item_id>/antwoord/klaar", methods=["GET", "POST"])
@requires(Can.ANSWER_ACTION, of=items.item, by_link=link_over)
def say_done(item: ActionItem) -> ResponseReturnValue:
    """It is done."""
    form = VersionedForm(version=item.version)
    return _step(item, form, "klaar", lambda by: carrying.move(item, ItemStatus.DONE, by=by, version=form.version.data))


@bp.route("/werkgroepen/acties/<uuid:item_id>/antwoord/later", methods=["GET", "POST"])
@requires(Can.ANSWER_ACTION, of=items.item, by_link=link_over)
def say_later(item: ActionItem) -> ResponseReturnValue:
    """It takes a week more."""
    form = VersionedForm(version=item.version)
    words = _("A week later, in answer to the reminder.")
    return _step(item, form, "later", lambda by: carrying.put_off(item, words, by=by, version=form.version.data))


@bp.route("/werkgroepen/acties/<uuid:item_id>/antwoord/lukt-niet", methods=["GET", "POST"])
@requires(Can.ANSWER_ACTION, of=items.item, by_link=link_over)
def say_unable(item: ActionItem) -> ResponseReturnValue:
    """It doesn't work out: the action looks for somebody else."""
    form = UnableForm(version=item.version)
    why = _("This doesn't work out for me.")
    words, version = form.words.data or why, form.version.data
    return _step(item, form, "lukt-niet", lambda by: carrying.let_go(item, words, why, by=by, version=version))


def _step(item: ActionItem, form: VersionedForm, way: str, act: Callable[[Any], None]) -> ResponseReturnValue:
    """Show a page with one button, or do what it says; what changed meanwhile is shown instead."""
    here = url_for("groups.answer_item", item_id=item.id)
    if form.submitted():
        try:
            act(actor().carrying(item))
        except Conflict:
            return invalid("groups/answer.html", status=409, **_about(item, is_stale=True))
        return changed(here, message=_("Thank you."))
    if not form.errors and not _is_theirs(item):
        return redirect(here, 303)
    return form_page("groups/answer_one.html", form, **_about(item), way=way)


def _is_theirs(item: ActionItem) -> bool:
    """Whether the reader carries this action, and it is still to be done."""
    return item.status in WAITING_FOR_HANDS and actor().carrying(item).person_id in item.carrier_ids


def _about(item: ActionItem, *, is_stale: bool = False) -> dict[str, Any]:
    return {
        "item": item,
        "is_stale": is_stale,
        "group": item.group,
        "is_theirs": _is_theirs(item),
        "pages": {way: url_for(endpoint, item_id=item.id) for way, endpoint in PAGES.items()},
        "host": {"name": item.group.name, "icon": item.group.icon, "side": "zon"},
    }
