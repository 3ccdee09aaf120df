"""The chain from a barrier to a decision, links across areas, and what stays out of it."""

import uuid

import pytest

from tests.groups import makers as groups
from tests.lessons import makers as lessons
from tests.meetings import makers as meetings
from tests.people import Cast
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.groups import carrying, sealed
from webapp.groups.codes import Visibility
from webapp.groups.models import WorkingGroup
from webapp.groups.owning import Owner
from webapp.lessons.codes import Origin, UsedIn
from webapp.meetings import agenda, deciding
from webapp.meetings import queries as reading
from webapp.meetings.agenda import About
from webapp.meetings.codes import LineKind
from webapp.meetings.deciding import Terms
from webapp.meetings.models import Decision
from webapp.plans import belonging, linking, neighbours, timeline
from webapp.plans.codes import Link
from webapp.plans.neighbours import Knot
from webapp.policy.rules import NotAllowed


def decided(cast: Cast, group: WorkingGroup, statement: str = "Limonade staat vooraan.") -> Decision:
    return deciding.record(group, Terms(statement), by=cast.actor("noor"))


def knot(part_id: uuid.UUID) -> Knot:
    found = neighbours.knot(part_id)
    assert found
    return found


def titles(kind: Link, thing_id: uuid.UUID) -> dict[Link, list[str]]:
    chain = neighbours.around(kind, thing_id)
    return {one: [row.title for row in rows] for one, rows in chain.rows.items() if rows}


def beside(thing_id: uuid.UUID, cast: Cast, who: str = "noor") -> list[tuple[str, bool]]:
    """What stands beside it for somebody, and whether it comes before."""
    return [(row.title, row.is_before) for row in belonging.of([thing_id], cast.actor(who)).get(thing_id, [])]


def test_the_whole_chain_is_seen_from_each_of_its_links(cast: Cast) -> None:
    plan = makers.plan(cast)
    goal = makers.goal(plan)
    barrier, action = makers.barrier(plan, goal=goal), makers.action(cast, plan, goal=goal)
    makers.barrier(plan, "Ver weg"), makers.action(cast, plan, "Iets anders")
    decision = decided(cast, plan.group)
    linking.link(knot(action.id), Link.DECISION, decision.id, by=cast.actor("noor"))
    whole = {
        Link.BARRIER: [barrier.words], Link.GOAL: [goal.title], Link.ACTION: [action.title],
        Link.DECISION: [decision.statement],
    }  # fmt: skip
    assert titles(Link.BARRIER, barrier.id) == whole
    assert titles(Link.GOAL, goal.id) == whole
    assert titles(Link.ACTION, action.id) == whole
    chain = neighbours.around(Link.GOAL, goal.id)
    assert (list(chain.before), list(chain.after)) == ([Link.BARRIER], [Link.ACTION, Link.DECISION])


def test_a_decision_comes_along_with_the_topic_under_which_it_was_taken(cast: Cast) -> None:
    plan = makers.plan(cast)
    meeting = meetings.running(cast)
    line = meetings.line(cast, meeting, LineKind.DECISION, "We proberen het.")
    action = makers.action(cast, plan)
    linking.link(knot(action.id), Link.TOPIC, line.topic_id, by=cast.actor("noor"))
    assert titles(Link.ACTION, action.id)[Link.DECISION] == ["We proberen het."]


def test_an_action_of_a_meeting_knows_its_agenda_item_by_itself(cast: Cast) -> None:
    line = meetings.line(cast, meetings.running(cast), LineKind.ACTION, "Affiches hangen NO")
    plan, item = makers.plan(cast), line.item
    assert item
    item.plan_id, item.strategy, item.side = plan.id, "outreach", "demand"
    db.session.flush()
    assert titles(Link.ACTION, item.id)[Link.TOPIC] == ["Limonade vooraan"]


