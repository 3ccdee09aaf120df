"""A meeting that many follow on their phones: each asks every three seconds whether anything changed.

    python -m bench.phones                           50 phones for a minute, somebody writes every five seconds
    python -m bench.phones --phones 50 --seconds 600

Prints errors, times, and the processor time of a check beside that of the whole page. Timings never decide a test.
"""

import argparse
import random
import time
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select

from bench.served import Seen, Visitor, at_once, memory, processor_time, served, told
from bench.town import Town, town
from webapp.accounts import sessions
from webapp.accounts.recognise import cookie_name
from webapp.core.db import db
from webapp.groups.models import Membership
from webapp.meetings import queries
from webapp.vocabulary.functions import FunctionKind as F

EVERY = 3.0
WRITES_EVERY = 5.0
QUESTIONS = 1000
REPEATS = 200
AS_PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@dataclass
class Checks:
    """What the phones met."""

    checks: list[float] = field(default_factory=list)
    parts: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def phone_of(here: Town, port: int, number: int) -> Visitor:
    """A phone of somebody who sits in the group; people have more than one when there are more phones."""
    group = here.parts["group_id"]
    seated = db.session.scalars(select(Membership.person_id).where(Membership.group_id == group)).all()
    with here.app.test_request_context():
        cookie = f"{cookie_name()}={sessions.start(seated[number % len(seated)])}"
    return Visitor(port, cookie, [])


def follow(phone: Visitor, path: str, met: Checks, until: float) -> None:
    """Ask one number every three seconds; when it grew, fetch the parts that changed."""
    known = ""
    time.sleep(random.uniform(0, EVERY))  # noqa: S311 - not all at once, as in life
    while time.monotonic() < until:
        begin = time.monotonic()
        try:
            phone.connection = None  # the server closes idle ones after five seconds
            phone.headers = {"If-None-Match": f'"{known}"', **AS_PART}
            status, body, taken = phone.ask("GET", f"{path}/stand")
            met.checks.append(taken)
            if status == 200:
                known = body
                status, _, taken = phone.ask("GET", f"{path}/nu")
                met.parts.append(taken)
            if status not in (200, 304):
                met.faults.append(f"{path}: {status}")
        except OSError as fault:
            met.faults.append(type(fault).__name__)
        time.sleep(max(0.0, EVERY - (time.monotonic() - begin)))


def write(phone: Visitor, topic: str, met: Checks, until: float) -> None:
    """Put a note down every five seconds."""
    token = phone.ask_plain("/csrf")
    while time.monotonic() < until:
        seen = Seen()
        phone.post(seen, topic, {"csrf_token": token, "words": "Wat iemand zegt", "kind": "note"})
        met.writes += seen.writes
        met.faults += seen.faults
        time.sleep(WRITES_EVERY)


def cost(phone: Visitor, path: str, server: int) -> float:
    """Milliseconds of processor for one answer."""
    before = processor_time(server)
    for _ in range(REPEATS):
        phone.ask("GET", path)
    return (processor_time(server) - before) / REPEATS * 1000


def main() -> None:
    """Read what was asked and run it."""
    parser = argparse.ArgumentParser(prog="bench.phones", description=__doc__)
    parser.add_argument("--phones", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with town(QUESTIONS) as here, served(here, 2) as (port, process):
        meeting, group = here.parts["running_id"], here.parts["group_id"]
        if meeting is None or group is None or here.people.get(F.GUIDE) is None:
            raise SystemExit("the town has no meeting that goes on")
        path = f"/vergaderingen/{meeting}"
        topic = next(row.id for row in queries.agenda(meeting))
        phones = [phone_of(here, port, number) for number in range(options.phones + 1)]
        db.session.commit()
        writer, *followers = phones
        pulse = writer.ask("GET", f"{path}/stand")[1]
        writer.headers = {"If-None-Match": f'"{pulse}"'}
        check, whole = cost(writer, f"{path}/stand", process.pid), cost(writer, path, process.pid)
        met, until = Checks(), time.monotonic() + options.seconds
        before = processor_time(process.pid)
        following = [partial(follow, one, path, met, until) for one in followers]
        at_once([*following, partial(write, writer, f"/punten/{topic}/regels", met, until)])
        used = (processor_time(process.pid) - before) / options.seconds
        print(
            f"{options.phones} phones, {options.seconds:.0f} s: {len(met.checks)} checks, {len(met.parts)} of them grew"
        )
        print(f"{len(met.writes)} lines written, errors {len(met.faults)} {met.faults[:3] or ''}")
        for name, times in (("check", met.checks), ("changed parts", met.parts), ("write", met.writes)):
            print(told(name, times))
        print(f"processor: a check {check:.2f} ms, the whole page {whole:.2f} ms ({check / whole:.2f})")
        print(f"all of it together {used:.2f} of a core")
        print(f"memory of two workers {memory(process):.0f} MiB")


if __name__ == "__main__":
    main()
