"""What goes by itself: old drafts, and the words of questions that ended long ago."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories
from tests.people import Cast
from tests.referrals.steps import again, id_of
from tests.support.browse import Browser
from webapp.core import brake, clock
from webapp.core.db import db
from webapp.core.history import History
from webapp.core.outbox import Claimed
from webapp.core.sweeps import run_sweeps
from webapp.policy.actor import Actor
from webapp.referrals import actions, agreements, answering, sealed, welcome
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.models import Ask, ContactCard, Referral, WelcomePlan
from webapp.vocabulary.outcomes import Outcome

WORDS = "Ik wil graag drummen."


def clocks(after: timedelta) -> None:
    """Let the clocks run, some time from now; the brake, which these jumps would pull, has tests of its own."""
    with clock.at(clock.now() + after):
        run_sweeps(Claimed(uuid.uuid4(), "sweeps", {}, clock.now(), 1))
        for forget in brake.FORGETS:
            forget()
        db.session.commit()


def with_words(referral: Referral, by: Actor) -> Referral:
    """The same question with a wish in the young person's own words."""
    actions.put_in_words(referral, WORDS, by=by)
    db.session.commit()
    return referral


def test_a_draft_goes_two_weeks_after_it_was_last_touched(cast: Cast) -> None:
    hilde = cast.actor("hilde")
    draft_id = with_words(factories.draft(cast), hilde).id
    clocks(timedelta(days=13, hours=23))
    assert again(Referral, draft_id)
    with clock.at(clock.now() + timedelta(days=10)):
        actions.put_in_words(again(Referral, draft_id), WORDS + " Luid.", by=hilde)
        db.session.commit()
    clocks(timedelta(days=15))
    assert again(Referral, draft_id)
    clocks(timedelta(days=24, hours=1))
    assert again(Referral, draft_id) is None
    assert db.session.scalars(select(History).where(History.thing_id == draft_id)).all() == []


def test_what_was_sent_is_no_draft(cast: Cast) -> None:
    referral_id = id_of(factories.sent(cast))
    clocks(timedelta(days=300))
    assert again(Referral, referral_id)


@pytest.mark.parametrize(("after", "stay"), [(timedelta(days=89), True), (timedelta(days=91), False)])
def test_words_go_ninety_days_after_the_end_without_any_agreement(cast: Cast, after: timedelta, stay: bool) -> None:
    hilde = cast.actor("hilde")
    referral = with_words(factories.sent(cast), hilde)
    ask = factories.ask_of(referral, cast.halvenoot)
    answering.accept(ask, answering.Welcome("Bram", clock.now() + timedelta(days=4)), by=cast.actor("bram"))
    actions.choose(referral, ask, "", by=hilde)
    actions.stop(referral, next(iter(Outcome)), by=hilde)
    db.session.commit()
    referral_id = referral.id
    clocks(after)
    found = again(Referral, referral_id)
    assert sealed.own_words(found) == (WORDS if stay else "")
    assert (found.data_key is not None) is stay


def _bytes() -> bytes:
    file = Path(str(db.engine.url.database))
    beside = [file.with_name(file.name + end) for end in ("", "-wal")]
    return b"".join(one.read_bytes() for one in beside if one.exists())


