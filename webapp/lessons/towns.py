"""Other towns: which are followed, and how it goes."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, read
from webapp.core.statements import prepared
from webapp.lessons.models import Lesson, OtherTown
from webapp.lessons.queries import IS_OUT
from webapp.lessons.use_models import FollowSwitch


def switch() -> FollowSwitch | None:
    """Since when the network follows other towns; None while it does not."""
    return db.session.get(FollowSwitch, 1)


def town(town_id: uuid.UUID) -> OtherTown | None:
    """One town."""
    return db.session.get(OtherTown, town_id)


def at(feed: str) -> OtherTown | None:
    """The town with this feed."""
    return db.session.scalars(select(OtherTown).where(OtherTown.feed == feed)).first()


def listed() -> Sequence[AnyRow]:
    """Every town that is followed, by name, with how many of its lessons stand in the log."""
    return read(_listed(), {})


@prepared
def _listed() -> AnySelect:
    came = select(func.count()).where(Lesson.town_id == OtherTown.id, IS_OUT).correlate(OtherTown).scalar_subquery()
    columns = OtherTown.id, OtherTown.name, OtherTown.feed, OtherTown.fault, OtherTown.fetched_at
    return select(*columns, came.label("lessons")).order_by(OtherTown.name, OtherTown.id)


def due() -> Sequence[OtherTown]:
    """The towns of which the feed is to be read now."""
    wanted = select(OtherTown).where(OtherTown.is_followed, OtherTown.next_at <= clock.now())
    return db.session.scalars(wanted.order_by(OtherTown.next_at, OtherTown.id)).all()


def lessons_of(town_id: uuid.UUID) -> dict[str, Lesson]:
    """The lessons that came from a town, by their address in its feed."""
    found = db.session.scalars(select(Lesson).where(Lesson.town_id == town_id))
    return {one.address or "": one for one in found}


def number() -> int:
    """How many towns there are."""
    return db.session.scalar(select(func.count()).select_from(OtherTown)) or 0
