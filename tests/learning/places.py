"""Pages of learning sessions in Elsterveer."""

from sqlalchemy import select

from webapp.core.db import db
from webapp.learning.models import LearningSession


def of_learning() -> dict[str, str]:
    """The sessions, and the oldest of them: it is closed."""
    one = db.session.scalar(
        select(LearningSession.id).order_by(LearningSession.happens_at, LearningSession.id).limit(1)
    )
    sessions = "/leren/sessies"
    pages = {"sessie-resultaat": "resultaat", "sessie-afronden": "afronden", "sessie-uitnodigen": "uitnodigen"}
    pages["sessie-resultaat-melden"] = "resultaat/melden"
    return {
        "sessies": sessions,
        "sessie-nieuw": f"{sessions}/nieuw",
        "sessie": f"{sessions}/{one}",
        **{name: f"{sessions}/{one}/{page}" for name, page in pages.items()},
    }
