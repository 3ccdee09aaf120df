"""What is missing in town: one tap on the match page, counted together, never leading back to anybody."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from tests import factories
from tests.people import Cast
from tests.referrals.steps import counted, id_of
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, StepRefused
from webapp.core.history import History
from webapp.policy.rules import NotAllowed
from webapp.signals import actions
from webapp.signals.actions import Missing
from webapp.signals.lifecycle import SIGNAL, SignalStatus
from webapp.signals.models import Signal, SignalDetail
from webapp.signals.queries import week_of
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.seven_bs import B

MUSIC = Missing((Interest.MUSIC,), AgeBand.FROM_12, "Heide", (Weekday.WEDNESDAY,), (B.REACH,))


def noted(cast: Cast, times: int = 1, missing: Missing = MUSIC) -> Signal:
    """Something that was missed a few times."""
    for _ in range(times):
        actions.note(missing, by=cast.actor("hilde"))
    db.session.commit()
    query = select(Signal).where(Signal.interest == missing.interests[0]).order_by(Signal.status)
    return db.session.scalars(query.execution_options(populate_existing=True)).first() or pytest.fail("nothing noted")


def all_signals() -> list[Signal]:
    db.session.expire_all()
    return list(db.session.scalars(select(Signal).order_by(Signal.interest)))


# the tap


def test_one_tap_on_the_match_page_says_what_is_missing(browse: Browse, cast: Cast) -> None:
    draft_id = id_of(factories.draft(cast, area="Heide"))
    hilde = browse("hilde")
    page = hilde.get(f"/toeleidingen/{draft_id}/match")
    assert page.says("Mist er iets in de stad?", "Dit mist er")
    form = page.form("/gemist")
    assert str(draft_id) not in str({name: value for name, value in form.items() if name != "csrf_token"})
    done = hilde.post("/gemist", form)
    assert (done.status, done.location) == (303, "/gemist/bedankt")
    assert hilde.get(done.location).says("Genoteerd: dit mist er.")
    (one,) = all_signals()
    assert (one.interest, one.age_band, one.area, one.number) == (Interest.MUSIC, AgeBand.FROM_12, "Heide", 1)
    assert one.last_week == week_of(clock.today())
    codes = set(db.session.scalars(select(SignalDetail.code)))
    assert codes == {"day:wed", "day:sat", "b:trust", "b:affordability"}
    db.session.rollback()
    assert hilde.post("/gemist", form).status == 303  # the same tap twice is one
    assert [one.number for one in all_signals()] == [1]


def test_offers_without_what_was_wished_for_are_no_fit(browse: Browse, cast: Cast) -> None:
    """Room on the right day is not enough: whoever wants music and is shown three painting groups misses music."""
    for name in ("Verf", "Klei", "Krijt"):
        factories.offer(cast, name=name, interests=(Interest.DRAWING,))
    draft_id = id_of(factories.draft(cast))
    match = f"/toeleidingen/{draft_id}/match"
    assert browse("hilde").get(match).says("Klei", "Mist er iets in de stad?")
    for name in ("Drum", "Zang"):
        factories.offer(cast, name=name)
    db.session.commit()
    assert not browse("hilde").get(match).says("Mist er iets in de stad?")


def test_what_does_not_matter_is_taken_out(browse: Browse, cast: Cast) -> None:
    draft_id = id_of(factories.draft(cast, area="Heide"))
    hilde = browse("hilde")
    form = hilde.get(f"/toeleidingen/{draft_id}/match").form("/gemist")
    kept = {name: value for name, value in form.items() if name in ("csrf_token", "once", "interests")}
    assert hilde.post("/gemist", kept).status == 303
    (one,) = all_signals()
    assert (one.age_band, one.area) == (None, "")
    assert db.session.scalars(select(SignalDetail)).all() == []


def test_nothing_ticked_notes_nothing(browse: Browse, cast: Cast) -> None:
    page = browse("hilde").post("/gemist", {"age_band": "12-14"})
    assert page.status == 422
    assert page.says("Er is niets genoteerd.")
    with pytest.raises(Invalid):
        actions.note(Missing(()), by=cast.actor("hilde"))
    assert all_signals() == []


@pytest.mark.parametrize("sent", [{"interests": "x"}, {"interests": "music", "area": "Nergens"}, {"days": "x"}])
def test_codes_alone_are_taken(browse: Browse, sent: dict[str, str]) -> None:
    assert browse("hilde").post("/gemist", sent).status == 422
    assert browse("hilde").post("/gemist", {"interests": "music", "alias": "anchor"}).status == 400
    assert all_signals() == []


def test_where_two_offers_fit_nothing_is_missing(browse: Browse, cast: Cast) -> None:
    for _ in range(2):
        factories.offer(cast, age_min=6, age_max=25, price_cents=0)
    draft_id = id_of(factories.draft(cast, area=""))
    assert "/gemist" not in browse("hilde").get(f"/toeleidingen/{draft_id}/match").links()


# joined when alike


def test_alike_signals_are_one_with_a_number(cast: Cast) -> None:
    noted(cast, 3)
    noted(cast, 1, Missing((Interest.MUSIC,), AgeBand.FROM_12, "Heide", (Weekday.SATURDAY,)))
    noted(cast, 1, Missing((Interest.MUSIC,), AgeBand.FROM_15, "Heide"))
    assert sorted(one.number for one in all_signals()) == [1, 4]
    assert set(db.session.scalars(select(SignalDetail.code))) == {"day:wed", "day:sat", "b:reach"}


def test_each_interest_counts_apart(cast: Cast) -> None:
    noted(cast, 1, Missing((Interest.MUSIC, Interest.DANCE, Interest.MUSIC)))
    assert {(one.interest, one.number) for one in all_signals()} == {(Interest.MUSIC, 1), (Interest.DANCE, 1)}


def test_what_was_picked_up_and_missed_again_begins_anew(cast: Cast) -> None:
    one = noted(cast, 2)
    actions.pick_up(one, "Er start een muziekclub.", by=cast.actor("tine"))
    noted(cast)
    assert {(one.status.value, one.number) for one in all_signals()} == {("picked_up", 2), ("open", 1)}


# what can be seen


@pytest.mark.parametrize(("times", "shown"), [(1, "<5 keer"), (4, "<5 keer"), (7, "5 keer"), (8, "10 keer")])
def test_numbers_are_coarse(browse: Browse, cast: Cast, times: int, shown: str) -> None:
    signal_id = id_of(noted(cast, times))
    for path in ("/gemist", f"/gemist/{signal_id}"):
        page = browse("tine").get(path)
        assert shown.replace("<", "&lt;") in page.text
        assert not re.search(rf"\b{times} keer", page.text) or shown == f"{times} keer"


def test_nothing_leads_back_to_a_question_or_a_person(cast: Cast, browse: Browse) -> None:
    draft = factories.draft(cast, area="Heide")
    draft_id, alias = draft.id, draft.alias
    db.session.rollback()
    hilde = browse("hilde")
    hilde.post("/gemist", hilde.get(f"/toeleidingen/{draft_id}/match").form("/gemist"))
    columns = {"missing_signal", "missing_signal_detail"}
    kept = str([db.session.execute(text(f"SELECT * FROM {name}")).all() for name in columns])  # noqa: S608 - ours
    ids = {*cast.people.values(), *cast.organisations.values(), draft_id}
    for secret in (alias, clock.today().isoformat() if clock.today().weekday() else "hilde", *map(str, ids)):
        assert secret not in kept
        assert secret.replace("-", "") not in kept.replace("-", "")
    (one,) = all_signals()
    assert db.session.scalars(select(History).where(History.thing_id == one.id)).all() == []
    signal_id = id_of(one)
    for path in ("/gemist", f"/gemist/{signal_id}"):
        page = browse("tine").get(path)
        assert str(draft_id) not in page.text
        assert "Hilde" not in page.text


def test_filters_narrow_and_make_sense_of_nonsense(browse: Browse, cast: Cast) -> None:
    noted(cast)
    noted(cast, 1, Missing((Interest.DANCE,), AgeBand.FROM_15, "Centrum", (Weekday.FRIDAY,), (B.TRUST,)))
    tine = browse("tine")
    for name, value in {"wat": "music", "leeftijd": "12-14", "wijk": "Heide", "dag": "wed", "b": "reach"}.items():
        page = tine.get(f"/gemist?{name}={value}")
        assert len(re.findall(r'class="item-link" href="/gemist/', page.text)) == 1, name
        assert len(re.findall(r'class="item-link"', tine.get(f"/gemist?{name}=onzin").text)) == 2, name
    assert tine.get("/gemist?wat=music&dag=fri").says("Met deze filters blijft er niets over.")
    assert tine.get("/gemist?na=onzin").status == 200


def test_a_long_list_has_pages_and_the_same_queries(browse: Browse, cast: Cast) -> None:
    interests = list(Interest)
    noted(cast, 1, Missing(interests[:1], days=(Weekday.MONDAY,)))
    tine = browse("tine")
    tine.get("/gemist")
    with counted() as few:
        tine.get("/gemist")
    for band in AgeBand:
        noted(cast, 1, Missing(interests[:8], band, days=(Weekday.MONDAY,)))
    with counted() as many:
        page = tine.get("/gemist")
    assert len(many) == len(few)
    found: set[str] = set()
    while True:
        found |= set(re.findall(r'class="item-link" href="(/gemist/[^"]+)', page.text))
        following = [one for one in page.links() if "na=" in one]
        if not following:
            break
        page = tine.get(following[0])
    assert len(found) == 1 + 8 * len(AgeBand)


# picking up


def test_the_youth_service_says_what_is_done(browse: Browse, cast: Cast) -> None:
    signal_id = id_of(noted(cast, 2))
    tine = browse("tine")
    assert tine.get("/").says("Er mist iets in de stad")
    path = f"/gemist/{signal_id}"
    page = tine.get(path)
    assert tine.post(path, {**page.form(path), "told": ""}).status == 422
    warned = tine.post(path, {**page.form(path), "told": "bel naar 0470 99 00 11"})
    assert warned.says("Dit lijkt op een telefoonnummer.")
    assert "contactkaart" not in warned.text, "a note of the youth service is about nobody's card"
    done = tine.post(path, {**page.form(path), "told": "Er start een club op woensdag."})
    assert done.status == 303
    assert tine.get(done.location).says("Er start een club op woensdag.")
    assert not tine.get("/").says("Er mist iets in de stad")
    assert tine.post(path, {**tine.get(path).form(path), "told": "En ook op zaterdag."}).status == 303
    assert db.session.scalars(select(History.step).order_by(History.at)).all() == ["pick_up", "retell"]


def test_two_who_pick_up_at_once_read_each_other(browse: Browse, cast: Cast) -> None:
    signal_id = id_of(noted(cast))
    tine, path = browse("tine"), f"/gemist/{signal_id}"
    form = {**tine.get(path).form(path), "told": "Het mijne."}
    actions.pick_up(db.session.get_one(Signal, signal_id), "Het andere.", by=cast.actor("tine"))
    db.session.commit()
    page = tine.post(path, form)
    assert page.status == 409
    assert page.says("Het andere.", "Het mijne.")
    with pytest.raises(Conflict):
        actions.pick_up(db.session.get_one(Signal, signal_id), "x", by=cast.actor("tine"), version=1)


@pytest.mark.parametrize("who", ["hilde", "noor", "bo", "frank", "ada"])
def test_nobody_else_reads_or_picks_up(browse: Browse, cast: Cast, who: str) -> None:
    one = noted(cast)
    with pytest.raises(NotAllowed):
        actions.pick_up(one, "x", by=cast.actor(who))
    assert browse(who).get("/gemist").status == 404
    assert not browse(who).get("/").says("Er mist iets in de stad")


@pytest.mark.parametrize("who", ["noor", "tine", "frank", "ada", "lena", "guest"])
def test_only_guides_say_what_is_missing(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.note(MUSIC, by=cast.actor(who))


def test_today_is_calm_about_what_nobody_missed_lately(browse: Browse, cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(weeks=6)):
        noted(cast)
    assert not browse("tine").get("/").says("Er mist iets in de stad")


@pytest.mark.parametrize("status", list(SignalStatus))
@pytest.mark.parametrize("name", ["hear", "pick_up", "retell"])
def test_the_life_cycle_is_the_table(name: str, status: SignalStatus) -> None:
    froms = {"hear": SignalStatus.OPEN, "pick_up": SignalStatus.OPEN, "retell": SignalStatus.PICKED_UP}
    if status is froms[name]:
        assert SIGNAL.after(name, status)
        return
    with pytest.raises(StepRefused):
        SIGNAL.after(name, status)


def test_signals_are_forgotten_in_time(cast: Cast) -> None:
    now = clock.now()
    with clock.at(now - timedelta(days=380)):
        noted(cast)
    with clock.at(now - timedelta(days=740)):
        old: Any = noted(cast, 1, Missing((Interest.DANCE,)))
        actions.pick_up(old, "x", by=cast.actor("tine"))
    noted(cast, 1, Missing((Interest.FOOTBALL,)))
    actions.forget_old_signals()
    assert [one.interest for one in all_signals()] == [Interest.FOOTBALL]
    assert db.session.scalars(select(History).where(History.kind == "signal")).all() == []
