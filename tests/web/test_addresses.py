"""What people type as an address of a website."""

import pytest

from webapp.web.addresses import web_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.elsterveer.example/a?b=c#d", "https://www.elsterveer.example/a?b=c#d"),
        (" elsterveer.example ", "https://elsterveer.example"),
        ("http://elsterveer.example:8080/x", "http://elsterveer.example:8080/x"),
    ],
)
def test_a_website_is_kept_whole(typed: str, kept: str) -> None:
    assert web_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", None, "javascript:alert(1)", "JavaScript://x.be/%0aalert(1)", "data:text/html,x", "vbscript:x", "ftp://x.be",
        "//x.be", "https://", "https://x", "https://x.be:99999", "https://u@x.be", "https://u:p@x.be", "https://[::1",
        "https://x.be/a b", "https://x.be/<script>", 'https://x.be/"onclick', "https://x.be\\@y.be", "x" * 600 + ".be",
        "https://x.be/\nLocation: y", "mailto:a@b.be", "..", "https://...",
    ],
)  # fmt: skip
def test_anything_else_is_none(typed: str | None) -> None:
    assert web_address(typed) == ""
