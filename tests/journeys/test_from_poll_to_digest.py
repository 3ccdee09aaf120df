"""The whole way of a meeting: a date poll is decided, the meeting announced, held by two who write, closed, and told to
whoever was not there in the digest of the week. And what a member leaves behind when they go."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import OpenAs
from tests.journeys.test_date_poll import open_poll
from tests.journeys.test_digest import Sink, sink, to_the_morning
from tests.journeys.test_meeting import FOLLOWS, put_down
from tests.support.live import Town

__all__ = ["sink"]  # a fixture, used by name


def test_from_a_date_poll_to_the_digest(open_as: OpenAs, town: Town, sink: Sink) -> None:
    poll, _link, _moments = open_poll(town)
    chair = open_as("jeugddienst")
    chair.goto(poll)
    chair.get_by_role("button", name=re.compile("^Prik ")).click()
    chair.get_by_role("link", name="Naar de vergadering").click()
    chair.wait_for_url("**/vergaderingen/*")
    meeting = chair.url
    if chair.get_by_role("link", name="Aankondigen").count():
        chair.get_by_role("link", name="Aankondigen").click()
        chair.get_by_role("button", name="Aankondigen").click()
    chair.locator("#title").fill("Wie helpt op de proefdag?")
    chair.get_by_role("button", name="Toevoegen").click()
    chair.get_by_role("button", name="Begin").click()
    chair.get_by_role("button", name="Dit punt starten").click()
    member = open_as("vrijwilliger", phone=True)
    member.goto(meeting)
    put_down(member, "Wij brengen de trampoline mee.")
    put_down(chair, "De proefdag is op een zaterdag.", "Beslissing")
    expect(chair.locator("#run-topic")).to_contain_text("trampoline", timeout=FOLLOWS)
    chair.get_by_role("button", name="Geen bezwaar, beslist").click()
    chair.get_by_role("link", name="Vergadering sluiten").click()
    chair.get_by_role("button", name="Sluiten en het verslag rondsturen").click()
    expect(chair.locator("main")).to_contain_text("De proefdag is op een zaterdag.")
    to_the_morning(town)
    [digest] = sink.digests()
    text = digest.get_body(("plain",))
    assert text
    assert "Het verslag van een vergadering is er." in text.get_content()
    assert "trampoline" not in text.get_content()


def test_a_member_leaves_and_nothing_disappears(open_as: OpenAs) -> None:
    member = open_as("vrijwilliger", phone=True)
    member.goto("/werkgroepen")
    member.get_by_role("link", name="Werkgroep Diversiteit").click()
    home = member.url
    chair = open_as("jeugddienst")
    pages = [f"{home}/{part}" for part in ("acties", "beslissingen", "gereedschap", "vergaderingen")]

    def shown() -> list[list[str]]:
        found = []
        for page in pages:
            chair.goto(page)
            found.append(chair.locator("main .item-link").all_inner_texts())
        return found

    before = shown()
    assert all(before)
    member.goto(f"{home}/leden")
    member.get_by_role("button", name="Verlaat deze groep").click()
    expect(member.locator(".toast")).to_contain_text("Bedankt voor wat je er deed")
    assert shown() == before
    chair.goto(f"{home}/leden")
    expect(chair.locator("main")).not_to_contain_text("Noor")
