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
from webapp.core import clock
from webapp.core.db import db
from webapp.core.history import History
from webapp.core.outbox import Claimed
from webapp.core.sweeps import run_sweeps
from webapp.policy.actor import Actor
from webapp.referrals import actions, sealed
from webapp.referrals.models import ContactCard, Referral
from webapp.vocabulary.outcomes import Outcome

WORDS = "Ik wil graag drummen."


def clocks(after: timedelta) -> None:
    """Let the clocks run, some time from now."""
    with clock.at(clock.now() + after):
        run_sweeps(Claimed(uuid.uuid4(), "sweeps", {}, clock.now(), 1))
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
    clocks(timedelta(days=400))
    assert again(Referral, referral_id)


@pytest.mark.parametrize(("after", "stay"), [(timedelta(days=89), True), (timedelta(days=91), False)])
def test_words_go_ninety_days_after_the_end_without_any_agreement(cast: Cast, after: timedelta, stay: bool) -> None:
    hilde = cast.actor("hilde")
    referral = with_words(factories.sent(cast), hilde)
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
