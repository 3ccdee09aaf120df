"""Free text in which nobody may be recognised: the page warns while somebody types, the server looks once more.

It points, it never forbids: whoever says so keeps the words as they are.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, ClassVar

from flask import render_template
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import BooleanField

from webapp.core import clock
from webapp.vocabulary import care, combined, reasons
from webapp.web.forms import Form

CARE_SENTENCES = {
    care.CareKind.PHONE: _l("This looks like a phone number."),
    care.CareKind.EMAIL: _l("This looks like an e-mail address."),
    care.CareKind.BIRTH_DATE: _l("This looks like a date of birth."),
    care.CareKind.NATIONAL_NUMBER: _l("This looks like a national number."),
    care.CareKind.ADDRESS: _l("This looks like an address."),
    care.CareKind.NAME: _l("This looks like a name."),
}


TOGETHER_SENTENCES = {
    combined.Combined.SCHOOL_AGE: _l("An age and a school together: in a small town that can be one person."),
    combined.Combined.RARE: _l("An age, a place and an activity together: in a small town that can be one person."),
}


def together_about(text: str, places: Iterable[str]) -> list[str]:
    """What a text puts together that may be one person in a small town; the same whatever names it says."""
    return [str(TOGETHER_SENTENCES[one]) for one in combined.find(text, places)]


def warnings_about(text: str, allow: Iterable[str], kinds: Iterable[care.CareKind] = care.CareKind) -> list[str]:
    """What a text seems to hold that identifies somebody, a sentence for each kind."""
    found = care.find(text, allow=allow, this_year=clock.today().year)
    wanted = frozenset(kinds)
    return [str(CARE_SENTENCES[kind]) for kind in dict.fromkeys(one.kind for one in found) if kind in wanted]


SAYS_WHY = _l("This may say why, or something of health, home or faith.")


def reasons_in(text: str) -> list[str]:
    """What a text about a young person says that the other side does not have to know: a sentence, or none."""
    return [str(SAYS_WHY)] if reasons.says_why(text) else []


class CarefulForm(Form):
    """A form with fields in which nobody may be recognised, and the tick that keeps what was typed."""

    watched: ClassVar[tuple[str, ...]] = ()
    warned: Sequence[str] = ()  # what the page says about the words that were sent
    keep_words = BooleanField(_l("Keep it like this"))

    def is_careful(self, allow: Iterable[str]) -> bool:
        """Whether the words that were sent can stay; otherwise the page comes back and says why."""
        self.warned = self.warnings(allow)
        self.is_refused = self.is_refused or bool(self.warned)
        return not self.warned

    def warnings(self, allow: Iterable[str]) -> list[str]:
        """What the watched fields seem to hold that identifies somebody, unless the writer said to keep it."""
        if self.keep_words.data:
            return []
        fields: Iterable[Any] = (self[name] for name in self.watched)
        return warnings_about("\n".join(field.data or "" for field in fields), allow)


class MindingForm(CarefulForm):
    """A form that minds its watched fields by itself: the page warns while somebody types, the note stands below the
    field, and the form is not right as long as they seem to point to somebody.

    `note` is the template of that note; `places` are watched fields in which an address is what one asks for. An area
    calls `mind` when the form is made, and says in `may_be_said` what else is no sign of anybody.
    """

    note: ClassVar[str]
    places: ClassVar[tuple[str, ...]] = ()
    is_minding = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: dict[str, list[str]] = {}

    def may_be_said(self) -> list[str]:
        """Names that point to nobody in particular."""
        raise NotImplementedError

    def mind(self, said_on_page: Iterable[str]) -> None:
        """Give the watched fields what the page needs to warn; these names alone stand on it."""
        self.is_minding = True
        allowed = "|".join(said_on_page)
        for name in self.watched:
            field = self[name]
            sentences = {f"data-care-message-{kind.value}": CARE_SENTENCES[kind] for kind in self._kinds(name)}
            minds = {"data-no-device-copy": "", "data-care": "", "data-care-allow": allowed, **sentences}
            field.render_kw = (field.render_kw or {}) | minds
            field.beneath = partial(self._note, name)

    def _kinds(self, name: str) -> list[care.CareKind]:
        return [kind for kind in care.CareKind if kind is not care.CareKind.ADDRESS or name not in self.places]

    def _note(self, name: str) -> Markup:
        found = self.found.get(name, [])
        is_first = bool(found) and name == next(iter(self.found))
        return Markup(render_template(self.note, form=self, warnings=found, is_first=is_first))

    @property
    def errors(self) -> dict[Any, Any]:
        """What is wrong with each field; to point to somebody counts, so that a page comes back as with any mistake."""
        return {**super().errors, **self.found}

    def submitted(self) -> bool:
        """Whether this request sends the form, everything in it is right, and it seems to point to nobody."""
        return super().submitted() and not self._points_to_somebody()

    def _points_to_somebody(self) -> bool:
        if not self.is_minding or self.keep_words.data:
            return False
        allow = self.may_be_said()
        for name in self.watched:
            if found := self.signs(name, allow):
                self.found[name] = found
                self.warned = self.warned or found
        return bool(self.found)

    def signs(self, name: str, allow: Iterable[str]) -> list[str]:
        """What a watched field seems to say of somebody, a sentence for each kind."""
        return warnings_about(self[name].data or "", allow, self._kinds(name))
