"""A passkey from beginning to end, with the virtual device that Chromium has for this."""

import re
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.journeys.conftest import OpenAs
from tests.support.live import Town
from webapp.core.db import db
from webapp.notifications.models import DemoMail

INTERNAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_device(page: Page) -> Any:
    """Give the browser of a page a device that makes passkeys."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    added = device.send("WebAuthn.addVirtualAuthenticator", {"options": INTERNAL})
    return device, added["authenticatorId"]


def sign_in_by_mail(town: Town, page: Page, address: str) -> None:
    """With the code of the mail, as everybody can."""
    page.goto("/aanmelden")
    page.locator("#email").fill(address)
    page.locator("#email").press("Enter")
    page.wait_for_url("**/aanmelden/code")
    town.deliver()
    with town.app.app_context():
        subjects = db.session.scalars(select(DemoMail.subject)).all()
        db.session.rollback()
    [code] = [found[0] for found in (re.match(r"\d{6}", subject) for subject in subjects) if found]
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    page.wait_for_url("**/")


def test_make_a_passkey_sign_in_with_it_and_prove_with_it(town: Town, open_as: OpenAs) -> None:
    page = open_as("", phone=True, base_url=town.named_url)
    with_device(page)
    sign_in_by_mail(town, page, "noor@roerdomp.example")

    page.goto("/account")
    page.locator("main a[href='/account/aanmelding']").click()
    page.get_by_role("button", name="Maak hier een passkey").click()
    expect(page.locator("h1")).to_have_text("Je tien herstelcodes")
    expect(page.locator("ol.codes li")).to_have_count(10)
    page.get_by_role("link", name="Ik heb ze bewaard, verder").click()
    expect(page.locator("main")).to_contain_text("Chrome op")

    page.goto("/bewijs?next=/rollen")
    page.get_by_role("button", name="Gebruik je passkey").click()
    page.wait_for_url(f"{town.named_url}/rollen")

    page.goto("/account/aanmelding")
    page.locator("form[action='/account/overal-afmelden'] button").click()
    page.wait_for_url("**/aanmelden")
    page.get_by_role("button", name="Aanmelden met een passkey").click()
    page.wait_for_url("**/")
    page.goto("/account/aanmelding")
    expect(page.locator("h1")).to_have_text("Mijn aanmelding")


def test_a_device_that_says_no_leaves_the_mail(town: Town, open_as: OpenAs) -> None:
    page = open_as("", base_url=town.named_url)
    device, authenticator = with_device(page)
    device.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.goto("/aanmelden")
    page.get_by_role("button", name="Aanmelden met een passkey").click()
    expect(page.locator("[data-passkey-failed]")).to_be_visible()
    expect(page.get_by_role("button", name="Stuur mij een inloglink")).to_be_enabled()


def test_without_javascript_there_is_no_button_that_does_nothing(town: Town, open_as: OpenAs) -> None:
    page = open_as("", base_url=town.named_url, java_script_enabled=False)
    page.goto("/aanmelden")
    expect(page.get_by_role("button", name="Aanmelden met een passkey")).to_be_hidden()
    sign_in_by_mail(town, page, "noor@roerdomp.example")
    page.goto("/account/aanmelding")
    expect(page.get_by_role("button", name="Maak hier een passkey")).to_be_hidden()
    page.get_by_role("button", name="Stel een app in").click()
    expect(page.locator("svg.qr")).to_be_visible()
