"""The form that closes a session: three lines, lessons to write down, actions to give away, thanks."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import Optional as Maybe
from wtforms.validators import ValidationError

from webapp.core.db import AnyRow
from webapp.learning.closing import Do, Draft, Kept, Outcome
from webapp.learning.deciding import MOST_CANDIDATES
from webapp.learning.forms.minding import SessionWordsForm
from webapp.learning.models import Contribution, LearningSession
from webapp.lessons.models import LINE
from webapp.vocabulary.strategies import STRATEGY_LABELS, Strategy
from webapp.web.forms import Line, LongLine, OneOf, SelectChoice, Version, Words, as_id

MOST_LINES = 3
TITLE = 80
LESSONS, ACTIONS = range(1, MOST_CANDIDATES + 1), range(1, 7)
AS_BOX = {"placeholder": " "}
"""A row that is still empty stays away until the one before it has words; a browser tells so by its placeholder."""


class LessonRow(NamedTuple):
    """A lesson on the page: what it came from, if anything, and its fields."""

    number: int
    shared: str
    make: Any
    note: Any
    title: Any
    line: Any


class ActionRow(NamedTuple):
    """An action on the page: its fields."""

    number: int
    act: Any
    where: Any
    how: Any


def three_lines(_form: Any, field: Any) -> None:
    """Refuse more lines than people remember."""
    if len([line for line in (field.data or "").splitlines() if line]) > MOST_LINES:
        raise ValidationError(gettext("Three lines are enough. Put the rest in a lesson."))


class CloseForm(SessionWordsForm):
    """What came of a session. Its rows are fields of their own, numbered from 1, as many as fit an evening."""

    version = Version()
    result = Words(_l("What came of it, in three lines?"), most=600, needed=_l("Write at least one line."))
    thanks: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.result.validators = [*self.result.validators, three_lines]
        self.shared: dict[str, str] = {}

    @classmethod
    def of(cls, session: LearningSession, candidates: Sequence[Contribution]) -> "CloseForm":
        """The form as a session stands, with what may become a lesson."""
        known: dict[str, Any] = {"version": session.version}
        if not session.is_result_folded:
            known |= {"result": session.result, "thanks": session.thanks}
        for number, note in zip(LESSONS, candidates, strict=False):
            title = note.words if len(note.words) <= TITLE else ""
            line = note.words if len(note.words) <= LINE else ""
            row = {"make": True, "note": note.id, "title": title, "line": line}
            known |= {f"{name}_{number}": value for name, value in row.items()}
        form = cls(**known)
        if session.is_result_folded:
            form.result.validators = [Maybe()]
        return form

    def offer(self, groups: Iterable[AnyRow], plans: Iterable[AnyRow], candidates: Iterable[Contribution]) -> None:
        """Let actions go to these groups and plans, and show what was shared beside each lesson."""
        places = [
            SelectChoice("", gettext("Choose where")),
            *(SelectChoice(f"group:{row.id}", row.name, optgroup=gettext("My working groups")) for row in groups),
            *(SelectChoice(f"plan:{row.id}", row.title, optgroup=gettext("Plans")) for row in plans),
        ]
        for number in ACTIONS:
            self[f"where_{number}"].choices = places
        self.shared = {str(note.id): note.words for note in candidates}

    def lesson_rows(self) -> Iterator[LessonRow]:
        """The lessons, those from what was shared first."""
        for number in LESSONS:
            make, note, title, line = self._row(number, "make", "note", "title", "line")
            yield LessonRow(number, self.shared.get(str(note.data), ""), make, note, title, line)

    def action_rows(self) -> Iterator[ActionRow]:
        """The actions."""
        return (ActionRow(number, *self._row(number, "act", "where", "how")) for number in ACTIONS)

    def _row(self, number: int, *names: str) -> list[Any]:
        return [self[f"{name}_{number}"] for name in names]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether what was typed is whole. A lesson whose tick was taken away is asked nothing."""
        super().validate(extra_validators)
        for lesson in self.lesson_rows():
            _look_at_lesson(lesson)
        for action in self.action_rows():
            _look_at_action(action)
        return not any(field.errors for field in self)

    def came(self) -> Outcome:
        """What was filled in."""
        return Outcome(
            self.result.data or "", self.thanks.data or "",
            tuple(_kept(row) for row in self.lesson_rows() if _is_wanted(row)),
            tuple(_do(row) for row in self.action_rows() if row.act.data),
        )  # fmt: skip


def _is_wanted(row: LessonRow) -> bool:
    return bool(row.make.data) if row.note.data else bool(row.title.data or row.line.data)


def _look_at_lesson(row: LessonRow) -> None:
    if not _is_wanted(row):
        row.title.errors, row.line.errors = (), ()
        return
    if not row.title.data:
        row.title.errors = [gettext("Give it a short name.")]
    if not row.line.data:
        row.line.errors = [gettext("Write the one line that others can use.")]


def _look_at_action(row: ActionRow) -> None:
    if not row.act.data:
        row.where.errors, row.how.errors = (), ()
        return
    if not row.where.data:
        row.where.errors = [gettext("Choose a working group or a plan.")]
    if str(row.where.data).startswith("plan:") and not row.how.data:
        row.how.errors = [gettext("Choose the strategy that fits best.")]


def _kept(row: LessonRow) -> Kept:
    return Kept(Draft(row.title.data or "", row.line.data or ""), as_id(row.note.data), row.title.name)


def _do(row: ActionRow) -> Do:
    kind, _colon, place = row.where.data.partition(":")
    return Do(row.act.data or "", uuid.UUID(place), row.how.data if kind == "plan" else None)


def _give_rows(form: Any) -> None:
    """Give the form its rows, in the order of the page."""
    for number in LESSONS:
        setattr(form, f"make_{number}", BooleanField(_l("Make a lesson of it")))
        setattr(form, f"note_{number}", HiddenField())
        setattr(form, f"title_{number}", Line(_l("Name of lesson %(num)s", num=number), most=TITLE, render_kw=AS_BOX))
        line = LongLine(_l("The line of lesson %(num)s that travels", num=number), most=LINE, render_kw=AS_BOX)
        setattr(form, f"line_{number}", line)
    for number in ACTIONS:
        setattr(form, f"act_{number}", LongLine(_l("Action %(num)s", num=number), most=160, render_kw=AS_BOX))
        where = SelectField(_l("Where does action %(num)s go?", num=number), validators=[Maybe()])
        setattr(form, f"where_{number}", where)
        strategy = _l("By which strategy works action %(num)s?", num=number)
        setattr(form, f"how_{number}", OneOf(strategy, tuple(Strategy), STRATEGY_LABELS))
    form.thanks = LongLine(_l("Thank you"), most=240)
    lessons = [f"{name}_{number}" for number in LESSONS for name in ("title", "line")]
    form.watched = ("result", *lessons, *(f"act_{number}" for number in ACTIONS), "thanks")


_give_rows(CloseForm)