def test_the_chain_ends_in_lessons_and_shows_none_that_is_not_out(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    goal = makers.goal(plan)
    action, decision = makers.action(cast, plan, goal=goal), decided(cast, plan.group)
    linking.link(knot(action.id), Link.DECISION, decision.id, by=noor)
    used, waits = lessons.out(cast, "Ga zelf kijken"), lessons.offered(cast, "Zilverkanarie")
    linking.link(knot(action.id), Link.LESSON, used.id, by=noor)
    with pytest.raises(Invalid):
        linking.link(knot(action.id), Link.LESSON, waits.id, by=noor)
    for origin, thing, title in ((Origin.ACTION, action, "Van de actie"), (Origin.DECISION, decision, "Besloten")):
        made = lessons.out(cast, title)
        made.origin, made.origin_id = origin, thing.id
    folded = lessons.out(cast, "Zilverkanarie zwijgt")
    linking.link(knot(goal.id), Link.LESSON, folded.id, by=noor)
    lessons.fold(folded)
    db.session.flush()
    whole = ["Besloten", "Ga zelf kijken", "Van de actie"]
    assert titles(Link.GOAL, goal.id)[Link.LESSON] == titles(Link.ACTION, action.id)[Link.LESSON] == whole
    assert sorted(event.title for event in timeline.story(plan.id, "lesson")) == whole
    assert beside(decision.id, cast) == [("Besloten", False), (action.title, True)]
    assert beside(used.id, cast) == [(action.title, False)]
    offered = {row.title for row in neighbours.choices(noor, "kijken")}
    assert "Ga zelf kijken" in offered
    assert not any("Zilverkanarie" in row.title for row in neighbours.choices(noor))
    assert [(row.used_in, row.thing_id) for row in lessons.uses(used.id)] == [(UsedIn.ACTION, action.id)]
    linking.unlink(knot(action.id), used.id, by=noor)
    assert not lessons.uses(used.id)


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.CONFIDENTIAL])
def test_what_a_group_keeps_to_itself_is_never_linked_nor_offered(cast: Cast, visibility: Visibility) -> None:
    plan = makers.plan(cast)
    secret = groups.group(cast, visibility, "Geheim")
    decision, topic = decided(cast, secret), meetings.topic(cast, meetings.announced(cast, group=secret))
    noor = cast.actor("noor")  # she sits in both
    assert {row.id for row in neighbours.choices(noor)} & {decision.id, topic.id} == set()
    for kind, to_id in ((Link.DECISION, decision.id), (Link.TOPIC, topic.id), (Link.GOAL, decision.id)):
        with pytest.raises(Invalid):
            linking.link(knot(makers.goal(plan).id), kind, to_id, by=noor)


def test_what_becomes_confidential_leaves_the_chain(cast: Cast) -> None:
    plan, other = makers.plan(cast), groups.group(cast, name="Later geheim")
    goal, decision = makers.goal(plan), decided(cast, other)
    topic = meetings.topic(cast, meetings.announced(cast, group=other), "Zwijgen")
    for kind, to_id in ((Link.DECISION, decision.id), (Link.TOPIC, topic.id)):
        linking.link(knot(goal.id), kind, to_id, by=cast.actor("noor"))
    assert len(titles(Link.GOAL, goal.id)) == 3
    other.visibility = Visibility.CONFIDENTIAL
    db.session.flush()
    assert titles(Link.GOAL, goal.id) == {Link.GOAL: [goal.title]}


def test_what_is_about_integrity_leaves_the_chain_and_what_was_sealed_reads_as_before(cast: Cast) -> None:
    plan = makers.plan(cast)
    group, action = plan.group, makers.action(cast, plan)
    decision = decided(cast, group)
    linking.link(knot(action.id), Link.DECISION, decision.id, by=cast.actor("noor"))
    for is_it, kinds in ((True, {Link.ACTION}), (False, {Link.ACTION, Link.DECISION})):
        group.is_about_integrity = is_it
        sealed.begin(group)
        db.session.expire_all()
        whole = {Link.ACTION: ["Proefnamiddag op het plein"], Link.DECISION: ["Limonade staat vooraan."]}
        assert titles(Link.ACTION, action.id) == {kind: whole[kind] for kind in kinds}
        assert knot(action.id).title == "Proefnamiddag op het plein"
        assert beside(decision.id, cast) == [(title, True) for title in whole[Link.ACTION]]


