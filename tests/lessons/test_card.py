"""The page of one lesson: who reads it, in which language, and what stays in its circle."""

from collections.abc import Callable

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browser
from webapp.core.db import db
from webapp.lessons import actions
from webapp.lessons.actions import Words
from webapp.lessons.codes import Language
from webapp.lessons.models import Lesson

CANARY = "Kanarievogel"


def _address(lesson: Lesson) -> str:
    return f"/lessen/{lesson.id}"


def test_network_reads_what_is_out_in_both_languages(cast: Cast, browse: Callable[[str], Browser]) -> None:
    lesson = makers.offered(cast, "Sta aan de poort", words={"did": "Met twee, een half uur lang."})
    english = Words("Stand at the gate", "That is how it went.")
    actions.translate(lesson, Language.EN, english, by=cast.actor("bram"))
    actions.approve(lesson, by=cast.actor("frank"))
    url = _address(lesson)
    db.session.commit()
    hilde = browse("hilde")
    page = hilde.get(url)
    assert "Met twee, een half uur lang." in page.text
    assert "Stand at the gate" not in page.text
    assert "Stand at the gate" in hilde.get(f"{url}?taal=en").text


def test_held_and_folded_words_stay_with_who_may_read_them(cast: Cast, browse: Callable[[str], Browser]) -> None:
    held, folded = makers.offered(cast, f"{CANARY} een"), makers.out(cast, f"{CANARY} twee")
    actions.hold(held, f"{CANARY} waarom", by=cast.actor("frank"))
    makers.fold(folded)
    urls = _address(held), _address(folded)
    db.session.commit()
    for url in urls:
        answer = browse("hilde").get(url)
        assert answer.status == 404
        assert CANARY not in answer.text
    assert f"{CANARY} waarom" in browse("bram").get(urls[0]).text
    assert f"{CANARY} twee" in browse("frank").get(urls[1]).text


def test_what_no_longer_holds_says_so_and_the_log_leads_there(cast: Cast, browse: Callable[[str], Browser]) -> None:
    lesson = makers.out(cast, "Folder in elke bus")
    actions.outdate(lesson, "Niemand leest ze nog.", by=cast.actor("frank"))
    url = _address(lesson)
    db.session.commit()
    hilde = browse("hilde")
    assert url in hilde.get("/leren").links()
    assert hilde.get(url).says("Dit klopt niet meer", "Niemand leest ze nog.", "Gedeeld door Bram Cools van")
