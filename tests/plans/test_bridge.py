"""The bridge of a plan: what stands under each arch, and what is missing."""

import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
import typst
from flask import Flask
from sqlalchemy import select

from tests.groups import makers as groups
from tests.people import Cast
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.groups.owning import Owner
from webapp.plans import arch as arches
from webapp.plans import bridge, doing, drawing, partnering
from webapp.plans.bridge import Arch, Asked, Bridge
from webapp.plans.doing import Wanted
from webapp.plans.models import Missing, Plan
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy
from webapp.web import paper
from webapp.web.i18n import in_language

S = Strategy
LARGEST_DRAWING = 320_000


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


def test_the_first_actions_are_the_latest_of_what_stands_best(cast: Cast) -> None:
    plan, begin = makers.plan(cast), clock.now()
    kept = (ItemStatus.DONE, ItemStatus.SEED, ItemStatus.STUCK, ItemStatus.DROPPED, ItemStatus.DONE, ItemStatus.DONE)
    for number, status in enumerate(kept):
        put(cast, plan, f"Actie {number}").moved_at = begin + timedelta(minutes=number)
        set_standing(plan, f"Actie {number}", status)
    titles = {most: [row.title for row in arch(seen(plan, most=most), S.OUTREACH).actions] for most in (2, 4, 7)}
    assert titles[7] == ["Actie 2", "Actie 5", "Actie 4", "Actie 0", "Actie 1"]
    assert (titles[2], titles[4]) == (titles[7][:2], titles[7][:4])


def set_standing(plan: Plan, title: str, status: ItemStatus) -> None:
    item = db.session.scalars(select(ActionItem).where(ActionItem.plan_id == plan.id, ActionItem.title == title)).one()
    item.status, item.done_at = status, item.moved_at if status is ItemStatus.DONE else None
    db.session.flush()


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


def fill(cast: Cast, plan: Plan, number: int, strategies: tuple[Strategy, ...] = tuple(S)) -> None:
    """So many actions under each of these."""
    for strategy in strategies:
        for one in range(number):
            put(cast, plan, f"{strategy} {one}", strategy)


@pytest.mark.parametrize(
    ("firm", "missing", "says"),
    [
        ((), (), "Nog geen enkele actie draagt de brug."),
        ((S.TRUSTED_PLACE, S.SUPPORT), (), "4 acties dragen de brug. In het midden staan we stevig, aan de randen"),
        (tuple(S), (), "12 acties dragen de brug. Overal staan we stevig."),
        (tuple(S), (S.POLICY,), "stevig, aan de kant van de verenigingen ontbreekt nog iets."),
    ],
)
def test_it_says_in_words_where_it_is_firm_and_where_something_is_missing(
    app: Flask, cast: Cast, firm: tuple[Strategy, ...], missing: tuple[Strategy, ...], says: str
) -> None:
    plan = makers.plan(cast)
    fill(cast, plan, 2, firm)
    for strategy in missing:
        partnering.say_missing(plan, strategy, "Late bussen", by=cast.actor("noor"))
    with app.test_request_context(), in_language("nl"):
        assert says in drawing.finding(seen(plan))


def test_the_picture_fits_on_one_page_however_much_there_is(app: Flask, cast: Cast) -> None:
    plan = makers.plan(cast, "Een plan <dat> & past")
    fill(cast, plan, 12)
    for row in db.session.scalars(select(ActionItem)):
        row.title = "Samen " + "verenigingsondersteuning " * 6
    for strategy in S:
        partnering.say_missing(plan, strategy, "Nog geen idee " * 8, by=cast.actor("noor"))
        for place in (cast.lantaarn, cast.halvenoot, cast.stil, cast.jeugddienst):
            partnering.stand_under(plan, strategy, place, by=cast.actor("noor"))
    with app.test_request_context(), in_language("nl"):
        drawn = drawing.picture(plan, seen(plan, most=drawing.MOST_ON_PAPER))
        made, svg = drawing.as_pdf(drawn), drawing.as_svg(drawn).decode()
    assert made.startswith(b"%PDF")
    assert b"/Count 1" in made
    fits = typst.query(
        str(paper.FOLDER / "bridge.typ"), "<fits>", field="value", root=str(paper.FOLDER),
        font_paths=[str(paper.FONTS)], ignore_system_fonts=True, sys_inputs={"data": json.dumps(drawn)},
    )  # fmt: skip
    assert json.loads(fits) == [True]
    assert "<title" in svg
    assert "Een plan &lt;dat&gt; &amp; past" in svg
    names = re.findall(r' id="(\w+)"', svg)
    assert len(names) == len(set(names))
    assert set(re.findall(r'(?:href="#|url\(#)(\w+)', svg)) < set(names)
    assert len(svg) < LARGEST_DRAWING


