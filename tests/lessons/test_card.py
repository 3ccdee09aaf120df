"""The page of one lesson: who reads it, in which language, and what stays in its circle."""

from collections.abc import Callable

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browser
from webapp.core.db import db
from webapp.lessons import actions, around, changing, queries, tagging
from webapp.lessons.actions import About, Words
from webapp.lessons.codes import Language
from webapp.lessons.models import Lesson, LessonChange
from webapp.vocabulary.seven_bs import B

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


def test_related_lessons_share_a_tag_or_a_b_and_are_out(cast: Cast, browse: Callable[[str], Browser]) -> None:
    lesson = makers.out(cast, "Sta aan de poort", bs=(B.TRUST,))
    for number in range(4):
        makers.out(cast, f"Vertrouwd {number}", bs=(B.TRUST,))
    makers.offered(cast, f"{CANARY} wacht", bs=(B.TRUST,))
    makers.fold(makers.out(cast, f"{CANARY} dicht", bs=(B.TRUST,)))
    tagged = makers.out(cast, "De eerste keer")
    for one in (lesson, tagged):
        tag = tagging.propose(one, "eerste keer", by=cast.actor("bram"))
    tagging.accept(tag, by=cast.actor("frank"))
    url = _address(lesson)
    db.session.commit()
    page = browse("hilde").get(url)
    titles = ("De eerste keer", "Vertrouwd 3", "Vertrouwd 2", "Vertrouwd 1")
    assert [page.words.count(title) for title in titles] == [1, 1, 1, 0]
    assert CANARY not in page.text


def test_what_it_said_before_stays_readable_until_it_is_let_go_and_held_words_never_show(
    cast: Cast, browse: Callable[[str], Browser]
) -> None:
    lesson = makers.out(cast, "Sta aan de poort", "Eén is genoeg.")
    words, url = Words("Sta aan de poort", "Twee is beter."), _address(lesson)
    changing.approve(_proposed(cast, lesson, words), by=cast.actor("frank"))
    changing.hold(_proposed(cast, lesson, Words(CANARY, CANARY)), CANARY, by=cast.actor("frank"))
    db.session.commit()
    hilde = browse("hilde")
    page = hilde.get(url)
    assert page.says("Twee is beter.", "Eén is genoeg.", "Zo is het juister.")
    assert CANARY not in page.text
    assert hilde.post(f"{url}/vroeger").status == 403
    bram = browse("bram")
    page = bram.follow(bram.submit(bram.get(url), f"{url}/vroeger"))
    assert "Eén is genoeg." not in page.text


def test_words_that_were_folded_when_they_were_changed_are_kept_nowhere(cast: Cast) -> None:
    lesson = makers.out(cast, CANARY)
    makers.fold(lesson)
    changing.approve(_proposed(cast, lesson, Words("Anders", "Anders.")), by=cast.actor("frank"))
    assert not around.before(lesson.id)


def _proposed(cast: Cast, lesson: Lesson, words: Words) -> LessonChange:
    changing.propose(lesson, words, About(), "Zo is het juister.", by=cast.actor("yara"))
    found = queries.waiting_change(lesson.id)
    assert found
    return found
