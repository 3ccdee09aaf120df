"""A meeting before it goes on: planning, announcing, changes in one mail, answers, and what comes along."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.groups import makers as groups_made
from tests.meetings import makers
from tests.people import Cast
from tests.referrals.steps import notices
from tests.support.browse import Browse, Browser
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.groups import hosting
from webapp.groups.codes import GuestOf
from webapp.meetings import actions, agenda, deciding, minutes, queries, record, settling
from webapp.meetings.codes import Coming, LineKind, Told
from webapp.meetings.deciding import Terms
from webapp.meetings.lifecycle import DecisionStatus, TopicStatus
from webapp.meetings.models import Meeting, MinuteLine, Topic
from webapp.meetings.settling import Closing
from webapp.policy.rules import NotAllowed


def plan_form(browser: Browser, path: str, **changes: str) -> dict[str, str]:
    day = (clock.today() + timedelta(days=7)).isoformat()
    filled = {"day": day, "begins": "19:30", "ends": "21:00", "place": "De Sluis", "link": ""}
    form: dict[str, str] = browser.get(path).form(path)
    return form | filled | changes


def test_a_draft_is_silent_and_only_members_see_it(cast: Cast, browse: Browse) -> None:
    group = groups_made.group(cast).id
    db.session.commit()
    hilde, path = browse("hilde"), f"/werkgroepen/{group}/vergaderingen/nieuw"
    answer = hilde.post(path, plan_form(hilde, path))
    assert answer.status == 303
    meeting = answer.response.headers["Location"]
    assert hilde.get(meeting).says("Een klad.")
    assert browse("jef").get(meeting).status == 404
    assert "De Sluis" not in browse("jef").get(f"/werkgroepen/{group}/vergaderingen").text
    assert "De Sluis" not in browse("jef").get(f"/werkgroepen/{group}").text
    assert "meeting_announced" not in notices(cast, "bram")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ends": "19:00"}, "Het einde komt vóór het begin."),
        ({"day": ""}, "Vul een dag in."),
        ({"link": "gewoon bij ons"}, "Schrijf het hele adres"),
    ],
)
def test_bad_input_is_said_and_everything_typed_stays(
    cast: Cast, browse: Browse, wrong: dict[str, str], says: str
) -> None:
    group = groups_made.group(cast).id
    db.session.commit()
    hilde, path = browse("hilde"), f"/werkgroepen/{group}/vergaderingen/nieuw"
    page = hilde.post(path, plan_form(hilde, path, title="Over soep", **wrong))
    assert page.status == 422
    assert page.says(says)
    assert 'value="Over soep"' in page.text


def test_a_link_is_completed_for_who_leaves_out_how_it_begins(cast: Cast, browse: Browse) -> None:
    group = groups_made.group(cast).id
    db.session.commit()
    hilde, path = browse("hilde"), f"/werkgroepen/{group}/vergaderingen/nieuw"
    answer = hilde.post(path, plan_form(hilde, path, link="samen.jeugdhuis.example/soep"))
    assert 'href="https://samen.jeugdhuis.example/soep"' in hilde.get(answer.response.headers["Location"]).text


def test_a_group_meets_once_at_a_time(cast: Cast, browse: Browse) -> None:
    made = makers.draft(cast)
    with pytest.raises(Invalid):
        actions.plan(made.group, makers.soon(), by=cast.actor("hilde"))
    actions.plan(made.group, makers.soon(8), by=cast.actor("hilde"))


def test_announcing_asks_once_whom_to_tell(cast: Cast, browse: Browse) -> None:
    made = makers.draft(cast)
    db.session.commit()
    path, noor = f"/vergaderingen/{made.id}/aankondigen", browse("noor")
    assert browse("hilde").get(path).status == 403
    assert noor.post(path, noor.get(path).form(path)).status == 303
    assert "meeting_announced" in notices(cast, "bram")
    assert "meeting_announced" not in notices(cast, "noor")
    assert noor.post(path, {"csrf_token": noor.token(), "told": "members"}).status == 409


def test_changes_are_told_together_and_once(cast: Cast) -> None:
    made = makers.announced(cast)
    for hours in (3, 4):
        actions.change(made, makers.soon(7, hours), by=cast.actor("noor"))
    actions.tell_changes()
    db.session.commit()
    assert "meeting_changed" not in notices(cast, "bram")
    with clock.at(clock.now() + timedelta(minutes=16)):
        actions.tell_changes()
        actions.tell_changes()
    db.session.commit()
    assert notices(cast, "bram").count("meeting_changed") == 1
    assert queries.meeting(made.id).sequence == 1  # type: ignore[union-attr]


def test_whoever_is_not_told_hears_of_no_change(cast: Cast) -> None:
    made = makers.draft(cast)
    actions.announce(made, Told.NOBODY, by=cast.actor("noor"))
    actions.change(made, makers.soon(9), by=cast.actor("noor"))
    assert made.tell_at is None
    assert "meeting_announced" not in notices(cast, "bram")


def test_a_topic_that_was_taken_off_meanwhile_is_no_page_that_is_too_old(cast: Cast, browse: Browse) -> None:
    made = makers.announced(cast)
    topic_id = makers.topic(cast, made).id
    db.session.commit()
    noor = browse("noor")
    moved = {"to": "up"}
    assert noor.post(f"/punten/{topic_id}/plaats", moved).status == 303
    assert noor.post(f"/punten/{topic_id}/terug").status == 303
    assert noor.post(f"/punten/{topic_id}/plaats", moved).says("Iemand was je net voor")


def test_calling_off_is_told_and_its_topics_can_come_again(cast: Cast) -> None:
    made = makers.announced(cast)
    topic = makers.topic(cast, made)
    topic_id = topic.id
    actions.call_off(made, by=cast.actor("noor"))
    db.session.commit()
    assert "meeting_called_off" in notices(cast, "bram")
    assert [row.id for row in queries.inbox(made.group)] == [topic_id]


def test_one_tap_says_whether_one_comes(cast: Cast, browse: Browse) -> None:
    made = makers.announced(cast)
    db.session.commit()
    hilde = browse("hilde")
    assert hilde.get("/").says("Kom je?")
    tap = {"csrf_token": hilde.token(), "coming": "maybe"}
    assert hilde.post(f"/vergaderingen/{made.id}/kom-je", tap).status == 303
    assert not hilde.get("/").says("Kom je?")
    assert [row.coming for row in record.answers(made.id)] == [Coming.MAYBE]
    stranger = browse("jef")
    assert stranger.post(f"/vergaderingen/{made.id}/kom-je", tap | {"csrf_token": stranger.token()}).status == 403


def test_a_topic_is_brought_in_one_field_with_or_without_a_meeting(cast: Cast, browse: Browse) -> None:
    made = makers.announced(cast)
    db.session.commit()
    hilde = browse("hilde")
    for page, path in (
        (f"/werkgroepen/{made.group_id}/vergaderingen", f"/werkgroepen/{made.group_id}/punten"),
        (f"/vergaderingen/{made.id}", f"/vergaderingen/{made.id}/punten"),
    ):
        assert hilde.post(path, hilde.get(page).form(path) | {"title": "Halal op kamp"}).status == 303
    assert [row.title for row in (*queries.inbox(made.group), *queries.agenda(made.id))] == ["Halal op kamp"] * 2
    empty = hilde.post(path, hilde.get(page).form(path) | {"title": " ", "minutes": "25"})
    assert empty.status == 422
    assert 'value="25"' in empty.text


def test_the_agenda_is_ordered_by_buttons_and_by_drag(cast: Cast) -> None:
    made = makers.draft(cast)
    one, two, three = (makers.topic(cast, made, title) for title in "abc")
    by = cast.actor("hilde")
    agenda.shift(queries.topic(three.id) or three, -1, by=by)
    assert [row.title for row in queries.agenda(made.id)] == ["a", "c", "b"]
    agenda.shift(queries.topic(one.id) or one, -1, by=by)
    assert [row.title for row in queries.agenda(made.id)] == ["a", "c", "b"]
    agenda.arrange(made, [two.id, one.id], by=by)  # the third was added by somebody else meanwhile
    assert [row.title for row in queries.agenda(made.id)] == ["b", "a", "c"]


def unfinished(cast: Cast) -> tuple[Topic, Meeting]:
    """A topic that the last meeting did not get to, with a note under it, and the next meeting."""
    made = makers.running(cast)
    makers.line(cast, made, LineKind.NOTE, "Soep")
    first = queries.topic(queries.agenda(made.id)[0].id) or pytest.fail("gone")
    first.status = TopicStatus.WAITING
    settling.close(made, Closing(), by=cast.actor("noor"))
    following = actions.plan(made.group, makers.soon(30), by=cast.actor("hilde"))
    found = queries.meeting(following.id) or pytest.fail("gone")
    return queries.topic(first.id) or pytest.fail("gone"), found


@pytest.mark.parametrize(("take", "there"), [(agenda.carry, True), (agenda.copy, False)])
def test_moving_takes_what_was_written_along_and_copying_leaves_it(
    cast: Cast, take: Callable[..., Topic], there: bool
) -> None:
    topic, following = unfinished(cast)
    here = take(topic, following, by=cast.actor("hilde"))
    assert topic.status is TopicStatus.MOVED
    assert topic.meeting_id != here.meeting_id == following.id
    (line,) = db.session.scalars(select(MinuteLine)).all()
    assert (line.topic_id == here.id) is there
    assert not queries.unfinished(topic.group)
    with pytest.raises(Conflict):
        take(topic, following, by=cast.actor("hilde"))


def test_what_is_not_needed_is_skipped_in_one_tap_and_comes_back(cast: Cast, browse: Browse) -> None:
    topic, following = unfinished(cast)
    db.session.commit()
    hilde = browse("hilde")
    assert hilde.get(f"/vergaderingen/{following.id}").says("Van vorige keer")
    token = {"csrf_token": hilde.token()}
    hilde.post(f"/punten/{topic.id}/weg", token)
    assert not queries.unfinished(topic.group)
    hilde.post(f"/punten/{topic.id}/toch-wel", token)
    assert [row.id for row in queries.inbox(topic.group)] == [topic.id]


def test_a_decision_comes_back_by_itself_on_its_day_and_once(cast: Cast) -> None:
    group = groups_made.group(cast)
    day = clock.today() + timedelta(days=90)
    made = deciding.record(group, Terms("Soep voor iedereen", review_on=day), by=cast.actor("noor"))
    agenda.bring_reviews()
    assert not queries.inbox(group)
    with clock.at(clock.now() + timedelta(days=90)):
        agenda.bring_reviews()
        agenda.bring_reviews()
        assert [row.decision_id for row in queries.inbox(group)] == [made.id]
        deciding.keep(made, clock.today() + timedelta(days=200), by=cast.actor("hilde"))
    with clock.at(clock.now() + timedelta(days=300)):
        agenda.bring_reviews()
        assert len(queries.inbox(group)) == 2


def test_a_newer_decision_replaces_and_leads_from_the_old(cast: Cast, browse: Browse) -> None:
    group = groups_made.group(cast)
    old = deciding.record(group, Terms("Soep voor iedereen"), by=cast.actor("noor"))
    old_id = old.id
    db.session.commit()
    hilde, path = browse("hilde"), f"/beslissingen/{old_id}/vervangen"
    form = hilde.get(path).form(path) | {"statement": "Soep en brood voor iedereen"}
    newer = hilde.post(path, form).response.headers["Location"]
    db.session.expire_all()
    assert old.status is DecisionStatus.REPLACED
    assert newer in hilde.get(f"/beslissingen/{old_id}").links()
    assert hilde.get(newer).says("Soep voor iedereen", "Wat voordien gold")
    assert not hilde.get("/beslissingen").says("Soep voor iedereen")


def test_the_words_of_what_is_in_force_stay(cast: Cast) -> None:
    group = groups_made.group(cast)
    made = deciding.record(group, Terms("Soep voor iedereen"), by=cast.actor("noor"))
    with pytest.raises(Invalid):
        deciding.edit(made, Terms("Geen soep"), by=cast.actor("noor"))
    deciding.edit(made, Terms("Soep voor iedereen", objections="Te zout?"), by=cast.actor("noor"))
    assert made.objections == "Te zout?"


def test_a_guest_comes_and_writes_and_does_not_decide(cast: Cast, browse: Browse) -> None:
    made = makers.draft(cast)
    ends_on = clock.today() + timedelta(days=30)
    hosting.begin(made.group.id, cast.jef, GuestOf.MEETING, made.id, ends_on, by=cast.actor("noor"))
    made = queries.meeting(made.id) or made
    actions.announce(made, Told.GUESTS_TOO, by=cast.actor("noor"))
    db.session.commit()
    made = queries.meeting(made.id) or made
    assert "meeting_announced" in notices(cast, "jef")
    topic = makers.topic(cast, made, "Een punt van een gast", "jef")
    settling.begin(queries.meeting(made.id) or made, by=cast.actor("noor"))
    here = queries.topic(topic.id) or topic
    minutes.write(here, LineKind.NOTE, "Soep", by=cast.actor("jef"))
    with pytest.raises(Invalid):
        minutes.write(here, LineKind.DECISION, "Soep", by=cast.actor("jef"))
    with clock.at(clock.now() + timedelta(days=40)):
        late = queries.topic(topic.id) or topic
    with pytest.raises(NotAllowed):
        minutes.write(late, LineKind.NOTE, "Nog soep", by=cast.actor("jef"))


def test_a_meeting_is_begun_on_top_of_its_page_only_when_it_is_near(cast: Cast, browse: Browse) -> None:
    made = makers.announced(cast)
    where, starts_at = f"/vergaderingen/{made.id}", made.starts_at
    db.session.commit()
    assert browse("hilde").get(where).says("Begin al")
    with clock.at(starts_at - timedelta(minutes=30)):
        near = browse("hilde").get(where)
    assert near.says("Begin")
    assert not near.says("Begin al")