def test_on_the_page_and_as_a_list(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    fill(cast, plan, 6, (S.SUPPORT,))
    put(cast, plan, "Uniformenbak", S.COOPERATION, place=cast.zilverreiger, bs=(B.AFFORDABILITY,))
    at = f"/plannen/{plan.id}/brug"
    db.session.commit()
    jef = browse("jef")
    for path in (at, f"{at}?als=lijst"):
        assert jef.get(path).says(
            "7 acties dragen de brug.", "en nog 2", "Uniformenbak", "Scouts Zilverreiger", "Idee?"
        )
    asked = jef.get(f"{at}?b=affordability&wie={cast.zilverreiger}")
    assert asked.says("Uniformenbak", "Je ziet maar een deel")
    assert "support 0" not in asked.text
    assert jef.get(f"{at}?b=nonsense&wie=nonsense").says("7 acties dragen de brug.")


@pytest.mark.parametrize("kind", ["pdf", "a3", "png", "svg"])
def test_it_goes_along_as_a_file(cast: Cast, browse: Browse, kind: str) -> None:
    plan = makers.plan(cast)
    put(cast, plan, "Uniformenbak", S.COOPERATION)
    at = f"/plannen/{plan.id}/brug/bestand"
    db.session.commit()
    answer = browse("jef").get(f"{at}?als={kind}")
    begins = {"pdf": b"%PDF", "a3": b"%PDF", "png": b"\x89PNG", "svg": b"<svg"}
    assert answer.response.data.startswith(begins[kind])
    assert "attachment; filename=brug." in answer.response.headers["Content-Disposition"]
    assert browse("jef").get(f"{at}?als=exe").status == 404


def test_an_arch_shows_all_page_by_page_and_who_steers_changes_what_stands_there(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    fill(cast, plan, arches.PAGE_SIZE + 1, (S.OUTREACH,))
    at = f"/plannen/{plan.id}/boog"
    db.session.commit()
    noor, jef = browse("noor"), browse("jef")
    first = jef.get(f"{at}?nr=1")
    assert first.text.count("outreach ") == arches.PAGE_SIZE
    following = re.search(r'href="([^"]*na=[^"]*)"', first.text)
    assert following
    assert jef.get(html.unescape(following[1])).text.count("outreach ") == 1
    assert "Zeg wat er ontbreekt" not in first.text
    page = noor.get(f"{at}?nr=1")
    assert noor.submit(page, f"{at}/dragen?nr=1", organisation="Bestaat niet").says("Deze organisatie kennen we niet.")
    noor.submit(page, f"{at}/dragen?nr=1", organisation="de lantaarn")
    noor.submit(page, f"{at}/ontbreekt?nr=1", words="Nog niemand op het plein")
    page = noor.get(f"{at}?nr=1")
    assert page.says("De Lantaarn", "Nog niemand op het plein")
    noor.submit(page, f"{at}/loslaten?nr=1", organisation=str(cast.lantaarn))
    missing = db.session.scalar(select(Missing.id))
    noor.submit(page, f"/plannen/ontbreekt/{missing}/weg")
    page = noor.get(f"{at}?nr=1")
    assert "Nog niemand op het plein" not in page.text
    assert f"/organisaties/{cast.lantaarn}" not in page.text


def test_what_is_missing_names_nobody(cast: Cast, browse: Browse) -> None:
    at = f"/plannen/{makers.plan(cast).id}/boog"
    db.session.commit()
    noor = browse("noor")
    refused = noor.submit(noor.get(at), f"{at}/ontbreekt?nr=1", words="Een plek voor Youssef Benali")
    assert refused.status == 422
    assert "Youssef Benali" in refused.text
    assert refused.says("Dit lijkt op een naam.")
