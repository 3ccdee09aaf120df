"""Forms of whoever takes part: coming in, and sharing something."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from webapp.learning.codes import ContributionKind
from webapp.learning.forms.minding import SessionWordsForm
from webapp.learning.labels import CONTRIBUTION_LABELS
from webapp.learning.models import LearningSession
from webapp.web.forms import Form, Line, OneOf, Version, Words


class CodeForm(Form):
    """The code on the wall."""

    words = Line(
        _l("The code on the wall"),
        most=30,
        needed=_l("Type the word and the number, such as ZON 42."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters"},
    )


class JoinForm(Form):
    """A first name, or none."""

    name = Line(_l("Your first name"), most=40, render_kw={"autocomplete": "given-name"})


class _SaidForm(SessionWordsForm):
    watched = ("words",)
    words = Words(_l("What would you like to share?"), most=400, needed=_l("Write a few words."))
    kind = OneOf(_l("What is it?"), tuple(ContributionKind), CONTRIBUTION_LABELS, default=ContributionKind.OBSERVATION)


class ShareForm(_SaidForm):
    """What somebody shares; with names, whether theirs may stand beside it."""

    shows_name = BooleanField(_l("My first name may stand beside it on the wall"))

    @classmethod
    def of(cls, session: LearningSession, **kwargs: Any) -> "ShareForm":
        """The form for one session: an anonymous one asks nothing about a name."""
        form = cls(**kwargs)
        if not session.is_named:
            del form.shows_name
        return form


class ChangeForm(_SaidForm):
    """One's own words, said anew."""

    version = Version()
