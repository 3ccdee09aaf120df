"""The board and the bridge of a plan with 2,000 actions and 300 organisations ask as much as those of a small one."""

from flask import Flask
from sqlalchemy import insert

from tests.people import Cast
from tests.performance.pages import MainPage, Town, compressed, opened
from tests.performance.test_counts import LATER_PAGE
from tests.plans import makers
from tests.support.browse import Browse
from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import db, new_id
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.plans.models import Plan, PlanPartner
from webapp.vocabulary.organisation_kinds import OrganisationKind
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

ACTIONS, ORGANISATIONS = 2_000, 300
PAGES = [
    MainPage(who, endpoint, "plan_id", most=most)
    for who in ("noor", "jef")
    for endpoint, most in (
        ("plans.board", 9),
        ("plans.listed", 9),
        ("plans.span", 8),
        ("plans.arch", 8),
        ("plans.timeline_of", 8),
    )
]


def _fill(plan: Plan) -> None:
    """Actions in every state under every strategy, each on one of the organisations, which carry every arch too."""
    kind = {"kind": OrganisationKind.SPORT, "version": 1}
    places = [{"id": new_id(), "name": f"Vereniging {n}", **kind} for n in range(ORGANISATIONS)]
    db.session.execute(insert(Organisation), places)
    partners = [
        {"plan_id": plan.id, "strategy": strategy, "organisation_id": place["id"]}
        for place in places
        for strategy in Strategy
    ]
    db.session.execute(insert(PlanPartner), partners)
    states, strategies, bs = tuple(ItemStatus), tuple(Strategy), tuple(B)
    actions = [
        {
            "id": new_id(),
            "group_id": plan.group_id,
            "plan_id": plan.id,
            "title": f"Actie {n} in de buurt van het plein",
            "status": states[n % len(states)],
            "done_at": clock.now() if states[n % len(states)] is ItemStatus.DONE else None,
            "strategy": strategies[n % len(strategies)],
            "side": Side.DEMAND if n % 2 else Side.SUPPLY,
            "bs": (bs[n % len(bs)], bs[(n + 1) % len(bs)]),
            "owner_organisation_id": places[n % ORGANISATIONS]["id"],
            "version": 1,
        }
        for n in range(ACTIONS)
    ]
    db.session.execute(insert(ActionItem), actions)


def test_board_and_bridge_stay_as_light_with_2000_actions(app: Flask, cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    town = Town(app, cast)
    town.ids = {"plan_id": plan.id}
    _fill(plan)
    db.session.commit()
    for page in PAGES:
        answer, asked = opened(browse, town, page)
        assert len(asked) <= page.most, (page.name, asked)
        assert compressed(answer.text.encode()) <= LATER_PAGE, page.name
