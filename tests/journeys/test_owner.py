"""Who carries an action, by a few letters in the minutes: an organisation or a function there, by keyboard alone and
without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenAs
from tests.journeys.test_keyboard import press, reach
from tests.journeys.test_meeting import plan

SEATS = (("hu", "Huis van het Kind Elsterveer"), ("ba toe", "Open jeugdwerk Het Baken · contact voor toeleidingen"))


@pytest.mark.parametrize("javascript", [True, False])
def test_two_letters_say_who_carries_it(open_as: OpenAs, javascript: bool) -> None:
    chair = open_as("jeugddienst", java_script_enabled=javascript)
    meeting = plan(chair)
    chair.get_by_role("button", name="Begin").click()
    for typed, said in SEATS:
        chair.goto(meeting)
        words = f"Lijst maken met {typed}"
        if javascript:
            reach(chair, chair.locator("#words"))
            chair.keyboard.type(words)
            press(chair, chair.locator(".capture-owner summary"))
            reach(chair, chair.locator("#owner"))
            chair.keyboard.type(typed)
            chair.keyboard.press("Enter")
        else:
            chair.locator("#words").fill(words)
            chair.locator(".capture-owner summary").click()
            chair.locator("#owner").fill(typed)
            chair.get_by_role("button", name="Actie", exact=True).click()
        line = chair.locator("#run-topic .line-action", has_text=words)
        expect(line.locator("small")).to_have_text(said)
