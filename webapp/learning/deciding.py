"""At the desk: showing what was shared, keeping it aside, putting it with another, other words, choosing lessons.

Each change says which version of a contribution it was made to. Whoever changed it meanwhile is told of by a Conflict.
"""

from collections.abc import Iterable

from sqlalchemy import update

from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.versions import expect
from webapp.learning import queries
from webapp.learning.actions import touch
from webapp.learning.codes import ContributionKind, Shown
from webapp.learning.models import Contribution, LearningSession
from webapp.learning.sharing import MOST_NOTES
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary import care

MOST_AT_ONCE = 200
LONGEST = 400
MOST_CANDIDATES = 12


def pointing(words: str, allow: Iterable[str]) -> tuple[care.Finding, ...]:
    """What in a contribution seems to point to somebody."""
    return care.find(words, allow=allow, this_year=clock.today().year)


def expect_nobody(note: Contribution, allow: Iterable[str], *, is_nobody: bool) -> None:
    """Refuse to show what seems to point to somebody."""
    if note.shown is not Shown.SHOWN and not is_nobody and pointing(note.words, allow):
        raise Invalid({"words": "points_to_somebody"})


def hold(note: Contribution, *, by: Actor, version: int | None = None) -> None:
    """Keep a contribution aside: it is not on the wall, and goes nowhere else."""
    at_desk(note, by, version)
    note.shown, note.cluster_id, note.merged_into_id = Shown.HELD, None, None
    note.is_candidate = False
    db.session.flush()


def merge(note: Contribution, into: Contribution, *, by: Actor, version: int | None = None) -> None:
    """Put a contribution with another that says the same. The words of the other one stay; this one counts with it."""
    at_desk(note, by, version)
    if into.session_id != note.session_id or into.id == note.id or into.shown is Shown.MERGED:
        raise Conflict()
    with_it = update(Contribution).where(Contribution.merged_into_id == note.id)
    db.session.execute(with_it.values(merged_into_id=into.id, version=Contribution.version + 1))
    note.shown, note.merged_into_id, note.cluster_id = Shown.MERGED, into.id, None
    note.is_candidate = False
    db.session.flush()


def reword(note: Contribution, words: str, *, by: Actor, version: int | None = None) -> bool:
    """Propose other words; whoever gave it says yes or no on their phone. What came from paper changes at once, as
    nobody can be asked. Whether it changed at once."""
    at_desk(note, by, version)
    at_once = note.key_hash is None
    if at_once:
        note.words = words
    else:
        note.other_words = "" if words == note.words else words
    db.session.flush()
    return at_once


def take_out(note: Contribution, allow: Iterable[str], instead: str, *, by: Actor, version: int | None = None) -> None:
    """Replace what seems to point to somebody, at once: that protects a child, and nobody needs to be asked."""
    at_desk(note, by, version)
    words = note.words
    for found in reversed(pointing(words, allow)):
        words = words[: found.start] + instead + words[found.end :]
    note.words = words[:LONGEST]
    db.session.flush()


def choose(note: Contribution, *, is_candidate: bool, by: Actor, version: int | None = None) -> None:
    """This may become a lesson, or not after all."""
    at_desk(note, by, version)
    if is_candidate and note.shown is not Shown.SHOWN:
        raise Invalid({"words": "not_shown"})
    if is_candidate and queries.candidates_in(note.session) >= MOST_CANDIDATES:
        raise Invalid({"words": "many_candidates"})
    note.is_candidate = is_candidate
    db.session.flush()


def type_in(session: LearningSession, kind: ContributionKind, lines: Iterable[str], *, by: Actor) -> int:
    """Type what people wrote on paper, a line each; how many came in. They wait at the desk as all others do."""
    require(by, Can.LEAD_SESSION, session)
    kept = [line for line in lines if line]
    if not kept:
        raise Invalid({"lines": "no_line"})
    if len(kept) > MOST_AT_ONCE:
        raise Invalid({"lines": "many_lines"})
    if queries.notes_in(session) + len(kept) > MOST_NOTES:
        raise Invalid({"lines": "many_notes"})
    if any(len(line) > LONGEST for line in kept):
        raise Invalid({"lines": "long_line"})
    for words in kept:
        row = Contribution(session_id=session.id, is_named=session.is_named, phase_id=session.phase_id)
        row.number, row.kind, row.words, row.shown = touch(session), kind, words, Shown.NEW
        row.is_from_paper = True
        db.session.add(row)
    db.session.flush()
    return len(kept)


def at_desk(note: Contribution, by: Actor, version: int | None) -> None:
    """Refuse who does not lead, a session that is not going on, and what somebody else changed meanwhile."""
    require(by, Can.LEAD_SESSION, note)
    expect(note, version)
    touch(note.session)
