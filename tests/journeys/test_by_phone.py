"""A question that was asked and answered in one call, written down on a phone in a handful of taps; the group it was
about never signs in, and is welcomed and followed all the same."""

import re

from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import OpenAs
from tests.support.live import Town

KORENBLOEM = "Plattelandsjeugd De Korenbloem: Vrijdagploeg"


def test_a_call_is_written_down_and_a_slip_loses_nothing(town: Town, open_as: OpenAs) -> None:
    phone = open_as("welzijnswerker", phone=True)
    phone.goto("/toeleidingen")
    phone.locator("a[href='/toeleidingen/gebeld']").first.click()
    phone.locator("#offer").select_option(label=KORENBLOEM)
    steps.pick(phone, "age_band", "15-17").click()
    steps.pick(phone, "friends", "2").click()
    steps.pick(phone, "answer", "accepted").click()
    phone.locator("#welcomer").fill("Merel")
    phone.locator("#day").fill("2020-01-03")
    phone.locator("#time").fill("20:00")
    note = phone.locator("main .form-actions button[type=submit]")
    note.click()
    expect(phone.locator("#day-error")).to_contain_text("Kies een later moment")
    expect(phone.locator("#offer option:checked")).to_have_text(KORENBLOEM)
    expect(phone.locator("#welcomer")).to_have_value("Merel")
    expect(phone.locator("input[name=friends]:checked")).to_have_value("2")

    phone.locator("#day").fill("")
    phone.locator("#time").fill("")
    phone.locator("#moment_note").fill("vrijdag om 20 uur")
    note.click()
    phone.wait_for_url(re.compile(r"/toeleidingen/[0-9a-f-]{36}$"))
    path = re.sub(r"^https?://[^/]+", "", phone.url)
    expect(phone.locator("main")).to_contain_text("met 2 vrienden")

    steps.choose(phone, path, "Plattelandsjeugd De Korenbloem")
    phone.goto(f"{path}/welkomstplan")
    expect(phone.locator("#welcomer")).to_have_value("Merel")
    expect(phone.locator("#time")).to_have_value("20:00")
