"""A plan to take along: its actions for a spreadsheet, and the whole of it as text. No person is named in either."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from webapp.core import sheets
from webapp.groups.labels import ITEM_LABELS
from webapp.plans import labels, tables, whole
from webapp.plans.codes import Column
from webapp.plans.labels import COLUMN_LABELS
from webapp.plans.models import Barrier, Choice, Evidence, Goal, Plan
from webapp.plans.story_models import Review, Voice
from webapp.plans.trello import BETWEEN, DONE
from webapp.vocabulary.objectives import OBJECTIVE_LABELS
from webapp.vocabulary.seven_bs import B_LABELS
from webapp.vocabulary.strategies import STRATEGY_LABELS
from webapp.web.dates import plain_day
from webapp.web.i18n import together, word

BOM = "\ufeff"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_csv(plan: Plan) -> str:
    """The actions with semicolons between the columns, as spreadsheets here expect them. Brug reads it back."""
    heads, *rows = _table(plan)
    return BOM + tables.as_text(heads, rows)


def as_xlsx(plan: Plan) -> bytes:
    """The actions as an Excel file."""
    return sheets.workbook(_("Actions"), ([tables.safe(cell) for cell in row] for row in _table(plan)))


def _table(plan: Plan) -> list[Sequence[str]]:
    heads = [*(word(COLUMN_LABELS[column]) for column in Column), _("Side"), _("Carried by")]
    steps = whole.steps(plan)
    return [heads, *(_cells(row, steps.get(row.id, ())) for row in whole.actions(plan))]


def _cells(row: Any, steps: Sequence[Any]) -> Sequence[str]:
    todo = BETWEEN.join((DONE if step.is_done else "") + step.words for step in steps)
    said = {
        Column.TITLE: row.title,
        Column.STATE: word(ITEM_LABELS[row.status]),
        Column.STRATEGY: word(STRATEGY_LABELS[row.strategy]),
        Column.BS: ", ".join(word(B_LABELS[b]) for b in row.bs),
        Column.GOAL: row.goal or "",
        Column.STARTS: row.starts_on.isoformat() if row.starts_on else "",
        Column.DUE: row.due_on.isoformat() if row.due_on else "",
        Column.STEPS: todo,
        Column.ENOUGH: row.enough_for,
        Column.NOT_YET: row.not_yet_for,
        Column.LEARNED: row.learned,
    }
    return [*(said[column] for column in Column), word(labels.SIDES[row.side]), row.organisation or row.group or ""]


def as_markdown(plan: Plan) -> str:
    """The whole plan as text with marks: what is known, barriers, choices, goals, actions, and its story."""
    days = _("From %(first)s to %(last)s.", first=plain_day(plan.begins_on), last=plain_day(plan.ends_on))
    lines = [f"# {_plain(plan.title)}", "", " ".join(filter(None, (_plain(plan.about), days)))]
    for title, found in _chapters(plan):
        if found:
            lines += ["", f"## {title}", "", *found]
    return "\n".join(lines) + "\n"


def _chapters(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    yield _("What we know"), [_known(row) for row in whole.parts(Evidence, plan, Evidence.heard_on)]
    yield _("Barriers"), [_barrier(row) for row in whole.parts(Barrier, plan, Barrier.side, Barrier.added_at)]
    yield _("Choices"), [_choice(row) for row in whole.parts(Choice, plan, Choice.until)]
    yield _("Goals"), [line for goal in whole.goals(plan) for line in _goal(goal)]
    yield _("Actions"), _actions(plan)
    yield _("What changed"), [_outcome(row) for row in whole.outcomes(plan)]
    yield _("Who we listened to"), [_voice(row) for row in whole.parts(Voice, plan, Voice.heard_on)]
    yield _("Looking back"), [_review(row) for row in whole.parts(Review, plan, Review.planned_on) if row.held_on]
    yield _("The story"), [_told(row) for row in whole.adjustments(plan)]


def _known(row: Evidence) -> str:
    facts = (word(labels.KIND_LABELS[row.kind]), labels.some(row.about_how_many), plain_day(row.heard_on))
    return f"- {_plain(row.heard)} ({', '.join(filter(None, facts))})"


def _barrier(row: Barrier) -> str:
    facts = (word(labels.SIDES[row.side]), together(word(B_LABELS[b]) for b in row.bs), _plain(row.setting))
    return f"- {_plain(row.words)} ({', '.join(filter(None, facts))})"


def _choice(row: Choice) -> str:
    until = _("until %(day)s", day=plain_day(row.until))
    return f"- {_plain(row.for_whom)}: {word(OBJECTIVE_LABELS[row.objective])}, {until}"


def _goal(row: Goal) -> Iterator[str]:
    yield f"- **{_plain(row.title)}**"
    yield f"  - {_('How we notice')}: {_plain(row.sign)}"
    if row.number:
        yield f"  - {_('Number')}: {_plain(row.number)}"
    for barrier in row.barriers:
        yield f"  - {_('Makes smaller')}: {_plain(barrier.words)}"


def _actions(plan: Plan) -> list[str]:
    steps, lines = whole.steps(plan), []
    for row in whole.actions(plan):
        due = _("by %(day)s", day=plain_day(row.due_on)) if row.due_on else ""
        facts = (
            word(ITEM_LABELS[row.status]),
            word(STRATEGY_LABELS[row.strategy]),
            _plain(row.organisation or row.group or ""),
            due,
        )
        lines.append(f"- **{_plain(row.title)}** ({', '.join(filter(None, facts))})")
        lines += [f"  - [{'x' if step.is_done else ' '}] {_plain(step.words)}" for step in steps.get(row.id, ())]
        lines += [f"  - {_('What we learned')}: {_plain(row.learned)}"] if row.learned else []
    return lines


def _outcome(row: Any) -> str:
    facts = (word(labels.GROWTH_LABELS[row.growth]), _plain(row.how_we_know), plain_day(row.seen_on))
    return f"- {_plain(row.who)} {_plain(row.what)} ({', '.join(facts)})"


def _voice(row: Voice) -> str:
    said = ". ".join(filter(None, (_plain(row.heard).rstrip("."), _plain(row.changed))))
    return f"- {plain_day(row.heard_on)}, {word(labels.VOICE_LABELS[row.of])}: {_plain(row.how)}. {said}".rstrip(". ")


def _review(row: Review) -> str:
    return f"- {plain_day(row.held_on or row.planned_on)}: {_plain(row.saw)} {_plain(row.changes)}".rstrip()


def _told(row: Any) -> str:
    return f"- {plain_day(row.at)}, {word(labels.PART_LABELS[row.part])} “{_plain(row.title)}”: {_plain(row.why)}"


def _plain(text: str) -> str:
    """What somebody typed on one line, without what would be a mark."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
