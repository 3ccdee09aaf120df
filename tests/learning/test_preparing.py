"""Preparing a session on its pages."""

import uuid
from datetime import timedelta

from tests.learning import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.learning import queries


def test_a_session_is_prepared_changed_and_begun(browse: Browse, cast: Cast) -> None:
    frank = browse("frank")
    page = frank.get("/leren/sessies/nieuw")
    fields = {
        "format": "four_questions",
        "theme": "Welkom, en dan?",
        "question": "Wanneer voelde een nieuw kind zich welkom?",
        "organisation": str(cast.organisations["jeugddienst"]),
        "day": (clock.today() + timedelta(days=9)).isoformat(),
        "begins": "19:30",
        "minutes": "120",
        "named": "",
    }
    wrong = frank.submit(page, "/leren/sessies/nieuw", **{**fields, "minutes": "3"})
    assert wrong.status == 422
    assert wrong.says("Tussen 10 en 480 minuten.", "Wanneer voelde een nieuw kind zich welkom?")
    shown = frank.follow(frank.submit(wrong, "/leren/sessies/nieuw", **fields))
    assert shown.says("Welkom, en dan?", "Anoniem", "Vraag 3: waarom")
    path = shown.response.request.path
    begun = frank.follow(frank.submit(shown, f"{path}/begin"))
    assert begun.says("Er wacht niets.", "Volgende fase")
    edit = frank.get(f"{path}/bewerken")
    assert edit.says("Anoniem", "Dat werd gekozen voor de sessie begon, en het blijft zo.")
    forced = frank.submit(edit, f"{path}/bewerken", named="yes")
    assert forced.says("Er wordt al gedeeld. Met namen of anoniem blijft zoals het gekozen is.")
    assert frank.submit(edit, f"{path}/bewerken", place="De zolder").status == 303
    assert browse("hilde").get(path).says("Welkom, en dan?")
    assert "Vraag 3: waarom" not in browse("hilde").get(path).text


def test_who_was_second_keeps_what_was_typed(browse: Browse, cast: Cast) -> None:
    made = makers.prepared(cast)
    path, phase = f"/leren/sessies/{made.id}/bewerken", f"/leren/fasen/{queries.phases(made)[0].id}"
    db.session.commit()
    frank, noor = browse("frank"), browse("noor")
    first, second = frank.get(path), noor.get(path)
    assert frank.submit(first, path, theme="Samen welkom", place="Jeugdhuis").status == 303
    late = noor.submit(second, path, question="Hoe welkom?", place="Jeugdhuis")
    assert late.status == 409
    assert late.says("Hoe welkom?", "Iemand paste dit intussen aan.")
    assert noor.submit(late, path).status == 303
    first, second = frank.get(phase), noor.get(phase)
    assert frank.submit(first, phase, title="Binnenkomen").status == 303
    late = noor.submit(second, phase, prompt="Kennismaken")
    assert late.status == 409
    assert late.says("Kennismaken")


def test_a_name_is_pointed_at(browse: Browse, cast: Cast) -> None:
    made = makers.prepared(cast)
    path = f"/leren/sessies/{made.id}/bewerken"
    db.session.commit()
    frank = browse("frank")
    page = frank.submit(frank.get(path), path, question="Hier woont Ayoub Vandekanarie", place="Jeugdhuis")
    assert page.status == 422
    assert page.says("Dit lijkt op een naam.", "Ayoub Vandekanarie")


def test_phases_are_put_in_another_order(browse: Browse, cast: Cast) -> None:
    made = makers.prepared(cast)

    def order_of() -> list[uuid.UUID]:
        db.session.expire_all()
        return [phase.id for phase in queries.phases(made)]

    one, two, three, four = order_of()
    path = f"/leren/sessies/{made.id}"
    db.session.commit()
    frank = browse("frank")
    page = frank.get(path)
    assert f'data-sort="{path}/fasen/volgorde"' in page.text
    shift = f"/leren/fasen/{four}/plaats"
    frank.post(shift, page.form(shift) | {"to": "up"})
    assert order_of() == [one, two, four, three]
    dragged = {"order": [str(three), str(one), "geen"]}
    assert frank.post(f"{path}/fasen/volgorde", dragged, partial=True).says("Fasen", "Aankomen")
    assert order_of() == [three, one, two, four]
