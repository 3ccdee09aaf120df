"""Tools as the matrix needs them."""

import uuid
from collections.abc import Callable

from sqlalchemy import select

from tests.people import Cast
from tests.shelf import makers
from webapp.core.db import db
from webapp.groups.codes import Visibility
from webapp.shelf.models import ToolFile

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def tool(visibility: str) -> Make:
    """A file that bram put on the shelf of such a group."""

    def make(cast: Cast) -> Parts:
        return {"tool_id": makers.committed(makers.kept(cast, makers.of_group(cast, Visibility(visibility))))}

    return make


def file(visibility: str) -> Make:
    """That file itself."""

    def make(cast: Cast) -> Parts:
        tool_id = tool(visibility)(cast)["tool_id"]
        return {"tool_file_id": db.session.scalars(select(ToolFile.id).where(ToolFile.tool_id == tool_id)).one()}

    return make


OF: dict[str, dict[str, tuple[str, Make]]] = {
    "tool_id": {
        "open_tool": ("open_tool", tool("open")),
        "members_tool": ("members_tool", tool("members")),
        "confidential_tool": ("confidential_tool", tool("confidential")),
    },
    "tool_file_id": {
        "open_file": ("open_tool", file("open")),
        "confidential_file": ("confidential_tool", file("confidential")),
    },
}
"""By the parts of a URL: the name of a situation, its line in the matrix, and how it is made."""
