"""The day of a first time: ahead, within a year, and said clearly when a finger slipped."""

from datetime import timedelta
from typing import Any

import pytest

from tests import factories
from tests.people import Cast
from tests.referrals.steps import again, id_of
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.referrals import welcome
from webapp.referrals.models import Referral
from webapp.referrals.welcome import Plan


def _plan(**changes: Any) -> Plan:
    return Plan(**{"welcomer": "Bram", "place": "Blauwe deur, Kaai 3", "phone": "0470 00 00 21", **changes})


@pytest.mark.parametrize(("days", "fault"), [(-1, "moment_in_past"), (366, "date_too_far")])
def test_a_first_time_lies_ahead_and_not_years_from_now(cast: Cast, days: int, fault: str) -> None:
    referral, starts = factories.chosen(cast), clock.now() + timedelta(days=days)
    with pytest.raises(Invalid) as refusal:
        welcome.plan(referral, _plan(starts_at=starts), by=cast.actor("hilde"))
    assert refusal.value.errors == {"starts_at": fault}


def test_after_the_first_time_the_rest_of_the_plan_can_still_change(cast: Cast) -> None:
    plan = factories.planned(cast)
    starts, referral = plan.starts_at, again(Referral, plan.referral_id)
    with clock.at(clock.now() + timedelta(days=30)):
        row = welcome.plan(referral, _plan(starts_at=starts, we_prepare="samen fietsen"), by=cast.actor("hilde"))
    assert row.we_prepare == "samen fietsen"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"phone": "bel ons maar"}, "Schrijf een telefoonnummer met alleen cijfers"),
        ({"day": "0026-12-05"}, "Schrijf het jaar voluit"),
        ({"day": "2020-12-05"}, "Dat moment is voorbij."),
        ({"day": "2126-12-05"}, "Kies een dag binnen het jaar."),
    ],
)
def test_a_slip_of_the_finger_is_said_beside_its_field(
    browse: Browse, cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    hilde, path = browse("hilde"), f"/toeleidingen/{id_of(factories.chosen(cast))}/welkomstplan"
    refused = hilde.submit(hilde.get(path), path, **{"phone": "0470 00 00 21", "bring": "schoenen", **typed})
    assert refused.status == 422
    assert f'id="{next(iter(typed))}-error"' in refused.text
    assert refused.says(sentence)
    assert 'value="schoenen"' in refused.text


def test_a_day_that_is_past_is_said_together_with_what_is_missing(browse: Browse, cast: Cast) -> None:
    hilde, path = browse("hilde"), f"/toeleidingen/{id_of(factories.chosen(cast))}/welkomstplan"
    slips = {"welcomer": "", "phone": "bel ons maar", "day": "2020-01-10", "time": ""}
    refused = hilde.submit(hilde.get(path), path, **slips)
    assert refused.says("Vul een voornaam in.", "Dat moment is voorbij.", "Vul een uur in.", "met alleen cijfers")


def test_what_each_side_does_is_called_by_who_reads_it(browse: Browse, cast: Cast) -> None:
    referral = factories.chosen(cast)
    welcome.plan(
        referral,
        _plan(starts_at=clock.now() + timedelta(days=4), we_prepare="samen fietsen", you_arrange="een rustig begin"),
        by=cast.actor("hilde"),
    )
    db.session.commit()
    referral_id = id_of(referral)
    for who, ours, theirs in (
        ("hilde", "Wij bereiden voor", "Jullie regelen"),
        ("bram", "Zij bereiden voor", "Wij regelen"),
    ):
        for path in (f"/toeleidingen/{referral_id}", f"/toeleidingen/{referral_id}/welkomstplan"):
            assert browse(who).get(path).says(ours, theirs), (who, path)


def test_two_sides_that_begin_the_plan_together_lose_no_words(browse: Browse, cast: Cast) -> None:
    path = f"/toeleidingen/{id_of(factories.chosen(cast))}/welkomstplan"
    hilde, bram = browse("hilde"), browse("bram")
    when = {"day": (clock.today() + timedelta(days=9)).isoformat(), "time": "14:00", "phone": "0470 00 00 21"}
    seen = bram.get(path)
    hilde.submit(hilde.get(path), path, **when, we_prepare="Samen eens langsgaan")
    late = bram.submit(seen, path, **when, place="Rode poort")
    assert late.status == 409
    assert late.says("De andere kant heeft het plan intussen aangepast.", "Samen eens langsgaan")
    assert 'value="Rode poort"' in late.text
    assert bram.submit(late, path).status == 303
