"""Plans in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext

from webapp.core import clock
from webapp.groups.codes import Visibility
from webapp.groups.labels import FAULTS as OWNER_FAULTS
from webapp.groups.labels import ITEM_ICONS, ITEM_LABELS, owner_of, place_words
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.plans.board import BECOMES, STANDS_IN
from webapp.plans.codes import FEWEST, Column, EvidenceKind, Growth, Lane, Link, Part, Shared, VoiceOf
from webapp.plans.lifecycle import PlanStatus
from webapp.vocabulary.sides import Side
from webapp.vocabulary.words import _l
from webapp.web.dates import long_day
from webapp.web.i18n import capital, sentences, together, word

STATUS_LABELS: dict[PlanStatus, str] = {
    PlanStatus.CURRENT: _l("Going on"),
    PlanStatus.ROUNDED_OFF: _l("Rounded off"),
}
KIND_LABELS: dict[EvidenceKind, str] = {
    EvidenceKind.SURVEY: _l("Survey"),
    EvidenceKind.SCAN: _l("Accessibility scan"),
    EvidenceKind.FOCUS_GROUP: _l("Focus group"),
    EvidenceKind.REFERRALS: _l("What referrals show"),
    EvidenceKind.SIGNAL: _l("Missing offer"),
    EvidenceKind.OTHER: _l("Something else"),
}
KIND_ICONS: dict[EvidenceKind, str] = {
    EvidenceKind.SURVEY: "list-checks",
    EvidenceKind.SCAN: "search",
    EvidenceKind.FOCUS_GROUP: "messages-square",
    EvidenceKind.REFERRALS: "footprints",
    EvidenceKind.SIGNAL: "flag",
    EvidenceKind.OTHER: "lightbulb",
}
SHARED_LABELS: dict[Shared, str] = {
    Shared.ONE_VOICE: _l("One voice so far"),
    Shared.SEVERAL: _l("Several people see it"),
    Shared.MOST: _l("Most people see it"),
    Shared.ALL: _l("Everybody sees it"),
}
GROWTH_LABELS: dict[Growth, str] = {
    Growth.TOO_EARLY: _l("Too early to say"),
    Growth.SOMETHING: _l("We see something already"),
    Growth.CLEAR: _l("Clear to see"),
}
GROWTH_ICONS: dict[Growth, str] = {Growth.TOO_EARLY: "leaf", Growth.SOMETHING: "sprout", Growth.CLEAR: "trees"}
PART_LABELS: dict[Part, str] = {
    Part.PLAN: _l("The plan"),
    Part.CHOICE: _l("Choice"),
    Part.BARRIER: _l("Barrier"),
    Part.GOAL: _l("Goal"),
    Part.ACTION: _l("Action"),
}
LINK_LABELS: dict[Link, str] = {
    Link.EVIDENCE: _l("What we know"),
    Link.BARRIER: _l("Barriers"),
    Link.GOAL: _l("Goals"),
    Link.ACTION: _l("Actions"),
    Link.TOPIC: _l("Agenda items"),
    Link.DECISION: _l("Decisions"),
    Link.LESSON: _l("Lessons"),
}
"""The links of the chain, as headings."""
LINK_ICONS: dict[Link, str] = {
    Link.EVIDENCE: "search",
    Link.BARRIER: "mountain",
    Link.GOAL: "target",
    Link.ACTION: "footprints",
    Link.TOPIC: "messages-square",
    Link.DECISION: "handshake",
    Link.LESSON: "sprout",
}
COLUMN_LABELS: dict[Column, str] = {
    Column.TITLE: _l("Action"),
    Column.STATE: _l("Where it stands"),
    Column.STRATEGY: _l("Strategy"),
    Column.BS: _l("B's"),
    Column.GOAL: _l("Goal"),
    Column.STARTS: _l("Begins"),
    Column.DUE: _l("By when"),
    Column.STEPS: _l("Small steps"),
    Column.ENOUGH: _l("Enough for"),
    Column.NOT_YET: _l("Not yet for"),
    Column.LEARNED: _l("What we learned"),
}
"""The columns of a table of actions."""
VOICE_LABELS: dict[VoiceOf, str] = {
    VoiceOf.YOUNG_PEOPLE: _l("Children and young people"),
    VoiceOf.YOUTH_WORKERS: _l("Youth workers and volunteers"),
    VoiceOf.PARENTS: _l("Parents"),
    VoiceOf.TOGETHER: _l("Together"),
}
LANE_LABELS: dict[Lane, str] = {lane: ITEM_LABELS[status] for lane, status in BECOMES.items()}
LANE_ICONS: dict[Lane, str] = {lane: ITEM_ICONS[status] for lane, status in BECOMES.items()}
LANE_OF: dict[ItemStatus, Lane] = {status: lane for lane, statuses in STANDS_IN.items() for status in statuses}
"""In which column of the board an action stands. What was dropped is folded away."""
SIDE_TAGS: dict[Side, str] = {Side.DEMAND: "vraag", Side.SUPPLY: "aanbod"}
SIDES: dict[Side, str] = {Side.DEMAND: _l("demand side"), Side.SUPPLY: _l("supply side")}
"""The two banks, as plans call them."""
SIDE_ICONS: dict[Side, str] = {Side.DEMAND: "arrow-left-to-line", Side.SUPPLY: "arrow-right-to-line"}

FAULTS: dict[str, str] = {
    **OWNER_FAULTS,
    "why_needed": _l("Say in one line why. Whoever reads the plan later understands it then."),
    "no_such_group": _l("Choose a working group that is no secret: everybody in the network reads the plan."),
    "learned_needed": _l("Say in one sentence what you learned. Letting go of something is a result too."),
    "due_before_start": _l("It would be done before it begins. Choose a later last day."),
    "no_such_plan": _l("Choose a plan that goes on and that you look after."),
    "no_such_action": _l("This action isn't in the plan any more. Choose another."),
    "not_clear_which": _l("We don't know which action you mean. Type a few letters more of what it is called."),
    "too_many_steps": _l("There is no room for more small steps. Make an action of its own of some."),
    "too_many_first": _l("An action can wait for twelve others at most."),
    "no_such_goal": _l("This goal isn't in the plan any more. Choose another, or none."),
    "day_to_come": _l("This day is still to come. Say when it was."),
    "nobody_said_it": _l("From at least one. Leave it open if you don't know."),
    "no_such_tool": _l("This tool doesn't stand on the shelf of the network any more. Choose another, or none."),
    "look_back_missing": _l("Choose a day to look back."),
    "not_in_plan": _l("Something you chose isn't in the plan any more. Look at your choice again."),
    "b_needed": _l("Choose at least one B."),
    "sign_needed": _l("Say how you will notice it. A number alone is no sign."),
    "words_needed": _l("Write what you think of it."),
    "plan_gone": _l("This plan isn't there any more. Choose another, or none."),
    "no_such_barrier": _l("This barrier isn't there any more. Choose another, or none."),
    "no_table": _l("There is no table in this. Copy the cells from your spreadsheet, or choose a CSV file."),
    "no_rows": _l("There are no rows under the first one. The first row says what is in each column."),
    "too_many_columns": _l("There are more than 40 columns in this. Take only those that are about the actions."),
    "no_board": _l("This isn't the whole file that Trello makes. Export the board once more, as JSON."),
    "no_cards": _l("There are no open cards on this board. Archived cards and lists don't come along."),
    "too_large": _l(
        "This file is larger than 6 MB. Copy the board in Trello: the copy has no history, and its file is small."
    ),
    "cannot_be_linked": _l("Not everybody in the network reads this, so it can't be linked. Choose another."),
    "ends_before_begin": _l("The last day comes before the first. Turn them around."),
    "no_such_organisation": _l("This organisation isn't in Brug any more. Choose another."),
    "no_such_name": _l("We don't know this organisation. Type its name as it stands in the network."),
    "day_has_passed": _l("This day has passed. Choose a later one."),
    "day_is_ahead": _l("This day is still to come. When did you look back?"),
}


def look_back_words(day: date, who: str) -> str:
    """When one looks back and with whom: "Donderdag 14 januari, samen met twee tieners."."""
    return f"{capital(_when_and_who(day, who))}."


def coming_words(day: date, who: str) -> str:
    """The same of a look back that is planned; when its day has passed, that it is to be told or put off."""
    if day >= clock.today():
        return look_back_words(day, who)
    return gettext("Planned for %(when)s. Tell how it was, or put it off.", when=_when_and_who(day, who))


def coming_way(day: date) -> str:
    """What one does with a look back that is planned: prepare, or afterwards tell."""
    return gettext("Prepare") if day >= clock.today() else gettext("Tell or put off")


def _when_and_who(day: date, who: str) -> str:
    return ", ".join(part for part in (long_day(day), who) if part).rstrip(".")


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def seen_words(row: Any) -> str:
    """An outcome in one line: "Teenagers from the class: they know somebody of the crew"."""
    return f"{row.who}: {row.what[:1].lower()}{row.what[1:]}"


def three_words(titles: Sequence[str]) -> str:
    """Why a fourth choice cannot stand on top, and which ones do."""
    names = together(f"“{title}”" for title in titles)
    return gettext("Three stand on top already: %(names)s. Take one of them down first.", names=names)


def doer_words(row: Any) -> str:
    """Who carries an action, short: a person by first name, a seat, an organisation, or the group that does it."""
    if row.owner:
        return ", ".join(part for part in (row.owner.split()[0], row.organisation) if part)
    return place_words(row.organisation, row.owner_function) or row.group or gettext("Nobody yet")


def owned_by(item: ActionItem) -> str:
    """The same for one action on a page of its own, with the whole name; as it can be typed. Empty while that is a
    group that became a secret."""
    if item.owner or item.owner_organisation:
        return owner_of(item)
    return item.group.name if item.group.visibility is not Visibility.CONFIDENTIAL else ""


def lane_of(status: ItemStatus) -> Lane | None:
    """In which column of the board an action stands; None for what was dropped."""
    return LANE_OF.get(status)


def told_words(item: ActionItem) -> str:
    """Where an action stands now, as it is said aloud: "Meerijdienst" now stands in Being done."""
    return gettext("“%(title)s” now stands in: %(column)s.", title=item.title, column=word(ITEM_LABELS[item.status]))


def circle_words(titles: Sequence[str]) -> str:
    """Why an action cannot come first: which actions would wait for each other, all around."""
    pairs = zip(titles, [*titles[1:], titles[0]], strict=True)
    waits = [gettext("“%(one)s” waits for “%(other)s”", one=one, other=other) for one, other in pairs]
    return gettext("Then they would wait for each other all around: %(waits)s.", waits=", ".join(waits))


def some(number: int | None) -> str:
    """About how many, never fewer than five: "about 40", "fewer than five", or nothing when it is not known."""
    if number is None:
        return ""
    return gettext("from about %(num)s", num=number) if number >= FEWEST else gettext("from fewer than five")


ROW_FAULTS: dict[str, str] = {
    "title_missing": _l("there is no action in it. Write what you do."),
    "stands_there": _l("“%(value)s” stands in the plan already, or twice in here. Rename it, or leave it out."),
    "too_long": _l("this is longer than %(value)s characters. Make it shorter."),
    "too_many_steps": _l("there are more than %(value)s small steps in it. Make two actions of it."),
    "unknown_word": _l("Brug doesn't know “%(value)s” here. Use a word that Brug knows, or leave it empty."),
    "strategy_missing": _l("no strategy. Choose below by which strategy these actions work."),
    "no_such_goal": _l("no goal of this plan is called “%(value)s”. Write it as in the plan, or leave it empty."),
    "no_day": _l("“%(value)s” is no day. Write it like 14/3/2027."),
    "ends_too_early": _l("it would be done before it begins. Choose a later last day."),
    "learned_missing": _l("it was dropped. Say in one sentence what you learned."),
}


def row_fault(number: int, column: str, fault: str, value: str) -> str:
    """What is wrong with a row of a table, where, and what to do."""
    why = word(ROW_FAULTS[fault]) % {"value": value[:60]}
    return gettext("Row %(row)d, column “%(column)s”: %(why)s", row=number, column=column[:60], why=why)
