"""How Brug itself is doing, for people who look after it: facts about machines and counts, never about people."""

import enum
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.config import Settings
from webapp.core import brake, clock, duties, outbox
from webapp.core.duties import Duty, DutyRun
from webapp.core.keeping import LITTLE_ROOM, NO_ROOM

LATE = {
    Duty.WORKER: timedelta(minutes=5),
    Duty.CLOCKS: timedelta(hours=1),
    Duty.BACKUP: timedelta(hours=3),
    Duty.REHEARSAL: timedelta(hours=48),
    Duty.CHAIN: timedelta(hours=48),
}
IN_THE_DEMO = (Duty.WORKER, Duty.CLOCKS)
QUEUE_STANDS_STILL = timedelta(minutes=15)


class State(enum.StrEnum):
    """How something is doing."""

    GOOD = "good"
    NOT_YET = "not_yet"
    LATE = "late"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Task:
    """One duty: how it is doing, since when it was well, and what was found."""

    duty: Duty
    state: State
    well_at: datetime | None
    finding: str


@dataclass(frozen=True, slots=True)
class Queue:
    """Mail and other work: how much waits, since when, and how much was given up."""

    state: State
    waiting: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Room:
    """How many gigabytes are left on the disk."""

    state: State
    gigabytes: float


@dataclass(frozen=True, slots=True)
class Health:
    """Everything together."""

    tasks: tuple[Task, ...]
    erasing: State
    queue: Queue
    room: Room

    @property
    def is_well(self) -> bool:
        """Whether nobody has to look at anything."""
        states = [*(task.state for task in self.tasks), self.erasing, self.queue.state, self.room.state]
        return all(state in (State.GOOD, State.NOT_YET) for state in states)


def state_of(duty: Duty, run: DutyRun | None) -> State:
    """How one duty is doing."""
    if run is None or (run.succeeded_at is None and not run.finding):
        return State.NOT_YET
    if run.finding:
        return State.WRONG
    if run.succeeded_at is None or clock.now() - run.succeeded_at > LATE[duty]:
        return State.LATE
    return State.GOOD


def tasks(settings: Settings) -> tuple[Task, ...]:
    """Every duty of this installation. The demo keeps no backups."""
    runs: Mapping[Duty, DutyRun] = duties.all_runs()
    wanted = IN_THE_DEMO if settings.demo else tuple(Duty)
    found = []
    for duty in wanted:
        run = runs.get(duty)
        found.append(Task(duty, state_of(duty, run), run.succeeded_at if run else None, run.finding if run else ""))
    return tuple(found)


def erasing() -> State:
    """Whether what had its time is erased, or waits for an administrator."""
    standing = brake.standing()
    return State.WRONG if standing and standing.held_since else State.GOOD


def queue() -> Queue:
    """Work that waits."""
    number, since = outbox.waiting()
    given_up, _when = outbox.set_aside()
    stands_still = since is not None and clock.now() - since > QUEUE_STANDS_STILL
    state = State.WRONG if given_up else State.LATE if stands_still else State.GOOD
    return Queue(state, number, given_up)


def room(settings: Settings) -> Room:
    """The place that has the least."""
    places = [place for place in (settings.data, settings.backups) if place.is_dir()]
    free = min((shutil.disk_usage(place).free for place in places), default=NO_ROOM * 10)
    state = State.WRONG if free < NO_ROOM else State.LATE if free < LITTLE_ROOM else State.GOOD
    return Room(state, free / 1024**3)


def look(settings: Settings) -> Health:
    """How everything is doing at this moment."""
    return Health(tasks(settings), erasing(), queue(), room(settings))
