"""Bad luck: a session that ends, a double press, two tabs, no connection, the button back. Nothing is lost or shown."""

import uuid

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select, update

from tests.journeys import steps
from tests.journeys.conftest import OpenAs
from tests.journeys.steps import ROERDOMP
from tests.places import places
from tests.support.live import Town
from webapp.accounts.models import SignInSession
from webapp.core import clock
from webapp.core.db import db
from webapp.referrals.models import Ask, Referral

CANARY = "kanarievliegers bouwen"
EVERYTHING_KEPT = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
WISHES = "button[form=wishes-form]:not([formaction])"


def end_sessions(town: Town) -> None:
    """Everybody's session ends, wherever they are."""
    with town.app.app_context():
        db.session.execute(update(SignInSession).values(revoked_at=clock.now()))
        db.session.commit()
        db.session.remove()


def count(town: Town, kind: type[Ask] | type[Referral]) -> int:
    """How many there are."""
    with town.app.app_context():
        found = db.session.scalar(select(func.count()).select_from(kind)) or 0
        db.session.remove()
        return found


def sign_in_beside(page: Page) -> None:
    """In a new tab of the same browser."""
    tab = page.context.new_page()
    tab.goto("/aanmelden")
    tab.locator("form[action='/demo/als/welzijnswerker'] button").click()
    tab.wait_for_url("**/")
    tab.close()


