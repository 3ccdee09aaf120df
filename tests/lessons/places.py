"""Pages of lessons in Elsterveer."""

from sqlalchemy import select

from webapp.core.db import db
from webapp.lessons.models import Lesson


def of_lessons() -> dict[str, str]:
    """The log, and a lesson that others tried too."""
    one = db.session.scalar(select(Lesson.id).where(Lesson.title == "Sta op tijd aan de poort"))
    return {
        "leren": "/leren",
        "leren-leeg": "/leren?q=xyzxyz&b=trust",
        "lessen-open": "/leren/open",
        "boekjes": "/leren/boekjes",
        "les-passend": "/lessen/passend",
        "lessen-mijn": "/leren/mijn-lessen",
        "les-nieuw": "/lessen/nieuw?b=trust&soort=try",
        "les": f"/lessen/{one}",
        "huisregels": "/leren/huisregels",
        "huisregels-bewerken": "/leren/huisregels/bewerken",
        "les-ook": f"/lessen/{one}/ook",
    }
