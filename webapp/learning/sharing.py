"""Sharing something, and afterwards changing it or taking it back, by keys that this device alone holds.

A device holds one secret for a session. From it come as many keys as it may share things: that of the first, the
second, and so on. With a contribution stands the hash of its key. Nobody who has the database alone can tell which of
them came from the same device, and no address of a page says which one it is about: only its place on this device.
"""

import hashlib
import hmac
import secrets
import uuid

from sqlalchemy import update

from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.versions import expect
from webapp.learning import joining, queries
from webapp.learning.actions import touch
from webapp.learning.codes import ContributionKind, Shown
from webapp.learning.models import Contribution, ContributionGiver, LearningSession
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

MOST_OWN = 30
MOST_NOTES = 2000


def new_secret() -> str:
    """What a device keeps to recognise its own contributions."""
    return secrets.token_urlsafe(24)


def hashes(session_id: uuid.UUID, secret: str) -> list[str]:
    """The hashes of all keys of a device for one session, in order."""
    keys = (hmac.new(secret.encode(), b"%s %d" % (session_id.bytes, at), "sha256").digest() for at in range(MOST_OWN))
    return [hashlib.sha256(key).hexdigest() for key in keys]


def share(
    session: LearningSession, kind: ContributionKind, words: str, secret: str, *, by: Actor, shows_name: bool = False
) -> Contribution:
    """Share something in the phase that goes on now. It comes to the desk, and from there perhaps on the wall."""
    require(by, Can.SHARE_IN_SESSION, session)
    number = touch(session)
    row = Contribution(session_id=session.id, is_named=session.is_named, phase_id=session.phase_id, number=number)
    row.kind, row.words, row.key_hash = kind, words, _free_key(session, secret)
    row.shown = Shown.NEW
    db.session.add(row)
    db.session.flush()
    _note_giver(session, row, by, shows_name=shows_name)
    return row


def _free_key(session: LearningSession, secret: str) -> str:
    """The next key that this device has not used yet."""
    if queries.notes_in(session) >= MOST_NOTES:
        raise Invalid({"words": "many_notes"})
    known = hashes(session.id, secret)
    used = {row.key_hash for row in queries.by_keys(session, known)}
    free = next((one for one in known if one not in used), None)
    if free is None:
        raise Invalid({"words": "many_own"})
    return free


def _note_giver(session: LearningSession, row: Contribution, by: Actor, *, shows_name: bool) -> None:
    participant = joining.participant_of(session, by)
    if participant is None:
        return
    participant.has_shared = True
    if session.is_named:
        giver = ContributionGiver(contribution_id=row.id, participant_id=participant.id, shows_name=shows_name)
        db.session.add(giver)
    db.session.flush()


def own_note(session: LearningSession, place: int, secret: str) -> Contribution | None:
    """What this device shared at one of its places; None when there is nothing."""
    known = hashes(session.id, secret)
    rows = queries.by_keys(session, known[place : place + 1]) if 0 <= place < len(known) else ()
    return next(iter(rows), None)


def change(
    session: LearningSession,
    note: Contribution,
    kind: ContributionKind,
    words: str,
    *,
    by: Actor,
    version: int | None = None,
) -> None:
    """Say one's own words anew. They come to the desk once more before they are on the wall; folded words stay as they
    were decided about."""
    require(by, Can.SHARE_IN_SESSION, session)
    expect(note, version)
    if note.is_folded:
        raise Conflict()
    touch(session)
    note.kind, note.words, note.other_words = kind, words, ""
    if note.shown is not Shown.HELD:
        note.shown, note.merged_into_id = Shown.NEW, None
    note.is_candidate = False
    db.session.flush()


def take_back(session: LearningSession, note: Contribution, *, by: Actor) -> None:
    """Take one's own words back: they are gone, on the wall too."""
    require(by, Can.SHARE_IN_SESSION, session)
    touch(session)
    merged = update(Contribution).where(Contribution.merged_into_id == note.id)
    db.session.execute(merged.values(shown=Shown.NEW, merged_into_id=None, version=Contribution.version + 1))
    db.session.delete(note)
    db.session.flush()


def agree(session: LearningSession, note: Contribution, *, by: Actor) -> None:
    """Yes to the other words that the desk proposes."""
    require(by, Can.SHARE_IN_SESSION, session)
    if not note.other_words:
        raise Conflict()
    touch(session)
    note.words, note.other_words = note.other_words, ""
    db.session.flush()


def refuse(session: LearningSession, note: Contribution, *, by: Actor) -> None:
    """No to the other words: one's own stay."""
    require(by, Can.SHARE_IN_SESSION, session)
    touch(session)
    note.other_words = ""
    db.session.flush()
