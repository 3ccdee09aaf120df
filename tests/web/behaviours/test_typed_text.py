"""What somebody typed is never lost, and never stays where another could read it."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.behaviours.site import CANARY, Site, open_page, reopened, storage, type_without_connection


def test_a_draft_is_saved_four_seconds_after_typing_and_on_leaving_the_field(page: Page, site: Site) -> None:
    page.clock.install(time="2026-11-18T14:32:00")
    open_page(page, "draft")
    page.locator("textarea").press_sequentially("ab")
    page.clock.fast_forward(4_100)
    assert site.sent("/draft") == []

    page.locator("textarea").press_sequentially("c")
    page.clock.fast_forward(4_100)
    expect(page.locator(".draft-status")).to_have_text("Bewaard, 14.32 uur")
    assert [form["text"] for form in site.sent("/draft")] == [["abc"]]
    assert site.posts[0][2] == "token-1"

    page.locator("textarea").press_sequentially("d")
    page.locator("input[name=other]").focus()
    page.wait_for_timeout(200)
    assert [form["text"] for form in site.sent("/draft")] == [["abc"], ["abcd"]]
    assert "brug-draft" not in storage(page)


def test_offline_a_draft_stays_on_the_device_comes_back_and_is_sent_later(page: Page, site: Site) -> None:
    type_without_connection(page)
    assert CANARY in storage(page)
    assert site.sent("/draft") == []

    page.context.set_offline(False)
    expect(page.locator(".draft-status")).to_contain_text("Bewaard,")
    assert [form["text"] for form in site.sent("/draft")] == [[CANARY]]
    assert CANARY not in storage(page)


def test_a_device_copy_is_put_back_for_its_owner(page: Page) -> None:
    type_without_connection(page)
    again = reopened(page)
    open_page(again, "draft")

    expect(again.locator("textarea")).to_have_value(CANARY)
    expect(again.locator(".draft-status")).to_have_text("Teruggezet")


def test_a_device_copy_is_wiped_when_somebody_else_signs_in(page: Page) -> None:
    type_without_connection(page)
    again = reopened(page)
    open_page(again, "empty")
    assert CANARY in storage(again)

    open_page(again, "draft", owner="jef")
    expect(again.locator("textarea")).to_have_value("")
    assert CANARY not in storage(again)


@pytest.mark.parametrize(("name", "owner"), [("draft-names", "noor"), ("draft", "guest")])
def test_where_names_are_typed_and_for_guests_nothing_is_kept_on_the_device(page: Page, name: str, owner: str) -> None:
    open_page(page, name, owner)
    page.context.set_offline(True)
    page.fill("textarea", CANARY)
    page.locator("input[name=other]").focus()
    expect(page.locator(".draft-status")).to_have_text("Nog niet bewaard")
    assert CANARY not in storage(page)


def test_signing_out_wipes_what_the_device_kept(page: Page) -> None:
    type_without_connection(page)
    again = reopened(page)
    open_page(again, "sign-out")
    assert CANARY in storage(again)

    again.click("text=Meld af")
    again.wait_for_url("**/save")
    assert CANARY not in storage(again)


def test_no_text_of_a_page_stays_in_the_browser_after_going_on(page: Page) -> None:
    open_page(page, "draft")
    page.fill("textarea", CANARY)
    page.click("text=weg")
    page.wait_for_url("**/empty")
    assert "Kanarie" not in storage(page)

    open_page(page, "rows")
    page.click("#count-button")
    expect(page.locator("#count")).to_have_text("3")
    page.goto("/page/noor/empty")
    page.go_back()
    assert "gevonden" not in storage(page)


def test_when_the_session_has_ended_the_text_stays_and_is_sent_after_signing_in(page: Page, site: Site) -> None:
    site.signed_in = False
    open_page(page, "ended")
    page.fill("textarea", CANARY)
    page.click("form button")

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(CANARY)
    expect(page.locator("textarea")).to_have_value(CANARY)
    page.click("text=Ga verder")
    expect(dialog.get_by_text("Nog niet aangemeld")).to_be_visible()

    site.signed_in = True
    page.click("text=Ga verder")
    expect(page.locator("p#thing")).to_have_text("Bewaard")
    expect(dialog).to_be_hidden()
    assert [(form["text"], token) for _, form, token in site.posts] == [([CANARY], "token-1"), ([CANARY], "token-2")]
    assert site.posts[1][1]["csrf_token"] == ["token-2"]


def test_when_somebody_else_signs_in_nothing_is_sent(page: Page, site: Site) -> None:
    site.signed_in = False
    open_page(page, "ended", owner="jef")
    page.fill("textarea", CANARY)
    page.click("form button")
    expect(page.get_by_role("dialog")).to_be_visible()
    site.signed_in = True
    with page.expect_navigation():
        page.click("text=Ga verder")
    expect(page.locator("textarea")).to_have_value("")
    assert len(site.posts) == 1
