"""The second reader on their pages, other words for what is out, and keeping that right."""

import pytest

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browse, Browser
from webapp.core.db import db

QUEUE = "/leren/nalezen"
CANARY = "Kanarievogel"
SURFACES = ("/leren", "/leren?q=poort", "/leren/mijn-lessen", "/lessen/passend?b=trust", "/")


def _nowhere_for(who: Browser, *more: str) -> bool:
    return all(CANARY not in who.get(surface).text for surface in (*SURFACES, *more))


def test_a_lesson_goes_back_with_a_question_and_then_out(cast: Cast, browse: Browse) -> None:
    said = {"did": "Hij is 14 jaar en zit op de okan."}
    lesson = makers.offered(cast, f"{CANARY} aan de poort", words=said)
    path, url = f"/lessen/{lesson.id}", f"/lessen/{lesson.id}/nalezen"
    db.session.commit()
    frank, bram, hilde, tine = browse("frank"), browse("bram"), browse("hilde"), browse("tine")
    assert frank.get("/").says("1 les wacht op een tweede lezer")
    assert url in frank.get(QUEUE).links()
    page = frank.get(url)
    assert page.says("Een leeftijd en een school samen", "Dit zijn wenken over woorden")
    empty = frank.submit(page, url, answer="ask")
    assert empty.status == 422
    asked = frank.submit(empty, url, answer="ask", why="Kan de leeftijd eruit?")
    assert frank.follow(asked).says("Er wacht niets")
    assert bram.get(path).says("Een tweede lezer vraagt eerst iets.", "Kan de leeftijd eruit?")
    assert bram.get("/meldingen").says("Een tweede lezer heeft een vraag over je les.")
    assert _nowhere_for(hilde)
    assert hilde.get(path).status == 404
    bram.submit(bram.get(path), f"{path}/aanbieden")
    page, other = frank.get(url), tine.get(url)
    assert other.says("Vraagt eerst iets", "Kan de leeftijd eruit?")
    assert frank.submit(page, url, answer="approve").status == 303
    late = tine.submit(other, url, answer="hold", why="Te vaag.")
    assert late.status == 409
    assert late.says("Iemand was je net voor.", "Kan de leeftijd eruit?", "Wat jij typte", "Te vaag.")
    assert CANARY in hilde.get(path).text


def test_nobody_reads_along_with_their_own(cast: Cast, browse: Browse) -> None:
    own = makers.offered(cast, f"{CANARY} van Frank")
    own.author_id = cast.frank
    url = f"/lessen/{own.id}/nalezen"
    db.session.commit()
    assert not browse("frank").get("/").says("wacht op een tweede lezer")
    assert CANARY not in browse("frank").get(QUEUE).text
    assert browse("frank").get(url).status == 403
    assert CANARY in browse("tine").get(QUEUE).text


@pytest.mark.parametrize("answer", ["approve", "hold"])
def test_other_words_stand_beside_the_old_ones_until_a_second_person_says_so(
    cast: Cast, browse: Browse, answer: str
) -> None:
    path = f"/lessen/{makers.published(cast).id}"
    db.session.commit()
    bram, frank, hilde = browse("bram"), browse("frank"), browse("hilde")
    page = bram.get(f"{path}/voorstellen")
    wrong = bram.submit(page, f"{path}/voorstellen", title=f"{CANARY} aan de poort")
    assert wrong.status == 422
    assert wrong.form(f"{path}/voorstellen")["title"] == f"{CANARY} aan de poort"
    assert bram.follow(bram.submit(wrong, f"{path}/voorstellen", why="Zo is het duidelijker.")).says("Andere woorden")
    assert _nowhere_for(hilde, path)
    read = frank.get(f"{path}/nalezen")
    assert read.says("Sta op tijd aan de poort", f"{CANARY} aan de poort", "Zo is het duidelijker.")
    assert frank.submit(read, f"{path}/nalezen", answer=answer, why="Het zit goed zo.").status == 303
    assert (CANARY in hilde.get(path).text) is (answer == "approve")
    if answer == "hold":
        assert bram.get(path).says("Tegengehouden", "Het zit goed zo.")
        assert bram.get(f"{path}/voorstellen").form(f"{path}/voorstellen")["title"] == f"{CANARY} aan de poort"
        assert not hilde.get(path).says("Het zit goed zo.")


def test_english_of_what_is_out_is_proposed_too(cast: Cast, browse: Browse) -> None:
    path = f"/lessen/{makers.published(cast).id}"
    db.session.commit()
    bram, frank = browse("bram"), browse("frank")
    url = f"{path}/voorstellen/engels"
    bram.submit(bram.get(url), url, title="At the gate", line="A face at the door.", why="Voor wie Engels leest.")
    frank.submit(frank.get(f"{path}/nalezen"), f"{path}/nalezen", answer="approve")
    assert browse("hilde").get(f"{path}?taal=en").says("A face at the door.")


def test_what_is_out_is_kept_right(cast: Cast, browse: Browse) -> None:
    path = f"/lessen/{makers.published(cast).id}"
    db.session.commit()
    frank, hilde = browse("frank"), browse("hilde")
    late = frank.submit(frank.get(f"{path}/nog-eens-kijken"), f"{path}/nog-eens-kijken", review_on="2020-01-01")
    assert late.status == 422
    assert late.says("Kies een dag die nog komt.")
    marked = frank.submit(frank.get(f"{path}/verouderd"), f"{path}/verouderd", why="De poort is weg.")
    assert frank.follow(marked).says("De poort is weg.")
    assert frank.submit(frank.get(path), f"{path}/klopt-weer").status == 303
    assert "De poort is weg." not in hilde.get(path).text
    frank.submit(frank.get(f"{path}/terughouden"), f"{path}/terughouden", why=CANARY)
    assert _nowhere_for(hilde, path)
    assert browse("bram").get(path).says(CANARY)
