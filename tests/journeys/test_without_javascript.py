"""The same crossing in a browser that runs no script: plain pages, links and forms."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import OpenAs
from tests.journeys.steps import ROERDOMP, STERRENPAD
from tests.support.live import Town

PLAIN = {"java_script_enabled": False}


@pytest.fixture
def guide(open_as: OpenAs) -> Page:
    """Ilse, in a browser without scripts."""
    return open_as("welzijnswerker", **PLAIN)


def test_from_the_question_to_the_agreement(town: Town, open_as: OpenAs, guide: Page) -> None:
    path = steps.ask(guide, ROERDOMP, STERRENPAD)
    mailed = open_as("", phone=True, **PLAIN)
    steps.open_mail(mailed, town, f"Er is een vraag voor {ROERDOMP}")
    steps.answer_yes(mailed)
    steps.choose(guide, path, ROERDOMP, "Daar mag ik vuur maken.")
    steps.agree(guide, path, "Quirijntje", "0470 00 99 55")
    expect(guide.locator("#flash")).to_contain_text("genoteerd")

    noor = open_as("vrijwilliger", **PLAIN)
    noor.goto(path)
    noor.locator(f"form[action='{path}/contactkaart'] button").click()
    expect(noor.locator("#referrals-card")).to_contain_text("Quirijntje")

    guide.goto(path)
    guide.locator("a[href$='/akkoord/intrekken']").click()
    guide.locator("main form[action$='/intrekken'] button").click()
    expect(guide.locator("#toestemming")).to_contain_text("gewist")


def test_a_draft_is_kept_with_a_button(guide: Page) -> None:
    path = steps.start_question(guide)
    steps.fill_in_wishes(guide)
    guide.locator("button[form=wishes-form][formaction$='/klad']").click()
    guide.wait_for_url("**/toeleidingen")
    guide.goto(f"{path}/wensen")
    expect(guide.locator("#own_words")).to_have_value(steps.WISH)
    expect(guide.locator("input[name=interests][value=campfire]")).to_be_checked()


def test_the_filters_of_what_there_is(guide: Page) -> None:
    guide.goto("/aanbod")
    everything = guide.locator("#directory-offers .items > *").count()
    steps.pick(guide, "day", "sun").click()
    guide.locator(".filters .without-script button").click()
    guide.wait_for_url("**/aanbod?**day=sun**")
    assert 0 < guide.locator("#directory-offers .items > *").count() < everything
    guide.locator("#q").fill("bos")
    guide.locator(".looking .without-script button").click()
    guide.wait_for_url("**q=bos**")
    expect(guide.locator("#directory-offers")).to_contain_text(ROERDOMP)


def test_language_and_theme(guide: Page) -> None:
    guide.goto("/meer")
    guide.locator("main button[name=lang][value=en]").click()
    expect(guide.locator("html")).to_have_attribute("lang", "en")
    guide.locator("main button[name=theme][value=dark]").click()
    expect(guide.locator("html")).to_have_attribute("data-theme", "dark")
    guide.goto("/")
    expect(guide.locator("html")).to_have_attribute("data-theme", "dark")
    expect(guide.locator("html")).to_have_attribute("lang", "en")
