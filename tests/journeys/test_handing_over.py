"""A guide hands a young person over to a colleague, who says yes; whoever welcomes sees the new face."""

import re

from playwright.sync_api import expect
from sqlalchemy import select

from tests.journeys.conftest import OpenAs
from tests.journeys.test_passkey import sign_in_by_mail
from tests.support.live import Town
from webapp.accounts.models import Person
from webapp.core.db import db
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Referral

WORDS = "Het loopt hier goed, tot volgende week."


def path_of_ilse(town: Town) -> str:
    """A question of Ilse's that Noor's group welcomes."""
    with town.app.app_context():
        ilse = select(Person.id).where(Person.name == "Ilse Maes").scalar_subquery()
        welcoming = select(Referral.id).where(
            Referral.guide_id == ilse, Referral.status == ReferralStatus.WELCOMING, Referral.receiver_id.is_not(None)
        )
        return f"/toeleidingen/{db.session.scalars(welcoming).first()}"


def test_a_colleague_takes_over(town: Town, open_as: OpenAs) -> None:
    path = path_of_ilse(town)
    ilse, noor, rachid = open_as("welzijnswerker"), open_as("vrijwilliger", phone=True), open_as("", phone=True)

    noor.goto(path)
    noor.locator("#gesprek summary").click()
    noor.locator("#gesprek textarea").fill("Vandaag belde er iemand: 0470 12 34 56")
    expect(noor.locator("#gesprek [data-care-note]")).to_contain_text("telefoonnummer")
    noor.locator("#gesprek textarea").fill(WORDS)
    noor.locator("#gesprek form.form button[type=submit]").click()
    expect(noor.locator("#gesprek")).to_contain_text(WORDS)

    ilse.goto(path)
    expect(ilse.locator("#gesprek")).to_contain_text(WORDS)
    ilse.get_by_role("link", name="Geef door aan een collega").click()
    ilse.locator("label", has_text="Rachid").click()
    ilse.get_by_role("button", name="Vraag het").click()
    expect(ilse.locator("#betrokken")).to_contain_text("kreeg de vraag om van jou over te nemen")

    sign_in_by_mail(town, rachid, "rachid@hetbaken.example")
    rachid.locator("main a[href*='/doorgeven/']").first.click()
    expect(rachid.locator("main")).not_to_contain_text(WORDS)
    rachid.get_by_role("button", name="Ja, ik neem over").click()
    rachid.wait_for_url(re.compile(path))
    expect(rachid.locator("#betrokken")).to_contain_text("Rachid, jij")
    expect(rachid.locator("#gesprek")).to_contain_text(WORDS)

    ilse.goto(path)
    expect(ilse.locator("main")).to_contain_text("Rachid nam over")
    expect(ilse.locator("main")).not_to_contain_text(WORDS)
    noor.goto(path)
    expect(noor.locator("#betrokken")).to_contain_text("Rachid")
