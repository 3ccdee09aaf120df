"""The demo: try as somebody, read every mail. Nothing of it exists anywhere else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.support.browse import Browser
from tests.support.copies import copied, thrown_away
from webapp import create_app
from webapp.accounts import installation
from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.routes.demo import ROLES
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind

HERE = "http://127.0.0.1"


class Visitor(Browser):
    """A browser on this machine, over plain http."""

    def token(self) -> str:
        return self.client.get("/csrf", base_url=self.base_url).get_data(as_text=True)


@pytest.fixture
def demo(settings, blank, tmp_path) -> Iterator[Flask]:
    """A demo with one person for each role."""
    url = copied(blank, tmp_path / "demo.sqlite")
    app = create_app(replace(settings, database_url=url, demo=True, base_url=HERE, smtp_url=""))
    with app.app_context():
        installation.claim_for_demo()
        host = Organisation(name="Jeugddienst", kind=OrganisationKind.YOUTH_SERVICE)
        db.session.add(host)
        db.session.flush()
        for role in ROLES:
            person = Person(name=role.code.capitalize() + " Demo", email=role.email)
            db.session.add(person)
            db.session.flush()
            db.session.add(
                Function(
                    person_id=person.id,
                    organisation_id=host.id,
                    kind=FunctionKind.CONTACT_POINT,
                    begins_on=clock.today(),
                )
            )
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()
    thrown_away(url)


def test_one_tap_makes_you_each_of_them(demo):
    visitor = Visitor(demo, HERE)
    for role in ROLES:
        page = visitor.get("/aanmelden")
        assert page.says("Probeer als", str(role.code))
        page = visitor.submit(page, f"/demo/als/{role.code}")
        assert page.location == "/"
        cookie = next(one for one in page.response.headers.getlist("Set-Cookie") if one.startswith("session="))
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert visitor.get("/account").says(role.email)


def test_one_tap_counts_as_fresh_proof(demo):
    visitor = Visitor(demo, HERE)
    visitor.submit(visitor.get("/aanmelden"), "/demo/als/jeugddienst")
    page = visitor.get("/bewijs?next=/account")
    assert visitor.submit(page, "/demo/bewijs").location == "/account"


def test_a_role_that_does_not_exist_is_nobody(demo):
    assert Visitor(demo, HERE).post("/demo/als/burgemeester").status == 404


def test_a_field_that_nobody_can_type_is_refused(demo):
    visitor = Visitor(demo, HERE)
    assert visitor.post("/demo/als/beheerder", {"is_admin": "1"}).status == 400
    visitor.post("/demo/als/beheerder")
    assert visitor.post("/demo/bewijs", {"is_admin": "1"}).status == 400


def test_every_mail_stands_in_the_mailbox_with_working_links(demo):
    visitor = Visitor(demo, HERE)
    assert visitor.get("/demo/postvak").says("Nog geen mail")
    visitor.submit(visitor.get("/aanmelden"), "/aanmelden", email=ROLES[0].email)
    while outbox.run_due("test"):
        pass
    db.session.rollback()
    page = visitor.get("/demo/postvak")
    [mail] = [link for link in page.links() if link.startswith("/demo/postvak/")]
    assert page.says(ROLES[0].email)
    page = visitor.get(mail)
    [link] = [link for link in page.links() if link.startswith("/aanmelden/in_")]
    page = visitor.follow(visitor.get(link))
    assert visitor.submit(page, "/aanmelden/link").location == "/"


def test_a_mail_is_shown_as_text_whatever_it_holds(demo):
    person = Person(name="<script>alert(1)</script> https://evil.example/x", email="x@demo.example")
    db.session.add(person)
    db.session.commit()
    visitor = Visitor(demo, HERE)
    visitor.submit(visitor.get("/aanmelden"), "/aanmelden", email="x@demo.example")
    while outbox.run_due("test"):
        pass
    db.session.rollback()
    [mail] = [link for link in visitor.get("/demo/postvak").links() if link.startswith("/demo/postvak/")]
    page = visitor.get(mail)
    assert "<script>alert" not in page.text
    assert 'href="https://evil' not in page.text


@pytest.mark.parametrize("address", ["192.168.1.7", "203.0.113.9", "2001:db8::1"])
def test_who_is_on_another_machine_gets_nothing(demo, address):
    visitor = Visitor(demo, HERE)
    form = visitor.get("/aanmelden").form("/demo/als/beheerder")
    visitor.client.environ_base["REMOTE_ADDR"] = address
    assert visitor.post("/demo/als/beheerder", form).status == 404
    assert visitor.get("/demo/postvak").status == 404


def test_outside_the_demo_none_of_it_exists(app, browse):
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    assert not [rule for rule in rules if rule.startswith("/demo")]
    assert not browse("guest").get("/aanmelden").says("Probeer als")
    assert browse("guest").post("/demo/als/beheerder").status == 404


def test_the_seed_refuses_a_database_with_people_that_are_not_the_demos(demo):
    db.session.execute(installation.Installation.__table__.delete())
    with pytest.raises(installation.UnsafeSettings):
        installation.claim_for_demo()
    db.session.rollback()
