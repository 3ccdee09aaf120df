"""Who is invited, and what comes of a session: drafts within its circle, actions in groups and plans."""

import uuid

import pytest
from sqlalchemy import select, update

from tests.groups import makers as groups
from tests.learning import makers
from tests.people import Cast
from tests.plans import makers as plans
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed
from webapp.core.history import History
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.learning import closing, inviting, joining, outcome
from webapp.learning.closing import Draft, Kept, Outcome
from webapp.learning.lifecycle import SessionStatus
from webapp.learning.models import GOES_ON
from webapp.lessons import actions as lessons
from webapp.lessons.lifecycle import LessonStatus
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import Notice
from webapp.vocabulary.strategies import Strategy

GATE = Draft("Sta op tijd aan de poort", "Iemand op tijd aan de poort is meer waard dan een folder.")


def _told(kind: NoticeKind) -> set[uuid.UUID]:
    return set(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))


def test_an_organisation_that_is_invited_comes_into_the_circle_and_hears_of_it(cast: Cast) -> None:
    made = makers.prepared(cast)
    assert cast.lena not in made.circle_ids
    inviting.invite_organisation(made, cast.lantaarn, by=cast.actor("noor"))
    assert {cast.lena, cast.hilde, cast.pieter} <= made.circle_ids
    assert _told(NoticeKind.SESSION_INVITED) == {cast.lena}  # who speaks for it
    with pytest.raises(Invalid):
        inviting.invite_organisation(made, cast.lantaarn, by=cast.actor("noor"))
    with pytest.raises(NotAllowed):
        inviting.invite_organisation(made, cast.welzijnshuis, by=cast.actor("jef"))


def test_a_group_is_invited_unless_it_is_confidential(cast: Cast) -> None:
    made, open_group = makers.prepared(cast), groups.group(cast)
    inviting.invite_group(made, open_group.id, by=cast.actor("frank"))
    assert _told(NoticeKind.SESSION_INVITED) == {cast.bram, cast.hilde}  # noor leads the session herself
    secret = groups.group(cast, Visibility.CONFIDENTIAL, "Geheim")
    for group_id in (secret.id, uuid.uuid4()):
        with pytest.raises(Invalid) as refused:
            inviting.invite_group(made, group_id, by=cast.actor("noor"))
        assert refused.value.errors == {"who": "no_such_group"}


def test_an_invitation_is_taken_back(cast: Cast) -> None:
    made = makers.prepared(cast)
    row = next(one for one in inviting.invited(made) if one.organisation == "Muziekhuis Halve Noot")
    inviting.withdraw(made, row.id, by=cast.actor("frank"))
    assert cast.bram not in made.circle_ids
    with pytest.raises(Conflict):
        inviting.withdraw(made, row.id, by=cast.actor("frank"))


def test_a_draft_stays_in_the_circle_until_a_second_person_approves(cast: Cast) -> None:
    made = makers.running(cast)
    note = makers.on_wall(cast, made, "We stonden met twee aan de poort.")
    note.is_candidate = True
    row = closing.draft(made, GATE, by=cast.actor("noor"), note=note)
    assert (row.status, row.session_id, note.is_candidate) == (LessonStatus.DRAFT, made.id, False)
    assert not outcome.lessons(made)
    assert [one.id for one in outcome.drafts(made)] == [row.id]
    lessons.take_step(row, "offer", by=cast.actor("noor"))
    lessons.approve(row, by=cast.actor("frank"))
    assert [one.id for one in outcome.lessons(made)] == [row.id]
    with pytest.raises(NotAllowed):
        closing.draft(made, GATE, by=cast.actor("jef"))


def test_actions_go_to_a_group_of_ones_own_or_to_a_plan(cast: Cast) -> None:
    made, plan = makers.running(cast), plans.plan(cast)
    frank, noor = cast.actor("frank"), cast.actor("noor")
    in_group = closing.act_in_group(made, "Bord aan de poort", plan.group_id, by=noor)
    idea = closing.act_in_plan(made, "Een buddy kiezen", plan.id, Strategy.GUIDANCE, by=frank)
    assert (in_group.status, idea.status) == (ItemStatus.TO_START, ItemStatus.SEED)
    assert {row.title for row in outcome.actions(made)} == {"Bord aan de poort", "Een buddy kiezen"}
    with pytest.raises(Invalid):
        closing.act_in_group(made, "Elders", plan.group_id, by=frank)


def test_an_action_of_a_group_that_keeps_to_itself_is_told_to_nobody(cast: Cast) -> None:
    made, secret = makers.running(cast), groups.group(cast, Visibility.CONFIDENTIAL, "Geheim")
    closing.act_in_group(made, "Geheim plan", secret.id, by=cast.actor("noor"))
    assert not outcome.actions(made)


def test_everybody_in_the_circle_hears_that_there_is_a_page(cast: Cast) -> None:
    made = makers.closed(cast)
    closing.tell(made, by=cast.actor("frank"))
    assert _told(NoticeKind.SESSION_CLOSED) == (made.circle_ids | made.leading_ids) - {cast.frank}


def test_a_session_that_was_closed_too_early_goes_on_with_all_that_came_of_it(cast: Cast) -> None:
    made = makers.running(cast)
    noor, sam = cast.actor("noor"), makers.guest(made, "Sam")
    came = Outcome("Een bekend gezicht telt.", "Dank je.", lessons=(Kept(GATE),))
    closing.finish(made, came, by=noor)
    with pytest.raises(Conflict):
        makers.note(made, "Nog iets.", by=sam)
    db.session.execute(update(Notice).where(Notice.person_id == cast.jef).values(read_at=clock.now()))
    with pytest.raises(NotAllowed):
        joining.go_on(made, by=cast.actor("jef"))
    joining.go_on(made, by=noor)
    assert (made.status, made.closed_at) == (SessionStatus.RUNNING, None)
    assert makers.note(made, "Nog iets.", by=sam).words == "Nog iets."
    assert makers.guest(makers.read(made.id)), "the link that people have leads in"
    assert made.word_code, "somebody who comes late types two words"
    assert [row.title for row in outcome.drafts(made)] == [GATE.title]
    assert made.result == "Een bekend gezicht telt."
    assert _told(NoticeKind.SESSION_CLOSED) == {cast.jef}, "who did not read that it was closed is told when it is"
    steps = db.session.scalars(select(History.step).where(History.thing_id == made.id).order_by(History.at))
    assert list(steps)[-2:] == ["close", "reopen"]
    closing.finish(made, Outcome("Twee gezichten tellen."), by=noor)
    assert made.status is SessionStatus.CLOSED
    with pytest.raises(Conflict):
        joining.go_on(makers.prepared(cast), by=cast.actor("frank"))


def test_a_session_that_closed_a_day_ago_stays_closed(cast: Cast) -> None:
    made = makers.closed(cast)
    with clock.at(clock.now() + GOES_ON), pytest.raises(Conflict):
        joining.go_on(made, by=cast.actor("frank"))
