"""What is typed in a session is read by others, so it names nobody."""

from typing import Any

from flask import current_app

from webapp.accounts import queries as accounts
from webapp.web.careful import MindingForm


class SessionWordsForm(MindingForm):
    """A form with words that who takes part will read. See `MindingForm` for what it does with the watched fields."""

    note = "learning/_care.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mind(on_page())

    def may_be_said(self) -> list[str]:
        """The town, its neighbourhoods and its organisations."""
        return allowed()


def on_page() -> list[str]:
    """The town and its neighbourhoods."""
    settings = current_app.config["SETTINGS"]
    return [name for name in (settings.town, settings.network, *settings.areas) if name]


def allowed() -> list[str]:
    """Names that point to nobody in particular."""
    return [*on_page(), *accounts.organisation_names()]
