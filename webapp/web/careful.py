"""Free text in which nobody may be recognised: the page warns while somebody types, the server looks once more.

It points, it never forbids: whoever says so keeps the words as they are.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from webapp.core import clock
from webapp.vocabulary import care
from webapp.web.forms import Form

CARE_SENTENCES = {
    care.CareKind.PHONE: _l("This looks like a phone number."),
    care.CareKind.EMAIL: _l("This looks like an e-mail address."),
    care.CareKind.BIRTH_DATE: _l("This looks like a date of birth."),
    care.CareKind.NATIONAL_NUMBER: _l("This looks like a national number."),
    care.CareKind.ADDRESS: _l("This looks like an address."),
    care.CareKind.NAME: _l("This looks like a name."),
}


def warnings_about(text: str, allow: Iterable[str], kinds: Iterable[care.CareKind] = care.CareKind) -> list[str]:
    """What a text seems to hold that identifies somebody, a sentence for each kind."""
    found = care.find(text, allow=allow, this_year=clock.today().year)
    wanted = frozenset(kinds)
    return [str(CARE_SENTENCES[kind]) for kind in dict.fromkeys(one.kind for one in found) if kind in wanted]


class CarefulForm(Form):
    """A form with fields in which nobody may be recognised, and the tick that keeps what was typed."""

    watched: ClassVar[tuple[str, ...]] = ()
    keep_words = BooleanField(_l("Keep it like this"))

    def warnings(self, allow: Iterable[str]) -> list[str]:
        """What the watched fields seem to hold that identifies somebody, unless the writer said to keep it."""
        if self.keep_words.data:
            return []
        fields: Iterable[Any] = (self[name] for name in self.watched)
        return warnings_about("\n".join(field.data or "" for field in fields), allow)
