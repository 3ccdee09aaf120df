"""What a page is made of: its shape, what is wrong with its markup, and its elements."""

import re
from collections.abc import Iterator
from hashlib import blake2b
from xml.etree.ElementTree import Element, SubElement

import html5lib
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.support.known import SIZE

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"

# Markup without surprises: a doctype, tags whose quoted values hold no angle bracket, and text between them. In such a
# page each `<` begins a tag and each `>` ends one, as the tokenizer of the standard sees it too.
_QUOTED = r"""(?:"[^"<>]*+"|'(?:(?!\s(?:value|content)=)[^'<>])*+'|[a-zA-Z0-9]++)"""
_TAG = rf"</?[a-zA-Z][a-zA-Z0-9-]*+(?:\s++[a-zA-Z][\w:.-]*+(?:={_QUOTED})?+)*+\s*+/?>"
_PLAIN = re.compile(rf"(?i:\s*+<!doctype html>)?+(?:[^<>]++|{_TAG})*+", re.ASCII)


def _calm(besides: str) -> str:
    """What can make no page better or worse where it stands: no control character, none that stands for nothing, no
    reference but these, and none of these besides."""
    one = rf"[^<>&{besides}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufdd0-\uffff\U0001fffe-\U0010ffff]*+"
    return rf"{one}(?:&(?:amp|lt|gt|quot|#34|#39);{one})*+"


# Each begins with letters that are searched for quickly; a page is asked for its shape each time it is opened.
_WORDS = re.compile(rf">(?=[^<\w]*+\w){_calm('')}(?=<)")
_HELD = re.compile(rf""" (value|content)="{_calm('"')}(?=")""")
_UUID = re.compile(r"-(?<=[0-9a-f]{8}-)[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def shape(text: str, *, fragment: bool = False) -> bytes | None:
    """A page (or with `fragment` a part of one) without what can make it no better or worse, as a digest; None when its
    markup is not plain enough to say.

    Left out are the words between tags (whether there are any stays), what fields and metas hold, and ids by their
    number: the same id keeps the same number, so an id that is there twice shows. Thousands of pages whole would fill
    the memory.
    """
    if not _PLAIN.fullmatch(text):
        return None
    text = _HELD.sub(r' \1="', _WORDS.sub(">x", text))
    ids = dict.fromkeys(text[found.start() - 8 : found.end()] for found in _UUID.finditer(text))
    for number, one in enumerate(ids):
        text = text.replace(one, f"<{number}>")  # which no value of a plain page holds
    whole = text.encode("utf-8", "surrogatepass")
    return blake2b(whole, digest_size=SIZE, person=b"part" if fragment else b"page").digest()


def errors(text: str, *, fragment: bool) -> list[str]:
    """What the standard calls wrong in a page, and where."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    if fragment:
        parser.parseFragment(text)
    else:
        parser.parse(text)
    return [f"{code} at {place}" for place, code, _ in parser.errors if code != "expected-doctype-but-got-start-tag"]


def read(text: str, *, fragment: bool) -> Element:
    """The elements of a page, by a parser that is a good deal quicker than the one that tells what is wrong."""
    top = Element("fragment")
    _grow(top, _beside(LexborHTMLParser(text, is_fragment=fragment).root), XHTML)
    return top if fragment else next(iter(top))


def _beside(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None:
        yield node
        node = node.next


def _grow(parent: Element, nodes: Iterator[LexborNode], space: str) -> None:
    last: Element | None = None
    for node in nodes:
        tag = node.tag or "-"
        if tag == "-text" and last is None:
            parent.text = (parent.text or "") + (node.text_content or "")
        elif tag == "-text" and last is not None:
            last.tail = (last.tail or "") + (node.text_content or "")
        elif not tag.startswith("-"):
            space_here = SVG if tag == "svg" else space
            last = SubElement(parent, space_here + tag, {name: value or "" for name, value in node.attributes.items()})
            content = node.template_fragments()[0] if tag == "template" else node
            _grow(last, _beside(content.first_child), XHTML if tag == "foreignObject" else space_here)
