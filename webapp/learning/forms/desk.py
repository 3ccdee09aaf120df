"""Forms at the desk: where a contribution goes, other words, clusters, and what was said on paper."""

import enum
import uuid
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from webapp.learning.codes import ContributionKind
from webapp.learning.forms.minding import SessionWordsForm
from webapp.learning.labels import CONTRIBUTION_LABELS
from webapp.web.forms import Form, Line, OneOf, SelectChoice, Version, VersionedForm, Words, as_id


class Place(enum.StrEnum):
    """Where a contribution can go, but for a cluster."""

    WALL = "wall"
    NOBODY = "nobody"
    HELD = "held"
    LESSON = "lesson"
    NO_LESSON = "no_lesson"


CLUSTER = "c"
"""Before the id of a cluster: what a script looks for begins with a letter."""
INSTEAD = {"child": _l("a child"), "somebody": _l("somebody"), "gap": "(…)"}
MOST_TYPED = 450_000


def place_of(cluster_id: uuid.UUID) -> str:
    """How a cluster is named among the places where a contribution can go."""
    return f"{CLUSTER}{cluster_id.hex}"


class PlaceForm(VersionedForm):
    """Where a contribution goes, and which version of it was seen."""

    to = HiddenField(validators=[InputRequired()])

    def cluster_id(self) -> uuid.UUID | None:
        """The cluster that was chosen, if it was one."""
        return as_id((self.to.data or "").removeprefix(CLUSTER))


class InsteadForm(VersionedForm):
    """What stands instead of a name."""

    instead = SelectField(choices=[SelectChoice(one) for one in INSTEAD])


class StepForm(Form):
    """On to another phase, said of the phase that was seen: whoever is second takes no step more."""

    here = HiddenField()
    to = SelectField(choices=[SelectChoice("next"), SelectChoice("back")])


class RewordForm(SessionWordsForm):
    """Other words for a contribution."""

    watched = ("words",)
    version = Version()
    words = Words(_l("How would you say it?"), most=400, needed=_l("Write something, or go back."))


class ClusterForm(SessionWordsForm):
    """The words above a cluster."""

    watched = ("title",)
    version = Version()
    title = Line(_l("What do they have in common?"), most=60, needed=_l("Give it a few words."))


class MergeForm(VersionedForm):
    """With which other one a contribution belongs."""

    into = RadioField(_l("Which one says the same?"), [InputRequired(_l("Choose one."))])

    def __init__(self, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.into.choices = [SelectChoice(value, text) for value, text in others]


class PaperForm(SessionWordsForm):
    """What people wrote on paper or said aloud: a line each."""

    watched = ("lines",)
    kind = OneOf(_l("What is it?"), tuple(ContributionKind), CONTRIBUTION_LABELS, needed=_l("Choose what it is."))
    lines = Words(_l("One on each line"), most=MOST_TYPED, needed=_l("Type at least one line."))

    def said(self) -> list[str]:
        """Each line that says something."""
        return [line for line in (self.lines.data or "").splitlines() if line.strip()]
