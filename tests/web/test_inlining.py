"""Macros and parts are written out when a template is compiled: a page reads the same, and calls fewer of them."""

import re

import pytest
from flask import Flask, render_template
from jinja2 import DictLoader
from jinja2.exceptions import UndefinedError

from tests.performance.pages import PAGES, MainPage, Town, opened
from webapp.core import clock
from webapp.web.inlining import Sources
from webapp.web.templating import EachLanguage

MACROS = """
{% set WORDS = {'ja': 'check'} %}
{% macro icon(name, cls='') %}<i class="{{ name }}{% if cls %} {{ cls }}{% endif %}"></i>{% endmacro %}
{% macro tag(kind, text='', attrs={}) -%}
<b{{ attrs|xmlattr }}>{{ icon(WORDS.get(kind, 'none')) }}{{ text }}</b>
{%- endmacro %}
{% macro card(title, cls='') -%}
<div{% if cls %} class="{{ cls }}"{% endif %}>{{ title }}: {{ caller() }}</div>
{%- endmacro %}
{% macro empty() %}({{ caller() if caller is defined }}){% endmacro %}
{% macro down(n) %}{{ n }}{% if n %}{{ down(n - 1) }}{% endif %}{% endmacro %}
{% macro rows(list) %}{% for name in list %}{{ loop.index }}{{ icon(name) }}{% endfor %}{% endmacro %}
"""
ALL = "{% from 'macros.html' import icon, tag, card, empty, down, rows %}"
CASES = {
    "{{ icon('x') }}": '<i class="x"></i>',
    "{{ icon(name, cls='a') }}": '<i class="&lt;b&gt; a"></i>',
    "{{ tag('ja', name) }}": '<b><i class="check"></i>&lt;b&gt;</b>',
    "{{ tag(kind, attrs={'id': name}) }}": '<b id="&lt;b&gt;"><i class="none"></i></b>',
    "{{ icon('x') if name }}": '<i class="x"></i>',
    "{{ tag('ja', icon('y')) }}": '<b><i class="check"></i><i class="y"></i></b>',
    "{% call card(name) %}{{ name }}{% endcall %}": "<div>&lt;b&gt;: &lt;b&gt;</div>",
    "{% set title = 'mine' %}{% call card('Its') %}{{ title }}{% endcall %}": "<div>Its: mine</div>",
    "{% call card('a') %}{% call card('b', 'c') %}{{ icon('x') }}{% endcall %}{% endcall %}": (
        '<div>a: <div class="c">b: <i class="x"></i></div></div>'
    ),
    "{% call empty() %}in{% endcall %}{{ empty() }}": "(in)()",
    "{{ down(3) }}": "3210",
    "{% for name in 'ab' %}{{ rows([name, 'z']) }}{{ name }}{% endfor %}": (
        '1<i class="a"></i>2<i class="z"></i>a1<i class="b"></i>2<i class="z"></i>b'
    ),
    "{% set cls = 'mine' %}{{ icon('x') }}{{ cls }}": '<i class="x"></i>mine',
    "{% include 'part.html' %}{{ late is defined }}": '<i class="x"></i>&lt;b&gt;False',
}
PART = "{% from 'macros.html' import icon %}{% set late = icon('x') %}{{ late }}{{ name }}"


@pytest.fixture
def small(kit_app: Flask, monkeypatch):
    environment = kit_app.jinja_env
    monkeypatch.setattr(environment, "bytecode_cache", None)
    kept = environment.loader
    pages = {f"{number}.html": ALL + text for number, text in enumerate(CASES)}
    environment.loader = EachLanguage(DictLoader({"macros.html": MACROS, "part.html": PART, **pages}))
    environment.forget()
    with kit_app.test_request_context():
        yield
    environment.loader = kept
    environment.forget()


@pytest.mark.parametrize("number", range(len(CASES)), ids=list(CASES))
@pytest.mark.parametrize("is_inlined", [True, False])
def test_a_template_says_the_same_written_out_as_called(small, monkeypatch, number, is_inlined):
    if not is_inlined:
        monkeypatch.setattr(Sources, "inlined", lambda _self, _name, tree: tree)
    assert render_template(f"{number}.html", name="<b>", kind="nee").strip() == list(CASES.values())[number]


def test_what_a_macro_is_not_given_is_missed_as_before(small, kit_app):
    template = kit_app.jinja_env.from_string("{% from 'macros.html' import icon %}{{ icon() }}")
    with pytest.raises(UndefinedError, match="name"):
        template.render()


SEED = re.compile(r'[A-Za-z0-9_-]{16}"|value="[^"]{60,}"|content="[^"]{60,}"')


def shown(town: Town, browse, page: MainPage) -> str:
    """A page without what differs each time: keys and tokens of forms."""
    return SEED.sub("", opened(browse, town, page)[0].text)


def test_every_main_page_says_the_same_written_out_as_called(app: Flask, cast, browse, monkeypatch):
    town = Town(app, cast)
    town.grow(3)
    with clock.at(clock.now()):  # a meeting that goes on shows the seconds it has left
        inlined = {page.name: shown(town, browse, page) for page in PAGES}
        inlined["components"] = SEED.sub("", browse("hilde").get("/bouwstenen").text)
        monkeypatch.setattr(Sources, "inlined", lambda _self, _name, tree: tree)
        monkeypatch.setattr(app.jinja_env, "bytecode_cache", None)
        app.jinja_env.forget()
        try:
            called = {page.name: shown(town, browse, page) for page in PAGES}
            called["components"] = SEED.sub("", browse("hilde").get("/bouwstenen").text)
        finally:
            app.jinja_env.forget()
    assert called == inlined
