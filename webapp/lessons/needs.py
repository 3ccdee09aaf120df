"""What the log puts on the first page: flagged words and proposed tags, for whoever looks after it."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.core import clock
from webapp.core.numbers import Numbers
from webapp.lessons import lists
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.needs import Need, Urgency, Way
from webapp.web.numbers import around


def numbers(actor: Actor) -> Numbers:
    """How much waits in the log, read together with the other numbers of the first page."""
    return lists.any_waiting() if can(actor, Can.KEEP_LOG) else Numbers()


def all_needs(_actor: Actor) -> Iterator[Need]:
    """One line as long as flags wait for a decision, and one as long as tags do."""
    if number := around().get(lists.WAITING, 0):
        yield Need(
            key="flagged-words",
            urgency=Urgency.STUCK,
            since=clock.now(),
            title=ngettext("%(num)d flag waits for a decision", "%(num)d flags wait for a decision", number),
            line=_("Somebody says that words in the log break a house rule."),
            icon="flag",
            is_question=False,
            ways=(Way(_("Look and decide"), url_for("lessons.flags")),),
        )
    if number := around().get(lists.PROPOSED, 0):
        yield Need(
            key="proposed-tags",
            urgency=Urgency.UPKEEP,
            since=clock.now(),
            title=ngettext("%(num)d proposed tag waits", "%(num)d proposed tags wait", number),
            line=_("Somebody misses a word by which lessons are found."),
            icon="lightbulb",
            is_question=False,
            ways=(Way(_("Look and decide"), url_for("lessons.tags")),),
        )
