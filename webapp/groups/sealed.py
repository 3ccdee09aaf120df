"""The key of a group about integrity: with it, everything that is written there is sealed."""

import uuid

from sqlalchemy import or_, select

from webapp.core import crypto, renewal
from webapp.core.db import Base, db
from webapp.core.sweeps import sweep
from webapp.groups.models import WorkingGroup


def begin(group: WorkingGroup) -> None:
    """Give a group about integrity its key, and seal what was written there before. One that has a key keeps it, also
    when it is another group later."""
    if group.is_about_integrity and group.data_key is None:
        group.data_key = crypto.ring().new_data_key(group.id)
    db.session.flush()
    if group.data_key is not None:
        _seal(group.id, group.data_key)


def _seal(group_id: uuid.UUID, key: str) -> None:
    renewal.seal_all(Base.metadata.tables[WorkingGroup.__tablename__], group_id, key)


@sweep
def begin_for_all() -> None:
    """A group that was about integrity before there were keys for it gets its own; and whatever somebody wrote at the
    very moment at which a group got one is sealed too."""
    sealing = or_(WorkingGroup.is_about_integrity, WorkingGroup.data_key.is_not(None))
    for group in db.session.scalars(select(WorkingGroup).where(sealing)).all():
        begin(group)
