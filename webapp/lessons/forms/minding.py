"""Lessons and what stands around them are read far away, so they name no young person. What may be said is the same for
whoever writes: nobody learns from a warning who is being accompanied."""

from typing import Any

from flask import current_app

from webapp.accounts import queries as accounts
from webapp.web.careful import MindingForm


class LessonWordsForm(MindingForm):
    """A form with words that stand in a lesson or around several. See `MindingForm` for the watched fields."""

    note = "lessons/_care.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mind(on_page())

    def may_be_said(self) -> list[str]:
        """The town, its neighbourhoods and its organisations."""
        return [*on_page(), *accounts.organisation_names()]


def on_page() -> list[str]:
    """The town and its neighbourhoods."""
    settings = current_app.config["SETTINGS"]
    return [name for name in (settings.town, settings.network, *settings.areas) if name]
