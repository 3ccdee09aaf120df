"""Everybody in the network reads a plan, so what is typed in one names no young person.

    class RemarkForm(PlanWordsForm):
        watched = ("words",)

The form finds by itself of which plan the page is. See `MindingForm` for what it does with the watched fields.
"""

from typing import Any

from webapp.accounts.forms.public_names import public_names, town_names
from webapp.web.careful import MindingForm
from webapp.web.guard import loaded
from webapp.web.who import actor


class PlanWordsForm(MindingForm):
    """A form of a plan or of a part of it."""

    note = "plans/_care.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mind(self._on_page())

    def _on_page(self) -> list[str]:
        group = getattr(loaded(), "group", None)
        mine = [seat.organisation_name for seat in actor().seats]
        return [name for name in (*town_names(), group and group.name, *mine) if name]

    def may_be_said(self) -> list[str]:
        """The town, its neighbourhoods, its organisations, and the group that carries the plan."""
        return [*self._on_page(), *public_names()]
