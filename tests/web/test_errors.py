"""Whatever breaks, a visitor reads what to do and nothing about our insides."""

import re

import jinja2
import pytest
from flask import Flask

from tests.support.browse import Page
from tests.web import kit
from tests.web.conftest import Log, Visit
from webapp.web.errors import SPEAKABLE

CODE = re.compile(r"\b(?:" + "|".join(SPEAKABLE) + r") \d{4}\b")
INSIDES = (
    "Traceback",
    "webapp/",
    "site-packages",
    "sqlalchemy",
    "Werkzeug",
    "Python",
    "jinja",
    kit.CANARY,
    "ValueError",
)
BROKEN = ["/proef/fout/mistake", "/proef/sjabloon", "/proef/daarna", "/proef/schrijf", "/proef/niets"]


# Tokens are random letters, among which any short word stands now and then.
RANDOM = re.compile(
    r'(?:name="(?:csrf_token|once)"(?: type="hidden")? value|name="csrf-token" content)="[^"]*"|Set-Cookie: [^;]*'
)


def assert_says_nothing(page: Page) -> None:
    everything = RANDOM.sub("", page.text + str(page.response.headers))
    assert [word for word in INSIDES if word.lower() in everything.lower()] == []
    assert not re.search(r"\d+\.\d+\.\d+", page.text), "no version"


@pytest.mark.parametrize("path", BROKEN)
@pytest.mark.parametrize("who", ["hilde", "guest"])
def test_a_mistake_in_any_layer_shows_a_page_with_a_code_that_the_log_knows(
    visit: Visit, log: Log, who: str, path: str
) -> None:
    page = visit(who).get(path)
    assert page.status == 500
    assert_says_nothing(page)
    (said,) = set(CODE.findall(page.text))
    assert said in {line.get("code") for line in log.lines}
    assert kit.CANARY not in log.text


@pytest.mark.parametrize("how", list(kit.TROUBLES))
@pytest.mark.parametrize("partial", [True, False])
def test_every_refusal_has_its_own_answer(visit: Visit, log: Log, how: str, partial: bool) -> None:
    page = visit("hilde").get(f"/proef/fout/{how}", partial=partial)
    assert page.status == kit.TROUBLES[how][1]
    assert_says_nothing(page)
    assert kit.CANARY not in log.text
    if partial:
        assert page.response.headers["HX-Retarget"] == "#flash"
        assert "<html" not in page.text


def test_a_mistake_at_the_last_moment_shows_the_same_page(visit: Visit, log: Log) -> None:
    page = visit("hilde").post("/proef/laat/mistake")
    assert page.status == 500
    assert_says_nothing(page)
    assert CODE.search(page.text)
    assert kit.CANARY not in log.text


@pytest.mark.parametrize(("how", "status"), [("unavailable", 503), ("database", 503), ("mistake", 500)])
def test_what_was_typed_can_be_sent_once_more(visit: Visit, how: str, status: int) -> None:
    page = visit("hilde").post(f"/proef/fout/{how}", {"wish": "Drummen & zo"})
    assert page.status == status
    form = page.form(f"/proef/fout/{how}")
    assert form["wish"] == "Drummen & zo"
    assert form["csrf_token"]


def kept(page: Page) -> list[str]:
    return [(node.text or "").strip() for node in page.nodes() if node.tag.endswith("}textarea")]


@pytest.mark.parametrize("how", ["refused", "conflict", "step", "stale"])
def test_what_was_written_can_be_copied_from_a_refusal(visit: Visit, how: str) -> None:
    """For instance into a plan that was rounded off meanwhile."""
    typed = {"why": "Het regende <de hele dag>.", "version": "12", "state": "moving"}
    page = visit("hilde").post(f"/proef/fout/{how}", typed)
    assert page.status in (403, 409)
    assert kept(page) == ["Het regende <de hele dag>."]
    assert kept(visit("hilde").post(f"/proef/fout/{how}", {"version": "12"})) == []


@pytest.mark.parametrize(
    ("came_from", "leads_back"),
    [("/proef/code/404?deel=2", True), ("/proef/laat/mistake", False), ("/", False), ("/nergens", False)],
)
def test_who_was_too_late_is_led_back_to_what_changed(visit: Visit, came_from: str, leads_back: bool) -> None:
    hilde = visit("hilde")
    page = hilde.post("/proef/fout/stale", headers={"Referer": f"{hilde.base_url}{came_from}"})
    assert page.status == 409
    assert ("Kijk hoe het nu is" in page.text) is leads_back
    assert (came_from in page.links()) is (leads_back or came_from == "/")


def test_when_we_are_at_fault_it_says_when_to_try_again(visit: Visit) -> None:
    assert visit("hilde").get("/proef/fout/database").response.headers["Retry-After"] == "30"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 429, 500, 503, 418])
def test_every_status_has_a_page_in_both_languages(visit: Visit, status: int) -> None:
    hilde = visit("hilde")
    dutch = hilde.get(f"/proef/code/{status}")
    hilde.carry("lang", "en")
    english = hilde.get(f"/proef/code/{status}")
    assert (dutch.status, english.status) == (status, status)
    assert dutch.words != english.words
    assert_says_nothing(dutch)


@pytest.mark.parametrize("path", ["/proef/fout/mistake", "/proef/code/404", "/proef/daarna", "/proef/fout/database"])
@pytest.mark.parametrize("partial", [True, False])
def test_when_the_error_page_is_broken_too_a_line_remains(
    visit: Visit, kit_app: Flask, log: Log, path: str, partial: bool
) -> None:
    hilde = visit("hilde")
    kept = kit_app.jinja_env.loader
    kit_app.jinja_env.loader = jinja2.DictLoader({})
    kit_app.jinja_env.cache.clear()
    try:
        page = hilde.get(path, partial=partial)
    finally:
        kit_app.jinja_env.loader = kept
    assert page.status >= 400
    assert page.response.content_type == "text/plain; charset=utf-8"
    assert re.fullmatch(r"Brug: [A-Z]+ \d{4}", page.text)
    assert page.text.removeprefix("Brug: ") in log.text


def test_a_wrong_host_gets_no_page_of_ours(visit: Visit) -> None:
    answer = visit("guest").client.get("/aanmelden", base_url="https://evil.example")
    assert answer.status_code == 400
    assert answer.get_data(as_text=True) == "Brug: 400"


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "https://brug.test"}, True),
        ({"Referer": "https://brug.test/aanbod"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Referer": "https://evil.example/brug.test"}, False),
        ({"Referer": ""}, False),
    ],
)
def test_what_another_site_filled_in_is_never_offered_to_be_sent(
    visit: Visit, headers: dict[str, str], kept: bool
) -> None:
    """Also in a browser that does not say where a request comes from by itself."""
    hilde = visit("hilde")
    answer = hilde.client.post("/meldingen/gelezen", data={"wish": "Drummen"}, headers=headers, base_url=hilde.base_url)
    assert answer.status_code == 400
    assert ("Drummen" in answer.get_data(as_text=True)) is kept
