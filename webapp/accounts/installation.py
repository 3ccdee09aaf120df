"""Whether this database holds the demo or a real network. The two are never mixed."""

import enum
from typing import Any

from sqlalchemy import exists, inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, scoped_session

from webapp.accounts.models import Person
from webapp.config import Settings, UnsafeSettings
from webapp.core.db import Base, coded, db, reading


class Kind(enum.StrEnum):
    """What the data are."""

    DEMO = "demo"
    REAL = "real"


class Installation(Base):
    """The one row that says which. Written by the seed of the demo or by the first set-up; stays."""

    __tablename__ = "installation"

    kind: Mapped[Kind] = coded(Kind, "kind", primary_key=True)


def mark(kind: Kind) -> None:
    """Say what the data in this database are. Raises UnsafeSettings when they are something else."""
    present = db.session.scalar(select(Installation.kind))
    if present is None:
        db.session.add(Installation(kind=kind))
        db.session.flush()
    elif present is not kind:
        raise UnsafeSettings(f"This database holds {present.value} data.")


def claim_for_demo() -> None:
    """Mark an empty database as the demo's, before Elsterveer is loaded. Raises UnsafeSettings beside other data."""
    if fault := _fault(db.session, demo=True):
        raise UnsafeSettings(fault)
    mark(Kind.DEMO)


def check(settings: Settings) -> None:
    """Refuse to start with the demo beside data that are not the demo's, or the other way round.

    A database without tables is fine: it is about to be made. A real installation also starts while its database
    is away; it says so at /readyz.
    """
    try:
        with reading(), Session(db.engine) as session:
            fault = (
                _fault(session, demo=settings.demo) if inspect(session.connection()).has_table("installation") else ""
            )
    except OperationalError:
        if settings.demo:
            raise
        return
    finally:
        db.engine.dispose()  # no connection is carried into the workers of the server
    if fault:
        raise UnsafeSettings(fault)


def _fault(session: Session | scoped_session[Any], *, demo: bool) -> str:
    kind = session.scalar(select(Installation.kind))
    if demo and kind is not Kind.DEMO and session.scalar(select(exists().where(Person.id.is_not(None)))):
        return "BRUG_DEMO is set, but this database holds real people. Leave BRUG_DEMO out, or use another database."
    if not demo and kind is Kind.DEMO:
        return "This database holds the demo. Set BRUG_DEMO=1, or use another database."
    return ""
