"""How is it going? Asked on Today, answered there with one tap, also with "stopped"."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import OpenAs
from tests.support.live import Town


def test_three_answers_beside_each_other_and_stopped_leads_on(town: Town, open_as: OpenAs) -> None:
    town.later(timedelta(days=4))  # six weeks after Anker's first time
    page = open_as("welzijnswerker", phone=True)
    row = page.locator(".item", has_text="Hoe gaat het met Anker?")
    answers = row.locator(".actions button")
    expect(answers).to_have_text(["Goed", "Kan beter", "Gestopt"])
    assert len({(one.bounding_box() or {})["y"] for one in answers.all()}) == 1
    answers.filter(has_text="Gestopt").tap()
    expect(page.locator(".next-step h2").first).to_have_text("Gestopt, en nu?")
    page.get_by_role("button", name="Zoek een andere plek").tap()
    expect(page.locator(".next-step h2").first).to_have_text("Anker zoekt opnieuw")
    expect(page.locator(".next-step").first).to_contain_text("Er is nog niemand gevraagd.")
