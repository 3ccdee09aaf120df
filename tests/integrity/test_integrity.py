"""Signposts that somebody keeps right, policies that associations keep themselves, and nowhere a place for a case."""

import io
import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Date, String, Text, select

from tests.groups import makers
from tests.integrity.situations import contacts, line
from tests.people import Cast
from tests.shelf.makers import TEXT
from tests.support.browse import XHTML, Browse
from webapp.core import clock, papers
from webapp.core.db import Base, db
from webapp.core.errors import Invalid, NotAllowed
from webapp.groups.codes import Visibility
from webapp.groups.models import WorkingGroup
from webapp.integrity import actions, forms, queries
from webapp.integrity.actions import About, State
from webapp.integrity.models import HelpLine, IntegrityPolicy
from webapp.shelf import actions as shelf
from webapp.talk import actions as talk
from webapp.talk.models import ThreadPost
from webapp.web.guard import declaration_of

LONGEST_LINE = 200


def test_everybody_finds_whom_to_call_and_which_steps_to_take(browse: Browse, cast: Cast) -> None:
    line(cast)
    for who in ("hilde", "jef", "lena", "ada"):
        page = browse(who).get("/integriteit")
        assert page.says("1712", "Vragen over geweld.", "Stap voor stap", "Luister", "door Noor Vermeulen")
        assert "tel:1712" in page.text
        assert "1712 1712" not in page.words  # a line that is called by its number
    assert browse("jef").get("/integriteit/hulplijnen/nieuw").status == 404
    assert browse("guest").get("/integriteit").status == 303


def test_contacts_and_the_youth_service_keep_the_lines(browse: Browse, cast: Cast) -> None:
    line_id = line(cast)["help_line_id"]
    for who, number in (("hilde", "102"), ("tine", "1712")):
        visitor, path = browse(who), f"/integriteit/hulplijnen/{line_id}"
        assert visitor.submit(visitor.get(path), path, number=number).status == 303
        assert db.session.get_one(HelpLine, line_id, populate_existing=True).number == number
    visitor, path = browse("tine"), "/integriteit/hulplijnen/nieuw"
    for wrong, says in (
        ({"number": "bel ons"}, "in cijfers"),
        ({"url": "data:text/html"}, "geen link"),
        ({}, "Geef een"),
    ):
        refused = visitor.post(path, visitor.get(path).form(path) | {"name": "Awel", "about": "Voor jongeren."} | wrong)
        assert refused.status == 422
        assert refused.says(says)
        assert refused.form(path)["about"] == "Voor jongeren."
    done = visitor.get(path).form(path) | {"name": "Awel", "about": "Voor jongeren.", "number": "102"}
    assert visitor.post(path, done).status == 303
    assert browse("jef").get("/integriteit").says("Awel")


def test_two_who_change_a_line_do_not_overwrite_each_other(browse: Browse, cast: Cast) -> None:
    path = f"/integriteit/hulplijnen/{line(cast)['help_line_id']}"
    tine, noor = browse("tine"), browse("noor")
    late = tine.get(path).form(path)
    assert noor.submit(noor.get(path), path, about="Wat Noor schreef.").status == 303
    refused = tine.post(path, late | {"about": "Wat Tine schreef."})
    assert refused.status == 409
    assert refused.form(path)["about"] == "Wat Tine schreef."


def test_after_half_a_year_today_reminds_whoever_keeps_them(browse: Browse, cast: Cast) -> None:
    line_id = line(cast)["help_line_id"]
    for who in ("tine", "noor", "jef"):
        assert not browse(who).get("/").says("wacht om nagekeken te worden"), who
    row = db.session.get_one(HelpLine, line_id)
    row.checked_on = clock.today() - queries.CHECKED_FOR - timedelta(days=1)
    db.session.commit()
    for who, is_told in (("tine", True), ("noor", True), ("jef", False), ("ada", False)):
        assert browse(who).get("/").says("1 hulplijn wacht om nagekeken te worden") is is_told, who
    noor, path = browse("noor"), f"/integriteit/hulplijnen/{line_id}/nagekeken"
    assert noor.submit(noor.get("/integriteit"), path).status == 303
    assert not browse("tine").get("/").says("wacht om nagekeken te worden")


