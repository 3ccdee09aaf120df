"""Putting a file or a link on the shelf of a group, and saying anew what it is for."""

from flask import Response
from flask_babel import gettext as _

from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.policy.permissions import Can
from webapp.shelf import actions, queries
from webapp.shelf.forms import LinkForm, PaperForm, ToolFileForm, ToolForm
from webapp.shelf.labels import in_words
from webapp.shelf.models import Tool
from webapp.shelf.routes.blueprint import bp
from webapp.shelf.routes.one_tool import shown, to
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.route("/werkgroepen/<uuid:group_id>/gereedschap/bestand", methods=["GET", "POST"])
@requires(Can.BRING_FILE, sees=Can.SEE_GROUP, of=groups.group, takes_file=True)
def add_file(group: WorkingGroup) -> Response:
    """Put a file on the shelf."""
    form = ToolFileForm()
    is_right = form.submitted()
    if form.is_submitted():
        with form.taking():
            paper = form.paper()  # looked at also when there is more to mend
            if is_right:
                made = actions.add(group, form.about(), paper, by=actor())
                return changed(to(made), message=_kept(paper.authors))
    return form_page("shelf/add.html", form, group=group, is_link=False)


def _kept(authors: tuple[str, ...]) -> str:
    """What is said of a file that is kept: also whose names its program wrote into it."""
    if not authors:
        return _("It's on the shelf.")
    return _("It's on the shelf. In the file stand these names: %(names)s.", names=", ".join(authors[:3]))


@bp.route("/werkgroepen/<uuid:group_id>/gereedschap/link", methods=["GET", "POST"])
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=groups.group)
def add_link(group: WorkingGroup) -> Response:
    """Put a link on the shelf."""
    form = LinkForm()
    if not form.submitted():
        return form_page("shelf/add.html", form, group=group, is_link=True)
    made = actions.add(group, form.about(), by=actor())
    return changed(to(made), message=_("It's on the shelf."))


@bp.route("/gereedschap/<uuid:tool_id>/bewerken", methods=["GET", "POST"])
@requires(Can.TAKE_PART, sees=Can.READ_GROUP, of=queries.tool)
def edit(tool: Tool) -> Response:
    """Say anew what a tool is for."""
    form = (LinkForm if tool.is_link else ToolForm)(obj=tool)
    if form.submitted():
        with saving(form, in_words, tool):
            actions.edit(tool, form.about(), by=actor(), version=form.version.data)
            return changed(to(tool), message=_("Saved."))
    return form_page("shelf/edit.html", form, tool=tool, group=tool.group, is_link=tool.is_link)


@bp.post("/gereedschap/<uuid:tool_id>/versies")
@requires(Can.BRING_FILE, sees=Can.READ_GROUP, of=queries.tool, takes_file=True)
def add_version(tool: Tool) -> Response:
    """Bring a newer file."""
    form = PaperForm()
    if form.submitted() and not tool.is_link:
        with form.taking():
            paper = form.paper()
            actions.add_version(tool, paper, by=actor())
            return changed(to(tool), message=_kept(paper.authors))
    form.is_refused = True  # also when a link would become a file
    return form_page("shelf/tool.html", form, **shown(tool, form))
