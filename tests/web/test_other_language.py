"""The other language, light or dark in the middle of a form: what was typed is still there, and nothing was done."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.people import Cast
from tests.policy import test_links_on_pages as links
from tests.policy.situations import SITUATIONS
from tests.polls import makers as polls
from tests.support.browse import XHTML, Browse, Browser, Page, _fields
from tests.support.rows import all_rows, changed
from webapp.core.db import db

BUTTON, FORM, INPUT, AREA = (f"{XHTML}{name}" for name in ("button", "form", "input", "textarea"))
WORD = "Krekelzang"
COUNTED = ("attempts",)
"""How often somebody asks something: also when they do in another language."""


class Keeping(Browser):
    """A browser that keeps every page it was shown."""

    def __init__(self, browser: Browser) -> None:
        self.client, self.base_url = browser.client, browser.base_url
        self.pages: dict[str, Page] = {}

    def get(self, path: str, *, partial: bool = False, headers: Mapping[str, str] | None = None, **kwargs: Any) -> Page:
        """Open a page."""
        self.pages[path] = super().get(path, partial=partial, headers=headers, **kwargs)
        return self.pages[path]


def forms_of(page: Page) -> list[Element]:
    """The forms in which something can be typed and that work once. What exchanges a part of a page is none of them."""
    found = [node for node in page.nodes() if node.tag == FORM and not node.get("hx-post") and words_in(node)]
    return [form for form in found if any(node.get("name") == "once" for node in form.iter())]


def words_in(form: Element) -> list[str]:
    """The fields for words."""
    return [
        node.get("name", "")
        for node in form.iter()
        if node.get("name") and (node.tag == AREA or (node.tag == INPUT and node.get("type", "text") == "text"))
    ]


def turning(page: Page) -> dict[str, Element]:
    """The buttons that show the page otherwise, by what they ask for; of two the one that stands lowest."""
    return {node.get("data-turn", ""): node for node in page.nodes() if node.tag == BUTTON and node.get("data-turn")}


def there(form: Element, path: str) -> str:
    """Where a form is sent that stands at this path."""
    return form.get("action") or path


def each_kind_once(app: Flask, pages: dict[str, Page]) -> Iterator[tuple[str, Page, Element]]:
    """The forms of some pages: of each page and of what answers it there, one."""
    urls, seen = app.url_map.bind("brug.test"), set()
    for path, page in pages.items():
        for form in forms_of(page) if page.status == 200 and page.html is not None else ():
            shown, answering = urlsplit(path).path, urlsplit(there(form, path)).path
            kind = (urls.match(shown)[0], urls.match(answering, method="POST")[0])
            if kind not in seen:
                seen.add(kind)
                yield path, page, form


@pytest.fixture
def wide_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pages of a kind, of as many kinds as there are."""
    monkeypatch.setattr(links, "MOST_OF_ONE_KIND", 2)
    monkeypatch.setattr(links, "MOST_PAGES", 300)


@pytest.mark.parametrize(("who", "kinds"), [("noor", 30), ("hilde", 35), ("bram", 45), ("jef", 8)])
@pytest.mark.usefixtures("wide_walk")
def test_what_was_typed_is_there_in_the_other_language_and_nothing_is_done(
    app: Flask, cast: Cast, browse: Browse, who: str, kinds: int
) -> None:
    for situation in SITUATIONS:
        situation.make(cast)
    db.session.remove()
    keeping = Keeping(browse(who))
    links.Walk(app, cast, who, keeping).go()
    before, faults, looked = all_rows(but=COUNTED), [], 0
    for path, page, form in each_kind_once(app, keeping.pages):
        looked += 1
        faults += [f"{path}: {fault}" for fault in lost_on_the_way(keeping, path, page, form)]
        keeping.carry("lang", "nl")
    assert faults == []
    assert changed(before, all_rows(but=COUNTED)) == []
    assert looked >= kinds