def test_an_association_says_how_its_policy_stands_and_contacts_see_it(browse: Browse, cast: Cast) -> None:
    contacts(cast)
    db.session.commit()
    jef, path = browse("jef"), f"/integriteit/beleid/{cast.zilverreiger}"
    form = jef.get(path).form(path) | {"is_named": "y", "trained_on": "2025-10-11"}
    assert jef.post(path, form).status == 303
    for who in ("hilde", "tine"):
        page = browse(who).get("/integriteit/beleid")
        assert page.says("Scouts Zilverreiger", "Er is een aanspreekpersoon integriteit.", "Nog geen protocol.")
        assert page.says("Muziekhuis Halve Noot", "Ze zeiden nog niets.")
    assert browse("lena").get("/integriteit/beleid").status == 404
    assert browse("lena").get(path).status == 404
    assert browse("bram").get(path).status == 200  # a contact person
    assert browse("bram").post(path, {}).status == 403
    future = jef.post(path, jef.get(path).form(path) | {"trained_on": "2199-01-01", "has_protocol": "y"})
    assert future.status == 422
    assert future.says("Die dag moet nog komen.")
    assert future.form(path)["has_protocol"] == "y"
    found = queries.policy(cast.zilverreiger) or pytest.fail("gone")
    tomorrow = State(reviewed_on=clock.today() + timedelta(days=1))
    with pytest.raises(Invalid):
        actions.say_policy(found, tomorrow, by=cast.actor("jef"))
    assert queries.policy(cast.lantaarn) is None
    assert queries.policy(cast.organisations["jeugddienst"]) is None, "it offers things too, but receives no minors"
    assert queries.policy(uuid.uuid4()) is None


def test_whoever_sits_in_the_group_no_longer_keeps_nothing(cast: Cast) -> None:
    made = contacts(cast)
    actions.name_group(made, is_it=False, by=cast.actor("tine"))
    assert queries.keepers().contact_ids == frozenset()
    with pytest.raises(NotAllowed):
        actions.add_line(queries.keepers(), About("1712", "Bel.", "1712"), by=cast.actor("noor"))
    with pytest.raises(NotAllowed):
        actions.name_group(made, is_it=True, by=cast.actor("noor"))


def test_only_the_youth_service_names_the_group(browse: Browse, cast: Cast) -> None:
    group_id = makers.group(cast).id
    db.session.commit()
    tine, path = browse("tine"), f"/werkgroepen/{group_id}/aanspreekpersonen"
    assert tine.submit(tine.get(f"/werkgroepen/{group_id}"), path).status == 303
    assert db.session.get_one(WorkingGroup, group_id, populate_existing=True).is_about_integrity
    assert browse("noor").get(f"/werkgroepen/{group_id}").says("Bel 1712", "Geen namen hier")
    assert browse("noor").post(path, {}).status == 403


def test_there_is_no_table_in_which_a_case_would_fit() -> None:
    """A help line is a few short lines; a policy holds days and yes or no, and no words at all."""
    words = {
        column.name: column.type.length
        for column in Base.metadata.tables["help_line"].columns
        if isinstance(column.type, String)
    }
    assert words == {"name": 60, "number": 30, "url": 200, "about": 160}
    assert max(words.values()) <= LONGEST_LINE
    kinds = {column.name: column.type for column in IntegrityPolicy.__table__.columns}
    assert not [name for name, kind in kinds.items() if isinstance(kind, String | Text)]
    assert {name for name, kind in kinds.items() if isinstance(kind, Date)} == {"trained_on", "reviewed_on"}
    ours = {
        name for name in Base.metadata.tables if any(part in name for part in ("integrity", "help", "case", "report"))
    }
    assert ours == {"help_line", "integrity_policy"}


