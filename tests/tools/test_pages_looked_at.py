"""The browser without a screen refuses a page that is not good, also after a good one that looks much like it."""

from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from tests.support import browse
from tests.support.browse import BadPage, Page
from tests.support.known import SIZE, Known
from tests.support.markup import XHTML, errors, read, shape

ONE, OTHER = "0b1e5b1e-0000-4000-8000-00000000000a", "0b1e5b1e-0000-4000-8000-00000000000b"
PAGE = """<!doctype html>
<html lang="nl"><head><title>{title}</title><meta name="csrf-token" content="{meta}"></head>
<body><h1>{heading}</h1>{before}<table><tbody>{row}<tr><td>{cell}</td></tr></tbody></table>
<form action="/x" hx-vals='{{"a": "{single}"}}'><p>{words}</p>
<label>Naam <input name="name" value="{value}"></label>
<label>Tekst <textarea name="text">{typed}</textarea></label>
<label>Keuze <select name="choice"><option value="a">{option}</option></select></label>
<svg><title>{drawing}</title></svg></form>{after}</body></html>"""
SLOTS = (
    "title", "meta", "heading", "before", "row", "cell", "single", "words", "value", "typed", "option", "drawing",
    "after",
)  # fmt: skip
TEXTS = (
    "", " ", "\n", "\xa0", "&nbsp;", "\u2003", "woorden", " een woord ", "a &amp; b", "&#39;", "·", "1 = 1", "x",
    "&", "& b", "&b", "&amp", "&copy;", "&#0;", "&#x1f;", "<", "< b", "a<b", "<b>", "</p>", "<!-- x -->", "<i>x</i>",
    ">",
    '"', '" id="a', "' id='a", ' value="', ' style="x', " style=", '" style="x', ' onclick="x', "javascript:x", "hx-on",
    "\x00", "a\x01", "\x0c", "a\x7f", "\ud7ff", "\ue000", "\ufffe", "\ufffd", "🌉", "\U0001fffe", "\r\n", "a\rb",
    "<script>x</script>", "<style>x</style>", "<title></title>", "</title>", "<textarea>", "<plaintext>", "<svg>",
    "<p title='a>b'>x</p>", "<p id=a>x</p>", '<p id="a">x</p>', '<p id="a>b">x</p>', '<p id="a" id="a">', "<?x?>",
    f'<p id="{ONE}"></p>', f"{ONE}", '<p id="&lt;0&gt;"></p>', '<a href="#a">a</a>', "<h1>x</h1>", '<input name="a">',
    "<template><p>x</p></template>", "<noscript><p>x</p></noscript>", "<xmp><b></xmp>", "<![CDATA[x]]>",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browse, "_found_good", set())


def opened(text: str, *, fragment: bool = False) -> Page:
    return Page(Client(Response(text, mimetype="text/html")).get("/"), fragment=fragment)


def filled(**slots: str) -> str:
    return PAGE.format(**dict.fromkeys(SLOTS, "") | {"title": "Brug"} | slots)


def is_good(text: str, *, fragment: bool = False) -> bool:
    try:
        opened(text, fragment=fragment)
    except BadPage:
        return False
    return True


NEARLY = (
    (filled(), filled(title=" ")),
    (filled(), filled(title="\xa0")),
    (filled(), filled(title="&nbsp;")),
    (filled(cell="woord"), filled(row="<p>woord</p>")),
    (filled(words="woord"), filled(words="een & ander <")),
    (filled(words="woord"), filled(words="&ander")),
    (filled(words="woord"), filled(words="woord\x01")),
    (filled(words="woord"), filled(words=' style="x"')),
    (filled(words="woord"), filled(words="javascript:x")),
    (filled(words="woord"), filled(words="hx-on")),
    (filled(value="woord"), filled(value=' onclick="x')),
    (filled(value="woord"), filled(value="&ander")),
    (filled(value="woord"), filled(value="&#0;")),
    (filled(value="woord"), filled(value='a" value="b')),
    (filled(value="woord"), filled(value="javascript:x")),
    (filled(meta="woord"), filled(meta='x" content="y')),
    (filled(typed="woord"), filled(typed="&ander")),
    (filled(before=f'<p id="{ONE}"></p><p id="{OTHER}"></p>'), filled(before=f'<p id="{ONE}"></p><p id="{ONE}"></p>')),
    (filled(before='<p id="a"></p><p id="b"></p>'), filled(before='<p id="a"></p><p id="a"></p>')),
    (filled(before=f'<p id="{ONE}"></p><p id="a"></p>'), filled(before=f'<p id="{ONE}"></p><p id="{ONE}"></p>')),
    (filled(before=f'<p id="{ONE}"></p><p id="uuid-0"></p>'), filled(before='<p id="uuid-0"></p><p id="uuid-0"></p>')),
    (filled(before="<h2>x</h2>"), filled(before="<h1>x</h1>")),
    (filled(before='<input type="hidden" name="a">'), filled(before='<input type="text" name="a">')),
    (filled(before='<input name="a" aria-label="b">'), filled(before='<input name="a" aria-label="">')),
    (
        filled(before='<div id="error-summary"><a href="#a">x</a></div><p id="a"></p>'),
        filled(before='<div id="error-summary"><a href="#b">x</a></div><p id="a"></p>'),
    ),
)  # fmt: skip


