"""Reminding whoever carries an action: three days before its day, on the day, and three days after. Then never again.

The days wait in a table of their own, so that another day begins them anew, and whoever acted once the first came is
left in peace. Several workers are welcome: a day is taken out of the table in the transaction that asks for the mail.
"""

import uuid
from datetime import timedelta

from sqlalchemy import delete

from webapp.core import clock
from webapp.core.db import db
from webapp.core.sweeps import sweep
from webapp.groups import items
from webapp.groups.lifecycle import WAITING_FOR_HANDS
from webapp.groups.models import ActionItem, ActionReminder
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind

AROUND = (-items.NEAR, timedelta(), items.NEAR)
DECENT_HOURS = range(8, 20)


def arm(item: ActionItem) -> None:
    """Plan the days on which somebody is reminded: of the day it is due now, and only those that are still to come."""
    disarm(item)
    if item.due_on is None or item.status not in WAITING_FOR_HANDS:
        return
    days = [item.due_on + distance for distance in AROUND]
    db.session.add_all(ActionReminder(item_id=item.id, on=day) for day in days if day > clock.today())
    db.session.flush()


def disarm(item: ActionItem) -> None:
    """Remind nobody any more."""
    db.session.execute(delete(ActionReminder).where(ActionReminder.item_id == item.id))


def acted(item: ActionItem) -> None:
    """Somebody moved an action: once its day is near they know, and need no more reminders of it."""
    if item.status not in WAITING_FOR_HANDS or (item.due_on and clock.today() >= item.due_on - items.NEAR):
        disarm(item)


@sweep
def remind_who_carries() -> None:
    """Tell those whose action is near, each of them once a day whatever they carry, at a decent hour."""
    if clock.local(clock.now()).hour not in DECENT_HOURS:
        return
    first: dict[uuid.UUID, uuid.UUID] = {}
    for item in _taken():
        for person_id in sorted(item.carrier_ids):
            first.setdefault(person_id, item.id)
    for person_id, item_id in first.items():
        notify([person_id], NoticeKind.ACTION_DUE, item_id)
    db.session.flush()


def _taken() -> list[ActionItem]:
    """The open actions of which a day has come, the earliest first; those days are gone now."""
    come = delete(ActionReminder).where(ActionReminder.on <= clock.today()).returning(ActionReminder.item_id)
    found = [items.item(one) for one in sorted(set(db.session.scalars(come)))]
    is_open = [one for one in found if one and one.due_on and one.status in WAITING_FOR_HANDS]
    return sorted(is_open, key=lambda one: (one.due_on, one.id))
