"""The board and the list of a plan, and the page of one action."""

import re
from datetime import timedelta

import pytest

from tests.groups import makers as groups
from tests.people import PEOPLE, Cast
from tests.performance.pages import compressed
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import carrying
from webapp.groups import queries as groups_of
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.groups.owning import Owner
from webapp.plans import actions, board, doing, listing, queries, stepping
from webapp.plans.codes import Lane
from webapp.plans.listing import Sought
from webapp.plans.models import Plan
from webapp.plans.queries import Planned
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy


@pytest.fixture
def plan(cast: Cast) -> Plan:
    made = makers.plan(cast)
    db.session.commit()
    return made


@pytest.fixture
def planned(cast: Cast, plan: Plan) -> Planned:
    made = makers.planned(cast, plan, owner=Owner(cast.zilverreiger))
    db.session.commit()
    return made


def again(one: Planned) -> Planned:
    db.session.rollback()
    db.session.expire_all()
    return queries.planned(one.item.id) or pytest.fail("gone")


def test_a_card_stands_where_the_action_stands_and_dropped_ones_are_folded(cast: Cast, plan: Plan) -> None:
    noor = cast.actor("noor")
    late, soon = (
        makers.planned(cast, plan, title, due_on=clock.today() + timedelta(days=days))
        for title, days in (("Later", 40), ("Eerst", 4))
    )
    stuck = makers.planned(cast, plan, "Vast")
    doing.move(stuck, ItemStatus.STUCK, by=noor)
    gone = makers.planned(cast, plan, "Los")
    doing.move(gone, ItemStatus.DROPPED, "Het lokaal viel weg.", by=noor)
    seen = board.board(plan, noor)
    assert [row.id for row in seen.cards(Lane.PLANNED)] == [soon.item.id, late.item.id]
    assert [row.title for row in seen.cards(Lane.BUSY)] == ["Vast"]
    assert seen.cards(Lane.DONE) == []
    assert [row.title for row in seen.rows[ItemStatus.DROPPED]] == ["Los"]


def test_a_column_shows_its_first_cards_and_counts_the_rest(cast: Cast, plan: Plan) -> None:
    for number in range(board.MOST_CARDS + 2):
        last = makers.planned(cast, plan, f"Actie {number}", due_on=clock.today() + timedelta(days=number))
    seen = board.board(plan, cast.actor("noor"), also=last.item.id)
    assert len(seen.cards(Lane.PLANNED)) == board.MOST_CARDS + 1
    assert seen.count(Lane.PLANNED) == board.MOST_CARDS + 2
    (shown_last,) = seen.hidden(ItemStatus.TO_START)
    rest = board.more(plan, ItemStatus.TO_START, cast.actor("jef"), board.key(shown_last), last.item.id)
    assert [row.title for row in rest] == [f"Actie {board.MOST_CARDS}"]


def test_what_is_done_goes_on_from_the_last_card_that_is_shown(cast: Cast, plan: Plan, browse: Browse) -> None:
    noor = cast.actor("noor")
    for number in range(2 * board.MOST_CARDS + 1):
        with clock.at(clock.now() + timedelta(seconds=number)):
            doing.move(makers.planned(cast, plan, f"Actie {number}"), ItemStatus.DONE, by=noor)
    db.session.commit()
    jef = browse("jef")
    titles, page = [], jef.get(f"/plannen/{plan.id}/bord")
    while page:
        titles += re.findall(r">(Actie \d+)</a>", page.text)
        more = next((link for link in page.links() if "/bord/meer" in link), "")
        page = jef.get(more, partial=True) if more else None
    assert titles == [f"Actie {number}" for number in range(2 * board.MOST_CARDS, -1, -1)]
    assert jef.get(f"/plannen/{plan.id}/bord/meer?stand=done&na=onzin").says("Klaar", "Actie 16")


def test_a_full_board_and_a_full_list_are_small(browse: Browse, cast: Cast, plan: Plan) -> None:
    """As many cards as a board ever shows: two thousand actions show no more."""
    for number in range(len(ItemStatus) * (board.MOST_CARDS + 1)):
        status, due_on = tuple(ItemStatus)[number % len(ItemStatus)], clock.today() + timedelta(days=number)
        made = ActionItem(group_id=plan.group_id, plan_id=plan.id, title=f"Samen werken aan stap {number} van {status}")
        made.status, made.due_on, made.owner_organisation_id = status, due_on, cast.zilverreiger
        made.strategy, made.side, made.bs = Strategy.SUPPORT, Side.SUPPLY, (B.AWARENESS, B.TRUST)
        made.done_at = clock.now() if status is ItemStatus.DONE else None
        db.session.add(made)
    db.session.commit()
    tine = browse("tine")
    for view in ("bord", "lijst"):
        assert compressed(tine.get(f"/plannen/{plan.id}/{view}").text.encode()) <= 30 * 1024, view


