"""A learning session with a full room: everybody joins by the link, asks every three seconds whether anything changed,
and shares something now and then, all of them on one network.

    python -m bench.learners                            200 phones for three minutes, somebody goes on every 30 seconds
    python -m bench.learners --phones 200 --seconds 1800

Prints errors, times, and the processor time of it all. Timings never decide a test.
"""

import argparse
import random
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import func, select

from bench.phones import Checks, cost, follow
from bench.served import Seen, Visitor, at_once, memory, processor_time, served, told
from bench.town import Town, town
from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import db
from webapp.learning import joining, queries, stepping
from webapp.learning.codes import Format, Lead, PhaseKind
from webapp.learning.models import Contribution, LearningSession, Phase, SessionLead
from webapp.policy.actor import Actor, Seat
from webapp.vocabulary.functions import FunctionKind as F

QUESTIONS = 1000
SHARES_EVERY = 180.0  # seconds, on average: in half an hour ten each, as many as a session holds
GOES_ON_EVERY = 30.0
PHASES = ("Aankomen", "Wat hielp", "Wat niet", "Drie lessen")


@dataclass
class Room:
    """What the phones met."""

    checks: Checks = field(default_factory=Checks)
    shared: list[float] = field(default_factory=list)
    joined: list[float] = field(default_factory=list)


def session_of(here: Town) -> tuple[uuid.UUID, Actor, str]:
    """A session that goes on now, who leads it, and its link."""
    place = db.session.scalars(select(Organisation).limit(1)).one()
    seat = Seat(F.COORDINATOR, place.id, place.kind, place.name)
    leader = Actor(here.people[F.COORDINATOR], "", (seat,))
    made = LearningSession(organisation_id=place.id, theme="Welkom", question="Wat hielp?", happens_at=clock.now())
    made.format = Format.OPEN
    db.session.add(made)
    db.session.flush()
    db.session.add(SessionLead(session_id=made.id, person_id=leader.person_id, lead=Lead.FACILITATOR))
    for at, title in enumerate(PHASES):
        db.session.add(Phase(session_id=made.id, position=at, kind=PhaseKind.ASK, title=title, prompt="Wat zag je?"))
    db.session.flush()
    found = queries.session(made.id)
    if found is None:
        raise SystemExit("the session is gone")
    joining.start(found, by=leader)
    learning_id, link = found.id, f"/mee/{joining.token_of(found)}"
    db.session.commit()  # nothing is read after it: that would hold the database
    return learning_id, leader, link


def join(port: int, link: str, path: str, room: Room) -> Visitor:
    """A phone comes in by the link, with no name."""
    phone = Visitor(port, "", [])
    phone.ask("GET", link)
    token = phone.ask_plain("/csrf")
    seen = Seen()
    phone.post(seen, f"{path}/binnen", {"csrf_token": token, "name": ""})
    room.joined += seen.writes
    room.checks.faults += seen.faults
    phone.ask("GET", f"{path}/deel")
    return phone


def share(phones: Sequence[Visitor], path: str, room: Room, until: float) -> None:
    """One after the other shares something, each as often as people do."""
    pause = SHARES_EVERY / len(phones)
    while time.monotonic() < until:
        phone = random.choice(phones)  # noqa: S311 - a room, not a secret
        giver = Visitor(phone.port, phone.cookie, [])
        seen, token = Seen(), giver.ask_plain("/csrf")
        giver.post(seen, f"{path}/deel", {"csrf_token": token, "words": "Iemand stond aan de poort.", "kind": "idea"})
        room.shared += seen.writes
        room.checks.faults += seen.faults
        time.sleep(pause)


def go_on(here: Town, learning_id: uuid.UUID, leader: Actor, until: float) -> None:
    """Who leads goes to another phase, and all phones fetch what changed."""
    at = 0
    while time.monotonic() + GOES_ON_EVERY < until:
        time.sleep(GOES_ON_EVERY)
        at += 1
        with here.app.app_context():
            session = queries.session(learning_id)
            if session is not None:
                stepping.go_to(queries.phases(session)[at % len(PHASES)], by=leader)
                db.session.commit()


def main() -> None:
    """Read what was asked and run it."""
    parser = argparse.ArgumentParser(prog="bench.learners", description=__doc__)
    parser.add_argument("--phones", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=180)
    options = parser.parse_args()
    with town(QUESTIONS) as here, served(here, 2) as (port, process):
        learning_id, leader, link = session_of(here)
        path, room = f"/mee/{learning_id}", Room()
        phones = [join(port, link, path, room) for _ in range(options.phones)]
        phones[0].connection = None  # the server closed it while the others came in
        pulse = phones[0].ask("GET", f"{path}/stand")[1]
        phones[0].headers = {"If-None-Match": f'"{pulse}"'}
        check, whole = cost(phones[0], f"{path}/stand", process.pid), cost(phones[0], f"{path}/deel", process.pid)
        until, before = time.monotonic() + options.seconds, processor_time(process.pid)
        following = [partial(follow, one, path, room.checks, until) for one in phones]
        leading = partial(go_on, here, learning_id, leader, until)
        at_once([*following, partial(share, phones, path, room, until), leading])
        used = (processor_time(process.pid) - before) / options.seconds
        kept = db.session.scalar(select(func.count()).where(Contribution.session_id == learning_id))
        print(f"{options.phones} phones, {options.seconds:.0f} s: {len(room.checks.checks)} checks")
        print(
            f"shared {len(room.shared)}, kept {kept}, errors {len(room.checks.faults)} {room.checks.faults[:3] or ''}"
        )
        print(told("join", room.joined), told("check", room.checks.checks), sep="\n")
        print(told("changed parts", room.checks.parts), told("share", room.shared), sep="\n")
        print(f"processor: a check {check:.2f} ms, the whole page {whole:.2f} ms ({check / whole:.2f})")
        print(f"all of it together {used:.2f} of a core; memory of two workers {memory(process):.0f} MiB")


if __name__ == "__main__":
    main()
