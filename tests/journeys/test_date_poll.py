"""A date poll in a browser: a guest on a phone, a member by keyboard, and all of it without JavaScript."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs
from tests.journeys.steps import pick
from tests.support.live import Town
from webapp.core.db import db
from webapp.polls import queries, sharing
from webapp.polls.lifecycle import PollStatus
from webapp.polls.models import DatePoll

TITLE = "Wanneer bereiden we de proefdag voor?"


def open_poll(town: Town) -> tuple[str, str, list[str]]:
    """The path of the open poll of Diversiteit, the link for its guests, and the names of its questions."""
    with town.app.app_context():
        found = db.session.query(DatePoll).filter_by(title=TITLE, status=PollStatus.OPEN).one()
        moments = [f"when-{one.id.hex}" for one in queries.moments(found)]
        made = f"/prikkers/{found.id}", f"/prik/{sharing.token_of(found)}", moments
        db.session.remove()
    return made


def say(page: Page, moments: list[str], said: list[str]) -> None:
    """Tap an answer for each moment."""
    for name, value in zip(moments, said, strict=True):
        pick(page, name, value).click()


def test_a_guest_answers_the_poll_on_a_phone(open_as: OpenAs, town: Town) -> None:
    path, link, moments = open_poll(town)
    guest = open_as("", phone=True)
    guest.goto(link)
    expect(guest.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(guest).to_have_url(re.compile(r"/prik/[0-9a-f-]{36}/meedoen$"))
    assert guest.evaluate("document.documentElement.scrollWidth <= innerWidth")
    guest.get_by_label("Jouw naam").fill("Robin")
    say(guest, moments, ["no", "yes", "yes", "maybe", "no"])
    guest.get_by_role("button", name="Bewaar mijn antwoord").click()
    expect(guest.locator("main")).to_contain_text("Je antwoord staat erin.")
    own = guest.locator(".poll-url").inner_text().strip()
    other = open_as("", phone=True)
    other.goto(re.sub(r"^https?://[^/]+", "", own))
    expect(other.get_by_label("Jouw naam")).to_have_value("Robin")
    say(other, moments[:1], ["maybe"])
    other.get_by_role("button", name="Bewaar mijn antwoord").click()
    expect(other.locator("main")).to_contain_text("Je antwoord staat erin.")
    member = open_as("vrijwilliger", phone=True)
    member.goto(path)
    member.locator(".poll-names summary").first.click()
    expect(member.locator(".poll-names").first).to_contain_text(re.compile("misschien:.*Robin"))


def test_a_member_answers_by_keyboard_and_a_live_page_says_so(open_as: OpenAs, town: Town) -> None:
    path, _link, moments = open_poll(town)
    watching = open_as("jeugddienst")
    watching.goto(path)
    member = open_as("vrijwilliger")
    member.goto("/")
    member.get_by_role("link", name="Zeg wanneer het past").first.click()
    expect(member).to_have_url(re.compile(re.escape(path)))
    for name in moments:
        member.locator(f"input[name='{name}']").first.focus()
        member.keyboard.press("Space")
        member.keyboard.press("ArrowRight")
    member.get_by_role("button", name="Bewaar mijn antwoord").focus()
    member.keyboard.press("Enter")
    expect(member.locator(".toast")).to_contain_text("Bewaard.")
    for name in moments:
        expect(member.locator(f"input[name='{name}'][value='maybe']")).to_be_checked()
    expect(watching.locator("#polls-news")).to_contain_text("Er is nieuws in deze prikker.")


def test_without_javascript_it_is_answered_and_chosen(open_as: OpenAs, town: Town) -> None:
    path, _link, moments = open_poll(town)
    member = open_as("vrijwilliger", java_script_enabled=False)
    member.goto(path)
    say(member, moments, ["yes", "no", "no", "yes", "no"])
    member.get_by_role("button", name="Bewaar mijn antwoord").click()
    expect(member.locator("main")).to_contain_text("7 van de 8 kunnen")
    chair = open_as("jeugddienst", java_script_enabled=False)
    chair.goto(path)
    chair.get_by_role("button", name=re.compile("^Prik ")).click()
    expect(chair.locator("main")).to_contain_text("Geprikt:")
    chair.get_by_role("link", name="Naar de vergadering").click()
    expect(chair).to_have_url(re.compile("/vergaderingen/"))
    member.goto(path)
    expect(member.locator("main")).to_contain_text("Geprikt:")