def test_no_page_of_integrity_takes_a_file_or_a_story(app: Flask, browse: Browse, cast: Cast) -> None:
    line_id = line(cast)["help_line_id"]
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("integrity."):
            declaration = declaration_of(rule.endpoint)
            assert declaration is not None
            assert not declaration.takes_file, rule.endpoint
    visitor = browse("noor")
    for path in (
        "/integriteit",
        "/integriteit/beleid",
        f"/integriteit/beleid/{cast.zilverreiger}",
        "/integriteit/hulplijnen/nieuw",
        f"/integriteit/hulplijnen/{line_id}",
    ):
        page = visitor.get(path)
        assert page.status == 200, path
        kinds = {node.get("type") for node in page.nodes() if node.tag == f"{XHTML}input"}
        assert "file" not in kinds
        assert not [node for node in page.nodes() if node.tag == f"{XHTML}textarea"], path
    for form in (forms.LineForm, forms.PolicyForm):
        with app.test_request_context():
            limits = [getattr(rule, "max", None) for field in form() for rule in field.validators]
            assert all(one <= LONGEST_LINE for one in limits if one), form


def test_nobody_brings_a_file_to_the_group_about_integrity(browse: Browse, cast: Cast) -> None:
    made = contacts(cast)
    about = shelf.About("Verslag", "Iets.")
    with pytest.raises(NotAllowed):
        shelf.add(made, about, papers.paper("a.txt", TEXT), by=cast.actor("noor"))
    group_id = made.id
    db.session.commit()
    noor, path = browse("noor"), f"/werkgroepen/{group_id}/gereedschap"
    assert f"{path}/bestand" not in noor.get(path).links()
    assert f"{path}/link" in noor.get(path).links()
    assert noor.post(f"{path}/bestand", {"file": (io.BytesIO(TEXT), "a.txt")}).status == 403


def test_in_its_conversations_a_name_is_minded_before_it_is_kept(browse: Browse, cast: Cast) -> None:
    made = contacts(cast)
    first = talk.begin(made, "Afsprakenkaart", "Wie heeft er een?", by=cast.actor("noor"))
    thread_id = first.thread_id
    db.session.commit()
    hilde, path = browse("hilde"), f"/gesprekken/{thread_id}"
    story = "Op kamp vertelde Lukas dat zijn stiefvader hem soms binnenhoudt."
    refused = hilde.post(path, hilde.get(path).form(path) | {"words": story})
    assert refused.status == 422
    assert refused.says("Fijn dat je hiermee niet alleen blijft.", "Bel 1712", "herschrijf het als algemene vraag")
    assert refused.form(path)["words"] == story
    assert story not in set(db.session.scalars(select(ThreadPost.words)))
    general = "Wat doen jullie als een kind op kamp iets vertelt over thuis? Noor, bij jullie ook?"
    assert hilde.post(path, hilde.get(path).form(path) | {"words": general}).status == 303
    kept = refused.form(path) | {"words": "Het boek van Janssens is goed.", "keep_words": "y"}
    kept.pop("once", None)
    assert hilde.post(path, kept).status == 303
    begin = f"/werkgroepen/{made.id}/gesprekken/nieuw"
    assert hilde.post(begin, hilde.get(begin).form(begin) | {"title": "Over iets", "words": story}).status == 422
    other = makers.group(cast, Visibility.OPEN, "Andere groep")
    there = talk.begin(other, "Iets", "Ja.", by=cast.actor("noor")).thread_id
    db.session.commit()
    path = f"/gesprekken/{there}"
    assert hilde.post(path, hilde.get(path).form(path) | {"words": "In Gent was Janssens er ook."}).status == 303