def test_the_board_gives_a_menu_to_exactly_those_who_may_move(cast: Cast, plan: Plan, planned: Planned) -> None:
    other = groups.group(cast, Visibility.OPEN, "Werkgroep Spelen")
    theirs = makers.planned(cast, plan, "Van hen", owner=Owner(group_id=other.id))
    db.session.commit()
    for who in (one for one in PEOPLE if one != "gone"):
        actor = cast.actor(who)
        rows = {row.id: row for row in board.board(plan, actor).cards(Lane.PLANNED)}
        for one in (planned, theirs):
            fresh = again(one)
            assert board.may_do(rows[one.item.id], plan, actor) == can(actor, Can.DO_PLANNED, fresh), who
    actions.take_step(plan, "round_off", "De twee jaar zijn om.", by=cast.actor("noor"))
    (row, *_others) = board.board(plan, cast.actor("noor")).cards(Lane.PLANNED)
    assert not board.may_do(row, plan, cast.actor("noor"))


def test_a_card_that_was_just_finished_asks_for_a_lesson(cast: Cast, browse: Browse, planned: Planned) -> None:
    doing.move(planned, ItemStatus.DONE, by=cast.actor("jef"))
    db.session.commit()
    path = f"/plannen/{planned.plan.id}/bord"
    page = browse("jef").get(path)
    assert page.says("Wat leerde je eruit?", "Maak er een les van")
    url = next(link for link in page.links() if link.startswith("/lessen/nieuw?"))
    assert "strategie=" in url
    planned.item.moved_at = clock.now() - board.ASKS_FOR - timedelta(days=1)
    db.session.commit()
    assert not browse("jef").get(path).says("Maak er een les van")


def test_a_card_is_moved_and_whoever_comes_second_is_told_where_it_went(
    browse: Browse, cast: Cast, plan: Plan, planned: Planned
) -> None:
    jef, path = browse("jef"), f"/plannen/{plan.id}/bord"
    shift = f"/plannen/acties/{planned.item.id}/verplaats"
    card = {name: value for name, value in jef.get(path).form(shift).items() if name != "csrf_token"}
    moved = jef.post(shift, {**card, "status": "moving"}, partial=True)
    assert moved.status == 200
    assert "data-announce>“Meerijdienst” staat nu in: Bezig." in moved.text
    second = browse("yara").post(shift, {**card, "status": "done"}, partial=True)
    assert second.status == 409
    assert second.says("Iemand was je net voor.", "“Meerijdienst” staat nu in: Bezig.")
    assert again(planned).item.status is ItemStatus.MOVING
    without_script = browse("noor")
    done = without_script.post(shift, {**without_script.get(path).form(shift), "status": "done"})
    assert done.location == f"{path}#card-{planned.item.id}"


def test_a_move_that_changes_the_plan_asks_for_a_reason_on_the_page_of_the_action(
    browse: Browse, cast: Cast, plan: Plan, planned: Planned
) -> None:
    noor, shift = browse("noor"), f"/plannen/acties/{planned.item.id}/verplaats"
    asked = noor.post(shift, {**noor.get(f"/plannen/{plan.id}/bord").form(shift), "status": "dropped"})
    assert asked.location == f"/plannen/acties/{planned.item.id}?naar=dropped#stand"
    page, stand = noor.get(asked.location), f"/plannen/acties/{planned.item.id}/stand"
    assert page.form(stand)["status"] == "dropped"
    refused = noor.submit(page, stand, words=" ")
    assert refused.status == 422
    assert refused.says("Zeg in één zin wat je leerde.")
    assert noor.submit(page, stand, words="Niemand had een auto.").status == 303
    assert noor.get(f"/plannen/acties/{planned.item.id}").says("Wat we leerden", "Niemand had een auto.")


