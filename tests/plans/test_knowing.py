"""What is known, barriers, choices, goals, outcomes, voices and remarks: who may, what is kept, what is asked back."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.people import Cast
from tests.plans import makers
from tests.shelf import makers as shelf
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.plans import choosing_goals, growing, knowing, queries, register, remarking, signs, told
from webapp.plans.codes import EvidenceKind, Growth, Part
from webapp.plans.register import Wanted
from webapp.policy.rules import NotAllowed
from webapp.shelf import actions as shelf_actions
from webapp.vocabulary.distances import Distance
from webapp.vocabulary.everybody import means_everybody
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side


def refusal(exception: pytest.ExceptionInfo[Invalid]) -> dict[str, str]:
    return dict(exception.value.errors)


@pytest.mark.parametrize(("said", "kept"), [(3, 4), (4, 4), (5, 5), (40, 40), (None, None)])
def test_fewer_than_five_is_not_even_kept(cast: Cast, said: int | None, kept: int | None) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    made = knowing.note(plan, replace(makers.known(), about_how_many=said), by=noor)
    assert made.about_how_many == kept


def test_what_is_known_was_heard_before_today_and_points_to_what_everybody_can_open(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    with pytest.raises(Invalid) as later:
        knowing.note(plan, replace(makers.known(), heard_on=clock.today() + timedelta(days=1)), by=noor)
    assert refusal(later) == {"heard_on": "day_to_come"}
    tool = shelf.kept(cast, plan.group)
    with pytest.raises(Invalid) as own:
        knowing.note(plan, replace(makers.known(), tool_id=tool.id), by=noor)
    assert refusal(own) == {"tool": "no_such_tool"}
    shelf_actions.share(tool, by=cast.actor("bram"))
    made = knowing.note(plan, replace(makers.known(), tool_id=tool.id), by=noor)
    assert [row.tool for row in register.known(plan)] == [tool.title]
    shelf_actions.unshare(tool, by=cast.actor("bram"))
    db.session.flush()
    assert [(row.id, row.tool) for row in register.known(plan)] == [(made.id, None)]


def test_the_register_is_found_by_side_b_and_where_it_is_known_from(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    scan = knowing.note(plan, replace(makers.known(), kind=EvidenceKind.SCAN), by=noor)
    sign = knowing.add_barrier(plan, replace(makers.hurdle("Geen bord"), evidence=(scan.id,)), by=noor)
    alone = replace(makers.hurdle("Alleen aankomen"), side=Side.DEMAND, bs=(B.TRUST, B.FIT))
    fear = knowing.add_barrier(plan, alone, by=noor)
    db.session.flush()

    def found(**wanted: Any) -> list[uuid.UUID]:
        return [row.id for row in register.barriers(plan, Wanted(**wanted))]

    assert found() == [fear.id, sign.id]
    assert found(side=Side.SUPPLY) == [sign.id]
    assert found(b=B.FIT) == [fear.id]
    assert found(kind=EvidenceKind.SCAN) == [sign.id]
    assert found(b=B.FIT, kind=EvidenceKind.SCAN) == []
    assert register.spread(plan, Wanted(b=B.FIT)) == {
        (B.AWARENESS, Side.SUPPLY): 1,
        (B.TRUST, Side.DEMAND): 1,
        (B.FIT, Side.DEMAND): 1,
    }
    assert register.kinds_of([sign.id, fear.id]) == {sign.id: [EvidenceKind.SCAN]}
    assert [row.id for row in register.shown_by([scan.id])[scan.id]] == [sign.id]


def test_a_barrier_touches_a_b_and_rests_on_what_its_own_plan_knows(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    with pytest.raises(Invalid) as none:
        knowing.add_barrier(plan, replace(makers.hurdle(), bs=()), by=noor)
    assert refusal(none) == {"bs": "b_needed"}
    elsewhere = knowing.note(makers.plan(cast, "Een ander plan"), makers.known(), by=cast.actor("tine"))
    with pytest.raises(Invalid) as other:
        knowing.add_barrier(plan, replace(makers.hurdle(), evidence=(elsewhere.id,)), by=noor)
    assert refusal(other) == {"evidence": "not_in_plan"}


def test_a_barrier_is_adjusted_with_a_reason_also_when_only_its_evidence_changes(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    scan = knowing.note(plan, makers.known(), by=noor)
    barrier = knowing.add_barrier(plan, makers.hurdle(), by=noor)
    known = replace(makers.hurdle(), evidence=(scan.id,))
    with pytest.raises(Invalid):
        knowing.adjust_barrier(barrier, known, " ", by=noor)
    db.session.rollback()


def test_the_story_of_a_barrier_names_what_it_is_known_by(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    scan = knowing.note(plan, makers.known(), by=noor)
    barrier = knowing.add_barrier(plan, makers.hurdle(), by=noor)
    before = barrier.version
    knowing.adjust_barrier(barrier, replace(makers.hurdle(), evidence=(scan.id,)), "De scan toont het ook.", by=noor)
    assert barrier.version == before + 1  # who adjusts it at the same time hears of it
    (row,) = told.of_thing(barrier.id)
    assert (row.was, row.became) == ({"evidence": []}, {"evidence": [str(scan.id)]})
    assert told.called([scan.id]) == {scan.id: scan.heard}
    knowing.let_barrier_go(barrier, "Alle borden hangen.", by=noor)
    assert [one.why for one in told.of_thing(barrier.id)] == ["Alle borden hangen.", "De scan toont het ook."]
    assert register.barriers(plan, Wanted()) == []


NOBODY = """Iedereen
alle kinderen
Alle kinderen en jongeren van Elsterveer
elk kind in de stad
All children
Alles voor iedereen!
de hele stad
heel Elsterveer
voor alle tieners
everybody"""
SOMEBODY = """Tieners uit de onthaalklas
Alle kinderen van de onthaalklas
Meisjes van 12 tot 16 op de Heide
Alle jongeren die op het plein komen
Elke ploeg van een jeugdbeweging"""


def test_some_words_choose_nobody_in_particular() -> None:
    assert [text for text in NOBODY.splitlines() if not means_everybody(text)] == []
    assert [text for text in SOMEBODY.splitlines() if means_everybody(text)] == []


def test_everything_for_everybody_gets_a_question_back_and_whoever_insists_keeps_it(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    for chosen in (replace(makers.chosen(), for_whom="Alle kinderen"), replace(makers.chosen(), distances=())):
        with pytest.raises(Invalid) as asked:
            choosing_goals.choose(plan, chosen, by=noor)
        assert refusal(asked) == {"insists": "for_everybody"}
        made = choosing_goals.choose(plan, replace(chosen, insists=True), by=noor)
        later = replace(chosen, until=plan.ends_on)
        choosing_goals.adjust_choice(made, later, "Het duurt langer.", by=noor)  # asked once, not again
        assert made.until == plan.ends_on


def test_three_choices_at_most_stand_on_top(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    on_top = replace(makers.chosen(), is_highlighted=True)
    first, *_ = [choosing_goals.choose(plan, on_top, by=noor) for _number in range(3)]
    with pytest.raises(Invalid) as fourth:
        choosing_goals.choose(plan, on_top, by=noor)
    assert refusal(fourth) == {"is_highlighted": "three_on_top"}
    choosing_goals.let_choice_go(first, "Dit is gelukt.", by=noor)
    choosing_goals.choose(plan, on_top, by=noor)
    choosing_goals.adjust_choice(first, on_top, "Toch belangrijk.", by=noor)
    choosing_goals.take_choice_up(first, "Het begint opnieuw.", by=noor)
    assert len(register.on_top(plan)) == 3
    choosing_goals.let_choice_go(first, "Nu echt gelukt.", by=noor)
    assert [(row.is_open, row.is_highlighted) for row in signs.choices(plan)][-1] == (False, False)


def test_a_goal_says_how_it_is_noticed_and_shows_what_was_seen_last(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    with pytest.raises(Invalid) as nothing:
        choosing_goals.add_goal(plan, replace(makers.sign(), sign=" ", number="20"), by=noor)
    assert refusal(nothing) == {"sign": "sign_needed"}
    barrier = knowing.add_barrier(plan, makers.hurdle(), by=noor)
    goal = choosing_goals.add_goal(plan, replace(makers.sign(), barriers=(barrier.id,)), by=noor)
    assert [row.id for row in register.goals_against(barrier)] == [goal.id]
    today = clock.today()
    growing.see(goal, replace(makers.statement(), seen_on=today, growth=Growth.CLEAR), by=noor)
    growing.see(goal, replace(makers.statement(), seen_on=today - timedelta(days=90)), by=noor)
    (row,) = signs.goals(plan)
    assert (row.growth, row.seen_on) == (Growth.CLEAR, today)
    outcome = queries.outcome(signs.outcomes(goal)[0].id)
    assert outcome is not None
    assert outcome.plan.id == plan.id
    with pytest.raises(Conflict):
        growing.see_anew(outcome, makers.statement(), by=noor, version=outcome.version + 1)
    growing.see_anew(outcome, replace(makers.statement(), growth=Growth.TOO_EARLY), by=noor, version=outcome.version)
    assert [one.growth for one in signs.outcomes(goal)] == [Growth.TOO_EARLY, Growth.SOMETHING]
    growing.unsee(outcome, by=noor)
    assert [one.growth for one in signs.goals(plan)] == [Growth.SOMETHING]


def test_goals_are_put_in_another_order_and_one_that_came_meanwhile_stays(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    first, second, third = (
        choosing_goals.add_goal(plan, replace(makers.sign(), title=title), by=noor) for title in ("A", "B", "C")
    )
    choosing_goals.shift_goal(third, -1, by=noor)
    assert [row.title for row in signs.goals(plan)] == ["A", "C", "B"]
    choosing_goals.shift_goal(first, -1, by=noor)  # beyond the end it stays
    choosing_goals.arrange_goals(plan, [second.id, uuid.uuid4(), first.id], by=noor)
    assert [row.title for row in signs.goals(plan)] == ["B", "A", "C"]
    with pytest.raises(NotAllowed):
        choosing_goals.shift_goal(first, 1, by=cast.actor("jef"))


def test_two_who_adjust_at_once_both_keep_their_words(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    goal = choosing_goals.add_goal(plan, makers.sign(), by=noor)
    with pytest.raises(Conflict):
        choosing_goals.adjust_goal(goal, makers.sign(), "Daarom", by=noor, version=goal.version + 1)


def test_whoever_does_not_carry_the_plan_writes_none_of_it_but_says_what_they_think(cast: Cast) -> None:
    plan, jef = makers.plan(cast), cast.actor("jef")
    for attempt in (
        lambda: knowing.note(plan, makers.known(), by=jef),
        lambda: knowing.add_barrier(plan, makers.hurdle(), by=jef),
        lambda: choosing_goals.choose(plan, makers.chosen(), by=jef),
        lambda: choosing_goals.add_goal(plan, makers.sign(), by=jef),
        lambda: growing.listen(plan, makers.moment(), by=jef),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    said = remarking.say(Part.PLAN, plan.id, plan, " Waar zijn de meisjes? ", by=jef)
    assert [(row.words, row.person, row.organisation) for row in makers.remarks(plan.id)] == [
        ("Waar zijn de meisjes?", "Jef Dierckx", "Scouts Zilverreiger")
    ]
    with pytest.raises(NotAllowed):
        remarking.take_back(said, by=cast.actor("noor"))
    remarking.take_back(said, by=jef)
    assert makers.remarks(plan.id) == []


def test_a_voice_says_later_what_changed_because_of_it(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    voice = growing.listen(plan, replace(makers.moment(), changed=""), by=noor)
    growing.listen_anew(voice, makers.moment(), by=noor, version=voice.version)
    assert [row.changed for row in signs.voices(plan)] == [makers.moment().changed]
    growing.unhear(voice, by=noor)
    assert signs.voices(plan) == []


def test_distances_are_kept_as_they_were_chosen(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    both = (Distance.KNOWS_NOBODY, Distance.NEW_CREW)
    barrier = knowing.add_barrier(plan, replace(makers.hurdle(), distances=both), by=noor)
    assert barrier.distances == both
