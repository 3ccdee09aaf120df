"""Inviting to a session, and who helps at its desk, on one page."""

import uuid

import pytest

from tests.groups import makers as groups
from tests.learning import makers
from tests.people import Cast
from tests.plans import makers as plans
from tests.support.browse import Browse, Browser, Page
from webapp.core.db import db
from webapp.core.errors import Conflict, NotAllowed
from webapp.groups.codes import Visibility
from webapp.learning import actions, handing, queries
from webapp.learning.models import LearningSession


def test_organisations_and_groups_are_invited_and_taken_back(browse: Browse, cast: Cast) -> None:
    made, open_group = makers.running(cast), groups.group(cast)
    groups.group(cast, Visibility.CONFIDENTIAL, "Stille kanarie")
    makers.guest(made, "Ans")
    makers.guest(made)
    path, group_id = f"/leren/sessies/{made.id}/uitnodigen", open_group.id
    db.session.commit()
    noor = browse("noor")
    page = noor.get(path)
    assert page.says("Muziekhuis Halve Noot", "Werkgroep Welkom", "2 mensen doen mee: Ans en 1 zonder naam")
    assert "Stille kanarie" not in page.text  # noor sits in it; who is invited is no secret
    assert noor.submit(page, path, who="").says("Kies wie je uitnodigt.")
    page = noor.follow(noor.submit(page, path, who=f"group:{group_id}"))
    assert page.says("Uitgenodigd.")
    assert cast.hilde in makers.read(made.id).circle_ids
    assert noor.submit(page, path, who=f"group:{group_id}").status == 422
    page = noor.follow(noor.submit(page, f"{path}/terug"))  # the first of the list
    assert page.says("Teruggenomen.")


def looked_for(browser: Browser, session_id: uuid.UUID, words: str) -> Page:
    """The page of who is invited, after somebody was looked for to help."""
    home = f"/leren/sessies/{session_id}"
    return browser.submit(browser.get(f"{home}/uitnodigen"), f"{home}/begeleiders/zoek#help", words=words)


def test_who_is_asked_to_help_at_the_desk_says_yes_first(browse: Browse, cast: Cast) -> None:
    made = makers.prepared(cast)
    home, desk = f"/leren/sessies/{made.id}", f"/leren/sessies/{made.id}/begeleiders"
    path = f"{home}/uitnodigen"
    db.session.commit()
    frank, noor, yara = browse("frank"), browse("noor"), browse("yara")
    found = looked_for(frank, made.id, "yar")
    assert found.says("Yara Peeters")
    assert not any("yar" in link for link in found.links())
    assert not frank.get(f"{path}?q=yar").says("Yara Peeters")
    missed = frank.submit(found, desk)
    assert missed.status == 422  # nobody was chosen
    assert missed.form(desk)["words"] == "yar"
    page = frank.follow(frank.submit(found, desk, person=str(cast.yara)))
    assert page.says("Yara Peeters", "Gevraagd om mee te begeleiden")
    assert frank.submit(looked_for(frank, made.id, "yar"), desk, person=str(cast.yara)).says("al gevraagd")
    assert looked_for(frank, made.id, "an\0s").status == 200
    assert "Iemand die mee begeleidt" not in noor.get(path).text
    assert noor.post(desk, {"person": str(cast.bram)}).status == 403
    assert noor.post(f"{desk}/zoek", {"words": "bram"}).status == 403
    assert yara.get("/").says("Begeleid je “Welkom, en dan?” mee?")
    assert yara.get(path).status == 403  # nothing before a yes
    assert noor.post(f"{home}/mee-begeleiden/ja", {}).status == 403
    assert yara.follow(yara.submit(yara.get(home), f"{home}/mee-begeleiden/ja")).says("Fijn dat je erbij bent")
    assert yara.get(path).status == 200
    assert frank.get("/meldingen").says("Wie je vroeg om een leersessie mee te begeleiden, gaf antwoord.")
    assert frank.post(f"{desk}/weg", {"one": str(cast.yara)}).status == 303
    assert frank.post(f"{desk}/weg", {"one": str(cast.frank)}).status == 409  # never the last one
    assert len(queries.leads(makers.read(made.id))) == 2


def test_the_session_is_handed_over_with_a_yes_and_a_no_changes_nothing(cast: Cast) -> None:
    made, frank, noor = makers.prepared(cast), cast.actor("frank"), cast.actor("noor")

    def read() -> LearningSession:
        return queries.learning_with_asks(made.id) or made

    for answer, facilitator in ((handing.decline, cast.frank), (handing.accept, cast.noor)):
        handing.hand_over(read(), cast.noor, by=frank)
        answer(read(), by=noor)
        assert (read().facilitator_ids, read().leading_ids) == ({facilitator}, {cast.frank, cast.noor})
    with pytest.raises(NotAllowed):
        handing.hand_over(read(), cast.noor, by=frank)
    handing.ask(read(), cast.lena, by=noor)
    handing.take_back(read(), cast.lena, by=noor)
    with pytest.raises(NotAllowed):
        handing.accept(read(), by=cast.actor("lena"))
    handing.ask(read(), cast.lena, by=noor)
    actions.call_off(read(), by=noor)
    with pytest.raises(Conflict):
        handing.accept(read(), by=cast.actor("lena"))


def test_signs_that_no_database_takes_look_for_nobody(browse: Browse, cast: Cast) -> None:
    plan, action_id = plans.plan(cast), plans.planned(cast, plans.plan(cast, "Nog een")).item.id
    db.session.commit()
    noor = browse("noor")
    for path in (
        f"/plannen/{plan.id}/lijst?owner=an%00s",
        f"/plannen/{plan.id}/acties/nieuw?owner=an%00s",
        f"/plannen/acties/{action_id}?first=an%00s",
    ):
        assert noor.get(path).status == 200, path
