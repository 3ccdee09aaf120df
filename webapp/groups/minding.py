"""In the group about integrity nobody may be recognised: what is typed there is looked at before it is kept.

    class ItemForm(MindedForm):
        watched = ("title",)

That is all an area does. The form finds by itself of which group the page is; there its watched fields carry what the
page needs to warn while somebody types, show the note below them, and the form is not right as long as they seem to
point to somebody. Whoever sits in the group is named on the page to its members alone. In every other group nothing is
asked.
"""

from typing import Any

from webapp.groups.models import WorkingGroup
from webapp.web.careful import MindingForm
from webapp.web.guard import loaded
from webapp.web.who import actor


def names_of(group: WorkingGroup) -> list[str]:
    """Who and what may be named: the group, who sits there with their organisations, and whoever writes."""
    me = actor()
    mine = (me.name, *(seat.organisation_name for seat in me.seats))
    sitting = (part for row in group.members for part in (row.name, row.organisation))
    return [name for name in (group.name, *mine, *sitting) if name]


class MindedForm(MindingForm):
    """A form of a group."""

    note = "groups/_care.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = getattr(loaded(), "group", None)
        self.minded = group if group is not None and group.is_about_integrity else None
        if self.minded is not None:
            sits = actor().person_id in self.minded.member_ids
            self.mind(names_of(self.minded) if sits else [self.minded.name])

    def may_be_said(self) -> list[str]:
        """Who and what may be named in the group about integrity."""
        return names_of(self.minded) if self.minded is not None else []