def test_the_session_ends_while_typing(town: Town, open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    path = steps.start_question(page)
    steps.fill_in_wishes(page)
    # the last of what is kept, so that nothing is on its way when the session ends
    with page.expect_response(lambda answer: "helemaal" in (answer.request.post_data or "")):
        page.locator("#own_words").fill("Dit staat er helemaal")
        page.locator("#own_words").blur()
    expect(page.locator(".draft-status")).to_contain_text("Bewaard")
    end_sessions(town)
    page.locator("#own_words").fill(CANARY)
    page.locator("#own_words").blur()
    dialog = page.locator("#session-dialog")
    expect(dialog).to_be_visible()
    expect(page.locator("#own_words")).to_have_value(CANARY)

    go_on = page.locator("[data-session-continue]")
    go_on.click()
    expect(page.locator("[data-session-still]")).to_be_visible()
    sign_in_beside(page)
    with page.expect_response(f"**{path}/bewaar") as saved:
        go_on.click()
    assert saved.value.ok
    expect(dialog).to_be_hidden()
    expect(page.locator("#own_words")).to_have_value(CANARY)
    page.reload()
    expect(page.locator("#own_words")).to_have_value(CANARY)


def test_the_session_ends_without_javascript(town: Town, open_as: OpenAs) -> None:
    page = open_as("welzijnswerker", java_script_enabled=False)
    path = steps.start_question(page)
    steps.fill_in_wishes(page, CANARY)
    end_sessions(town)
    page.locator(WISHES).click()
    expect(page.locator("h1")).to_have_text("Je was even weg")
    sign_in_beside(page)
    page.locator(f"main form[action='{path}/wensen'] button").click()
    page.wait_for_url("**/match")
    page.goto(f"{path}/wensen")
    expect(page.locator("#own_words")).to_have_value(CANARY)


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_a_double_press_does_one_thing(town: Town, open_as: OpenAs, java_script_enabled: bool) -> None:
    page = open_as("welzijnswerker", java_script_enabled=java_script_enabled)
    questions, asks = count(town, Referral), count(town, Ask)
    page.goto("/toeleidingen/nieuw")
    steps.pick(page, "age_band", "9-11").click()
    page.locator("button[form=who-form]:not([data-turn])").dblclick()
    steps.arrives(page, "wensen")
    assert count(town, Referral) == questions + 1
    steps.fill_in_wishes(page)
    steps.send_wishes(page)
    steps.choose_offers(page, ROERDOMP)
    page.locator("button[form=send-form]:not([data-turn])").dblclick()
    steps.arrives(page, "gevraagd")
    assert count(town, Ask) == asks + 1


def test_the_same_form_that_arrives_twice_does_one_thing(town: Town, open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    before = count(town, Referral)
    page.goto("/toeleidingen/nieuw")
    hidden = page.locator("#who-form input[type=hidden]").all()
    fields = {one.get_attribute("name") or "": one.get_attribute("value") or "" for one in hidden}
    fields |= {"age_band": "9-11", "friends": "0", "support_level": "1"}
    answers = [page.context.request.post("/toeleidingen/nieuw", form=fields) for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 200]
    assert answers[0].url == answers[1].url
    assert count(town, Referral) == before + 1


def test_the_other_language_takes_along_what_was_typed_last(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        path = places()["welzijnswerker"]["vraag-trying"]
    page = open_as("welzijnswerker")
    page.goto(path)
    note = page.locator("form[action$='/notities'] textarea")
    note.evaluate("one => one.closest('details')?.setAttribute('open', '')")
    note.fill(CANARY)
    page.locator(".me-button").click()
    page.locator("#me-panel .language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("form[action$='/notities'] textarea")).to_have_value(CANARY)
    assert CANARY not in page.url


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_on_a_phone_the_foot_of_a_form_leads_to_the_other_language(open_as: OpenAs, java_script_enabled: bool) -> None:
    page = open_as("welzijnswerker", phone=True, java_script_enabled=java_script_enabled)
    page.goto("/toeleidingen/nieuw")
    steps.pick(page, "age_band", "9-11").click()
    page.locator(".foot button").click()
    page.locator("#me-panel .language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("[name=age_band]:checked")).to_have_value("9-11")


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_light_or_dark_in_the_middle_of_a_form_loses_nothing(open_as: OpenAs, java_script_enabled: bool) -> None:
    page = open_as("welzijnswerker", java_script_enabled=java_script_enabled)
    page.goto("/account")
    page.locator("#name").fill(CANARY)
    page.locator(".me-button").click()
    page.locator("#me-panel [data-turn='thema=dark']").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("#name")).to_have_value(CANARY)
    page.locator("#name").press("Enter")
    expect(page.locator("#flash")).to_contain_text("Bewaard")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_the_button_for_the_other_language_above_a_form_takes_along_too(
    open_as: OpenAs, java_script_enabled: bool
) -> None:
    page = open_as("", phone=True, java_script_enabled=java_script_enabled)
    page.goto("/aanmelden")
    page.locator("#email").fill("soetkin@voorbeeld.be")
    page.locator(".language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#email")).to_have_value("soetkin@voorbeeld.be")
    page.locator("#email").press("Enter")
    expect(page.locator("#code")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_choosing_together_keeps_its_words_in_the_other_language_without_javascript(
    town: Town, open_as: OpenAs
) -> None:
    with town.app.app_context():
        path = places()["welzijnswerker"]["kiezen"]
    page = open_as("welzijnswerker", phone=True, java_script_enabled=False)
    page.goto(path)
    page.locator("#words").fill(CANARY)
    page.locator("label.door-pick").first.click()
    page.locator(".language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#words")).to_have_value(CANARY)
    expect(page.locator("[name=ask]:checked")).to_have_count(1)


def test_enter_sends_the_form_and_not_the_other_language(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    page.goto("/account")
    page.locator("#name").fill("Hilde De Wit")
    page.locator("#name").press("Enter")
    expect(page.locator("#flash")).to_contain_text("Bewaard")
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_choosing_faster_than_the_network_loses_no_choice(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        path = places()["welzijnswerker"]["stap-match"]
    page = open_as("welzijnswerker")
    page.goto(path)
    boxes = page.locator("#match-form input[name=offers]")
    for box in boxes.all():
        box.set_checked(False, force=True)
    expect(page.locator("#referrals-match-bar")).to_contain_text("0 gekozen")
    page.route("**/match", lambda route: (page.wait_for_timeout(400), route.continue_()))
    boxes.evaluate_all("all => all.slice(0, 3).forEach((one) => one.click())")
    expect(page.locator("#referrals-match-bar")).to_contain_text("3 gekozen")
    page.unroute_all(behavior="wait")
    page.reload()
    expect(page.locator("#match-form input[name=offers]:checked")).to_have_count(3)


def test_liking_and_passing_over_faster_than_the_network_are_read_in_their_order(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        path = places()["welzijnswerker"]["stap-samen"]
    page = open_as("welzijnswerker")
    page.goto(path)
    doors, liked = page.locator(".door-tile"), page.locator("[id^=like-][aria-pressed=true]")
    for left in reversed(range(liked.count())):
        liked.first.click()
        expect(liked).to_have_count(left)
    page.route("**/samen**", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.evaluate("document.querySelectorAll('[id^=like-]').forEach((one) => one.click())")
    expect(page.locator(".door-tile.chosen")).to_have_count(doors.count())
    page.unroute_all(behavior="wait")
    page.reload()
    expect(page.locator(".door-tile.chosen")).to_have_count(doors.count())


def test_two_tabs_with_the_same_plan(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        path = places()["welzijnswerker"]["welkomstplan"]
    first = open_as("welzijnswerker")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(path)
    first.locator("#place").fill("De rode deur")
    first.locator("main form .form-actions button").click()
    first.wait_for_url(lambda url: not url.endswith("/welkomstplan"))
    second.locator("#place").fill("Het blauwe hek")
    second.locator("main form .form-actions button").click()
    expect(second.locator("main .note")).to_contain_text("De rode deur")
    expect(second.locator("#place")).to_have_value("Het blauwe hek")
    second.locator("main form .form-actions button").click()
    second.wait_for_url(lambda url: not url.endswith("/welkomstplan"))
    expect(second.locator("#welkomstplan")).to_contain_text("Het blauwe hek")


def test_two_tabs_with_the_same_wishes(town: Town, open_as: OpenAs) -> None:
    with town.app.app_context():
        path = places()["welzijnswerker"]["vraag-seeking"] + "/wensen"  # a draft has one writer
    first = open_as("welzijnswerker")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(path)
    steps.pick(first, "interests", "music").click()
    first.locator(WISHES).click()
    first.wait_for_url(lambda url: not url.endswith("/wensen"))
    second.locator("#own_words").fill(CANARY)
    second.locator(WISHES).click()
    expect(second.locator("main .note-warn")).to_be_visible()
    expect(second.locator("#own_words")).to_have_value(CANARY)
    second.locator(WISHES).click()
    second.wait_for_url(lambda url: not url.endswith("/wensen"))
    second.goto(path)
    expect(second.locator("#own_words")).to_have_value(CANARY)


def test_the_connection_goes_while_typing(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    path = steps.start_question(page)
    steps.fill_in_wishes(page)
    page.context.set_offline(True)
    expect(page.locator("[data-offline-note]")).to_be_visible()
    page.locator("#own_words").fill(CANARY)
    page.locator("#own_words").blur()
    expect(page.locator(".draft-status")).not_to_contain_text("Bewaard,")
    page.locator(WISHES).click()
    expect(page.locator("main .note-error, #flash .note-error")).to_contain_text("Je tekst staat er nog")
    expect(page.locator("#own_words")).to_have_value(CANARY)
    assert CANARY not in page.evaluate(EVERYTHING_KEPT)  # a place where a name may be typed

    with page.expect_response(f"**{path}/bewaar") as saved:
        page.context.set_offline(False)
    assert saved.value.ok
    expect(page.locator("[data-offline-note]")).to_be_hidden()
    page.locator(WISHES).click()
    page.wait_for_url("**/match")
    page.goto(f"{path}/wensen")
    expect(page.locator("#own_words")).to_have_value(CANARY)


def test_back_after_signing_out_shows_nothing(open_as: OpenAs) -> None:
    page = open_as("welzijnswerker")
    path = steps.start_question(page)
    steps.fill_in_wishes(page, CANARY)
    steps.send_wishes(page)
    for step in ("wensen", "nakijken", "wie", "wensen"):
        page.goto(f"{path}/{step}")
    assert CANARY in page.content()
    page.locator(".me-button").click()
    page.locator("#me-panel form[action='/afmelden'] button").click()
    page.wait_for_url("**/aanmelden**")
    for _ in range(5):
        page.go_back()
        page.wait_for_load_state()
        assert CANARY not in page.content()
        assert uuid.UUID(path.split("/")[-1]).hex not in page.content()
    assert CANARY not in page.evaluate(EVERYTHING_KEPT)
    assert "brug-draft" not in page.evaluate(EVERYTHING_KEPT)


def test_whatever_breaks_the_policy_is_noticed(town: Town, open_as: OpenAs, faults: list[str]) -> None:
    page = open_as("welzijnswerker")
    page.goto("/aanbod")
    with page.expect_console_message():
        page.evaluate("document.body.append(Object.assign(new Image(), { src: 'https://elders.example/a.png' }))")
    page.goto("/account")
    assert len(faults) == 1
    assert town.violations == ["/csp-report"]
    faults.clear()
    town.sent.clear()
