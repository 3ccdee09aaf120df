"""What the log puts on the first page: flagged words, proposed tags, lessons that wait for a second reader, and those
of one's own house that somebody should look at again."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.core import clock
from webapp.core.numbers import Numbers
from webapp.lessons import lists, lookbacks, waiting
from webapp.lessons.labels import look_again
from webapp.lessons.lookbacks import Doubted
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.needs import Need, Urgency, Way
from webapp.web.numbers import around


def numbers(actor: Actor) -> Numbers:
    """How much waits in the log, read together with the other numbers of the first page."""
    flagged = lists.any_waiting() if can(actor, Can.KEEP_LOG) else Numbers()
    return flagged | waiting.since(actor) | lookbacks.numbers(actor)


def all_needs(_actor: Actor) -> Iterator[Need]:
    """One line as long as flags wait for a decision, as long as tags do, and as long as lessons wait for a reader."""
    if number := around().get(lists.WAITING, 0):
        yield Need(
            key="flagged-words",
            urgency=Urgency.STUCK,
            since=clock.now(),
            title=ngettext("%(num)d flag waits for a decision", "%(num)d flags wait for a decision", number),
            line=_("Somebody says that words in the log break a house rule."),
            icon="flag",
            is_question=False,
            ways=(Way(_("Look at the flags"), url_for("lessons.flags")),),
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
            ways=(Way(_("Look at the words"), url_for("lessons.tags")),),
        )
    if count := around().get(waiting.TO_READ):
        yield _to_read(count)
    yield from (_look_again(row) for row in lookbacks.doubted(around().get(lookbacks.DOUBTED)))


def _look_again(row: Doubted) -> Need:
    here = url_for("lessons.lesson", lesson_id=row.id)
    return Need(
        key=f"lesson-{row.id}", urgency=Urgency.UPKEEP, since=row.doubted_at or clock.now(), icon="sprout",
        title=_("Does “%(title)s” still hold?", title=row.title), is_question=False,
        line=look_again(row.places, None if row.doubted_at else row.review_on), ways=(Way(_("Look and answer"), here),),
    )  # fmt: skip


def _to_read(count: int) -> Need:
    title = ngettext("%(num)d lesson waits for a second reader", "%(num)d lessons wait for a second reader", count)
    return Need(
        key="lessons-to-read", urgency=Urgency.NEXT_STEP, since=around().get(waiting.SINCE) or clock.now(),
        title=title, line=_("The network reads them after somebody other than the writer did."), icon="sprout",
        is_question=False, ways=(Way(_("Read along"), url_for("lessons.reading")),),
    )  # fmt: skip
