"""Learning sessions to test with: frank leads, noor helps at the desk; jef, bram and yara may come."""

import uuid
from datetime import datetime, time, timedelta

import pytest

from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.learning import actions, joining, placing, queries, sharing
from webapp.learning.actions import About, PhaseWords
from webapp.learning.codes import ContributionKind, PhaseKind
from webapp.learning.models import Contribution, LearningSession, SessionInvited
from webapp.policy.actor import Actor, Grant, Key

THEME = "Welkom, en dan?"
QUESTION = "Wanneer voelde een nieuw kind zich welkom bij jullie?"
PHASES = (
    PhaseWords(PhaseKind.TALK, "Aankomen", "Wie ben je?", 10),
    PhaseWords(PhaseKind.ASK, "Vraag 1: welkom", QUESTION, 12),
    PhaseWords(PhaseKind.ASK, "Vraag 2: wat hield hen tegen", "Wat hield hen tegen?", 12),
    PhaseWords(PhaseKind.LESSONS, "Drie lessen maken", "", None),
)


def about(cast: Cast, *, is_named: bool = False) -> About:
    """What a session in two weeks is about."""
    evening = datetime.combine(clock.today() + timedelta(days=14), time(19), tzinfo=clock.BRUSSELS)
    return About(THEME, QUESTION, cast.organisations["jeugddienst"], evening, 120, "Zaal Merel", is_named=is_named)


def prepared(cast: Cast, *, is_named: bool = False) -> LearningSession:
    """A session that is prepared."""
    made = actions.prepare(about(cast, is_named=is_named), PHASES, by=cast.actor("frank"))
    read(made.id)
    actions.add_lead(made, cast.noor, by=cast.actor("frank"))
    for place in ("zilverreiger", "halvenoot"):
        db.session.add(SessionInvited(session_id=made.id, organisation_id=cast.organisations[place]))
    db.session.flush()
    return read(made.id)


def running(cast: Cast, *, is_named: bool = False) -> LearningSession:
    """A session that goes on now, at its first question."""
    made = prepared(cast, is_named=is_named)
    joining.start(made, by=cast.actor("frank"))
    return made


def closed(cast: Cast) -> LearningSession:
    """A session that is over."""
    made = running(cast)
    actions.close(made, "Een bekend gezicht telt.", "Dank je wel.", by=cast.actor("frank"))
    return made


def read(session_id: uuid.UUID) -> LearningSession:
    """The session with who leads it."""
    return queries.session(session_id) or pytest.fail("gone")


def guest(made: LearningSession, name: str = "") -> Actor:
    """Somebody who came by the link and takes part."""
    by_link = Actor(keys=frozenset({Grant(Key.SESSION, made.id)}))
    joined = joining.join(made, name, by=by_link)
    return Actor(keys=by_link.keys | {Grant(Key.PARTICIPANT, made.id, joined.participant.id)})


def note(made: LearningSession, words: str, *, by: Actor | None = None, secret: str = "") -> Contribution:
    """What a guest shared."""
    giver = by or guest(made)
    return sharing.share(made, ContributionKind.OBSERVATION, words, secret or sharing.new_secret(), by=giver)


def on_wall(cast: Cast, made: LearningSession, words: str) -> Contribution:
    """What a guest shared and the desk showed."""
    shared = note(made, words)
    placing.gather(shared, None, (), by=cast.actor("frank"))
    return shared


def link(made: LearningSession) -> str:
    """The link for guests."""
    return f"/mee/{joining.token_of(made)}"
