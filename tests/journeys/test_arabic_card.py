"""A young person who reads Arabic scans the card: without account, without JavaScript, on a small phone."""

import io

from PIL import Image
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from tests.journeys.conftest import OpenAs
from tests.places import places
from tests.support.live import Town
from webapp.core.db import db
from webapp.directory.models import Offer

SEES_NOBODY = "وصلت ولا أرى أحدًا"


def test_the_card_in_arabic_from_scan_to_call(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        link = places()["gast"]["welkom"]
    young = open_as("", phone=True, java_script_enabled=False, viewport={"width": 360, "height": 640})
    young.goto(link)
    expect(young.locator("main")).to_have_attribute("lang", "nl")
    young.locator(".tongues summary").click()
    young.get_by_role("link", name="العربية").click()

    main = young.locator("main")
    expect(main).to_have_attribute("dir", "rtl")
    expect(young.locator("h1")).to_contain_text("أهلًا وسهلًا!")
    expect(young.locator("h1 [lang=nl]")).to_have_text("Welkom!")
    expect(main).to_contain_text("هذه ترجمة.")
    assert young.evaluate("document.documentElement.scrollWidth") <= 360
    arch, words = young.locator(".welcome-facts .arch").first, young.locator(".welcome-facts .typed").first
    assert left(arch) > left(words)  # the line begins at the right

    phone = young.locator("a.welcome-phone")
    expect(phone).not_to_be_visible()
    asked = len(town.sent)
    young.get_by_text(SEES_NOBODY).click()
    expect(phone).to_be_visible()
    assert len(town.sent) == asked  # nobody had to be asked
    assert (phone.get_attribute("href") or "").startswith("tel:")

    for name, starts in (("kaart.pdf", b"%PDF-1.7"), ("eerste-keer.ics", b"BEGIN:VCALENDAR")):
        with young.expect_download() as saved:
            young.locator(f"a[href*='{name}']").click()
        assert saved.value.path().read_bytes().startswith(starts)
    young.reload()
    expect(main).to_have_attribute("dir", "rtl")  # the address says it
    assert {one["name"] for one in young.context.cookies()} <= {"visit", "lang"}


def test_an_association_brings_a_photo_of_its_door(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        offer_id = db.session.scalar(select(Offer.id).where(Offer.name == "Zondagwerking"))
    noor = open_as("vrijwilliger")
    noor.goto(f"/aanbod/{offer_id}")
    noor.get_by_role("link", name="Foto van de deur").first.click()
    noor.locator("input[type=file]").set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"})
    noor.locator("main form .form-actions button").click()
    expect(noor.locator("main .error").first).to_contain_text("Dit is geen foto")
    noor.locator("input[type=file]").set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": drawn()})
    noor.locator("main form .form-actions button").click()
    expect(noor.locator("img.door-photo")).to_be_visible()
    assert noor.evaluate("document.querySelector('img.door-photo').naturalWidth") == 320


def left(part: Locator) -> float:
    """Where a part begins, from the left."""
    box = part.bounding_box()
    assert box
    return box["x"]


def drawn() -> bytes:
    """A photo of a door."""
    target = io.BytesIO()
    Image.new("RGB", (320, 200), "#18a5a5").save(target, "PNG")
    return target.getvalue()
