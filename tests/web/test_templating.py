"""Templates exist once per language, and still escape what they are given."""

import pytest
from babel.support import NullTranslations
from flask import Flask, render_template
from flask_babel import lazy_gettext as _l
from jinja2 import DictLoader, pass_context
from markupsafe import Markup, escape

from webapp.web.i18n import Words, in_language
from webapp.web.templating import EachLanguage
from webapp.web.writing import written

TEMPLATES = {
    "page.html": "{% extends 'frame.html' %}{% from 'macro.html' import back %}"
    "{% block body %}{{ back(name) }}, {% include 'part.html' %}{% endblock %}",
    "frame.html": "<html>{% block body %}{% endblock %}</html>",
    "macro.html": "{% macro back(page) %}{{ _('Back to %(page)s', page=page) }}{% endmacro %}",
    "part.html": "{{ _('Menu') }}, {{ gettext(word) }}, "
    "{{ ngettext('%(num)s new message', '%(num)s new messages', 2) }}",
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
