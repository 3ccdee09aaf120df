"""Cookies: exactly what they carry. Language and theme live in them, never on an account."""

import re

import pytest
from flask import Flask

from tests.people import Cast
from tests.support.browse import Browse, Browser
from webapp.core.db import Base


def cookies(browser: Browser, path: str, **form: str) -> list[str]:
    page = browser.post(path, form) if form else browser.get(path)
    return page.response.headers.getlist("Set-Cookie")


def test_the_cookie_of_a_visit_is_exactly_this(app: Flask, browse: Browse) -> None:
    (cookie,) = cookies(browse("guest"), "/csrf")
    assert re.fullmatch(r"__Host-visit=[\w.-]+; Secure; HttpOnly; Path=/; SameSite=Lax", cookie)


def test_a_choice_is_exactly_this_and_lasts_a_year(browse: Browse) -> None:
    guest = browse("guest")
    for path, form, name, value in (
        ("/taal", {"lang": "en"}, "lang", "en"),
        ("/thema", {"theme": "dark"}, "theme", "dark"),
    ):
        (cookie,) = [one for one in cookies(guest, path, **form) if one.startswith(name)]
        assert re.fullmatch(
            rf"{name}={value}; Expires=[^;]+; Max-Age=31536000; Secure; HttpOnly; Path=/; SameSite=Lax", cookie
        )


@pytest.mark.parametrize("value", ["", "fr", "nl-BE", "../../etc/passwd", "en\r\nX: y", "<script>", "EN", "n" * 500])
def test_a_language_that_we_do_not_speak_becomes_dutch(browse: Browse, value: str) -> None:
    guest = browse("guest")
    (cookie,) = [one for one in cookies(guest, "/taal", lang=value, next="/aanmelden") if one.startswith("lang")]
    assert cookie.startswith("lang=;")
    guest.carry("lang", value.replace("\r\n", ""))
    page = guest.get("/aanmelden")
    assert '<html lang="nl"' in page.text
    assert "Naar de inhoud" in page.words


def test_a_link_never_turns_the_language_and_a_form_knows_only_ours(browse: Browse) -> None:
    guest = browse("guest")
    page = guest.get("/aanmelden?taal=en")
    assert '<html lang="nl"' in page.text
    assert "lang=" not in str(page.response.headers.getlist("Set-Cookie"))
    page = guest.post("/aanmelden?taal=fr", guest.get("/aanmelden").form("/aanmelden"))
    assert "lang=" not in str(page.response.headers.getlist("Set-Cookie"))


def test_the_cookie_decides_and_the_browser_s_own_language_does_not(browse: Browse) -> None:
    guest = browse("guest")
    assert '<html lang="nl"' in guest.get("/aanmelden", headers={"Accept-Language": "en"}).text
    guest.post("/taal", {"lang": "en"})
    assert '<html lang="en"' in guest.get("/aanmelden", headers={"Accept-Language": "nl"}).text
    assert '<html lang="nl"' in browse("guest").get("/aanmelden").text, "another browser knows nothing of it"


def test_signing_in_elsewhere_brings_no_language_along(browse: Browse, cast: Cast) -> None:
    first, second = browse("hilde"), browse("hilde")
    first.post("/taal", {"lang": "en"})
    assert '<html lang="en"' in first.get("/rollen").text
    assert '<html lang="nl"' in second.get("/rollen").text


def test_no_table_has_room_for_somebody_s_language() -> None:
    person = Base.metadata.tables["person"]
    hints = re.compile(r"lang|taal|locale|theme|origin|nation|religion|gender|birth")
    assert [column.name for column in person.columns if hints.search(column.name)] == []


@pytest.mark.parametrize("value", ["purple", "", "light dark", '"><script>'])
def test_a_theme_that_does_not_exist_is_what_the_device_prefers(browse: Browse, value: str) -> None:
    guest = browse("guest")
    guest.carry("theme", value)
    page = guest.get("/aanmelden")
    assert "purple" not in page.text
    assert "<script>" not in page.text.replace("<script ", "")
    assert 'data-theme="dark"' not in page.text
    guest.carry("theme", "dark")
    assert "dark" in guest.get("/aanmelden").text.split("<body")[0]
