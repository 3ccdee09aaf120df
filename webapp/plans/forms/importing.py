"""The forms that bring actions from a table: the file or the text, and what each column of it says."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as Maybe

from webapp.groups.labels import ITEM_LABELS
from webapp.groups.lifecycle import ItemStatus
from webapp.plans.codes import Column
from webapp.plans.importing import Reading
from webapp.plans.labels import COLUMN_LABELS
from webapp.plans.tables import MOST_CHARACTERS, Table
from webapp.vocabulary.seven_bs import B_LABELS
from webapp.vocabulary.strategies import STRATEGY_LABELS, Strategy
from webapp.web.forms import Form, OneOf, SelectChoice, as_number
from webapp.web.i18n import word
from webapp.web.uploads import FileForm

TOO_LONG = _l("This is too much at once. Take at most a few hundred rows.")
MOST_WORDS = 12
SKIP = "skip"

HEADS: Mapping[Column, tuple[str, ...]] = {
    Column.TITLE: ("actie", "action", "titel", "title", "naam", "name", "wat", "taak", "task", "kaart", "card name"),
    Column.STATE: ("stand", "status", "state", "lijst", "list", "kolom", "fase", "list name"),
    Column.STRATEGY: ("strategie", "strategy"),
    Column.BS: ("b's", "b", "bs", "b\u2019s"),
    Column.GOAL: ("doel", "goal"),
    Column.STARTS: ("begin", "start", "start date", "startdatum", "begint", "van", "vanaf", "vanaf wanneer"),
    Column.DUE: (
        "deadline", "tegen wanneer", "tegen", "tot wanneer", "tot", "due", "due date", "einddatum", "einde", "datum",
        "wanneer",
    ),
    Column.STEPS: ("stappen", "steps", "checklist", "checklists", "deeltaken"),
    Column.ENOUGH: ("genoeg voor", "enough for"),
    Column.NOT_YET: ("nog niet voor", "not yet for"),
    Column.LEARNED: ("geleerd", "learned"),
}  # fmt: skip
"""How people and programs call each column, in small letters, beside what Brug calls it."""
STATES: Mapping[ItemStatus, tuple[str, ...]] = {
    ItemStatus.TO_START: ("te doen", "to do", "todo", "te starten", "nog te starten", "to start", "backlog"),
    ItemStatus.MOVING: ("bezig", "doing", "in progress", "mee bezig", "lopend", "loopt", "on its way", "in uitvoering"),
    ItemStatus.STUCK: ("vast", "stuck", "geblokkeerd", "blocked", "wachten", "on hold"),
    ItemStatus.DONE: ("klaar", "gedaan", "done", "afgewerkt", "af"),
    ItemStatus.SEED: ("idee", "ideeën", "ideas", "later", "ooit", "zaadje", "seed"),
    ItemStatus.DROPPED: ("gestopt", "losgelaten", "dropped"),
}
"""How people call where something stands."""


class BringForm(FileForm):
    """A file, or the cells of a spreadsheet."""

    text = TextAreaField(_l("Or paste the cells"), [Maybe(), Length(max=MOST_CHARACTERS, message=TOO_LONG)])


class ReadingForm(Form):
    """What each column says, and whether to put the rows in the plan."""

    text = TextAreaField(_l("The rows"), [InputRequired(), Length(max=2 * MOST_CHARACTERS, message=TOO_LONG)])
    strategy_of_all = OneOf(
        _l("By which strategy do these actions work, when the row doesn't say?"), tuple(Strategy), STRATEGY_LABELS
    )
    again = SubmitField()
    yes = SubmitField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [SelectChoice(one.value, word(label)) for one, label in STRATEGY_LABELS.items()]
        self.strategy_of_all.choices = [SelectChoice("", gettext("Choose")), *choices]

    def reading(self) -> Reading:
        """How to read the table."""
        places = {column: self[column.value].data for column in Column}
        return Reading(
            {column: int(place) for column, place in places.items() if place},
            {words: None if (to := self[name].data) == SKIP else ItemStatus(to) for name, words in self.words.items()},
            _by_word(STRATEGY_LABELS),
            _by_word(B_LABELS),
            self.strategy_of_all.data,
        )

    words: Mapping[str, str] = {}
    """The words in the column of states, by the name of the field that says what each means."""


def reading_form(table: Table, state: str | None) -> type[ReadingForm]:
    """The form for one table. `state` is the number of its column of states, when one was chosen already."""
    guessed = {column: _guess(column, table.heads) for column in Column}
    heads = [("", _l("Not in it")), *((str(n), head or str(n + 1)) for n, head in enumerate(table.heads))]
    form: Any = type("ReadingForm", (ReadingForm,), {})
    for column in Column:
        needed = InputRequired(_l("Choose in which column the actions stand."))
        rules = [needed] if column is Column.TITLE else [Maybe()]
        setattr(form, column.value, _choice(COLUMN_LABELS[column], heads, guessed[column], rules))
    form.words = {}
    for words in _words(table, guessed[Column.STATE] if state is None else state):
        name = f"state-{hashlib.sha256(words.encode()).hexdigest()[:12]}"
        form.words[name] = words
        setattr(form, name, _choice(words, _states(), _guess_state(words), []))
    made: type[ReadingForm] = form
    return made


def _choice(label: str, choices: Any, default: str, rules: list[Any]) -> SelectField:
    return SelectField(
        word(label) or label, choices=[SelectChoice(*one) for one in choices], default=default, validators=rules
    )


def _guess(column: Column, heads: Iterable[str]) -> str:
    known = {*HEADS[column], word(COLUMN_LABELS[column]).casefold()}
    return next((str(n) for n, head in enumerate(heads) if head.casefold() in known), "")


def _words(table: Table, state: str) -> list[str]:
    place = as_number(state)
    if place is None or place >= len(table.heads):
        return []
    found = dict.fromkeys(row.cells[place] for row in table.rows)
    return [words for words in found if words][:MOST_WORDS]


def _states() -> list[tuple[str, Any]]:
    return [*((one.value, word(label)) for one, label in ITEM_LABELS.items()), (SKIP, _l("Doesn't come along"))]


def _guess_state(words: str) -> str:
    known = {text: status for status, texts in STATES.items() for text in texts}
    known |= {word(label).casefold(): status for status, label in ITEM_LABELS.items()}
    return known.get(words.casefold(), ItemStatus.TO_START).value


def _by_word(labels: Mapping[Any, str]) -> dict[str, Any]:
    return {word(label).casefold(): code for code, label in labels.items()}
