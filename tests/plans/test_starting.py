"""Starting a plan from an objective, another plan or a barrier; and what others do, beside a form."""

import pytest
from sqlalchemy import select

from tests.groups import makers as groups
from tests.people import Cast
from tests.plans import makers
from tests.shelf import makers as shelf
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.plans import copying, suggesting
from webapp.plans.doing_models import SmallStep
from webapp.plans.models import Barrier, Choice, Goal, Plan
from webapp.plans.templates import PATTERNS
from webapp.policy.rules import NotAllowed
from webapp.shelf import actions as shelves
from webapp.vocabulary.objectives import Objective


def full(cast: Cast) -> Plan:
    """A plan with a goal, its barrier, an action that is done, a seed, and one that was dropped."""
    plan = makers.plan(cast)
    goal = makers.goal(plan)
    makers.barrier(plan, goal=goal)
    for title, status in (("Gedaan", ItemStatus.DONE), ("Zaad", ItemStatus.SEED), ("Weg", ItemStatus.DROPPED)):
        row = makers.action(cast, plan, title, goal)
        row.status, row.due_on, row.owner_organisation_id = status, clock.today(), cast.zilverreiger
        row.done_at = clock.now() if status is ItemStatus.DONE else None
        db.session.add(SmallStep(item_id=row.id, words="Bellen", is_done=True))
    db.session.flush()
    return plan


def test_another_plan_comes_along_afresh(cast: Cast) -> None:
    source, plan = full(cast), makers.plan(cast, "Nieuw")
    copying.from_plan(plan, source.id, by=cast.actor("tine"))
    items = db.session.scalars(select(ActionItem).where(ActionItem.plan_id == plan.id).order_by(ActionItem.title)).all()
    assert [(one.title, one.status) for one in items] == [("Gedaan", ItemStatus.TO_START), ("Zaad", ItemStatus.SEED)]
    assert {(one.due_on, one.owner_organisation_id, one.group_id) for one in items} == {(None, None, plan.group_id)}
    goal = db.session.scalars(select(Goal).where(Goal.plan_id == plan.id)).one()
    assert {one.goal_id for one in items} == {goal.id}
    assert [one.plan_id for one in goal.barriers] == [plan.id]
    assert not db.session.scalar(select(SmallStep.is_done).where(SmallStep.item_id == items[0].id))
    assert db.session.scalars(select(Barrier).where(Barrier.plan_id == source.id)).one()


def test_only_who_may_start_a_plan_fills_one(cast: Cast) -> None:
    source, plan = full(cast), makers.plan(cast, "Nieuw")
    with pytest.raises(NotAllowed):
        copying.from_plan(plan, source.id, by=cast.actor("jef"))


def test_every_objective_has_something_to_start_from() -> None:
    assert set(PATTERNS) == set(Objective)
    for one in PATTERNS.values():
        assert max(len(one.for_whom), len(one.title)) <= 120
        assert len(one.sign) <= 200


def test_starting_from_all_three_on_the_page(cast: Cast, browse: Browse) -> None:
    source = full(cast)
    barrier = makers.barrier(makers.plan(cast, "Elders"), "De bus rijdt niet")
    group = groups.group(cast, name="Draagt het")
    db.session.commit()
    tine = browse("tine")
    start = tine.get(f"/plannen/nieuw?drempel={barrier.id}")
    assert start.form("/plannen/nieuw")["barrier"] == str(barrier.id)
    typed = {"title": "Opnieuw", "group": str(group.id), "objectives": ["informing", "solidarity_fund"]}
    refused = tine.submit(start, "/plannen/nieuw", **(typed | {"title": ""}), like=str(source.id))
    assert refused.form("/plannen/nieuw")["like"] == str(source.id)
    gone = tine.submit(refused, "/plannen/nieuw", **typed, like="weg")
    assert (gone.status, gone.says("Dit plan is er niet meer.")) == (422, True)
    done = tine.submit(gone, "/plannen/nieuw", **typed, like=str(source.id))
    assert done.status == 303
    plan = db.session.scalars(select(Plan).where(Plan.title == "Opnieuw")).one()
    barriers = db.session.scalars(select(Barrier.words).where(Barrier.plan_id == plan.id))
    assert sorted(barriers) == ["De bus rijdt niet", "Ouders weten niet dat het bestaat"]
    choices = db.session.scalars(select(Choice).where(Choice.plan_id == plan.id)).all()
    assert {one.for_whom for one in choices} == {
        "Gezinnen die niet weten wat er is", "Gezinnen die het moeilijk kunnen betalen",
    }  # fmt: skip
    assert {one.until for one in choices} == {plan.ends_on}


def test_tools_of_closed_groups_are_suggested_to_nobody(cast: Cast) -> None:
    seen, closed = groups.group(cast), groups.group(cast, Visibility.MEMBERS, "Dicht")
    shown, hidden = shelf.kept(cast, seen), shelf.kept(cast, closed)
    shelves.share(shown, by=cast.actor("bram"))
    hidden.shared_at = clock.now()  # its group was open then
    db.session.flush()
    codes = [one.value for one in (*shown.bs, *shown.strategies)]
    assert codes
    assert [row.id for row in suggesting.tools(codes)] == [shown.id]


def test_what_other_plans_do_with_the_same_tags(cast: Cast, browse: Browse) -> None:
    full(cast)
    here = makers.plan(cast, "Hier")
    makers.action(cast, here, "Van onszelf").status = ItemStatus.MOVING
    db.session.commit()
    jef, url = browse("jef"), f"/plannen/{here.id}/anderen"
    assert not jef.get(url).says("Misschien helpt dit")
    asked = f"{url}?bs=awareness&strategy=outreach&bs=zomaar"
    assert jef.get(asked).says("Gedaan", "in het plan Vrije tijd voor iedereen")
    part = jef.get(asked, partial=True)
    assert part.says("Gedaan")
    for not_there in ("Zaad", "Weg", "Van onszelf"):
        assert not part.says(not_there)
    mine = makers.barrier(here)
    theirs = db.session.scalars(select(Barrier.id).where(Barrier.plan_id != here.id)).one()
    db.session.commit()
    assert jef.get(f"{url}?barriers={mine.id}", partial=True).says("Gedaan")
    assert not jef.get(f"{url}?barriers={theirs}&barriers=zomaar", partial=True).says("Gedaan")
    assert jef.get(f"{url}?bs=reach", partial=True).says("Niemand in het netwerk deed al zoiets.")
