"""What is known, and what stands in the way: writing it down, and adjusting a barrier with a reason."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.core.versions import expect
from webapp.plans import story
from webapp.plans.codes import FEWEST, EvidenceKind, Part, Shared
from webapp.plans.models import Barrier, Evidence, Plan
from webapp.plans.register import is_on_network_shelf
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.distances import Distance
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side


@dataclass(frozen=True, slots=True)
class Known:
    """Something that was heard. How many said it is about; fewer than five is kept as "fewer than five"."""

    kind: EvidenceKind
    heard: str
    heard_on: date
    about_how_many: int | None = None
    link: str = ""
    tool_id: uuid.UUID | None = None

    @property
    def fields(self) -> dict[str, object]:
        """The fields of the evidence, by their names."""
        number = self.about_how_many
        return asdict(self) | {"about_how_many": max(number, FEWEST - 1) if number is not None else None}


@dataclass(frozen=True, slots=True)
class Hurdle:
    """What a barrier says; `evidence` are ids of what is known."""

    words: str
    side: Side
    bs: tuple[B, ...]
    distances: tuple[Distance, ...] = ()
    setting: str = ""
    shared: Shared = Shared.SEVERAL
    evidence: tuple[uuid.UUID, ...] = ()


def note(plan: Plan, known: Known, *, by: Actor) -> Evidence:
    """Write down something that is known."""
    require(by, Can.STEER_PLAN, plan)
    _check(known, None)
    row = Evidence(plan_id=plan.id, **known.fields)
    db.session.add(row)
    db.session.flush()
    history.record("evidence", row.id, "add", by=by)
    return row


def note_anew(evidence: Evidence, known: Known, *, by: Actor, version: int | None = None) -> None:
    """Say better what was heard. It is no choice of the plan, so it needs no reason."""
    require(by, Can.STEER_PLAN, evidence)
    expect(evidence, version)
    _check(known, evidence.tool_id)
    for name, value in known.fields.items():
        setattr(evidence, name, value)
    db.session.flush()
    history.record("evidence", evidence.id, "edit", by=by)


def _check(known: Known, tool_now: uuid.UUID | None) -> None:
    if known.heard_on > clock.today():
        raise Invalid({"heard_on": "day_to_come"})
    if known.about_how_many is not None and known.about_how_many < 1:
        raise Invalid({"about_how_many": "nobody_said_it"})
    if known.tool_id and known.tool_id != tool_now and not is_on_network_shelf(known.tool_id):
        raise Invalid({"tool": "no_such_tool"})


def forget(evidence: Evidence, *, by: Actor) -> None:
    """Take something that is known away; barriers stay."""
    require(by, Can.STEER_PLAN, evidence)
    history.record("evidence", evidence.id, "remove", by=by)
    db.session.delete(evidence)
    db.session.flush()


def add_barrier(plan: Plan, hurdle: Hurdle, *, by: Actor) -> Barrier:
    """Name something that stands in the way."""
    require(by, Can.STEER_PLAN, plan)
    row = Barrier(plan_id=plan.id, added_at=clock.now(), **_fields(plan, hurdle))
    db.session.add(row)
    db.session.flush()
    history.record("barrier", row.id, "add", by=by)
    return row


def adjust_barrier(
    barrier: Barrier, hurdle: Hurdle, why: story.Reason, *, by: Actor, version: int | None = None
) -> None:
    """Say anew what stands in the way; what it said before stays readable, with the reason."""
    require(by, Can.STEER_PLAN, barrier)
    expect(barrier, version)
    fields = _fields(barrier.plan, hurdle)
    story.adjust(story.About(barrier.plan, Part.BARRIER, barrier.id, barrier.words), barrier, fields, why, by=by)


def let_barrier_go(barrier: Barrier, why: str, *, by: Actor) -> None:
    """It stands in nobody's way any more, or never did. The story of the plan keeps what it said, and why it went."""
    require(by, Can.STEER_PLAN, barrier)
    about = story.About(barrier.plan, Part.BARRIER, barrier.id, barrier.words)
    story.tell(about, {"words": barrier.words}, {}, why, by=by)
    db.session.delete(barrier)
    db.session.flush()


def _fields(plan: Plan, hurdle: Hurdle) -> dict[str, object]:
    if not hurdle.bs:
        raise Invalid({"bs": "b_needed"})
    return {
        "words": hurdle.words,
        "side": hurdle.side,
        "bs": hurdle.bs,
        "distances": hurdle.distances,
        "setting": hurdle.setting,
        "shared": hurdle.shared,
        "evidence": story.parts(Evidence, plan, hurdle.evidence, "evidence"),
    }
