"""What guides of Elsterveer looked for in vain, and what the youth service told about some of it."""

from datetime import time

from sqlalchemy import select

from seeds.reading import moment, read, values
from seeds.town import Town
from webapp.core import clock
from webapp.core.db import db
from webapp.signals import actions
from webapp.signals.lifecycle import SignalStatus
from webapp.signals.models import Signal

AFTERNOON = time(16, 40)


def tell(town: Town) -> None:
    """Let each thing be missed as often as it was, and picked up where it was."""
    for entry in read("missing"):
        missing = actions.Missing(**values(entry, "heard", "told", "told_on", "told_by"))
        for day, who in entry["heard"]:
            with clock.at(moment(town.day(day), AFTERNOON)):
                actions.note(missing, by=town.actor(who))
        if "told" in entry:
            alike = (Signal.interest == missing.interests[0], Signal.status == SignalStatus.OPEN)
            signal = db.session.scalars(select(Signal).where(*alike)).one()
            with clock.at(moment(town.day(entry["told_on"]), AFTERNOON)):
                actions.pick_up(signal, entry["told"], by=town.actor(entry["told_by"]))
