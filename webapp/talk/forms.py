"""The forms of conversations."""

import uuid
from datetime import datetime

from flask import abort
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webapp.groups.minding import MindedForm
from webapp.talk.codes import Reaction
from webapp.talk.labels import REACTION_LABELS
from webapp.talk.models import LONGEST_POST
from webapp.web.forms import Form, Line, OneOf, Version, Words, as_id


class PostForm(MindedForm):
    """A few words, perhaps an answer to what somebody said."""

    watched = ("words",)
    version = Version()
    answers = HiddenField()
    words = Words(_l("What do you want to say?"), most=LONGEST_POST, needed=_l("Write a few words first."))

    def answers_id(self) -> uuid.UUID | None:
        """The post that is answered. Nonsense gets a 400: nobody types it."""
        return (as_id(self.answers.data) or abort(400)) if self.answers.data else None


class ThreadForm(MindedForm):
    """What a conversation is about, and its first words."""

    watched = ("title", "words")
    title = Line(_l("What is it about?"), most=120, needed=_l("Say in a few words what it is about."))
    words = Words(_l("What do you want to say?"), most=LONGEST_POST, needed=_l("Write a few words first."))


class ReactForm(Form):
    """One of three plain reactions."""

    kind = OneOf(_l("Reaction"), tuple(Reaction), REACTION_LABELS, needed=_l("Choose a reaction."))


class SeenForm(Form):
    """Up to which moment somebody saw a conversation."""

    until = HiddenField()

    def moment(self) -> datetime | None:
        """That moment; None when it makes no sense."""
        try:
            found = datetime.fromisoformat(self.until.data or "")
        except ValueError:
            return None
        return found if found.tzinfo else None