@pytest.mark.parametrize(("good", "bad"), NEARLY)
def test_a_bad_page_is_refused_after_a_good_one_much_like_it(good: str, bad: str) -> None:
    assert is_good(good)
    assert not is_good(bad)
    assert is_good(good)


def test_the_same_markup_around_other_words_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_good(filled(words="woorden", value="a", meta="b", cell="1", typed="<&amp;".replace("<", "&lt;")))
    monkeypatch.setattr(browse, "errors", lambda *_, **__: ["looked again"])
    assert is_good(filled(words="andere", value="", meta="c", cell="2 &gt; 1", typed="x"))
    assert not is_good(filled(words="andere", value="", meta="c", cell="", typed="x"))


def test_as_a_part_of_a_page_it_is_looked_at_for_itself() -> None:
    assert is_good("<p>een</p>", fragment=True)
    assert not is_good("<p>een</p>")


def test_what_one_process_found_good_no_other_looks_at_again(tmp_path: Path) -> None:
    one, other = Known(tmp_path, "html5lib 1"), Known(tmp_path, "html5lib 1")
    assert b"a" * SIZE not in other
    one.add(b"a" * SIZE)
    one.add(b"b" * SIZE)
    assert {b"a" * SIZE in other, b"b" * SIZE in other, b"b" * SIZE in one} == {True}
    assert b"c" * SIZE not in other
    assert b"a" * SIZE not in Known(tmp_path, "html5lib 2")


def test_what_is_not_wholly_written_yet_is_not_known(tmp_path: Path) -> None:
    known = Known(tmp_path)
    known.add(b"a" * SIZE + b"b" * (SIZE - 1))
    assert b"a" * SIZE in known
    assert b"b" * SIZE not in known
    known.add(b"b")
    assert b"b" * SIZE in known


def test_pages_of_one_shape_are_all_good_or_all_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [filled(**{slot: text}) for slot in SLOTS for text in TEXTS]
    pages += [filled(title=title, words=words) for title in TEXTS for words in ("a", "&", '" id="a')]
    verdicts = []
    for page in pages:
        monkeypatch.setattr(browse, "_found_good", set())
        inline = any(one.search(page) for one in browse.INLINE)
        verdicts.append((shape(page) or b"", inline, is_good(page)))
    assert {good for _, _, good in verdicts} == {True, False}
    for (one, inline), alike in groupby(sorted(verdicts), key=lambda verdict: verdict[:2]):
        assert not one or inline or len({good for *_, good in alike}) == 1
    assert len({one for one, *_ in verdicts}) < len(set(pages)) * 2 / 3  # so there was something to compare


def outline(top: Element) -> list[tuple[str, dict[str, str]]]:
    return [(node.tag, dict(node.attrib)) for node in top.iter() if isinstance(node.tag, str)][1:]


PARTS = (
    "<p>een<b>twee</b>drie</p>", "<textarea>\n\nregel</textarea>", "<pre>\nregel</pre>",
    "<template><p>een<template><b>twee</b></template></p></template><p>drie</p>",
    "<noscript><p>een</p></noscript>",
    "<svg viewBox='0 0 1 1'><title>een</title><g/><foreignObject><p>twee</p></foreignObject></svg><p>drie",
    "<ul><li>een<li>twee</ul>", "<option>een<option selected>twee",
    "<select><option>een<optgroup><option>twee</select>",
    "los<p>een</p>los", "<table><tr><td>een<tr><td>twee</table>", "<p>&eacute;&amp;lt;&nbsp;\xa0\u2003", "", " ",
    "<script>een &amp; twee</script><style>a > b</style>", "<input disabled value><a href=''>x</a>", "<br><hr/><p>een",
    "<dialog><form method=dialog><button value=x>een</button></form></dialog>", "<details open><summary>een</summary>",
    "<hx-partial hx-target='#a'><template><p>een</p></template></hx-partial>", "<P ID=A>een</P>", "a\r\nb\rc",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("fragment", [True, False])
def test_both_parsers_read_the_same(part: str, fragment: bool) -> None:
    text = part if fragment else f"<!doctype html><title>x</title><body>{part}"
    slow = html5lib.HTMLParser(namespaceHTMLElements=True)
    wanted = slow.parseFragment(text) if fragment else slow.parse(text)
    found = read(text, fragment=fragment)
    assert outline(found) == outline(wanted)
    assert "".join(found.itertext()) == "".join(wanted.itertext())


def test_comments_are_no_words_and_a_template_may_hold_a_row() -> None:
    assert "".join(read("<p>een<!-- niets -->twee</p>", fragment=True).itertext()) == "eentwee"
    [template, row, cell] = outline(read("<template><tr><td>een</td></tr></template>", fragment=True))
    assert (template[0], row[0], cell[0]) == (f"{XHTML}template", f"{XHTML}tr", f"{XHTML}td")


def test_what_is_wrong_is_told_with_its_place() -> None:
    assert errors("<p>een</i>", fragment=True) == ["unexpected-end-tag at (1, 10)"]
