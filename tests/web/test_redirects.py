"""Where to go next, when input says so: only ever a path of our own."""

import pytest
from werkzeug.urls import iri_to_uri

from tests.web.conftest import Visit
from webapp.web.redirects import is_inside

OUTSIDE = [
    "", " ", "x", "aanbod", "./aanbod", "../aanbod", "?x", "#x", "//", "///", "//evil.example", "//evil.example/",
    "///evil.example", "////evil.example", "//brug.test", "//brug.test@evil.example", "/\\evil.example",
    "\\evil.example", "\\\\evil.example", "/\\/evil.example", "\\/evil.example", "/x\\y", "http:", "http:/", "http://evil.example",
    "https://evil.example", "HTTPS://evil.example",
    "https:evil.example", "https:/evil.example", "https:///evil.example",
    "https://brug.test", "https://brug.test.evil.example", "https://brug.test@evil.example", "ftp://evil.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///x",
    "mailto:x@evil.example", "blob:x", "about:blank", " /x", "\t/x", "\n/x", "\r/x", "\x00/x", "/\t/evil.example",
    "/\n/evil.example", "/\r/evil.example", "/x\r\nSet-Cookie: a=b", "/x\nLocation: //evil.example", "/x\x00",
    "/x\x7f", "/x\x1f", "\u2028/x", "\ufeff/x", "/\x0b/evil.example", "/\x0c/evil.example", "%2f%2fevil.example",
    "%5cevil.example",
]  # fmt: skip
INSIDE = [
    "/",
    "/aanbod",
    "/aanbod?dag=woensdag&leeftijd=12",
    "/aanbod/x#kop",
    "/x//y",
    "/x?next=//y",
    "/%2fevil",
    "/café",
]


def test_the_list_is_long_enough() -> None:
    assert len(set(OUTSIDE)) >= 60


@pytest.mark.parametrize("target", OUTSIDE, ids=ascii)
def test_a_place_outside_leads_home(visit: Visit, target: str) -> None:
    assert not is_inside(target)
    page = visit("guest").post("/taal", {"lang": "en", "next": target})
    assert (page.status, page.location) == (303, "/")
    assert "Set-Cookie: a=b" not in str(page.response.headers)


@pytest.mark.parametrize("target", INSIDE, ids=ascii)
def test_a_path_of_our_own_is_followed(visit: Visit, target: str) -> None:
    assert is_inside(target)
    page = visit("guest").post("/thema", {"theme": "dark", "next": target})
    assert page.location == iri_to_uri(target)  # as it travels


@pytest.mark.parametrize("target", OUTSIDE, ids=ascii)
def test_htmx_is_led_nowhere_else_either(visit: Visit, target: str) -> None:
    page = visit("guest").post("/taal", {"lang": "en", "next": target}, partial=True)
    led = [page.response.headers.get(name, "/") for name in ("Location", "HX-Redirect", "HX-Location")]
    assert [one for one in led if not is_inside(one)] == []
