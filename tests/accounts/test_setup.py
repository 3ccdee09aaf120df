"""The first administrator: a link on the console, once, while nobody has an account."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.conftest import WELCOME
from tests.conftest import BASE_URL
from tests.support.browse import Browser
from tests.support.copies import copied, thrown_away
from webapp import create_app
from webapp.accounts.installation import Installation, Kind
from webapp.accounts.models import Function, Organisation, Person
from webapp.config import UnsafeSettings
from webapp.core import clock
from webapp.core.db import db
from webapp.vocabulary.functions import FunctionKind


@pytest.fixture
def fresh(settings, blank, tmp_path) -> Iterator[Flask]:
    """A new installation: every table, nobody in it."""
    url = copied(blank, tmp_path / "fresh.sqlite")
    app = create_app(replace(settings, database_url=url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    thrown_away(url)


def printed(app: Flask) -> str:
    result = app.test_cli_runner().invoke(args=["setup"])
    assert result.exit_code == 0, result.output
    found = re.search(r"https://brug\.test(/beginnen/begin_\S+)", result.output)
    assert found
    return found[1]


def test_the_link_makes_one_administrator(fresh):
    path = printed(fresh)
    browser = Browser(fresh, BASE_URL)
    page = browser.follow(browser.get(path))
    page = browser.submit(page, "/beginnen", name="Ada Baert", email="ada@stad.example", organisation="Jeugddienst")
    assert page.location == WELCOME
    assert browser.get("/account").says("Ada Baert")
    seat = db.session.execute(select(Function.kind, Organisation.name).join(Organisation)).one()
    assert tuple(seat) == (FunctionKind.ADMINISTRATOR, "Jeugddienst")
    assert db.session.scalar(select(Installation.kind)) is Kind.REAL
    db.session.rollback()

    again = Browser(fresh, BASE_URL)
    assert again.follow(again.get(path)).status == 410
    assert fresh.test_cli_runner().invoke(args=["setup"]).exit_code == 1


def test_a_new_administrator_is_led_to_who_will_coordinate(fresh):
    browser = Browser(fresh, BASE_URL)
    page = browser.follow(browser.get(printed(fresh)))
    browser.submit(page, "/beginnen", name="Ada Baert", email="ada@stad.example", organisation="Jeugddienst")
    today, house = browser.get("/"), db.session.scalar(select(Organisation.id))
    assert today.says("Nog niemand coördineert het netwerk")
    assert f"/organisaties/{house}/mensen" in today.links()
    one = Person(name="Tine Dhondt", email="tine@stad.example")
    db.session.add(one)
    db.session.flush()
    db.session.add(
        Function(person_id=one.id, organisation_id=house, kind=FunctionKind.COORDINATOR, begins_on=clock.today())
    )
    db.session.commit()
    assert not browser.get("/").says("Nog niemand coördineert het netwerk")


def test_the_link_works_for_half_an_hour(fresh):
    path = printed(fresh)
    browser = Browser(fresh, BASE_URL)
    with clock.at(clock.now() + timedelta(minutes=29)):
        assert browser.follow(browser.get(path)).status == 200
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert browser.follow(browser.get(path)).status == 410


def test_a_second_link_is_worthless_when_somebody_was_first(fresh):
    first, second = printed(fresh), printed(fresh)
    late = Browser(fresh, BASE_URL)
    form = late.follow(late.get(second))
    early = Browser(fresh, BASE_URL)
    early.submit(early.follow(early.get(first)), "/beginnen", name="Ada", email="ada@stad.example", organisation="J")
    page = late.submit(form, "/beginnen", name="Eve", email="eve@stad.example", organisation="K")
    assert page.status == 410


def test_no_link_where_people_are(app):
    result = app.test_cli_runner().invoke(args=["setup"])
    assert result.exit_code == 1
    assert "already" in result.output


def test_the_demo_does_not_start_beside_real_people(app, settings):
    demo = replace(settings, demo=True, base_url="http://127.0.0.1:8000")
    with pytest.raises(UnsafeSettings, match="real people"):
        create_app(demo)


def test_a_real_installation_does_not_start_on_the_data_of_the_demo(fresh):
    db.session.add(Installation(kind=Kind.DEMO))
    db.session.commit()
    with pytest.raises(UnsafeSettings, match="holds the demo"):
        create_app(fresh.config["SETTINGS"])


def test_the_demo_is_not_loaded_beside_real_people(app, settings):
    result = app.test_cli_runner().invoke(args=["seed"])
    assert result.exit_code == 1
