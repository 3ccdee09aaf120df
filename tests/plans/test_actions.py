"""The actions of a plan: proposing, owners anywhere in the network, small steps, what comes first, placing."""

import pytest
from sqlalchemy import select

from tests.groups import makers as groups
from tests.people import Cast
from tests.plans import makers
from tests.referrals.steps import notices
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.groups import actions, carrying, choosing, items
from webapp.groups.actions import About
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.owning import Owner
from webapp.plans import doing, placing, stepping
from webapp.plans.doing import Wanted
from webapp.plans.story_models import Adjustment
from webapp.policy.rules import NotAllowed
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy


def test_anybody_proposes_a_seed_and_who_carries_the_plan_adds(cast: Cast) -> None:
    plan = makers.plan(cast)
    assert makers.planned(cast, plan, by="jef").item.status is ItemStatus.SEED
    assert makers.planned(cast, plan, by="noor").item.status is ItemStatus.TO_START


def test_two_letters_find_an_owner_in_the_whole_network(cast: Cast) -> None:
    group = groups.group(cast)
    assert choosing.find_in_network("speel") == Owner(cast.stil)
    assert choosing.find_in_network("De Lantaarn") == Owner(cast.lantaarn)
    assert choosing.find_in_network("werkgroep wel") == Owner(group_id=group.id)
    seat = next(name for name in choosing.names_in_network("lant") if " · " in name)
    assert choosing.find_in_network(seat) == Owner(cast.lantaarn, function=FunctionKind.REFERRAL_CONTACT)
    for unclear in ("we", "x", "d"):
        with pytest.raises(Invalid):
            choosing.find_in_network(unclear)


def test_a_confidential_group_is_found_by_nobody_and_owns_nothing(cast: Cast) -> None:
    secret = groups.group(cast, Visibility.CONFIDENTIAL, "Geheime tuin")
    assert choosing.names_in_network("geheime") == []
    with pytest.raises(Invalid):
        choosing.find_in_network("Geheime tuin")
    with pytest.raises(Invalid):
        makers.planned(cast, makers.plan(cast), owner=Owner(group_id=secret.id))


def test_a_seat_anywhere_in_the_network_hears_and_does(cast: Cast) -> None:
    seat = Owner(cast.lantaarn, function=FunctionKind.REFERRAL_CONTACT)
    planned = makers.planned(cast, makers.plan(cast), owner=seat)
    db.session.commit()
    assert "action_given" in notices(cast, "lena")
    doing.move(planned, ItemStatus.MOVING, by=cast.actor("lena"))
    assert planned.item.status is ItemStatus.MOVING
    with pytest.raises(NotAllowed):
        doing.move(planned, ItemStatus.DONE, by=cast.actor("fatma"))


def test_an_action_goes_to_another_group_with_a_reason(cast: Cast) -> None:
    planned = makers.planned(cast, makers.plan(cast))
    other = groups.group(cast, Visibility.MEMBERS, "Werkgroep Spelen")
    wanted = Wanted("Meerijdienst", Strategy.GUIDANCE, owner=Owner(group_id=other.id))
    doing.adjust(planned, wanted, "Zij rijden al.", by=cast.actor("noor"))
    assert planned.item.group_id == other.id
    told = db.session.scalars(select(Adjustment)).one()
    assert (told.became, told.why) == ({"group_id": str(other.id)}, "Zij rijden al.")


def test_small_steps_are_added_ticked_and_taken_away(cast: Cast) -> None:
    planned, noor = makers.planned(cast, makers.plan(cast)), cast.actor("noor")
    first, second = (stepping.add_step(planned, words, by=noor) for words in ("Bellen", "Rijden"))
    stepping.tick(planned, second.id, is_done=True, by=noor)
    stepping.remove_step(planned, first.id, by=noor)
    assert [(row.words, row.is_done) for row in stepping.steps(planned.item.id)] == [("Rijden", True)]
    with pytest.raises(NotAllowed):
        stepping.add_step(planned, "Niet van mij", by=cast.actor("fatma"))


def test_actions_never_wait_for_each_other_all_around(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    bus, fare, folder = (makers.planned(cast, plan, title) for title in ("Bus", "Tarief", "Folder"))
    stepping.put_first(folder, bus.item.id, by=noor)
    stepping.put_first(bus, fare.item.id, by=noor)
    with pytest.raises(stepping.Circle) as circle:
        stepping.put_first(fare, folder.item.id, by=noor)
    assert circle.value.titles == ["Folder", "Bus", "Tarief"]
    with pytest.raises(Invalid):
        stepping.put_first(bus, bus.item.id, by=noor)
    stepping.no_longer_first(bus, fare.item.id, by=noor)
    stepping.put_first(fare, folder.item.id, by=noor)
    assert [row.title for row in stepping.comes_first(fare.item.id)] == ["Folder"]


def test_an_action_of_a_group_is_placed_adjusted_with_a_reason_and_taken_out(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    item = carrying.add(plan.group, carrying.Wanted("Uniformenbak"), by=noor)
    placed = placing.place(item, plan.id, Strategy.SUPPORT, [B.AFFORDABILITY], by=noor)
    with pytest.raises(Conflict):
        placing.place(item, plan.id, Strategy.SUPPORT, [], by=noor)
    with pytest.raises(Invalid):
        carrying.edit(item, carrying.Wanted("Stil veranderd"), by=noor)
    doing.move(placed, ItemStatus.SEED, "Later in het jaar.", by=noor)
    placing.take_out(placed, "Hoort er niet bij.", by=noor)
    assert (item.plan_id, item.status) == (None, ItemStatus.TO_START)


def test_what_a_confidential_group_does_stands_in_no_plan(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    secret = groups.group(cast, Visibility.CONFIDENTIAL, "Geheime tuin")
    item = carrying.add(secret, carrying.Wanted("Zaaien"), by=noor)
    with pytest.raises(NotAllowed):
        placing.place(item, plan.id, Strategy.SUPPORT, [], by=noor)
    with pytest.raises(Invalid):  # nor does a group that everybody reads of become a secret
        actions.edit(plan.group, About("Geheim", "Stil.", Visibility.CONFIDENTIAL), by=noor)


def test_only_who_steers_the_plan_places_in_it(cast: Cast) -> None:
    plan = makers.plan(cast)
    other = groups.group(cast, Visibility.OPEN, "Werkgroep Spelen")
    item = carrying.add(other, carrying.Wanted("Ballen"), by=cast.actor("noor"))
    actions.add_member(other, cast.fatma, cast.welzijnshuis, by=cast.actor("noor"))
    fresh = items.item(item.id)
    assert fresh
    with pytest.raises(Invalid):
        placing.place(fresh, plan.id, Strategy.SUPPORT, [], by=cast.actor("fatma"))
    assert placing.plans_for(cast.actor("fatma")) == []
    assert [row.title for row in placing.plans_for(cast.actor("noor"))] == [plan.title]
