"""The bridge of a plan: what stands under each arch, and what is missing."""

from typing import Any

from tests.groups import makers as groups
from tests.people import Cast
from tests.plans import makers
from webapp.core.db import db
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.groups.owning import Owner
from webapp.plans import bridge, doing, partnering
from webapp.plans.bridge import Arch, Asked, Bridge
from webapp.plans.doing import Wanted
from webapp.plans.models import Plan
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy

S = Strategy


def put(cast: Cast, plan: Plan, title: str, strategy: Strategy = S.OUTREACH, **more: Any) -> ActionItem:
    status = more.pop("status", ItemStatus.MOVING)
    owner = Owner(more.pop("place")) if "place" in more else None
    item = doing.add(plan, Wanted(title, strategy, owner=owner, **more), by=cast.actor("noor"))
    item.status = status
    db.session.flush()
    return item


def seen(plan: Plan, asked: Asked | None = None, **most: int) -> Bridge:
    db.session.flush()
    return bridge.of_plan(plan.id, asked or Asked(), **most)


def arch(found: Bridge, strategy: Strategy) -> Arch:
    return next(one for one in found.arches if one.strategy is strategy)


def test_six_arches_stand_even_when_nothing_is_done(cast: Cast) -> None:
    found = seen(makers.plan(cast))
    assert [one.number for one in found.arches] == [1, 2, 3, 4, 5, 6]
    assert all(one.lacks and not one.is_firm for one in found.arches)


def test_what_moves_comes_first_and_what_was_dropped_carries_nothing(cast: Cast) -> None:
    plan = makers.plan(cast)
    put(cast, plan, "Zaadje", status=ItemStatus.SEED)
    put(cast, plan, "Bezig", place=cast.zilverreiger)
    put(cast, plan, "Losgelaten", status=ItemStatus.DROPPED)
    one = arch(seen(plan), S.OUTREACH)
    assert [row.title for row in one.actions] == ["Bezig", "Zaadje"]
    assert (one.total, one.carrying, one.is_firm) == (2, 1, False)
    assert [row.organisation for row in one.actions] == ["Scouts Zilverreiger", None]


def test_much_folds_after_the_first_few(cast: Cast) -> None:
    plan = makers.plan(cast)
    for number in range(6):
        put(cast, plan, f"Actie {number}")
    one = arch(seen(plan, most=4), S.OUTREACH)
    assert (len(one.actions), one.total) == (4, 6)
    assert one.is_firm


def test_a_partner_may_stand_under_several_and_whoever_carries_an_action_stands_there_too(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    for strategy in (S.OUTREACH, S.GUIDANCE):
        partnering.stand_under(plan, strategy, cast.lantaarn, by=noor)
    put(cast, plan, "Bezig", place=cast.zilverreiger)
    found = seen(plan)
    assert [row.words for row in arch(found, S.OUTREACH).partners] == ["De Lantaarn", "Scouts Zilverreiger"]
    assert [row.words for row in arch(found, S.GUIDANCE).partners] == ["De Lantaarn"]
    assert [row.words for row in found.to_choose] == ["Scouts Zilverreiger"]


def test_what_is_missing_makes_an_arch_less_than_firm(cast: Cast) -> None:
    plan = makers.plan(cast)
    put(cast, plan, "Een")
    put(cast, plan, "Twee")
    partnering.say_missing(plan, S.OUTREACH, "Nog niemand in Hoge Akker", by=cast.actor("noor"))
    one = arch(seen(plan), S.OUTREACH)
    assert (one.lacks, one.is_firm, one.missing[0].words) == (True, False, "Nog niemand in Hoge Akker")


def test_it_is_asked_by_b_and_by_who_takes_part(cast: Cast) -> None:
    plan = makers.plan(cast)
    put(cast, plan, "Goedkoop", bs=(B.AFFORDABILITY,), place=cast.zilverreiger)
    put(cast, plan, "Dichtbij", bs=(B.REACH, B.TRUST), place=cast.lantaarn)
    assert arch(seen(plan), S.OUTREACH).bs == [B.REACH, B.AFFORDABILITY, B.TRUST]
    cheap = arch(seen(plan, Asked(b=B.AFFORDABILITY)), S.OUTREACH)
    assert [row.title for row in cheap.actions] == ["Goedkoop"]
    theirs = arch(seen(plan, Asked(who=cast.lantaarn)), S.OUTREACH)
    assert ([row.title for row in theirs.actions], theirs.total) == (["Dichtbij"], 1)
    assert [row.words for row in theirs.partners] == ["De Lantaarn"]
    assert arch(seen(plan, Asked(B.TRUST, cast.zilverreiger)), S.OUTREACH).total == 0


def test_a_confidential_group_is_never_named(cast: Cast) -> None:
    plan, secret = makers.plan(cast), groups.group(cast, Visibility.CONFIDENTIAL, "Werkgroep Stil")
    put(cast, plan, "Open")
    put(cast, plan, "In stilte", place=cast.zilverreiger).group_id = secret.id
    one = arch(seen(plan), S.OUTREACH)
    assert [row.words for row in one.groups] == ["Werkgroep Welkom"]
    assert {row.group for row in one.actions} == {"Werkgroep Welkom", None}
