"""An action in a group, the clock that reminds of it, and the mails that come of that."""

import re
import uuid
from datetime import date, datetime, time
from email.message import EmailMessage

import pytest
from sqlalchemy import delete

from tests.groups.makers import group
from tests.people import Cast
from tests.support.mails import text_of
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.groups import carrying, items, reminding
from webapp.groups.carrying import Wanted
from webapp.groups.codes import Visibility
from webapp.groups.models import ActionItem
from webapp.groups.owning import Owner

START = date(2026, 11, 2)
DUE = date(2026, 11, 20)
LINK = re.compile(r"https://brug\.test(/g/\S+)")


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), clock.BRUSSELS)


def carried(cast: Cast, owner: Owner | None, due_on: date = DUE, **more: Visibility) -> uuid.UUID:
    """An action that was written down weeks before; what else was mailed about it is gone."""
    with clock.at(at(START)):
        made = carrying.add(group(cast, **more), Wanted("Soep maken", owner, due_on), by=cast.actor("noor"))
        item_id = made.id
        db.session.commit()
        db.session.execute(delete(outbox.Job))
        db.session.commit()
    return item_id


def sweep(day: date, hour: int = 10) -> None:
    """What the clock does on a day, twice, and the mail that follows."""
    with clock.at(at(day, hour)):
        for _ in range(2):
            reminding.remind_who_carries()
            db.session.commit()
        while outbox.run_due("test"):
            pass
    db.session.rollback()


def link_in(message: EmailMessage, way: str) -> str:
    return next(one for one in LINK.findall(text_of(message)) if one.endswith(f"wat={way}"))


def again(item_id: uuid.UUID) -> ActionItem:
    db.session.rollback()
    db.session.expire_all()
    return items.item(item_id) or pytest.fail("gone")
