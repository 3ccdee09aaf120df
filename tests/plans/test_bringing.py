"""Bringing actions into a plan from a table, and taking a plan along as a file."""

import io
import json
import re
from datetime import date

import openpyxl
import pytest
from sqlalchemy import func, select

from tests.groups import makers as groups
from tests.people import Cast
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core import papers
from webapp.core.db import db
from webapp.core.papers import PaperKind
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.plans import importing, tables
from webapp.plans.codes import Column
from webapp.plans.doing_models import SmallStep
from webapp.plans.importing import Checked, Reading
from webapp.plans.models import Plan
from webapp.policy.rules import NotAllowed
from webapp.vocabulary.strategies import Strategy

COLUMNS = {column: place for place, column in enumerate((Column.TITLE, Column.STATE, Column.DUE, Column.STEPS))}
STATES = {"Bezig": ItemStatus.MOVING, "Klaar": ItemStatus.DONE, "Weg": None, "Los": ItemStatus.DROPPED}


def checked(plan: Plan, *rows: str) -> Checked:
    text = "\n".join(("Actie;Stand;Tegen;Stappen", *rows))
    return importing.check(plan, tables.table(text), Reading(COLUMNS, STATES, strategy=Strategy.OUTREACH))


def in_plan() -> list[ActionItem]:
    return list(db.session.scalars(select(ActionItem).order_by(ActionItem.title)))


def test_good_rows_become_actions_with_their_state_day_and_steps(cast: Cast) -> None:
    plan = makers.plan(cast)
    found = checked(
        plan, "Fuif;Bezig;14/3/2027;[x] Zaal | Muziek", "Kamp;;2027-03-14T23:30:00.000Z;", "Oud;Klaar;;", "Nee;Weg;;"
    )
    assert (len(found.good), found.bad, found.skipped) == (3, [], 1)
    importing.bring(plan, found.good, by=cast.actor("noor"))
    fuif, kamp, oud = (next(one for one in in_plan() if one.title == title) for title in ("Fuif", "Kamp", "Oud"))
    assert (fuif.status, fuif.due_on, fuif.owner_id) == (ItemStatus.MOVING, date(2027, 3, 14), None)
    assert (kamp.status, kamp.due_on) == (ItemStatus.TO_START, date(2027, 3, 15))  # past midnight in Brussels
    assert oud.done_at
    steps = db.session.execute(select(SmallStep.words, SmallStep.is_done).order_by(SmallStep.position))
    assert [tuple(row) for row in steps] == [("Zaal", True), ("Muziek", False)]


@pytest.mark.parametrize(
    ("row", "column", "fault"),
    [
        (";Bezig;;", Column.TITLE, "title_missing"),
        ("x" * 161 + ";;;", Column.TITLE, "too_long"),
        ("Fuif;Ooit;;", Column.STATE, "unknown_word"),
        ("Fuif;;31/2/2027;", Column.DUE, "no_day"),
        ("Fuif;;9999-12-31T23:59:59Z;", Column.DUE, "no_day"),
        ("Fuif;Los;;", Column.LEARNED, "learned_missing"),
        ("Fuif;;;" + "|".join("stap" for _ in range(21)), Column.STEPS, "too_many_steps"),
        ("fuif op het plein;;;", Column.TITLE, "stands_there"),
    ],
)
def test_a_bad_row_says_where_and_why_and_the_others_are_good(cast: Cast, row: str, column: Column, fault: str) -> None:
    plan = makers.plan(cast)
    makers.action(cast, plan, "Fuif op het plein")
    found = checked(plan, row, "Kamp;;;")
    assert [(bad.line.number, bad.column, bad.fault) for bad in found.bad] == [(2, column, fault)]
    assert [good.wanted.title for good in found.good] == ["Kamp"]


def test_who_does_not_carry_the_plan_brings_nothing(cast: Cast) -> None:
    plan = makers.plan(cast)
    with pytest.raises(NotAllowed):
        importing.bring(plan, checked(plan, "Fuif;;;").good, by=cast.actor("jef"))


