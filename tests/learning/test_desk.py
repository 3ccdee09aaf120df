"""The desk of a session: what comes in goes where the desk says, and what waits or is held back goes nowhere."""

import pytest
from sqlalchemy import select

from tests.learning import makers
from tests.people import Cast
from tests.support.browse import Browse, Browser, Page
from webapp.core.db import db
from webapp.learning import deciding, placing, queries, sharing, stepping
from webapp.learning.codes import ContributionKind, Shown
from webapp.learning.models import Cluster, Contribution, LearningSession


@pytest.fixture
def made(cast: Cast) -> LearningSession:
    """A session that goes on now."""
    return makers.running(cast)


def desk_of(made: LearningSession) -> str:
    """Where its desk is."""
    return f"/leren/sessies/{made.id}/bureau"


def put(who: Browser, page: Page, note: Contribution, to: str) -> Page:
    """Press a button of a contribution."""
    action = f"/leren/bijdragen/{note.id}/plaats"
    return who.post(action, page.form(action) | {"to": to})


def again(note: Contribution) -> Contribution:
    """A contribution as it stands now."""
    db.session.expire_all()
    return queries.contribution(note.id) or pytest.fail("gone")


def test_what_comes_in_is_shown_held_back_and_put_together(browse: Browse, cast: Cast, made: LearningSession) -> None:
    one, two, three = (makers.note(made, words) for words in ("Samen eten.", "Eerst eten.", "Een buddy kiezen."))
    db.session.commit()
    frank, desk = browse("frank"), desk_of(made)
    assert put(frank, frank.get(desk), one, "wall").status == 303
    assert put(frank, frank.get(desk), two, "held").status == 303
    path = f"/leren/bijdragen/{three.id}/groepje"
    assert frank.submit(frank.get(path), path, title="Een bekend gezicht").status == 303
    cluster = db.session.scalars(select(Cluster)).one()
    assert (again(one).shown, again(two).shown, again(three).cluster_id) == (Shown.SHOWN, Shown.HELD, cluster.id)
    assert put(frank, frank.get(desk), one, f"c{cluster.id.hex}").status == 303
    assert put(frank, frank.get(desk), one, "lesson").status == 303
    assert frank.get(desk).says("Toon QR", "2 Een bekend gezicht", "Kan een les worden: Samen eten.")
    path = f"/leren/bijdragen/{two.id}/samen"
    assert frank.submit(frank.get(path), path).status == 422
    assert frank.submit(frank.get(path), path, into=str(one.id)).status == 303
    assert frank.get(desk).says("En 1 die hetzelfde zegt", "Eerst eten.")
    path = f"/leren/groepjes/{cluster.id}"
    assert frank.submit(frank.get(path), path, title="Aan de poort").status == 303
    assert frank.follow(frank.submit(frank.get(path), f"{path}/weg")).says(
        "staat nog op het grote scherm", "In geen groepje 2"
    )


def test_a_name_waits_until_it_is_replaced(browse: Browse, cast: Cast, made: LearningSession) -> None:
    note = makers.note(made, "Bij ons bleef Ayoub staan tot iemand hem zag.")
    db.session.commit()
    frank = browse("frank")
    page = frank.get(desk_of(made))
    assert page.says("Dit lijkt op een naam.")
    assert 'value="wall"' not in page.text
    assert put(frank, page, note, "wall").status == 422
    path = f"/leren/bijdragen/{note.id}/vervang"
    assert frank.follow(frank.submit(page, path, instead="child")).says("Bij ons bleef een kind staan")


def test_who_was_second_is_told_what_the_first_did(browse: Browse, cast: Cast, made: LearningSession) -> None:
    note = makers.note(made, "Samen koken.")
    group = placing.begin(made, "Meteen iets doen", by=cast.actor("frank"))
    db.session.commit()
    frank, noor = browse("frank"), browse("noor")
    first, second = frank.get(desk_of(made)), noor.get(desk_of(made))
    assert put(frank, first, note, f"c{group.id.hex}").status == 303
    late = put(noor, second, note, "held")
    assert late.status == 409
    assert late.says("Iemand was je net voor.", "“Samen koken.” staat nu op het grote scherm, bij “Meteen iets doen”.")
    assert again(note).cluster_id == group.id
    path = f"/leren/sessies/{made.id}/stap"
    assert frank.post(path, first.form(path) | {"to": "next"}).status == 303
    assert noor.post(path, second.form(path) | {"to": "next"}).status == 409
    path = f"/leren/bijdragen/{note.id}/woorden"
    first, second = frank.get(path), noor.get(path)
    assert frank.submit(first, path, words="Samen eten.").status == 303
    late = noor.submit(second, path, words="Samen soep maken.")
    assert late.status == 409
    assert late.says("Samen soep maken.", "Wacht op een ja op de telefoon: “Samen eten.”")


