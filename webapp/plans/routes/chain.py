"""The chain through a part of a plan, and linking it to what groups talked about and decided, and to lessons."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.core.errors import Invalid
from webapp.plans import belonging, linking, neighbours
from webapp.plans.codes import Link
from webapp.plans.forms.linking import LinkForm, LookForm, UnlinkForm
from webapp.plans.labels import LINK_ICONS, LINK_LABELS, in_words
from webapp.plans.neighbours import Knot
from webapp.plans.routes.blueprint import bp, link_url
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.beside import Beside, Found
from webapp.web.forms import as_id
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.get("/plannen/ketting/<uuid:part_id>")
@requires(Can.SEE_PLAN, of=neighbours.knot)
def chain(knot: Knot) -> Response:
    """The whole chain through a barrier, a goal or an action."""
    return page("plans/chain.html", **_shown(knot))


def _shown(knot: Knot, form: LinkForm | None = None, words: str = "") -> dict[str, Any]:
    shown: dict[str, Any] = {"knot": knot, "plan": knot.plan, "chain": neighbours.around(knot.kind, knot.id)}
    if can(actor(), Can.DO_PLANNED, knot):
        shown |= linkable((Link.DECISION, Link.LESSON, Link.TOPIC), form, words)
    return shown


KINDS = {Link.DECISION: _l("a decision"), Link.ACTION: _l("an action"), Link.TOPIC: _l("an agenda item")}


def linkable(kinds: Sequence[Link], form: LinkForm | None, words: str) -> dict[str, Any]:
    """What of these kinds can be linked, to choose from: the newest, or those with these words in them."""
    rows = neighbours.choices(actor(), words)
    found = {kind: [row for row in rows if row.kind == kind] for kind in kinds}
    form = form or LinkForm(formdata=None)
    form.thing.choices = _choices(found)
    return {
        "form": form,
        "look": LookForm(formdata=None, words=words),
        "is_found": any(found.values()),
        "has_more": any(len(some) >= neighbours.MOST_CHOICES for some in found.values()),
    }


def _choices(found: dict[Link, list[Any]]) -> dict[str, list[tuple[str, str]]]:
    """What can be linked, under the heading of its kind."""
    named = {word(LINK_LABELS[kind]): [_choice(row) for row in some] for kind, some in found.items() if some}
    return {"": [("", _("Choose"))], **named}


def _choice(row: Any) -> tuple[str, str]:
    return f"{row.kind}.{row.id}", f"{row.title} ({row.group})" if row.group else row.title


@bp.post("/plannen/ketting/<uuid:part_id>")
@requires(Can.DO_PLANNED, sees=Can.SEE_PLAN, of=neighbours.knot)
def link(knot: Knot) -> Response:
    """Link a part of a plan to a topic, a decision or a lesson."""
    form = LinkForm()
    if form.submitted():
        with saving(form, in_words):
            linking.link(knot, *chosen(form.thing.data), by=actor())
            return changed(_to(knot), message=_("Linked. It shows on both sides."))
    return form_page("plans/chain.html", form, **_shown(knot, form))


def chosen(code: str | None) -> tuple[Link, uuid.UUID]:
    """What was chosen in such a form, or Invalid."""
    kind, _dot, to_id = (code or "").partition(".")
    try:
        return Link(kind), uuid.UUID(to_id)
    except ValueError:
        raise Invalid({"thing": "cannot_be_linked"}) from None


@bp.route("/plannen/ketting/<uuid:part_id>/zoek", methods=["GET", "POST"])
@requires(Can.DO_PLANNED, sees=Can.SEE_PLAN, of=neighbours.knot)
def look_for_link(knot: Knot) -> Response:
    """Look for an older topic, decision or lesson. Posted, so that what was looked for stands in no address or log;
    whoever comes back to it finds the chain."""
    if request.method == "GET":
        return changed(_to(knot))
    form = LookForm()
    if form.submitted():
        return page("plans/chain.html", **_shown(knot, words=form.words.data or ""))
    return form_page("plans/chain.html", form, **_shown(knot) | {"look": form})


@bp.post("/plannen/ketting/<uuid:part_id>/los")
@requires(Can.DO_PLANNED, sees=Can.SEE_PLAN, of=neighbours.knot)
def unlink(knot: Knot) -> Response:
    """Take a link away."""
    form = UnlinkForm()
    if not (form.submitted() and (thing_id := as_id(form.thing.data))):
        abort(400)
    linking.unlink(knot, thing_id, by=actor())
    return changed(_to(knot), message=_("Not linked any more."))


def _to(knot: Knot) -> str:
    return url_for("plans.chain", part_id=knot.id)


def beside(thing_ids: Sequence[uuid.UUID], who: Actor) -> Found:
    """What the chain has beside things of other areas, for whoever reads plans."""
    if not can(who, Can.SEE_PLAN):
        return {}
    return {one: [_beside(row) for row in rows] for one, rows in belonging.of(thing_ids, who).items()}


def _beside(row: Any) -> Beside:
    kind = Link(row.kind)
    of_group = kind is Link.ACTION and not row.plan
    href = url_for("groups.item", item_id=row.id) if of_group else link_url(kind, row)
    return Beside(row.title, _line(row), href, LINK_ICONS[kind], is_before=row.is_before)


def _line(row: Any) -> str:
    if row.plan:
        return _("in the plan %(plan)s", plan=row.plan)
    if row.kind == Link.LESSON:
        return _("a lesson that goes with it") if row.is_linked else _("a lesson that came of it")
    return word(KINDS[Link(row.kind)])
