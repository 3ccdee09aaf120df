"""Letting an association rest for a while, and letting it be awake again."""

import uuid
from datetime import date

from sqlalchemy import delete

from webapp.accounts.models import Organisation
from webapp.core import clock, history, outbox
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.core.sweeps import sweep
from webapp.directory.models import Rest
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.calendar import DAY
from webapp.vocabulary.rests import LONGEST_PAUSE, RestKind
from webapp.vocabulary.retention import Keep, kept_for


def set_rest(
    organisation: Organisation,
    kind: RestKind,
    first_day: date,
    last_day: date,
    *,
    offer_id: uuid.UUID | None = None,
    by: Actor,
) -> Rest:
    """Let an association, or one of its offers, rest from one day to another. Raises Invalid."""
    require(by, Can.EDIT_ORGANISATION, organisation)
    if last_day < first_day:
        raise Invalid({"last_day": "ends_before_it_begins"})
    if last_day < clock.today():
        raise Invalid({"last_day": "rest_is_over"})
    if last_day - first_day > LONGEST_PAUSE:
        raise Invalid({"last_day": "rest_too_long"})
    row = Rest(
        organisation_id=organisation.id,
        offer_id=offer_id,
        kind=kind,
        first_day=first_day,
        last_day=last_day,
    )
    db.session.add(row)
    db.session.flush()
    history.record("organisation", organisation.id, "rest", by=by, after=kind)
    reckon_again(organisation.id)
    return row


def end_rest(row: Rest, *, by: Actor) -> None:
    """The crew is back earlier, or the pause does not happen. What was rested stays rested."""
    require(by, Can.EDIT_ORGANISATION, row)
    history.record("organisation", row.organisation_id, "end_rest", by=by, before=row.kind)
    if row.first_day < clock.today():
        row.last_day = min(row.last_day, clock.today() - DAY)
    else:
        db.session.delete(row)
    db.session.flush()
    reckon_again(row.organisation_id)


def reckon_again(organisation_id: uuid.UUID) -> None:
    """The crew rests on other days than before: what is counted in its days is counted again."""
    outbox.enqueue("rest.changed", {"organisation": organisation_id.hex})


@sweep
def forget_ended_rests() -> None:
    """Pauses that are over for long go."""
    db.session.execute(delete(Rest).where(Rest.last_day < clock.today() - kept_for(Keep.REST)))
