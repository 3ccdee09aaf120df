"""One tool: what it is for, its versions, who uses it; sharing it, and taking it off the shelf."""

import re
from typing import Any

from flask import Response, abort, url_for
from flask_babel import gettext as _

from webapp.core.papers import TYPES
from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.shelf import actions, queries
from webapp.shelf.forms import PaperForm, UseForm
from webapp.shelf.models import Tool, ToolFile
from webapp.shelf.routes.blueprint import bp
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.respond import changed, page
from webapp.web.who import actor

NOT_IN_NAMES = re.compile(r"[^\w -]+")


@bp.get("/gereedschap/<uuid:tool_id>")
@requires(Can.READ_GROUP, of=queries.tool)
def tool(tool: Tool) -> Response:
    """One tool."""
    return page("shelf/tool.html", **shown(tool, PaperForm(formdata=None)))


def shown(tool: Tool, form: PaperForm) -> dict[str, Any]:
    """What the page of a tool needs."""
    me, users = actor(), queries.users_of(tool, actor())
    mine = queries.my_groups(me) if can(me, Can.USE_TOOL, tool) else ()
    used_by = {row.organisation_id or row.group_id for row in users}
    return {
        "tool": tool,
        "group": tool.group,
        "form": form,
        "versions": () if tool.is_link else queries.files_of(tool),
        "users": users,
        "user_lines": [(row.icon or "building-2", row.name) for row in users],
        "we_use": me.organisation_id in used_by,
        "my_groups": [(row.id, row.name, row.id in used_by) for row in mine],
    }


@bp.get("/gereedschap/bestanden/<uuid:tool_file_id>")
@requires(Can.READ_GROUP, of=queries.file)
def download(found: ToolFile) -> Response:
    """A file, to be saved. It is called as its tool is, never as whoever brought it called it."""
    response = Response(actions.hand_out(found, by=actor()), content_type=TYPES[found.kind])
    title = NOT_IN_NAMES.sub(" ", found.tool.title).strip() or _("file")
    return as_download(response, f"{title} {found.number}.{found.kind.value}")


@bp.post("/gereedschap/<uuid:tool_id>/delen")
@requires(Can.SHARE_TOOL, sees=Can.READ_GROUP, of=queries.tool)
def share(tool: Tool) -> Response:
    """Put it on the shelf of the network."""
    Form().refuse_unknown()
    actions.share(tool, by=actor())
    undo = url_for("shelf.unshare", tool_id=tool.id)
    return changed(to(tool), message=_("It's on the shelf of the network now."), undo=undo)


@bp.post("/gereedschap/<uuid:tool_id>/niet-delen")
@requires(Can.TAKE_PART, sees=Can.READ_GROUP, of=queries.tool)
def unshare(tool: Tool) -> Response:
    """Keep it for the group again."""
    Form().refuse_unknown()
    actions.unshare(tool, by=actor())
    return changed(to(tool), message=_("It stands on the shelf of the group alone."))


@bp.post("/gereedschap/<uuid:tool_id>/gebruiken")
@requires(Can.USE_TOOL, sees=Can.READ_GROUP, of=queries.tool)
def use(tool: Tool) -> Response:
    """We use this."""
    actions.use(tool, _group_meant(), by=actor())
    return changed(to(tool), message=_("Good to know. Others see it too."))


@bp.post("/gereedschap/<uuid:tool_id>/niet-gebruiken")
@requires(Can.USE_TOOL, sees=Can.READ_GROUP, of=queries.tool)
def stop_using(tool: Tool) -> Response:
    """We use it no longer."""
    actions.stop_using(tool, _group_meant(), by=actor())
    return changed(to(tool), message=_("Noted."))


def _group_meant() -> WorkingGroup | None:
    """The group for which somebody speaks; None when it is their organisation."""
    form = UseForm()
    form.refuse_unknown()
    try:
        group_id = form.group_id()
    except ValueError:
        abort(400)
    found = groups.group(group_id) if group_id else None
    if group_id and (found is None or not can(actor(), Can.SEE_GROUP, found)):
        abort(404)
    return found


@bp.post("/gereedschap/<uuid:tool_id>/weg")
@requires(Can.REMOVE_TOOL, sees=Can.READ_GROUP, of=queries.tool)
def remove(tool: Tool) -> Response:
    """Take it off the shelf, for good."""
    Form().refuse_unknown()
    group_id = tool.group_id
    actions.remove(tool, by=actor())
    return changed(url_for("shelf.of_group", group_id=group_id), message=_("It's gone, with all its versions."))


def to(tool: Tool) -> str:
    """The page of a tool."""
    return url_for("shelf.tool", tool_id=tool.id)
