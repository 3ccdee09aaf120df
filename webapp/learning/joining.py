"""Opening a session, also one that closed too early, and coming in: the link, the QR code and the two words that lead
there, and who takes part."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from webapp.core import audit, clock, crypto, links
from webapp.core.crypto import Place
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.learning import queries, stepping
from webapp.learning.actions import move, touch, turn
from webapp.learning.code_words import WORDS
from webapp.learning.models import LearningSession, Participant
from webapp.notifications.actions import take_back
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor, Key
from webapp.policy.permissions import Can
from webapp.policy.rules import require

WORKS = timedelta(days=30)
MOST_PARTICIPANTS = 500
TRIES = 50


@dataclass(frozen=True, slots=True)
class Joined:
    """Who takes part, and the token by which this device comes back; empty when it has one."""

    participant: Participant
    token: str


def start(session: LearningSession, *, by: Actor) -> None:
    """People are there: the link and the two words work from now on, and the first phase begins."""
    require(by, Can.LEAD_SESSION, session)
    move(session, "start", by)
    session.started_at = clock.now()
    first = next((one for one in queries.phases(session) if not one.is_skipped), None)
    if first is not None:
        stepping.begin(session, first)
    open_door(session, by=by)
    turn(session)


def go_on(session: LearningSession, *, by: Actor) -> None:
    """It was closed too early: whoever took part can share again, and two new words let others in. What was made of it
    stays, and so do its lines, for when it closes again; who did not read yet that it was closed, hears it then."""
    require(by, Can.LEAD_SESSION, session)
    if session.goes_on_until is None:
        raise Conflict()
    move(session, "reopen", by)
    session.closed_at = None
    session.word_code = _free_words()
    take_back(NoticeKind.SESSION_CLOSED, session.id)
    turn(session)


def open_door(session: LearningSession, *, by: Actor) -> None:
    """A new link and two new words; those from before stop working. Whoever takes part already stays in."""
    require(by, Can.LEAD_SESSION, session)
    if not session.is_running:
        raise Conflict()
    links.revoke(links.Purpose.SESSION, session.id)
    token = links.issue(links.Purpose.SESSION, session.id, expires_at=clock.now() + WORKS)
    session.data_key = session.data_key or crypto.ring().new_data_key(session.id)
    session.token_sealed = crypto.ring().seal(session.data_key, _place(session), token)
    session.word_code = _free_words()
    turn(session)
    audit.write("session_link.make", by=by, thing_id=session.id)


def token_of(session: LearningSession) -> str:
    """The token, to show the link again; empty when there is none."""
    if session.data_key is None or session.token_sealed is None:
        return ""
    return crypto.ring().open(session.data_key, _place(session), session.token_sealed)


def _place(session: LearningSession) -> Place:
    return Place("learning_session", "token", session.id)


def _free_words() -> str:
    """Two words that no other session has now, such as ZON 42."""
    for _try in range(TRIES):
        words = f"{secrets.choice(WORDS)} {secrets.randbelow(90) + 10}"
        taken = select(LearningSession.id).where(LearningSession.word_code == words)
        if db.session.scalar(taken) is None:
            return words
    raise Conflict()


def found_by(typed: str) -> links.Link | None:
    """The link of the session that goes on under these two words, however they were typed."""
    letters = "".join(one for one in typed.upper() if one.isalpha())
    number = "".join(one for one in typed if one.isdecimal())
    session = db.session.scalar(select(LearningSession).where(LearningSession.word_code == f"{letters} {number}"))
    return links.find(links.Purpose.SESSION, token_of(session)) if session else None


def join(session: LearningSession, name: str, *, by: Actor) -> Joined:
    """Take part, with a first name or none. Whoever signed in is the same participant on each of their devices."""
    require(by, Can.JOIN_SESSION, session)
    if not session.is_running:
        raise Conflict()
    known = participant_of(session, by)
    if known is not None and by.has_key(Key.PARTICIPANT, session.id):
        return Joined(known, "")
    if known is None:
        _check_room(session)
        known = Participant(session_id=session.id, person_id=by.person_id, name=name)
        db.session.add(known)
        touch(session)
    token = links.issue(links.Purpose.PARTICIPANT, session.id, expires_at=clock.now() + WORKS, person_id=known.id)
    return Joined(known, token)


def participant_of(session: LearningSession, actor: Actor) -> Participant | None:
    """Who this is in the session: by the key of this device, else by whoever signed in."""
    holder = actor.holder_of(Key.PARTICIPANT, session.id)
    found = db.session.get(Participant, holder) if holder else None
    if found is None and actor.person_id:
        mine = (Participant.session_id == session.id, Participant.person_id == actor.person_id)
        found = db.session.scalars(select(Participant).where(*mine).limit(1)).first()
    return found if found and found.session_id == session.id else None


def _check_room(session: LearningSession) -> None:
    if inside(session) >= MOST_PARTICIPANTS:
        raise Invalid({"name": "many_participants"})


def inside(session: LearningSession) -> int:
    """How many take part."""
    return db.session.scalar(select(func.count()).where(Participant.session_id == session.id)) or 0