@pytest.mark.parametrize("way", ["clock", "seek_again", "throw_away"])
def test_nothing_is_left_in_the_bytes_whichever_way_it_goes(
    app: Flask, browse: Callable[[str], Browser], cast: Cast, way: str
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps the bytes of a deleted row until it cleans up by itself")
    if way == "throw_away":
        referral = with_words(factories.draft(cast), cast.actor("hilde"))
        secrets = [(referral.own_words_sealed or "").encode(), (referral.data_key or "").encode()]
    else:
        referral = factories.agreed(cast)
        card = db.session.get_one(ContactCard, referral.id)
        secrets = [card.name_sealed.encode(), card.contact_sealed.encode()]
    referral_id = id_of(referral)
    assert all(one in _bytes() for one in secrets)
    if way == "clock":
        clocks(timedelta(days=200))
    else:
        path = {"seek_again": "opnieuw", "throw_away": "weggooien"}[way]
        assert browse("hilde").post(f"/toeleidingen/{referral_id}/{path}").status == 303
    assert not any(one in _bytes() for one in secrets)


# words that people typed on the way


ON_THE_WAY = "Kanarievogelwoorden"


def _with_words_everywhere(cast: Cast) -> Referral:
    """A place that was chosen, with words in every field of the answers and the plan that takes them."""
    referral = factories.agreed(cast)
    ideas = factories.ask_of(referral, cast.zilverreiger)
    ideas.status, ideas.answered_at, ideas.idea, ideas.message = AskStatus.THANKED, clock.now(), "come_look", ON_THE_WAY
    chosen = factories.ask_of(referral, cast.halvenoot)
    chosen.welcomer = chosen.moment_note = ON_THE_WAY
    wanted = welcome.Plan(
        "Bram",
        starts_at=clock.now() + timedelta(days=4),
        place="Kaai 3",
        phone="0470 00 00 21",
        companion=ON_THE_WAY,
        we_prepare=ON_THE_WAY,
        you_arrange=ON_THE_WAY,
    )
    welcome.plan(referral, wanted, by=cast.actor("hilde"))
    db.session.commit()
    return referral


def _words_left(referral_id: uuid.UUID) -> set[str]:
    """The fields of the answers and the plan in which the words still stand."""
    db.session.rollback()
    rows = [*db.session.execute(select(Ask.__table__).where(Ask.referral_id == referral_id)).mappings()]
    rows += db.session.execute(select(WelcomePlan.__table__).where(WelcomePlan.referral_id == referral_id)).mappings()
    left = {name for row in rows for name, value in row.items() if value == ON_THE_WAY}
    db.session.rollback()
    return left


IN_ANSWERS = {"message", "moment_note", "welcomer"}
ABOUT_THEM = {"companion", "we_prepare", "you_arrange"}


def test_words_about_the_young_person_leave_the_plan_when_the_agreement_is_withdrawn(cast: Cast) -> None:
    referral = _with_words_everywhere(cast)
    referral_id = id_of(referral)
    assert _words_left(referral_id) == IN_ANSWERS | ABOUT_THEM
    agreements.withdraw(again(Referral, referral_id), by=cast.actor("bram"))
    db.session.commit()
    assert not _words_left(referral_id) & ABOUT_THEM
    plan = again(Referral, referral_id).plan
    assert (plan.welcomer, plan.place, plan.phone) == ("Bram", "Kaai 3", "0470 00 00 21")  # the place stays


@pytest.mark.parametrize(
    ("way", "left"),
    [("stop", ABOUT_THEM), ("settle", ABOUT_THEM), ("seek_again", set()), ("pause", set())],
)
def test_words_of_answers_go_when_a_search_ends(app: Flask, cast: Cast, way: str, left: set[str]) -> None:
    referral = _with_words_everywhere(cast)
    hilde = cast.actor("hilde")
    if way == "stop":
        actions.stop(referral, next(iter(Outcome)), by=hilde)
    elif way == "settle":
        welcome.arrive(referral, by=hilde)
        actions.settle(referral, by=hilde)
    elif way == "pause":
        actions.pause(referral, clock.today() + timedelta(days=9), by=hilde)
    else:
        actions.seek_again(referral, by=hilde)
    db.session.commit()
    referral_id = id_of(referral)
    assert _words_left(referral_id) == left
    if db.engine.dialect.name == "sqlite" and not left:
        assert ON_THE_WAY.encode() not in _bytes()


def test_ninety_days_after_the_end_the_plan_goes_with_its_words(
    app: Flask, browse: Callable[[str], Browser], cast: Cast
) -> None:
    referral = _with_words_everywhere(cast)
    hilde = cast.actor("hilde")
    plan_id = again(Referral, id_of(referral)).plan.id
    referral = again(Referral, referral.id)
    agreements.withdraw(referral, by=hilde)  # so that nothing sealed is left to remind the clock of it
    referral.plan.companion = ON_THE_WAY
    welcome.arrive(referral, by=hilde)
    actions.settle(referral, by=hilde)
    db.session.commit()
    referral_id = id_of(referral)
    clocks(timedelta(days=89))
    assert _words_left(referral_id) == {"companion"}
    clocks(timedelta(days=91))
    assert again(WelcomePlan, plan_id) is None
    if db.engine.dialect.name == "sqlite":
        assert ON_THE_WAY.encode() not in _bytes()
    assert browse("hilde").get(f"/toeleidingen/{referral_id}").status == 200


def test_the_welcome_page_closes_when_the_question_stops(browse: Callable[[str], Browser], cast: Cast) -> None:
    plan = factories.planned(cast)
    referral_id, plan_id = plan.referral_id, plan.id
    token = welcome.share(plan, again(Referral, referral_id), by=cast.actor("hilde"))
    db.session.commit()
    guest = browse("guest")
    assert guest.follow(guest.get(f"/w/{token}")).status == 200
    actions.stop(again(Referral, referral_id), next(iter(Outcome)), by=cast.actor("hilde"))
    db.session.commit()
    assert guest.get(f"/welkom/{plan_id}").status == 410
