"""We tried this too, on the page of a lesson: said, said anew, taken back; and folded words stay folded."""

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.lessons import around, trying
from webapp.lessons.codes import Helped
from webapp.lessons.trying import Saw

CANARY = "Kanarievogel"


def test_said_then_anew_then_taken_back(cast: Cast, browse: Browse) -> None:
    lesson, place = makers.published(cast), cast.zilverreiger
    url = f"/lessen/{lesson.id}"
    say = f"{url}/ook?voor={place}"
    db.session.commit()
    noor = browse("noor")
    assert say in noor.get(url).links()
    page = noor.submit(noor.get(say), say, helped="adapted", same="Zelfde uur.")
    assert page.says("Zeg wat jullie anders deden", "Zelfde uur.")
    page = noor.submit(page, say, different="Bel op 0470 12 34 56")
    assert page.says("telefoonnummer", "Zelfde uur.")
    page = noor.follow(noor.submit(page, say, different="Met een bord."))
    assert page.says("Enkele keren gezien", "Het werkte ook op één andere plek, op een andere manier.", "Zelfde uur.")
    assert "Zelfde uur." in browse("hilde").get(url).text
    noor.follow(noor.submit(noor.get(say), say, helped="not"))
    page = noor.get(url)
    assert page.says("Eén keer gezien", "Op 1 plek werkte het niet.", "Zelfde uur.")
    page = noor.follow(noor.submit(page, f"{url}/ook/intrekken"))
    assert page.says("Nog niemand.")
    assert "Zelfde uur." not in page.text


def test_two_of_one_place_do_not_overwrite_each_other_unseen(cast: Cast, browse: Browse) -> None:
    lesson, place = makers.published(cast), cast.zilverreiger
    say = f"/lessen/{lesson.id}/ook?voor={place}"
    db.session.commit()
    noor, jef = browse("noor"), browse("jef")
    page = noor.get(say)
    jef.submit(jef.get(say), say, helped="helped", same="Ook twee.")
    page = noor.submit(page, say, helped="not", different="Geen volk.")
    assert page.status == 409
    assert page.says("Ook twee.", "Geen volk.")
    noor.submit(page, say)
    assert [(row.helped, row.different) for row in around.tried(lesson.id)] == [(Helped.NOT, "Geen volk.")]


def test_folded_words_show_to_who_said_them_alone_and_nobody_says_it_of_their_own_lesson(
    cast: Cast, browse: Browse
) -> None:
    lesson = makers.published(cast)
    row = trying.say(lesson, cast.zilverreiger, Saw(Helped.HELPED, CANARY), by=cast.actor("noor"))
    row.is_folded = True
    url = f"/lessen/{lesson.id}"
    db.session.commit()
    for who in ("hilde", "frank", "noor"):
        assert CANARY not in browse(who).get(url).text
    assert browse("noor").get(f"{url}/ook").says(CANARY, "dichtgevouwen")
    bram = browse("bram")
    assert f"{url}/ook" not in bram.get(url).text
    assert bram.get(f"{url}/ook").says("Dit is een les van je eigen organisatie.")
