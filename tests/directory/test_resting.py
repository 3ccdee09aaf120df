"""Pauses: who sets them, what they refuse, and who reads of them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import factories
from tests.people import Cast
from tests.support.browse import Browse, Browser
from webapp.core import clock
from webapp.core.db import db
from webapp.directory import resting, rests
from webapp.directory.models import Rest
from webapp.vocabulary.rests import REST_LABELS, RestKind
from webapp.web.dates import long_day, short_day
from webapp.web.i18n import in_language, word


def path(cast: Cast) -> str:
    return f"/organisaties/{cast.zilverreiger}/rust"


def days(first: int, last: int) -> dict[str, str]:
    today = clock.today()
    return {
        "first_day": (today + timedelta(days=first)).isoformat(),
        "last_day": (today + timedelta(days=last)).isoformat(),
    }


def set_rest(noor: Browser, cast: Cast, **values: str) -> int:
    sent = noor.post(path(cast), {**noor.get(path(cast)).form(path(cast)), "kind": "camp", **values})
    status: int = sent.status
    return status


def in_dutch(label: str) -> str:
    with in_language("nl"):
        return word(label)


def count() -> int:
    found = db.session.scalar(select(func.count()).select_from(Rest)) or 0
    db.session.rollback()
    return found


@pytest.mark.parametrize("kind", RestKind)
def test_each_reason_leaves_a_crew_in_peace_and_is_read_by_its_own_people_alone(
    browse: Browse, cast: Cast, kind: RestKind
) -> None:
    noor, reason = browse("noor"), f"{in_dutch(REST_LABELS[kind])}".capitalize()
    assert set_rest(noor, cast, **days(0, 6), kind=kind.value) == 303
    assert f"<strong>{reason}</strong>" in noor.get(path(cast)).text
    page = browse("hilde").get(f"/organisaties/{cast.zilverreiger}")
    assert page.says("In rust tot")
    assert not page.says(reason)
    assert clock.today() in rests.of_organisation(cast.zilverreiger)


def test_its_people_set_a_pause_and_everybody_reads_until_when(app: object, browse: Browse, cast: Cast) -> None:
    offer_id = factories.offer(cast).id
    db.session.rollback()
    noor = browse("noor")
    assert set_rest(noor, cast, **days(0, 6)) == 303
    with in_language("nl"):
        until = long_day(clock.today() + timedelta(days=6))
    for page in (f"/organisaties/{cast.zilverreiger}", f"/aanbod/{offer_id}"):
        assert f"In rust tot {until}" in browse("hilde").get(page).text
    assert noor.get(path(cast)).says("Kamp")
    row_id = db.session.scalar(select(Rest.id))
    db.session.rollback()
    assert browse("hilde").post(f"/rust/{row_id}/weg").status == 403
    assert noor.post(f"/rust/{row_id}/weg").status == 303
    assert count() == 0
    assert "In rust tot" not in browse("hilde").get(f"/aanbod/{offer_id}").text


def test_a_pause_of_one_offer_is_of_that_offer_alone(browse: Browse, cast: Cast) -> None:
    one, other = factories.offer(cast).id, factories.offer(cast, name="Welpen").id
    db.session.rollback()
    noor = browse("noor")
    assert noor.get(f"{path(cast)}?offer={one}").form(path(cast))["offer"] == str(one)
    assert set_rest(noor, cast, offer=str(one), **days(0, 6)) == 303
    assert "In rust tot" in noor.get(f"/aanbod/{one}").text
    assert "In rust tot" not in noor.get(f"/aanbod/{other}").text
    assert "In rust tot" not in noor.get(f"/organisaties/{cast.zilverreiger}").text


@pytest.mark.parametrize("wrong", [days(3, 2), days(-9, -1), days(0, 150), {"first_day": "", "last_day": ""}])
def test_what_makes_no_sense_is_said_and_kept(browse: Browse, cast: Cast, wrong: dict[str, str]) -> None:
    noor = browse("noor")
    filled = {**noor.get(path(cast)).form(path(cast)), "kind": "camp", **wrong}
    page = noor.post(path(cast), filled)
    assert page.status == 422
    kept = page.form(path(cast))
    assert kept["kind"] == "camp"
    assert (kept["first_day"], kept["last_day"]) == (wrong["first_day"], wrong["last_day"])
    assert count() == 0


def test_an_offer_of_somebody_else_cannot_rest_here(browse: Browse, cast: Cast) -> None:
    foreign = str(factories.offer(cast, "halvenoot").id)
    db.session.rollback()
    assert set_rest(browse("noor"), cast, offer=foreign, **days(0, 6)) == 422
    assert count() == 0


def test_who_asks_reads_it_beside_the_match_and_beside_the_answer(browse: Browse, cast: Cast) -> None:
    draft, sent = factories.draft(cast).id, factories.sent(cast).id
    db.session.rollback()
    assert set_rest(browse("noor"), cast, **days(0, 6)) == 303
    with in_language("nl"):
        until = long_day(clock.today() + timedelta(days=6))
    assert f"Rust tot {until}" in browse("hilde").get(f"/toeleidingen/{draft}/match").text
    assert "Rust tot" in browse("hilde").get(f"/toeleidingen/{sent}").text


def test_a_quiet_month_is_read_beside_the_answer_until_its_last_day(browse: Browse, cast: Cast) -> None:
    sent = factories.sent(cast)
    page, offer = f"/toeleidingen/{sent.id}", sent.asks[0].offer
    offer.quiet_months = [clock.today().month]
    db.session.commit()
    last = clock.today()
    while (last + timedelta(days=1)).month == clock.today().month:
        last += timedelta(days=1)
    with in_language("nl"):
        assert browse("hilde").get(page).says(f"Rust tot {short_day(last)}", "Dagen waarop ze rusten, tellen niet mee.")


def test_a_pause_that_begins_before_the_last_day_to_answer_is_read_beside_the_answer(
    browse: Browse, cast: Cast
) -> None:
    page = f"/toeleidingen/{factories.sent(cast).id}"
    db.session.rollback()
    assert set_rest(browse("noor"), cast, **days(5, 9)) == 303
    first, last = (clock.today() + timedelta(days=later) for later in (5, 9))
    with in_language("nl"):
        assert browse("hilde").get(page).says(f"Rust van {short_day(first)} tot {short_day(last)}.")
    assert set_rest(browse("noor"), cast, **days(90, 99)) == 303
    with in_language("nl"):
        beyond = short_day(clock.today() + timedelta(days=99))
    assert beyond not in browse("hilde").get(page).text


def test_a_pause_that_began_ends_yesterday_and_goes_after_ninety_days(app: object, browse: Browse, cast: Cast) -> None:
    set_rest(browse("noor"), cast, **days(-2, 6))
    (row,) = rests.rests_ahead(cast.zilverreiger)
    resting.end_rest(row, by=cast.actor("noor"))
    db.session.commit()
    assert row.last_day == clock.today() - timedelta(days=1)
    db.session.rollback()
    for later, left in ((89, 1), (90, 0)):
        with clock.at(clock.now() + timedelta(days=later)):
            resting.forget_ended_rests()
            db.session.commit()
        assert count() == left