def test_from_a_pasted_table_to_the_plan(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    db.session.commit()
    noor, here = browse("noor"), f"/plannen/{plan.id}/inlezen"
    empty = noor.submit(noor.get(here), here, text="Actie;Status")
    assert (empty.status, empty.says("Er staan geen rijen onder de eerste.")) == (422, True)
    assert "Actie;Status" in empty.text
    seen = noor.submit(empty, here, text="Naam;Status;Deadline\nFuif;Bezig;14/3/2027\nKamp;;ooit")
    assert seen.says("Rij 2, kolom “Strategie”", "Rij 3, kolom “Strategie”")
    look = f"{here}/nakijken"
    assert seen.form(look)["strategy_of_all"] == ""
    again = noor.submit(seen, look, strategy_of_all="outreach")
    assert again.says("Rij 3, kolom “Deadline”: “ooit” is geen dag.", "Bezig · 14 maart 2027")
    assert db.session.scalar(select(func.count()).select_from(ActionItem)) == 0
    done = noor.submit(again, look, yes="1")
    assert done.says("Er staat nu 1 actie in het plan.", "Rij 2, kolom “Deadline”")
    assert done.form(look)["strategy_of_all"] == "outreach"
    assert "Kamp" in done.form(look)["text"]
    assert "Fuif" not in done.form(look)["text"]
    mended = noor.submit(done, look, yes="1", text=done.form(look)["text"].replace("ooit", "15/3/2027"))
    assert mended.status == 303
    assert [row.title for row in in_plan()] == ["Fuif", "Kamp"]
    assert browse("jef").get(here).status == 403


@pytest.mark.parametrize("head", ["Tot wanneer", "tot", "Tegen", "Einddatum"])
def test_the_last_day_is_found_however_people_call_its_column(cast: Cast, browse: Browse, head: str) -> None:
    plan = makers.plan(cast)
    db.session.commit()
    noor, here = browse("noor"), f"/plannen/{plan.id}/inlezen"
    seen = noor.submit(noor.get(here), here, text=f"Actie;Strategie;{head}\nSpel;Op straat en op pleintjes;40/13/2027")
    assert seen.says(f"Rij 2, kolom “{head}”: “40/13/2027” is geen dag.")


def test_a_large_board_of_trello_and_one_that_is_too_large(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    db.session.commit()
    noor, here = browse("noor"), f"/plannen/{plan.id}/inlezen"
    page = noor.get(here)
    actions = [{"id": str(n), "data": {"text": "x" * 220}} for n in range(20_000)]
    cards = [{"id": str(n), "idList": "a", "name": f"Kaart {n}", "idMembers": ["m"]} for n in range(600)]
    board = {"lists": [{"id": "a", "name": "Ideeën"}], "cards": cards, "actions": actions, "members": []}
    content = json.dumps(board).encode()
    assert len(content) > 5_000_000
    seen = noor.submit(page, here, file=(io.BytesIO(content), "bord.json"))
    assert seen.status == 200
    assert seen.says("Kaart 0", "Nog 100 rijen passen er niet bij.")
    large = noor.submit(page, here, file=(io.BytesIO(b"x" * 6_500_000), "bord.json"))
    assert (large.status, large.says("Dit bestand is groter dan 6 MB.")) == (422, True)
    for sent in (seen, large):
        sent.response.request.environ["wsgi.input"].close()  # the test client keeps large ones on the disk


def test_a_plan_goes_along_and_comes_back_the_same(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    goal = makers.goal(plan)
    makers.barrier(plan, "<b>*Ver*</b>", goal)
    makers.action(cast, plan, "=HYPERLINK(1)", goal)
    row = makers.action(cast, plan, "Fuif", goal)
    row.owner_organisation_id, row.owner_id = cast.zilverreiger, cast.noor
    db.session.add(SmallStep(item_id=row.id, words="Zaal", is_done=True))
    makers.action(cast, plan, "Zaaien", goal).group_id = groups.group(cast, Visibility.CONFIDENTIAL, "Geheime tuin").id
    carrier = plan.group.name
    db.session.commit()
    jef, base = browse("jef"), f"/plannen/{plan.id}"
    text = jef.get(f"{base}/acties.csv").text
    assert "'=HYPERLINK(1)" in text
    assert "Scouts" in text
    assert "[x] Zaal" in text
    book = jef.client.get(f"{base}/acties.xlsx", base_url=jef.base_url).data
    assert papers.paper("acties.xlsx", book).kind is PaperKind.XLSX
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows() for cell in row]
    sheet = [cell.value for cell in cells if cell.value is not None]
    assert {"'=HYPERLINK(1)", "[x] Zaal"} <= set(sheet)
    assert {cell.data_type for cell in cells if cell.value} == {"s"}  # text, also what looks like a formula
    whole = jef.get(f"{base}/plan.md").text
    assert r"\<b\>\*Ver\*\</b\>" in whole
    assert "- [x] Zaal" in whole
    for said in (text, sheet, whole):
        assert carrier in str(said)
        assert not re.search("Noor|Geheim", str(said))
    other = makers.plan(cast, "Een ander plan")
    makers.goal(other)
    db.session.commit()
    noor, here = browse("noor"), f"/plannen/{other.id}/inlezen"
    seen = noor.submit(noor.get(here), here, file=(io.BytesIO(text.encode()), "acties.csv"))
    assert noor.submit(seen, f"{here}/nakijken", yes="1").status == 303
    again, carried = (
        browse("jef").get(f"/plannen/{other.id}/acties.csv").text,
        re.compile(f"Scouts Zilverreiger|{carrier}"),
    )
    assert carried.sub("", again) == carried.sub("", text)
