"""Reading what is under the bell."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from webapp.core.db import db
from webapp.notifications.models import Notice
from webapp.policy.actor import Actor

MOST_COUNTED = 99


def unread_count(person_id: uuid.UUID) -> int:
    """How many lines nobody has read yet, up to 99."""
    unread = select(Notice.id).where(Notice.person_id == person_id, Notice.read_at.is_(None)).limit(MOST_COUNTED)
    return db.session.scalar(select(func.count()).select_from(unread.subquery())) or 0


def newest(actor: Actor, limit: int = 30) -> Sequence[Notice]:
    """The newest lines of the acting person."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.person_id == actor.person_id)
        .order_by(Notice.created_at.desc(), Notice.id)
        .limit(limit)
    ).all()
