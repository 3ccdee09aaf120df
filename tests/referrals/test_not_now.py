"""Addresses of a step that is not for now, from an old mail or typed by hand: they lead to where the question is."""

import pytest

from tests import factories
from tests.people import Cast
from tests.referrals.states import put, standing
from tests.referrals.steps import id_of
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.referrals import answering
from webapp.referrals.lifecycle import ReferralStatus as R

ASKING = ("wie", "wensen", "match", "samen", "nakijken")
WITH_A_PLACE = ("akkoord", "akkoord/blad", "akkoord/intrekken", "welkomstplan")
NOT_NOW = {
    R.DRAFT: ("gevraagd", "kiezen", "opnieuw", *WITH_A_PLACE),
    R.SEEKING: ("weggooien", "opnieuw", *WITH_A_PLACE),
    R.CHOOSING: ("weggooien", *WITH_A_PLACE),
    R.WELCOMING: (*ASKING, "gevraagd", "weggooien", "kiezen", "akkoord/blad", "akkoord/intrekken"),
    R.TRYING: (*ASKING, "gevraagd", "weggooien", "kiezen"),
    R.SETTLED: (*ASKING, "gevraagd", "weggooien", "kiezen", "pauzeren", "stoppen", "doorgeven"),
    R.PAUSED: ("match", "samen", "nakijken", "gevraagd", "weggooien", "kiezen", "opnieuw", *WITH_A_PLACE),
    R.STOPPED: (*ASKING, "gevraagd", "weggooien", "kiezen", "pauzeren", "stoppen", "doorgeven", "bruggenbouwer"),
}
FOR_NOW = {
    R.DRAFT: (*ASKING, "weggooien", "pauzeren", "stoppen"),
    R.SEEKING: (*ASKING, "gevraagd", "kiezen", "pauzeren", "stoppen"),
    R.CHOOSING: (*ASKING, "gevraagd", "kiezen", "opnieuw", "pauzeren", "stoppen"),
    R.WELCOMING: ("akkoord", "welkomstplan", "opnieuw", "pauzeren", "stoppen"),
    R.TRYING: ("akkoord", "akkoord/blad", "akkoord/intrekken", "welkomstplan", "opnieuw", "pauzeren", "stoppen"),
    R.SETTLED: ("akkoord", "welkomstplan", "opnieuw"),
    R.PAUSED: ("wie", "wensen", "pauzeren", "stoppen"),
    R.STOPPED: ("opnieuw",),
}
MADE = {
    R.DRAFT: factories.draft,
    R.SEEKING: factories.sent,
    R.CHOOSING: factories.answered,
    R.WELCOMING: factories.chosen,
    R.TRYING: factories.trying,
    R.SETTLED: factories.trying,
    R.PAUSED: factories.draft,
    R.STOPPED: factories.draft,
}


@pytest.mark.parametrize("status", R)
def test_a_step_that_is_not_for_now_leads_to_the_question(browse: Browse, cast: Cast, status: R) -> None:
    referral_id = id_of(MADE[status](cast))
    put(referral_id, **standing(status))
    hilde, there = browse("hilde"), f"/toeleidingen/{referral_id}"
    for name in NOT_NOW[status]:
        page = hilde.get(f"{there}/{name}")
        assert (page.status, page.location) == (303, there), name
        assert hilde.follow(page).says("Die stap past nu niet"), name
    for name in FOR_NOW[status]:
        assert hilde.get(f"{there}/{name}").status == 200, name


def test_the_page_of_who_was_asked_goes_once_everybody_answered(browse: Browse, cast: Cast) -> None:
    referral = factories.answered(cast)
    answering.decline(factories.ask_of(referral, cast.zilverreiger), by=cast.actor("noor"))
    db.session.commit()
    referral_id = id_of(referral)
    assert browse("hilde").get(f"/toeleidingen/{referral_id}/gevraagd").location == f"/toeleidingen/{referral_id}"


def test_a_step_of_somebody_else_s_question_says_nothing_of_it(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.chosen(cast))
    for name in ("gevraagd", "match", "kiezen"):
        assert browse("fatma").get(f"/toeleidingen/{referral_id}/{name}").status == 404
