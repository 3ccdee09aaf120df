"""In the group about integrity nobody may be recognised: what is typed there is looked at before it is kept.

    class ItemForm(MindedForm):
        watched = ("title",)

That is all an area does. The form finds by itself of which group the page is; there its watched fields carry what the
page needs to warn while somebody types, show the note below them, and the form is not right as long as they seem to
point to somebody. Who sits in the group is named on the page to its members alone. In every other group nothing is
asked.
"""

from functools import partial
from typing import Any, ClassVar

from flask import render_template
from markupsafe import Markup

from webapp.groups.models import WorkingGroup
from webapp.vocabulary.care import CareKind
from webapp.web.careful import CARE_SENTENCES, CarefulForm, warnings_about
from webapp.web.guard import loaded
from webapp.web.who import actor


def names_of(group: WorkingGroup) -> list[str]:
    """Who and what may be named: the group, who sits there with their organisations, and whoever writes."""
    me = actor()
    mine = (me.name, *(seat.organisation_name for seat in me.seats))
    sitting = (part for row in group.members for part in (row.name, row.organisation))
    return [name for name in (group.name, *mine, *sitting) if name]


class MindedForm(CarefulForm):
    """A form of a group. `places` are watched fields in which an address is what one asks for."""

    places: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = getattr(loaded(), "group", None)
        self.minded = group if group is not None and group.is_about_integrity else None
        self.found: dict[str, list[str]] = {}
        if self.minded is not None:
            sits = actor().person_id in self.minded.member_ids
            self._mind("|".join(names_of(self.minded) if sits else [self.minded.name]))

    def _mind(self, may_say: str) -> None:
        for name in self.watched:
            field = self[name]
            sentences = {f"data-care-message-{kind.value}": CARE_SENTENCES[kind] for kind in self._kinds(name)}
            minds = {"data-no-device-copy": "", "data-care": "", "data-care-allow": may_say, **sentences}
            field.render_kw = (field.render_kw or {}) | minds
            field.beneath = partial(self._note, name)

    def _kinds(self, name: str) -> list[CareKind]:
        return [kind for kind in CareKind if kind is not CareKind.ADDRESS or name not in self.places]

    def _note(self, name: str) -> Markup:
        found = self.found.get(name, [])
        is_first = bool(found) and name == next(iter(self.found))
        return Markup(render_template("groups/_care.html", form=self, warnings=found, is_first=is_first))

    @property
    def errors(self) -> dict[Any, Any]:
        """What is wrong with each field; to point to somebody counts, so that a page comes back as with any mistake."""
        return {**super().errors, **self.found}

    def submitted(self) -> bool:
        """Whether this request sends the form, everything in it is right, and it seems to point to nobody."""
        return super().submitted() and not self._points_to_somebody()

    def _points_to_somebody(self) -> bool:
        if self.minded is None or self.keep_words.data:
            return False
        allow = names_of(self.minded)
        for name in self.watched:
            if found := warnings_about(self[name].data or "", allow, self._kinds(name)):
                self.found[name] = found
        return bool(self.found)