def test_what_was_on_paper_comes_in_a_line_each(browse: Browse, made: LearningSession) -> None:
    path = f"/leren/sessies/{made.id}/papier"
    db.session.commit()
    frank = browse("frank")
    many = "\n".join(f"Regel {number}" for number in range(10_000))
    refused = frank.submit(frank.get(path), path, lines=many)
    assert refused.status == 422
    assert refused.says("Hoogstens 200 regels tegelijk", "Regel 9999")
    told = frank.follow(frank.submit(refused, path, lines="Samen eten\n\n<b>eerst</b> eten"))
    assert told.says("2 regels kwamen binnen.", "<b>eerst</b> eten")


def test_a_live_page_is_told_by_one_number(browse: Browse, cast: Cast, made: LearningSession) -> None:
    db.session.commit()
    frank, path = browse("frank"), f"/leren/sessies/{made.id}/stand"
    tag = {"If-None-Match": f'"{frank.get(path).text}"'}
    assert frank.get(path, headers=tag).status == 304
    makers.note(made, "Samen koken.")
    db.session.commit()
    assert frank.get(path, headers=tag).status == 200
    parts = frank.get(f"{desk_of(made)}/nu", partial=True)
    assert parts.says("Samen koken.")
    assert browse("jef").get(path).status == 404


def test_the_wall_shows_what_is_shown_and_nothing_that_waits(browse: Browse, cast: Cast) -> None:
    made = makers.running(cast, is_named=True)
    frank, sam = cast.actor("frank"), makers.guest(made, "Sam")
    makers.note(made, "Kanarie wacht.", by=sam)
    deciding.hold(makers.note(made, "Kanarie tegengehouden.", by=sam), by=frank)
    folded, merged = makers.on_wall(cast, made, "Kanarie geplooid."), makers.note(made, "Kanarie samengelegd.")
    folded.is_folded = True
    seen, group = makers.on_wall(cast, made, "Samen eten."), placing.begin(made, "Aan de poort", by=frank)
    deciding.merge(merged, seen, by=frank)
    deciding.reword(seen, "Kanarie voorgesteld.", by=frank)
    signed = sharing.share(made, ContributionKind.IDEA, "Een buddy.", sharing.new_secret(), by=sam, shows_name=True)
    for note in (signed, makers.note(made, "Samen koken.", by=makers.guest(made, "Kanarie"))):
        placing.gather(note, group, (), by=frank)
    path = f"/leren/sessies/{made.id}/muur"
    words = made.word_code or ""
    db.session.commit()
    for partial in (False, True):
        page = browse("noor").get(path, partial=partial)
        assert page.says("Samen eten.", "Aan de poort", "Een buddy.", "Sam", words)
        assert "Kanarie" not in page.text
    assert browse("jef").get(path).status == 403
    assert browse("noor").get(desk_of(made)).says("Kanarie wacht.", "Kanarie tegengehouden.", "Kanarie samengelegd.")


def test_while_a_question_is_asked_the_wall_shows_its_answers_alone(
    browse: Browse, cast: Cast, made: LearningSession
) -> None:
    phases = queries.phases(made)
    for phase, words in ((phases[1], "Bij de eerste vraag."), (phases[2], "Bij de tweede vraag.")):
        stepping.go_to(phase, by=cast.actor("frank"))
        makers.on_wall(cast, made, words)
    db.session.commit()
    path, frank = f"/leren/sessies/{made.id}/muur", browse("frank")
    assert not frank.get(path).says("Bij de eerste vraag.")
    assert frank.get(path).says("Bij de tweede vraag.", "Wat hield hen tegen?")
    stepping.go_to(queries.phases(makers.read(made.id))[3], by=cast.actor("frank"))
    db.session.commit()
    assert frank.get(path).says("Bij de eerste vraag.", "Bij de tweede vraag.")
