"""What date polls put on the first page: those in which somebody said nothing yet of some moment."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from webapp.policy.actor import Actor
from webapp.polls import queries
from webapp.polls.labels import until_words
from webapp.web import numbers
from webapp.web.needs import Need, Urgency, Way


def all_needs(actor: Actor) -> Iterator[Need]:
    """What waits for this person."""
    found = queries.open_polls(numbers.around().get(queries.OPEN_POLLS))
    yield from (_need(row) for row in found if row.waits)


def _need(row: queries.OpenPoll) -> Need:
    href = url_for("polls.show", poll_id=row.id)
    return Need(
        key=f"poll-{row.id}", urgency=Urgency.MOMENT, since=row.made_at, title=row.title,
        line=_("%(group)s looks for a moment. %(until)s", group=row.group, until=until_words(row.closes_on)),
        icon="calendar-days", is_question=False, ways=(Way(_("Say when you can"), href),),
    )  # fmt: skip
