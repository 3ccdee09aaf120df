"""What stands beside what waits: the next meeting, with what somebody said to it."""

from datetime import timedelta

import pytest

from tests import factories
from tests.meetings import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.models import Membership
from webapp.meetings import actions, waiting
from webapp.meetings.codes import Coming
from webapp.web import numbers

CARD = "today-meeting"


def test_whoever_says_so_on_today_stays_there_and_finds_it_again(browse: Browse, cast: Cast) -> None:
    factories.sent(cast)
    made = makers.announced(cast)
    db.session.commit()
    noor = browse("noor")
    page = noor.get("/")
    assert CARD in page.text
    assert page.says("Werkgroep Welkom", "Zaal De Sluis", "Nog niemand heeft geantwoord", "Twee dingen wachten op jou.")
    assert not page.says("Kom je?")  # the card asks the same
    answer = f"/vergaderingen/{made.id}/kom-je?vandaag=1"
    said = noor.post(answer, page.form(answer) | {"coming": Coming.YES.value})
    page = noor.follow(said)
    assert said.location == "/"
    assert page.says("Tot dan", "1 van de 3 mensen liet al iets weten.", "Er is één vraag voor jullie.")
    assert 'aria-pressed="true"' in page.text.split(CARD)[1]


def test_what_is_asked_first_is_asked_once(browse: Browse, cast: Cast) -> None:
    makers.announced(cast)
    db.session.commit()
    page = browse("hilde").get("/")
    assert page.says("Kom je?")
    assert CARD not in page.text


def test_the_soonest_of_a_group_in_which_somebody_sits_comes_next(cast: Cast, browse: Browse) -> None:
    later = makers.announced(cast)
    soonest = actions.plan(later.group, makers.soon(3), by=cast.actor("hilde"))
    assert _next(cast, "hilde") == later.id  # nobody heard of the other
    actions.announce(soonest, later.told, by=cast.actor("noor"))
    assert _next(cast, "hilde") == soonest.id
    actions.call_off(soonest, by=cast.actor("noor"))
    assert _next(cast, "hilde") == later.id
    for stranger in ("pieter", "jef", "tine"):
        assert _next(cast, stranger) is None
    seat = db.session.query(Membership).filter_by(group_id=later.group_id, person_id=cast.hilde).one()
    seat.begins_on, seat.ends_on = clock.today() - timedelta(days=9), clock.today() - timedelta(days=1)
    db.session.flush()
    assert _next(cast, "hilde") is None


def _next(cast: Cast, who: str) -> object:
    found = waiting.next_one(numbers.ask(waiting.any_next(cast.actor(who)))[waiting.NEXT])
    return found and found.id


def test_of_a_group_about_integrity_only_that_it_meets(cast: Cast, browse: Browse) -> None:
    factories.sent(cast)
    made = makers.announced(cast)
    made.title, made.group.is_about_integrity = "Melding van Lotte", True
    db.session.commit()
    page = browse("noor").get("/")
    assert CARD in page.text
    assert not page.says("Melding van Lotte")


@pytest.mark.parametrize(("who", "knows"), [("hilde", True), ("pieter", False), ("noor", False)])
def test_who_answered_stands_by_name_on_top_for_the_guide_alone(
    browse: Browse, cast: Cast, who: str, knows: bool
) -> None:
    factories.answered(cast)
    top = browse(who).get("/").text.partition('class="card card-now"')[2]
    assert ("Muziekhuis Halve Noot" in top.partition("</section>")[0]) is knows
