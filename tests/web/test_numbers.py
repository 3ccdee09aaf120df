"""The numbers around every page: each of them is paid for at every request of everybody, so they are few."""

import pytest
from flask import Flask, g

from tests.people import Cast
from webapp.lessons.waiting import TO_READ
from webapp.referrals.lists import Needing
from webapp.web.numbers import around

SHOWN_EVERYWHERE = {"bell", *Needing, TO_READ}
"""On the bell, in the menu, and on the tabs of the learning network."""


@pytest.mark.parametrize("who", ["hilde", "noor", "jef", "tine", "bo", "frank", "ada"])
def test_a_page_asks_for_what_it_shows_and_not_for_what_the_first_page_shows(app: Flask, cast: Cast, who: str) -> None:
    with app.test_request_context("/aanbod"):
        g.actor = cast.actor(who)
        asked = set(around())
    assert asked <= SHOWN_EVERYWHERE
    assert "bell" in asked
