"""Help lines as the matrix needs them: hilde, noor and bram are the integrity contact persons."""

import uuid
from collections.abc import Callable

from tests.groups import makers
from tests.people import Cast
from webapp.core.db import db
from webapp.groups.models import WorkingGroup
from webapp.integrity import actions, queries
from webapp.integrity.actions import About

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def contacts(cast: Cast) -> WorkingGroup:
    """Their group."""
    made = makers.group(cast, name="Werkgroep Integriteit")
    actions.name_group(made, is_it=True, by=cast.actor("tine"))
    return made


def line(cast: Cast) -> Parts:
    """A help line."""
    contacts(cast)
    made = actions.add_line(queries.keepers(), About("1712", "Vragen over geweld.", "1712"), by=cast.actor("noor"))
    parts = {"help_line_id": made.id}
    db.session.commit()
    return parts


OF: dict[str, dict[str, tuple[str, Make]]] = {"help_line_id": {"help_line": ("help_lines", line)}}
"""By the parts of a URL: the name of a situation, its line in the matrix, and how it is made."""
