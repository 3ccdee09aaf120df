"""What group visits put on the first page of both sides."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from webapp.core.db import AnyRow
from webapp.policy.actor import Actor
from webapp.visits import queries
from webapp.visits.labels import day_words, group_words
from webapp.visits.lifecycle import VisitStatus
from webapp.web import numbers
from webapp.web.dates import moment
from webapp.web.needs import Need, Urgency, Way


def all_needs(actor: Actor) -> Iterator[Need]:
    """The visits that wait for this person."""
    if numbers.around().get(queries.WAITING):
        yield from (_need(row) for row in queries.waiting(actor))


def _need(row: AnyRow) -> Need:
    if row.status is VisitStatus.ASKED:
        urgency, title = Urgency.ANSWER, _("%(sender)s would like to come by with a group", sender=row.sender)
        line = _("%(group)s, on %(days)s. No is fine too.", group=group_words(row).capitalize(), days=day_words(row))
        label = _("Look and answer")
    elif row.status is VisitStatus.IDEA:
        urgency, title = Urgency.CHOICE, _("%(place)s has another idea for your group", place=row.organisation)
        line, label = _("Read it, and ask anew or call it off."), _("Look")
    else:
        urgency, title = Urgency.CHECK_IN, _("How was the visit to %(place)s?", place=row.organisation)
        line, label = _("It was planned for %(when)s.", when=moment(row.starts_at)), _("Look back")
    href = url_for("visits.show", visit_id=row.id)
    return Need(
        key=f"visit-{row.id}", urgency=urgency, since=row.moved_at, title=title, line=line, icon="users",
        is_question=False, ways=(Way(label, href),),
    )  # fmt: skip