def test_who_only_reads_sees_no_menu_and_cannot_move(browse: Browse, plan: Plan, planned: Planned) -> None:
    fatma, shift = browse("fatma"), f"/plannen/acties/{planned.item.id}/verplaats"
    assert "Verplaats naar" not in fatma.get(f"/plannen/{plan.id}/bord").text
    assert fatma.post(shift, {"version": "1", "status": "done"}).status == 403
    noor = browse("noor")
    assert noor.post(shift, {"version": "1", "status": "done", "csrf_token": "x"}).status == 400


def test_an_idea_is_proposed_with_an_owner_that_is_typed(browse: Browse, cast: Cast, plan: Plan) -> None:
    fatma, path = browse("fatma"), f"/plannen/{plan.id}/acties/nieuw"
    offered = fatma.get(f"{path}?owner=zilver", partial=True)
    assert "Scouts Zilverreiger" in offered.text
    form = {**fatma.get(path).form(path), "title": "Fietslessen", "strategy": "guidance", "bs": ["reach", "trust"]}
    unclear = fatma.post(path, {**form, "owner": "w"})
    assert unclear.status == 422
    assert unclear.says("We weten niet wie je bedoelt.")
    done = fatma.post(path, {**form, "owner": "zilver"})
    page = fatma.get(done.location)
    assert page.says("Fietslessen", "Idee", "vraagzijde", "bereikbaar", "Scouts Zilverreiger")
    assert fatma.get(f"/plannen/{plan.id}/bord").says("Fietslessen")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": "x" * 10_000}, "Dit is te lang."),
        ({"starts_on": "2027-03-01", "due_on": "2027-02-01"}, "Zo zou het klaar zijn voor het begint."),
        ({"goal": "onzin"}, "Dit doel staat niet meer in het plan."),
        ({"strategy": ""}, "Kies de strategie die het best past."),
    ],
)
def test_bad_input_says_what_to_mend_and_keeps_what_was_typed(
    browse: Browse, plan: Plan, wrong: dict[str, str], says: str
) -> None:
    noor, path = browse("noor"), f"/plannen/{plan.id}/acties/nieuw"
    form = {**noor.get(path).form(path), "title": "Fietslessen", "strategy": "guidance", "enough_for": "Wie al fietst"}
    answer = noor.post(path, form | wrong)
    assert answer.status == 422
    assert answer.says(says)
    assert "Wie al fietst" in answer.text


def test_an_action_is_adjusted_with_a_reason_by_the_organisation_that_carries_it(
    browse: Browse, planned: Planned
) -> None:
    jef, path = browse("jef"), f"/plannen/acties/{planned.item.id}/bijsturen"
    page = jef.get(path)
    assert page.form(path)["owner"] == "Scouts Zilverreiger"
    assert jef.submit(page, path, title="Meefietsdienst").status == 422
    assert jef.submit(page, path, title="Meefietsdienst", why="Niemand heeft een auto.").status == 303
    shown = jef.get(f"/plannen/acties/{planned.item.id}")
    assert shown.says("Meefietsdienst", "Meerijdienst", "Niemand heeft een auto.", "Scouts Zilverreiger")
    late = jef.submit(page, path, title="Te laat", why="Nog iets.", once="")
    assert late.status == 409
    assert "Te laat" in late.text


def test_steps_and_what_comes_first_on_the_page(browse: Browse, cast: Cast, plan: Plan, planned: Planned) -> None:
    other = makers.planned(cast, plan, "Verzekering")
    stepping.put_first(other, planned.item.id, by=cast.actor("noor"))
    db.session.commit()
    noor, path = browse("noor"), f"/plannen/acties/{planned.item.id}"
    noor.submit(noor.get(path), f"{path}/stappen", **{"stap-words": "Ouders bellen"})
    tick = noor.get(path).form(f"{path}/stappen/vink")
    noor.post(f"{path}/stappen/vink", tick)
    assert noor.get(path).says("1 van 1", "Ouders bellen")
    around = noor.submit(noor.get(path), f"{path}/eerst", first="verz")
    assert around.status == 422
    assert around.says("“Verzekering” wacht op “Meerijdienst”", "“Meerijdienst” wacht op “Verzekering”")
    assert noor.submit(noor.get(path), f"{path}/eerst", first="bestaat niet").status == 422
    waits = noor.get(f"/plannen/acties/{other.item.id}")
    assert waits.says("Er moet eerst iets anders", "Meerijdienst")


