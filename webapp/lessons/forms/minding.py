"""Lessons and what stands around them are read far away, so they name no young person. What may be said is the same for
whoever writes: nobody learns from a warning who is being accompanied."""

from collections.abc import Iterable
from typing import Any

from webapp.accounts.forms.public_names import public_names, town_names
from webapp.web.careful import MindingForm, together_about, warnings_about
from webapp.web.settings import current_settings


class LessonWordsForm(MindingForm):
    """A form with words that stand in a lesson or around several. See `MindingForm` for what it does with the watched
    fields; here what stands together counts too, such as an age and a school."""

    note = "lessons/_care.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mind(town_names())

    def may_be_said(self) -> list[str]:
        """The town, its neighbourhoods and its organisations."""
        return public_names()

    def signs(self, name: str, allow: Iterable[str]) -> list[str]:
        """What a field seems to say of somebody, by itself and by what stands together in it."""
        return [*super().signs(name, allow), *together_about(self[name].data or "", areas())]


def areas() -> list[str]:
    """The neighbourhoods of the town."""
    return list(current_settings().areas)


def signs_in(texts: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """What named texts seem to say of somebody; texts without a sign are left out."""
    allow, places = public_names(), areas()
    found = ((name, [*warnings_about(text, allow), *together_about(text, places)]) for name, text in texts)
    return [(name, signs) for name, signs in found if signs]
