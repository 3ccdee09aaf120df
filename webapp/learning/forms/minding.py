"""What is typed in a session is read by others, so it names nobody."""

from typing import Any

from webapp.accounts.forms.public_names import public_names, town_names
from webapp.web.careful import MindingForm


class SessionWordsForm(MindingForm):
    """A form with words that who takes part will read. See `MindingForm` for what it does with the watched fields."""

    note = "learning/_care.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mind(town_names())

    def may_be_said(self) -> list[str]:
        """The town, its neighbourhoods and its organisations."""
        return public_names()