def test_one_that_is_too_old_for_the_list_is_found_by_a_word_in_it(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = makers.plan(cast)
    secret = groups.group(cast, Visibility.MEMBERS, "Geheim")
    for group, statement in ((plan.group, "100% gratis BUSSEN"), (plan.group, "Nieuwer"), (secret, "Geheime bussen")):
        decided(cast, group, statement)
    here = f"/plannen/ketting/{makers.goal(plan).id}"
    db.session.commit()
    monkeypatch.setattr(neighbours, "MOST_CHOICES", 1)
    neighbours._choices.cache_clear()
    noor = browse("noor")
    page = noor.get(here)
    assert page.says("Nieuwer")
    assert not page.says("100% gratis BUSSEN")
    found = noor.submit(page, f"{here}/zoek", words="0% gratis bus")
    assert found.says("100% gratis BUSSEN")
    assert not found.says("Geheime bussen")
    assert noor.submit(page, f"{here}/zoek", words="Geheime").says("Niets met deze woorden.")
    assert noor.submit(page, f"{here}/zoek", words="x" * 200).status == 422
    assert noor.get(f"{here}/zoek").location == here
    neighbours._choices.cache_clear()


def test_a_draft_meeting_is_not_told_by_its_topics(cast: Cast) -> None:
    topic = meetings.topic(cast, meetings.draft(cast))
    assert not neighbours.can_be_linked(Link.TOPIC, topic.id)


def test_whoever_does_not_carry_it_links_nothing(cast: Cast) -> None:
    plan = makers.plan(cast)
    decision = decided(cast, plan.group)
    with pytest.raises(NotAllowed):
        linking.link(knot(makers.goal(plan).id), Link.DECISION, decision.id, by=cast.actor("jef"))


def test_a_link_shows_on_both_sides_and_can_be_taken_away(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    goal, decision = makers.goal(plan), decided(cast, plan.group)
    here, there = f"/plannen/ketting/{goal.id}", f"/beslissingen/{decision.id}"
    db.session.commit()
    noor = browse("noor")
    empty = noor.submit(noor.get(here), here, thing="")
    assert (empty.status, empty.says("Kies wat erbij hoort.")) == (422, True)
    assert noor.submit(empty, here, thing=f"decision.{decision.id}").status == 303
    jef = browse("jef")
    assert jef.get(here).says("Limonade staat vooraan.")
    beside = jef.get(there)
    assert beside.says("Meer kinderen stappen binnen", "in het plan Vrije tijd voor iedereen")
    assert f"/plannen/doelen/{goal.id}" in beside.links()
    assert f"{here}/los" not in jef.get(here).links()
    assert noor.submit(noor.get(here), f"{here}/los").status == 303
    assert not jef.get(there).says("Meer kinderen stappen binnen")


def test_the_agenda_and_the_minutes_show_what_their_items_belong_to(cast: Cast, browse: Browse) -> None:
    plan, meeting = makers.plan(cast), meetings.running(cast)
    line = meetings.line(cast, meeting)
    goal = makers.goal(plan)
    linking.link(knot(goal.id), Link.TOPIC, line.topic_id, by=cast.actor("noor"))
    waiting = agenda.add(plan.group, About("De poort"), by=cast.actor("noor"))
    linking.link(knot(goal.id), Link.TOPIC, waiting.id, by=cast.actor("noor"))
    meeting_id, here = meeting.id, f"/vergaderingen/{meeting.id}?punt={line.topic_id}"
    inbox = f"/werkgroepen/{plan.group_id}/vergaderingen"
    db.session.commit()
    assert browse("jef").get(inbox).says("De poort", "Meer kinderen stappen binnen")
    assert browse("jef").get(here).says("Meer kinderen stappen binnen")
    found = reading.meeting(meeting_id)
    assert found
    meetings.close(cast, found)
    db.session.commit()
    assert browse("jef").get(here).says("Meer kinderen stappen binnen")


def test_a_decision_and_a_lesson_that_it_uses_know_each_other(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    goal, decision, lesson = makers.goal(plan), decided(cast, plan.group), lessons.out(cast, "Ga zelf kijken")
    linking.link(knot(goal.id), Link.DECISION, decision.id, by=cast.actor("noor"))
    use, lesson_id, goal_id = f"/plannen/beslissingen/{decision.id}/lessen", lesson.id, goal.id
    db.session.commit()
    noor = browse("noor")
    assert noor.submit(noor.get(use), use, thing=f"decision.{decision.id}").status == 422
    assert noor.submit(noor.get(use), use, thing=f"lesson.{lesson_id}").status == 303
    assert browse("jef").get(f"/beslissingen/{decision.id}").says("Ga zelf kijken", "Meer kinderen stappen binnen")
    assert beside(lesson_id, cast, "jef") == [(decision.statement, False)]
    assert titles(Link.GOAL, goal_id)[Link.LESSON] == ["Ga zelf kijken"]
    assert noor.submit(noor.get(use), f"{use}/los").status == 303
    assert not beside(lesson_id, cast)


@pytest.mark.parametrize("visibility", list(Visibility))
def test_an_agenda_item_goes_with_a_lesson_and_a_confidential_group_with_none(
    cast: Cast, browse: Browse, visibility: Visibility
) -> None:
    group = groups.group(cast, visibility, "Kleine groep")
    meeting = meetings.announced(cast, group=group)
    topic = agenda.add(group, About("Kanarie aan de poort"), meeting, by=cast.actor("noor"))
    lesson, held = lessons.out(cast, "Ga zelf naar de poort"), lessons.offered(cast, "Zilverkanarie")
    use, lesson_id, held_id, here = f"/plannen/punten/{topic.id}/lessen", lesson.id, held.id, f"/lessen/{lesson.id}"
    agenda_url, topic_url = f"/vergaderingen/{meeting.id}", f"/punten/{topic.id}/bewerken"
    db.session.commit()
    noor, jef = browse("noor"), browse("jef")
    is_secret = visibility is Visibility.CONFIDENTIAL
    assert (use in noor.get(topic_url).links()) is not is_secret
    sent = noor.post(use, {"thing": f"lesson.{lesson_id}"})
    assert sent.status == (422 if is_secret else 303)
    assert noor.post(use, {"thing": f"lesson.{held_id}"}).status == 422
    assert noor.get(agenda_url).says("Ga zelf naar de poort") is not is_secret
    assert ("Kanarie aan de poort" in jef.get(here).words) is (visibility is Visibility.OPEN)
    assert noor.get(here).says("Kanarie aan de poort") is not is_secret
    assert jef.get(here).says("Het netwerk gebruikte deze les al 1 keer.") is (visibility is Visibility.MEMBERS)
    found = db.session.get(WorkingGroup, group.id)
    assert found
    found.visibility = Visibility.CONFIDENTIAL
    db.session.commit()
    assert "Kanarie aan de poort" not in noor.get(here).words


@pytest.mark.parametrize("visibility", list(Visibility))
def test_a_lesson_tells_what_it_was_made_of_to_who_may_read_that(
    cast: Cast, browse: Browse, visibility: Visibility
) -> None:
    group = groups.group(cast, visibility, "Kleine groep")
    wanted = carrying.Wanted("Borden hangen", Owner(cast.zilverreiger, cast.noor), None)
    action = carrying.add(group, wanted, by=cast.actor("noor"))
    sources = ((Origin.DECISION, decided(cast, group)), (Origin.ACTION, action))
    made = lessons.out(cast, "Ga zelf kijken"), lessons.out(cast, "Vraag het eerst")
    for lesson, (origin, source) in zip(made, sources, strict=True):
        lesson.origin, lesson.origin_id = origin, source.id
    db.session.commit()
    is_open = visibility is Visibility.OPEN
    for lesson, told in zip(made, ("Limonade staat vooraan.", "Borden hangen"), strict=True):
        assert beside(lesson.id, cast) == [(told, True)]
        assert (told in browse("jef").get(f"/lessen/{lesson.id}").words) is is_open
