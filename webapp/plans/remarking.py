"""What anybody in the network says about a plan or a part of it, without changing it."""

import uuid
from typing import Any

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.plans.codes import Part
from webapp.plans.story_models import Remark
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


def say(part: Part, thing_id: uuid.UUID, thing: Any, words: str, *, by: Actor) -> Remark:
    """Say something about a thing of a plan (`thing` knows its plan)."""
    require(by, Can.REMARK_ON_PLAN, thing)
    if not words.strip():
        raise Invalid({"remark": "words_needed"})
    row = Remark(
        plan_id=thing.plan.id, part=part, thing_id=thing_id, words=words.strip(), at=clock.now(),
        person_id=by.person_id, organisation_id=by.organisation_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    history.record("remark", row.id, "add", by=by)
    return row


def take_back(remark: Remark, *, by: Actor) -> None:
    """Take back what one said: nothing of it stays."""
    require(by, Can.TAKE_BACK_REMARK, remark)
    history.record("remark", remark.id, "remove", by=by)
    db.session.delete(remark)
    db.session.flush()
