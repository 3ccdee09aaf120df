"""Pages of learning sessions in Elsterveer."""

from sqlalchemy import select

from webapp.core.db import db
from webapp.learning.models import LearningSession


def of_learning() -> dict[str, str]:
    """The sessions, and one of them."""
    one = db.session.scalar(
        select(LearningSession.id).order_by(LearningSession.happens_at, LearningSession.id).limit(1)
    )
    sessions = "/leren/sessies"
    return {"sessies": sessions, "sessie-nieuw": f"{sessions}/nieuw", "sessie": f"{sessions}/{one}"}
