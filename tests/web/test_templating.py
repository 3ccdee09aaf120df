"""Templates exist once per language, and still escape what they are given."""

import pytest
from babel.support import NullTranslations
from flask import Flask, render_template
from flask_babel import lazy_gettext as _l
from jinja2 import DictLoader, Environment, StrictUndefined, pass_context
from markupsafe import Markup, escape

from webapp.web import context
from webapp.web.i18n import Words, in_language
from webapp.web.templating import EachLanguage, QuickContext
from webapp.web.writing import written

TEMPLATES = {
    "page.html": "{% extends 'frame.html' %}{% from 'macro.html' import back %}"
    "{% block body %}{{ back(name) }}, {% include 'part.html' %}{% endblock %}",
    "frame.html": "<html>{% block body %}{% endblock %}</html>",
    "macro.html": "{% macro back(page) %}{{ _('Back to %(page)s', page=page) }}{% endmacro %}",
    "part.html": "{{ _('Menu') }}, {{ gettext(word) }}, "
    "{{ ngettext('%(num)s new message', '%(num)s new messages', 2) }}",
    "loops.html": "{% set seen = 'outside' %}{% if deep is defined %}{% for a in rows %}{% set seen = a %}{{ seen }}"
    "{{ sign }}{% endfor %}{% endif %}"
    "{% for a in rows %}{% for b in rows if b != without %}{{ loop.index }}{{ a }}{{ b }}{{ sign }}"
    "{% else %}{{ none_left }}{% endfor %}{% endfor %}{{ seen }}{{ a is defined }}",
}


@pytest.fixture
def small(kit_app: Flask, monkeypatch):
    monkeypatch.setattr(kit_app.jinja_env, "bytecode_cache", None)
    kept = kit_app.jinja_env.loader
    kit_app.jinja_env.loader = EachLanguage(DictLoader(TEMPLATES))
    kit_app.jinja_env.forget()
    with kit_app.test_request_context():
        yield
    kit_app.jinja_env.loader = kept
    kit_app.jinja_env.forget()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "Terug naar <b>&</b>, Menu, Zoeken, 2 nieuwe meldingen"),
        ("en", "Back to <b>&</b>, Menu, Search, 2 new messages"),
    ],
)
def test_each_language_has_its_own_copy_and_values_are_escaped(small, language, words):
    with in_language(language):
        page = render_template("page.html", name="<b>&</b>", word="Search")
    assert page == f"<html>{words.replace('<b>&</b>', '&lt;b&gt;&amp;&lt;/b&gt;')}</html>"


def test_a_sentence_is_looked_up_when_a_template_is_compiled(small, monkeypatch):
    with in_language("nl"):
        render_template("page.html", name="Ada", word="Search")
        monkeypatch.setattr(Words, "get_translations", lambda _self: NullTranslations())
        page = render_template("page.html", name="Ada", word="Search")
    assert page == "<html>Terug naar Ada, Menu, Search, 2 new messages</html>"


@pytest.mark.parametrize("value", ["<b>'&\"", Markup("<b>&amp;</b>"), 3, None, _l("Menu")])
def test_a_value_is_written_as_markupsafe_would(kit_app, value):
    with kit_app.test_request_context():
        assert str(written(value)) == str(escape(value))


def test_a_function_hears_of_the_page_only_when_it_asks_to(small, kit_app):
    def plain(word):
        return f"<{word}>"

    @pass_context
    def knowing(context, word):
        return context["name"] + word

    with in_language("nl"):
        kit_app.jinja_env.loader = EachLanguage(DictLoader({"calls.html": "{{ plain('a') }} {{ knowing('b') }}"}))
        assert render_template("calls.html", plain=plain, knowing=knowing, name="Ada") == "&lt;a&gt; Adab"


def test_a_visitor_reads_the_language_of_their_cookie_whoever_came_before(visit):
    first, second = visit("guest"), visit("guest")
    second.carry("lang", "en")
    assert first.get("/aanmelden").says("Aanmelden")
    assert second.get("/aanmelden").says("Sign in")
    assert first.get("/aanmelden").says("Aanmelden")


@pytest.mark.parametrize("known", [{}, {"deep": True}, {"rows": ["x"]}, {"rows": []}])
def test_a_loop_says_the_same_as_without_looking_ahead(small, kit_app, known):
    known = {"rows": ["x", "y"], "sign": "<", "without": "x", "none_left": "-"} | known
    jinja = Environment(loader=DictLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    plain = jinja.get_template("loops.html").render(known)
    with in_language("en"):
        assert render_template("loops.html", **known) == plain


def test_a_loop_looks_for_what_it_asks_of_the_page_once(small, monkeypatch):
    looked, look = [], QuickContext.resolve_or_missing
    monkeypatch.setattr(QuickContext, "resolve_or_missing", lambda self, name: looked.append(name) or look(self, name))
    with in_language("en"):
        render_template("loops.html", rows=["x", "y"] * 10, sign="!", without="")
    assert looked.count("sign") == 1


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Zeg het. Ook als het weinig is.", "Ook als het weinig is."),
        ("Zeg het.", ""),
        ("Zeg het", ""),
        ("Zeg het aan één iemand.", "Zeg het aan één iemand."),
        ("Vraag het.", "Vraag het."),
    ],
)
def test_a_line_that_begins_with_the_title_above_it_says_only_the_rest(line: str, rest: str) -> None:
    assert context.beyond(line, "Zeg het") == rest
