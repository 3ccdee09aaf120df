"""What Brug says after something did not work stands in the page, and covers nothing that somebody needs next."""

import re

from playwright.sync_api import expect
from sqlalchemy import select

from tests.journeys.conftest import OpenAs
from tests.support.live import Town
from webapp.accounts import recovery
from webapp.accounts.models import Authenticator, Person
from webapp.core import clock, crypto
from webapp.core.db import db, new_id


def has_app(town: Town, name: str) -> None:
    """Somebody has an app that shows codes; not even this test knows them."""
    with town.app.app_context():
        person = db.session.scalars(select(Person).where(Person.name.startswith(name))).one()
        row = Authenticator(id=new_id(), person_id=person.id, confirmed_at=clock.now(), secret="nobody opens this")
        row.data_key = crypto.ring().new_data_key(row.id)
        db.session.add(row)
        recovery.first_codes(person.id)
        db.session.commit()
        db.session.remove()


def test_after_a_wrong_code_the_other_ways_in_can_be_pressed(town: Town, open_as: OpenAs) -> None:
    has_app(town, "Ilse")
    page = open_as("welzijnswerker", phone=True)
    page.goto("/bewijs?next=/rollen")
    recovery = page.locator("main summary", has_text="Toestel kwijt?")
    recovery.click()
    page.locator("#recovery_code").fill("ABCDE-FGHJK")
    page.locator("#recovery_code").press("Enter")
    expect(page).to_have_url(re.compile("/bewijs"))
    expect(page.locator("main [role=alert]")).to_contain_text("Die code klopt niet")
    expect(page.locator("#flash")).to_be_empty()
    expect(page.locator("#recovery_code")).to_be_visible()
    page.locator("#app_code").click()
    recovery.click()
    expect(page.locator("#recovery_code")).to_be_hidden()
