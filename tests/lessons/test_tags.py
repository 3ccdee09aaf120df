"""Tags on pages: looking for one, proposing one, deciding about one, and putting one on a lesson."""

import pytest

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core import outbox
from webapp.core.db import db
from webapp.lessons import lists, tagging
from webapp.lessons.codes import TagStatus
from webapp.lessons.use_models import Tag

TAGS = "/leren/trefwoorden"


def test_a_word_is_proposed_and_refused_with_a_sentence_or_taken(cast: Cast, browse: Browse) -> None:
    jef, frank = browse("jef"), browse("frank")
    for word in ("poort", "leuk", "deur"):
        jef.post(TAGS, {"word": word, "why": f"Dan vind ik {word}."})
    assert jef.post(TAGS, {"word": "poort", "why": "Nog eens."}).says("Iemand stelde dit al voor.", "Nog eens.")
    assert frank.get("/").says("3 voorgestelde trefwoorden wachten")
    page = frank.get(TAGS)
    assert page.says("poort", "Dan vind ik leuk.")
    poort, leuk, deur = (lists.tag_called(word) for word in ("poort", "leuk", "deur"))
    assert poort
    assert leuk
    assert deur
    frank.post(f"{TAGS}/{poort.id}/aanvaarden")
    assert frank.post(f"{TAGS}/{leuk.id}/weigeren", {"answer": " "}).says("Zeg in één zin waarom niet.")
    frank.post(f"{TAGS}/{leuk.id}/weigeren", {"answer": "Dat zegt niets over de les."})
    assert frank.post(f"{TAGS}/{deur.id}/samenvoegen", {"into": "hek"}).says("Zo'n trefwoord is er niet.")
    frank.post(f"{TAGS}/{deur.id}/samenvoegen", {"into": "Poort"})
    bell = jef.get("/meldingen")
    assert bell.says("Lessen worden gevonden met een woord dat je voorstelde.", "Je leest waarom.")
    assert f"{TAGS}#{leuk.id}" in bell.links()
    page = jef.get(TAGS)
    assert page.says("Dat zegt niets over de les.", "ook: deur")
    assert f"{TAGS}/{poort.id}" not in page.links()
    assert jef.get(f"{TAGS}?q=deu").says("poort")
    assert jef.get(f"{TAGS}?q=%25").says("Geen trefwoord heeft deze letters")


def test_who_a_lesson_belongs_to_puts_tags_on_it(cast: Cast, browse: Browse) -> None:
    lesson = makers.published(cast)
    tagging.accept(tagging.propose_word("poort", "", by=cast.actor("jef")), by=cast.actor("frank"))
    db.session.commit()
    url, bram = f"/lessen/{lesson.id}/trefwoorden", browse("bram")
    assert url in bram.get(f"/lessen/{lesson.id}").links()
    assert url not in browse("jef").get(f"/lessen/{lesson.id}").links()
    bram.post(url, {"word": "Poort"})
    bram.post(url, {"word": "hek"})
    page = bram.get(url)
    assert page.says("poort", "hek", "Voorgesteld")
    assert not bram.get(f"/lessen/{lesson.id}").says("hek")
    bram.submit(page, f"{url}/weg")
    assert bram.get(url).says("hek") is False


def test_a_tag_of_many_lessons_is_left_to_a_worker(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "AT_ONCE", 1)
    frank, made = cast.actor("frank"), [makers.out(cast, f"Les {number}") for number in range(2)]
    poort, deur = (tagging.propose_word(word, "", by=frank) for word in ("poort", "deur"))
    for lesson in made:
        tagging.propose(lesson, "deur", by=frank)
    for one in (poort, deur):
        tagging.accept(one, by=frank)
    tagging.merge(deur, poort, by=frank)
    db.session.commit()
    assert makers.found("deur") == []
    outbox.run_due("worker")
    assert set(makers.found("deur")) == set(makers.found("poort")) == {lesson.id for lesson in made}
    assert db.session.query(Tag).filter_by(status=TagStatus.ACCEPTED).count() == 1
