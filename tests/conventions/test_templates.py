"""Promises that hold for every template."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from webapp.config import ROOT

TEMPLATES = sorted((ROOT / "webapp" / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "mail" not in path.parts]
FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "inline style": re.compile(r"<style|\sstyle\s*=", re.I),
    "on… attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "hx-on": re.compile(r"hx-on", re.I),
    "js: value": re.compile(r"[\"'{\s]js:", re.I),
    "trigger filter": re.compile(r"hx-trigger=\"[^\"]*\[", re.I),
    "javascript: link": re.compile(r"javascript:", re.I),
    "link to elsewhere": re.compile(r"(src|href)=[\"'](https?:)?//", re.I),
    "unsafe filter on data": re.compile(r"\{\{[^}]*\|\s*safe\s*\}\}"),
}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT / "webapp" / "templates"))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_that_the_policy_forbids(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", [p for p in PAGES if p.name.startswith("_") and p.parent.name != "layouts"], ids=name)
def test_a_fragment_has_no_page_around_it(path: Path) -> None:
    assert "{% extends" not in path.read_text()


def test_words_are_marked_for_translation() -> None:
    """A heading, button or label never carries bare English."""
    bare = re.compile(r"<(h1|h2|h3|button|label|legend|th|summary)[^>]*>\s*[A-Z][a-z]+[^<{]*<")
    found = [f"{name(path)}: {match.group(0)}" for path in PAGES for match in bare.finditer(path.read_text())]
    assert [one for one in found if not one.startswith("styleguide/")] == []


def test_what_is_sent_at_each_change_waits_for_its_turn() -> None:
    """Without saying so, htmx drops the third of three quick changes, and shows nothing of the second."""
    sent = re.compile(r"<form[^>]*hx-post=[^>]*hx-trigger=\"change[^>]*>")
    found = [(name(path), match.group(0)) for path in PAGES for match in sent.finditer(path.read_text())]
    assert found
    assert [where for where, form in found if 'hx-sync="this:queue last"' not in form or "Morph" not in form] == []


IMPORT = re.compile(r"{% from ['\"][^'\"]+['\"] import (.*?)(?: with context)? %}")


def test_a_template_imports_what_it_uses() -> None:
    """A name that nobody needs any more goes with what used it; a part that is included imports what it uses itself."""
    idle = {}
    for path in PAGES:
        text = path.read_text()
        imported = {one.split()[-1] for names in IMPORT.findall(text) for one in names.split(", ")}
        if unused := imported - set(re.findall(r"\w+", IMPORT.sub("", text))):
            idle[name(path)] = unused
    assert idle == {}


def test_every_parameter_of_a_macro_is_given_somewhere() -> None:
    """What no template asks of a macro any more goes from it."""
    trees = [Environment(autoescape=True).parse(path.read_text()) for path in TEMPLATES]
    macros = [macro for tree in trees for macro in tree.find_all(nodes.Macro)]
    takes = {macro.name: [one.name for one in macro.args] for macro in macros}
    given = defaultdict(set)
    for call in (call for tree in trees for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)):
        in_order = takes.get(call.node.name, [])[: None if call.dyn_args else len(call.args)]
        given[call.node.name].update(in_order, (one.key for one in call.kwargs))
    idle = {macro.name: {one.name for one in macro.args} - given[macro.name] for macro in macros}
    assert {name: names for name, names in idle.items() if names or name not in given} == {}
