"""Forms to look after the log: house rules, flags, tags."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webapp.lessons import ruling
from webapp.lessons.forms.minding import LessonWordsForm
from webapp.web.forms import Words


class RulesForm(LessonWordsForm):
    """All house rules, a line each. `mark` is that of the rules as they were when somebody began to change them."""

    watched = ("rules",)
    mark = HiddenField()
    rules = Words(_l("Our rules, one on each line"), most=(ruling.LONGEST + 1) * (ruling.MOST + 3))

    def sentences(self) -> list[str]:
        """What was filled in."""
        return (self.rules.data or "").splitlines()

    def renew_mark(self, rules: Iterable[str]) -> None:
        """Keep what was typed for the rules that somebody else kept meanwhile: sent once more, it is saved."""
        self.mark.raw_data, self.mark.data = None, ruling.mark_of(rules)
