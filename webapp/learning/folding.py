"""What hangs on the wall of a session, and what came of it, can be flagged like a lesson by whoever leads it and
whoever takes part; what came of it by everybody who was invited too.

Nothing here tells who gave a contribution or when. Only the rule that nobody decides about their own words asks for the
giver, where a session with names kept one; they read on their own phone that it was folded. What came of a session are
the words of whoever leads it, and of whoever wrote them down.
"""

import uuid

from webapp.core.db import db
from webapp.learning import queries
from webapp.learning.actions import touch, turn
from webapp.learning.models import Contribution, LearningSession
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
        author_ids=flagging.only(queries.giver_of(note)),
        is_folded=note.is_folded,
        may_be_flagged_by=lambda who: can(who, Can.FLAG_IN_SESSION, note),
        authors_are_told=False,
    )


def _fold(contribution_id: uuid.UUID, is_folded: bool) -> None:
    note = db.session.get_one(Contribution, contribution_id)
    note.is_folded = is_folded
    if note.session.is_running:
        touch(note.session)
    db.session.flush()


def _find_result(session_id: uuid.UUID) -> Said | None:
    session = queries.session(session_id)
    if session is None or not session.result:
        return None
    return Said(
        title=session.theme,
        text="\n\n".join(one for one in (session.result, session.thanks) if one),
        author_ids=session.leading_ids | queries.who_told(session),
        is_folded=session.is_result_folded,
        may_be_flagged_by=lambda who: not session.is_result_folded and can(who, Can.FLAG_RESULT, session),
    )


def _fold_result(session_id: uuid.UUID, is_folded: bool) -> None:
    session = db.session.get_one(LearningSession, session_id)
    session.is_result_folded = is_folded
    turn(session)


flagging.knows(Flagged.CONTRIBUTION, _find, _fold)
flagging.knows(Flagged.RESULT, _find_result, _fold_result)