def test_the_list_is_narrowed_down_by_its_address(browse: Browse, cast: Cast, plan: Plan, planned: Planned) -> None:
    makers.planned(cast, plan, "Bekend maken", bs=(B.AWARENESS, B.TRUST))
    group = groups.group(cast, Visibility.OPEN, "Werkgroep Spelen")
    makers.planned(cast, plan, "Ballen", owner=Owner(group_id=group.id))
    db.session.commit()
    jef, path = browse("jef"), f"/plannen/{plan.id}/lijst"
    for query, found, missing in (
        ("b=trust", "Bekend maken", "Meerijdienst"),
        ("owner=zilver", "Meerijdienst", "Bekend maken"),
        ("owner=werkgroep+sp", "Ballen", "Meerijdienst"),
        ("stand=to_start&strategie=guidance&kant=demand", "Meerijdienst", "Wees eerst"),
        ("stand=onzin&b=niets&doel=x&na=zzz", "Meerijdienst", "Wees eerst"),
    ):
        page = jef.get(f"{path}?{query}")
        assert page.says(found), query
        assert not page.says(missing), query
    assert jef.get(f"{path}?stand=done").says("Zo zijn er geen acties")
    assert jef.get(f"{path}?b=trust&papier=1").says("Bekend maken", "betrouwbaar")


def test_the_list_goes_on_where_a_page_ended(cast: Cast, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        day = clock.today() + timedelta(days=number) if number else None
        makers.planned(cast, plan, f"Actie {number}", due_on=day)
    jef = cast.actor("jef")
    first = listing.actions(plan, Sought(), jef, most=3)[:3]
    rest = listing.actions(plan, Sought(), jef, listing.key(first[-1]), 3)
    assert [row.title for row in (*first, *rest)] == [f"Actie {number}" for number in (1, 2, 3, 4, 0)]


def test_an_action_of_a_group_is_put_in_a_plan_and_taken_out_on_the_page(
    browse: Browse, cast: Cast, plan: Plan
) -> None:
    group = groups_of.group(plan.group_id) or pytest.fail("gone")
    item = carrying.add(group, carrying.Wanted("Uniformenbak"), by=cast.actor("noor"))
    item_id = item.id
    db.session.commit()
    noor, of_group, path = browse("noor"), f"/werkgroepen/acties/{item_id}", f"/plannen/acties/{item_id}"
    assert noor.get(of_group).says("Zet in een plan")
    noor.submit(noor.get(f"{path}/in-een-plan"), f"{path}/in-een-plan", strategy="support", bs="affordability")
    assert path in noor.get(f"/werkgroepen/{plan.group_id}/acties").links()
    shown = noor.get(of_group)
    assert shown.says(f"Staat in het plan {plan.title}")
    assert f"{path}/bijsturen" in shown.links()
    assert f"{of_group}/bewerken" not in shown.links()
    assert browse("jef").get(path).says("Uniformenbak", "betaalbaar")
    out = noor.get(path)
    assert noor.submit(out, f"{path}/uit-het-plan").status == 422
    assert noor.submit(out, f"{path}/uit-het-plan", **{"uit-why": "Hoort bij ons alleen."}).status == 303
    assert noor.get(path).status == 404
    assert browse("noor").get(f"/plannen/{plan.id}/bord").says("Uniformenbak") is False


def test_no_page_of_a_plan_names_a_group_that_is_a_secret(browse: Browse, cast: Cast, plan: Plan) -> None:
    secret = groups.group(cast, Visibility.CONFIDENTIAL, "Geheime tuin")
    item = carrying.add(secret, carrying.Wanted("Zaaien"), by=cast.actor("noor"))
    item_id, secret_id = item.id, secret.id
    db.session.commit()
    noor = browse("noor")
    assert not noor.get(f"/werkgroepen/acties/{item_id}").says("Zet in een plan")
    assert noor.get(f"/plannen/acties/{item_id}/in-een-plan").status == 403
    tine, path = browse("tine"), f"/plannen/{plan.id}/acties/nieuw"
    assert tine.get(f"/plannen/acties/{item_id}/in-een-plan").status == 404
    assert "Geheime" not in tine.get(f"{path}?owner=geheime", partial=True).text
    form = {**tine.get(path).form(path), "title": "Tuin", "strategy": "support", "owner": "Geheime tuin"}
    refused = tine.post(path, form)
    assert refused.status == 422
    assert not re.search(str(secret_id), refused.text)
