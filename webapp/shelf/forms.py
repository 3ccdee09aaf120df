"""The forms of the shelf."""

import uuid
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import ValidationError

from webapp.core import papers
from webapp.core.papers import Paper
from webapp.groups.minding import MindedForm
from webapp.shelf.actions import About
from webapp.vocabulary.seven_bs import B_LABELS, B
from webapp.vocabulary.strategies import STRATEGY_LABELS, Strategy
from webapp.web.addresses import web_address
from webapp.web.forms import Form, Line, LongLine, SomeOf, Version
from webapp.web.i18n import word
from webapp.web.uploads import FileForm

NO_LINK = _l("This is no link to a website. Copy it from the bar of your browser; it begins with https://.")


class WithLink(Form):
    """A place on the web that a browser opens, kept written out whole."""

    url = Line(_l("Link"), most=500, needed=_l("Paste the link here."))

    def validate_url(self, field: Any) -> None:
        """No other scheme, no name or password in it."""
        found = web_address(field.data)
        if not found:
            raise ValidationError(word(str(NO_LINK)))
        field.data = found


class ToolForm(MindedForm):
    """What a tool is called, what it is for, and which distances it makes smaller."""

    watched = ("title", "purpose")
    version = Version()
    title = Line(_l("What is it called?"), most=120, needed=_l("Give it a name that others recognise."))
    purpose = LongLine(
        _l("What does it help with, in one sentence?"), most=240, needed=_l("Say in one sentence what it is good for.")
    )
    bs = SomeOf(_l("Which B does it help with?"), tuple(B), B_LABELS)
    strategies = SomeOf(_l("With which way of working does it go?"), tuple(Strategy), STRATEGY_LABELS)

    def about(self, url: str = "") -> About:
        """What was filled in."""
        return About(
            self.title.data or "",
            self.purpose.data or "",
            url,
            tuple(self.bs.data or ()),
            tuple(self.strategies.data or ()),
        )


class LinkForm(WithLink, ToolForm):
    """A link, and what it is for."""

    def about(self, url: str = "") -> About:
        """What was filled in."""
        return super().about(url or self.url.data or "")


class PaperForm(FileForm):
    """A file of a kind that groups keep."""

    def paper(self) -> Paper:
        """What was brought. Raises NotTaken."""
        name = (self.file.data.filename or "") if self.file.data else ""
        return papers.paper(name, self.read())


class ToolFileForm(PaperForm, ToolForm):
    """A file, and what it is for."""


class UseForm(Form):
    """Who uses it: an open group of one's own, or with nothing filled in one's own organisation."""

    group = HiddenField()

    def group_id(self) -> uuid.UUID | None:
        """The group, if one was meant. Raises ValueError for nonsense."""
        return uuid.UUID(self.group.data) if self.group.data else None
