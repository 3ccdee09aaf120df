"""What hangs on the wall of a session can be flagged like a lesson, by who leads it and who takes part.

Nothing here tells who gave it or when. Only the rule that nobody decides about their own words asks for the giver,
where a session with names kept one; they read on their own phone that it was folded.
"""

import uuid

from webapp.core.db import db
from webapp.learning import queries
from webapp.learning.actions import touch
from webapp.learning.models import Contribution
from webapp.lessons import flagging
from webapp.lessons.codes import Flagged
from webapp.lessons.flagging import Said
from webapp.policy.permissions import Can
from webapp.policy.rules import can


def _find(contribution_id: uuid.UUID) -> Said | None:
    note = queries.also_folded(contribution_id)
    if note is None:
        return None
    return Said(
        title=note.session.theme,
        text=note.words,
        author_id=queries.giver_of(note),
        is_folded=note.is_folded,
        may_be_flagged_by=lambda who: can(who, Can.FLAG_IN_SESSION, note),
        author_is_told=False,
    )


def _fold(contribution_id: uuid.UUID, is_folded: bool) -> None:
    note = db.session.get_one(Contribution, contribution_id)
    note.is_folded = is_folded
    if note.session.is_running:
        touch(note.session)
    db.session.flush()


flagging.knows(Flagged.CONTRIBUTION, _find, _fold)
