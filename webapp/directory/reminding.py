"""Asking the contact points of an association once a month whether its offers are still right.

The mail stops as soon as somebody confirmed; whoever rests is left in peace. A seat is asked once, however many
workers there are: it is locked, looked at again and marked in the transaction that asks for the mail.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from webapp.accounts.models import Function
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.core.sweeps import sweep
from webapp.directory.models import UpkeepMail
from webapp.directory.rests import of_offers
from webapp.directory.upkeep import ASK_AFTER, seats_to_ask
from webapp.vocabulary.calendar import is_working_day

SWEEP_BATCH = 100
DECENT_HOURS = range(8, 20)


@sweep
def ask_whether_still_right() -> None:
    """Ask who was not asked for a month about what nobody confirmed for a month, on a working day at a decent hour."""
    if not is_working_day(clock.today()) or clock.local(clock.now()).hour not in DECENT_HOURS:
        return
    offers: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for row in seats_to_ask():
        offers[row.seat_id].append(row.offer_id)
    rests = of_offers({one for several in offers.values() for one in several})
    awake = [seat for seat, several in offers.items() if any(clock.today() not in rests[one] for one in several)]
    for seat_id in _locked(awake[:SWEEP_BATCH]):
        db.session.merge(UpkeepMail(seat_id=seat_id, asked_at=clock.now()))
        outbox.enqueue("mail.still_right", {"seat": seat_id.hex})
    db.session.flush()


def _locked(seats: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Those of the seats that nobody else is asking at this moment, or asked a moment ago."""
    held = select(Function.id).where(Function.id.in_(list(seats))).order_by(Function.id)
    mine = db.session.scalars(held.with_for_update(skip_locked=True)).all()
    asked = select(UpkeepMail.seat_id).where(
        UpkeepMail.seat_id.in_(mine), UpkeepMail.asked_at > clock.now() - ASK_AFTER
    )
    lately = set(db.session.scalars(asked))
    return [one for one in mine if one not in lately]
