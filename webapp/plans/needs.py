"""What plans put on the first page: a moment to look back that is near, for whoever steers the plan."""

from collections.abc import Iterator
from datetime import datetime, time

from flask import url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.plans import lookbacks
from webapp.plans.labels import coming_way, coming_words
from webapp.plans.lookbacks import Coming
from webapp.policy.actor import Actor
from webapp.web import numbers
from webapp.web.needs import Need, Urgency, Way


def all_needs(_actor: Actor) -> Iterator[Need]:
    """What waits for this person."""
    yield from (_look_back(row) for row in lookbacks.coming(numbers.around().get(lookbacks.COMING)))


def _look_back(row: Coming) -> Need:
    since = datetime.combine(row.planned_on - lookbacks.NEAR, time(), clock.BRUSSELS)
    return Need(
        key=f"review-{row.id}", urgency=Urgency.MOMENT, since=since, is_question=False, icon="history",
        title=_("Looking back on %(plan)s", plan=row.title), line=coming_words(row.planned_on, row.who),
        ways=(Way(coming_way(row.planned_on), url_for("plans.review", review_id=row.id)),),
    )  # fmt: skip
