"""Pages of lessons in Elsterveer."""

import uuid

from sqlalchemy import select

from webapp.core.db import db
from webapp.lessons.codes import TagStatus
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson
from webapp.lessons.use_models import Flag, Tag


def of_lessons() -> dict[str, str]:
    """The log, and a lesson that others tried too."""
    one = db.session.scalar(select(Lesson.id).where(Lesson.title == "Sta op tijd aan de poort"))
    waits = db.session.scalar(select(Lesson.id).where(Lesson.status == LessonStatus.OFFERED).limit(1))
    return {
        "leren": "/leren",
        "leren-meer": "/leren/meer",
        "leren-gevolgd": "/leren/gevolgd",
        "leren-leeg": "/leren?q=xyzxyz&b=trust",
        "lessen-open": "/leren/open",
        "boekjes": "/leren/boekjes",
        "les-passend": "/lessen/passend",
        "lessen-nalezen": "/leren/nalezen",
        "les-nalezen": f"/lessen/{waits}/nalezen",
        "les-verouderd": f"/lessen/{one}/verouderd",
        "lessen-mijn": "/leren/mijn-lessen",
        "les-nieuw": "/lessen/nieuw?b=trust&soort=try",
        "steden": "/leren/steden",
        "les": f"/lessen/{one}",
        "huisregels": "/leren/huisregels",
        "les-melden": f"/lessen/{one}/melden",
        "trefwoorden": "/leren/trefwoorden",
        "trefwoord": f"/leren/trefwoorden/{db.session.scalar(select(Tag.id).where(Tag.status == TagStatus.PROPOSED))}",
        "les-trefwoorden": f"/lessen/{one}/trefwoorden",
        "gemeld": "/leren/meldingen",
        **{f"melding-{status}": f"/leren/meldingen/{flag}" for status, flag in _flags()},
        "huisregels-bewerken": "/leren/huisregels/bewerken",
        "les-ook": f"/lessen/{one}/ook",
        "les-op-plan": f"/plannen/lessen/{one}",
    }


def _flags() -> list[tuple[str, uuid.UUID]]:
    """A flag that waits, and one that was decided."""
    rows = db.session.execute(select(Flag.outcome, Flag.id).order_by(Flag.at))
    return [(outcome or "wacht", flag) for outcome, flag in rows]