def lost_on_the_way(browser: Browser, path: str, page: Page, form: Element) -> list[str]:
    """What goes wrong when somebody types in a form and then takes the other language."""
    action, typed = there(form, path), dict.fromkeys(words_in(form), WORD)
    buttons, alone = turning(page), page.text.count('name="once"') == 1
    turned = f"{action}{'&' if '?' in action else '?'}"
    if not form.get("action"):
        return [f"{path} shows a form that would be sent to wherever the page was shown otherwise"]
    for turn, button in buttons.items() if alone else ():
        if (button.get("form"), button.get("formaction")) != (form.get("id"), f"{turned}{turn}"):
            return [f"the button sends {button.get('formaction')}, not {action}"]
    answer = browser.post(f"{turned}taal=en", {**_fields(form), **typed})
    if answer.status != 200 or 'lang="en"' not in answer.text:
        return [f"{action} answers {answer.status}"]
    same = next((one for one in forms_of(answer) if there(one, action) == action), None)
    kept = _fields(same) if same is not None else {}
    return [f"{action} loses {name}" for name in typed if kept.get(name) != WORD]


def test_light_or_dark_in_the_middle_of_a_form_keeps_what_was_typed_and_does_nothing(browse: Browse) -> None:
    noor = browse("noor")
    typed = noor.get("/account").form("/account") | {"name": WORD}
    for theme, shown in (("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("", "")):
        asked = noor.post(f"/account?thema={theme}", typed)
        later = noor.get("/account")
        assert asked.status == 200
        assert f'<html lang="nl"{shown}>' in asked.text
        assert f'<html lang="nl"{shown}>' in later.text
        assert asked.form("/account")["name"] == WORD
        assert later.form("/account")["name"] != WORD


def test_light_and_dark_are_chosen_on_a_page_without_a_form_too(browse: Browse) -> None:
    noor = browse("noor")
    page = noor.get("/rollen")
    assert turning(page)["thema=dark"].get("form") is None
    assert noor.submit(page, "/thema", theme="dark").location == "/rollen"
    assert 'data-theme="dark"' in noor.get("/rollen").text


def test_enter_in_a_form_never_presses_a_button_that_shows_the_page_otherwise(browse: Browse) -> None:
    for who, path in (("noor", "/account"), ("guest", "/aanmelden")):  # below the form, and above it
        page = browse(who).get(path)
        form = next(node for node in page.nodes() if node.get("id", "").startswith("typed"))
        inside = list(form.iter())
        sending = [node for node in page.nodes() if node.tag == BUTTON and (node in inside or node.get("form"))]
        assert sending[0].get("data-turn") is None
        assert {node.get("form") for node in turning(page).values()} == {form.get("id")}


def test_a_page_that_is_narrowed_down_stays_so_in_the_other_language(browse: Browse) -> None:
    noor = browse("noor")
    page = noor.get("/aanbod?q=muziek&leeftijd=12-14")
    assert noor.submit(page, "/taal", lang="en").location == "/aanbod?q=muziek&leeftijd=12-14"


def test_a_form_in_the_other_language_is_sent_once_like_any_other(browse: Browse) -> None:
    noor = browse("noor")
    typed = noor.get("/account").form("/account") | {"name": WORD}
    page = noor.post("/account?taal=en", noor.post("/account?taal=en", typed).form("/account"))
    assert page.form("/account")["name"] == WORD
    assert noor.get("/account").form("/account")["name"] != WORD
    assert noor.post("/account", page.form("/account")).status == 303
    assert noor.get("/account").form("/account")["name"] == WORD


def test_a_page_that_answers_a_form_leads_back_to_where_the_form_stood(browse: Browse, cast: Cast) -> None:
    """Light and dark are chosen there too, and an address that takes forms alone opens nothing."""
    poll_id = polls.poll(cast).id
    db.session.commit()
    noor, home = browse("noor"), f"/prikkers/{poll_id}"
    for before, leads_to in ((f"{home}?van=mail", f"{home}?van=mail"), (f"{home}/antwoord", "/"), ("/niets", "/")):
        page = noor.post(f"{home}/antwoord", {}, headers={"Referer": noor.base_url + before})
        assert page.status == 422
        assert noor.submit(page, "/thema", theme="dark").location == leads_to
