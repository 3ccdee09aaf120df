"""Forms to look after the log: house rules, flags, tags."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from webapp.lessons import house_words, ruling
from webapp.lessons.codes import FlagOutcome
from webapp.lessons.forms.minding import LessonWordsForm
from webapp.web.forms import LongLine, SelectChoice, Words
from webapp.web.i18n import word


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
        self.is_stale = True
        self.mark.raw_data, self.mark.data = None, ruling.mark_of(rules)


class FlagForm(LessonWordsForm):
    """Which rule words break, and perhaps why. A rule is called by its mark: the first ones are kept by a flag."""

    watched = ("words",)
    rule = RadioField(
        _l("Which house rule is it about?"),
        [InputRequired(_l("Choose the rule that it's about."))],
        coerce=str,
        validate_choice=False,
    )
    words = LongLine(_l("What do you notice?"), most=240)

    def __init__(self, rules: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        known = list(rules)
        spoken = zip(known, house_words.in_tongue(known), strict=True)
        self.rule.choices = [SelectChoice(ruling.mark_of([rule]), said) for rule, said in spoken]


class DecideForm(LessonWordsForm):
    """What is decided about words that were flagged, and why. `seen` is what was decided when somebody read it."""

    watched = ("why",)
    seen = HiddenField()
    outcome = RadioField(_l("What do you decide?"), [InputRequired(_l("Choose one of the two."))], coerce=str)
    why = LongLine(
        _l("Why?"), most=240, needed=_l("Say in one line why. Whoever wrote it and whoever flagged it both read that.")
    )

    def __init__(self, now: FlagOutcome | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.now = now.value if now else ""
        left = [one for one in house_words.DECISIONS if one is not now]
        self.outcome.choices = [SelectChoice(one.value, word(house_words.DECISIONS[one])) for one in left]

    def is_late(self) -> bool:
        """Whether somebody else decided meanwhile."""
        return (self.seen.data or "") != self.now
