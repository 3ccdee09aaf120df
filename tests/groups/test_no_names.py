"""In the group about integrity nobody may be recognised, wherever one types: every form of every page is tried."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from itertools import product
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask, url_for
from wtforms import Field, HiddenField, StringField

from tests.meetings import makers
from tests.people import Cast
from tests.polls import makers as polls
from tests.shelf.makers import linked
from tests.support.browse import XHTML, Browse, Browser
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import carrying
from webapp.groups.carrying import Owner, Wanted
from webapp.groups.minding import MindedForm
from webapp.groups.models import WorkingGroup
from webapp.meetings import actions as meetings
from webapp.meetings import deciding
from webapp.meetings.codes import LineKind
from webapp.talk import actions as talk
from webapp.talk import queries as talk_queries
from webapp.web.forms import Form

Parts = dict[str, list[uuid.UUID]]
Held = tuple[str, str, dict[str, Any], frozenset[str]]

SAID = "Amina, 14, van het Sint-Jan, kwam naar ons"
GENERAL = "wat doen we als een kind iets vertelt"

NOT_WATCHED = {
    "meetings.CaptureForm.owner": "is looked up among who sits there, and never kept",
    "meetings.MeetingForm.link": "is an address of the web, and refused when it is not",
    "polls.AboutForm.link": "is an address of the web, and refused when it is not",
    "polls.GuestForm.name": "is what a guest calls themselves",
    "polls.ChooseForm.moment": "is an id",
    "shelf.WithLink.url": "is an address of the web, and refused when it is not",
    "groups.FindForm.words": "is looked for, and never kept",
    "groups.InviteForm.email": "is a mail address, and refused when it is not",
    "groups.InviteForm.name": "is what a guest or member to be is called, whom the group invites",
    "groups.InviteGuestForm.email": "is a mail address, and refused when it is not",
    "groups.InviteGuestForm.name": "is what a guest or member to be is called, whom the group invites",
    "integrity.LineForm.name": "is what a service is called",
    "integrity.LineForm.about": "says what a service is for, as the whole network reads it",
    "integrity.LineForm.number": "is the number of a service, in figures alone",
    "integrity.LineForm.url": "is an address of the web, and refused when it is not",
}


@pytest.fixture
def parts(cast: Cast) -> Parts:
    """Everything that a group can hold, in a group about integrity; noor chairs it."""
    running, noor = makers.running(cast), cast.actor("noor")
    group = running.group
    group.is_about_integrity = True
    proposal, settled = (makers.line(cast, running, LineKind.DECISION, f"We spreken af {one}") for one in "ab")
    assert proposal.decision is not None
    assert settled.decision is not None
    deciding.decide(settled.decision, by=noor)
    item = carrying.add(group, Wanted("Bekers zoeken", Owner(cast.zilverreiger, cast.noor)), by=noor)
    first = talk.begin(group, "Hoe vang je dat op?", "Vertel eens.", by=noor)
    thread = talk_queries.thread(first.thread_id)
    assert thread
    thread_id, post_id = thread.id, talk_queries.posts(thread)[0][-1].id
    found = {
        "group_id": [group.id],
        "meeting_id": [running.id, meetings.plan(group, makers.soon(14), by=noor).id],
        "topic_id": [proposal.topic_id],
        "line_id": [makers.line(cast, running).id],
        "decision_id": [proposal.decision.id, settled.decision.id],
        "item_id": [item.id],
        "poll_id": [polls.in_group(cast, group).id],
        "thread_id": [thread_id],
        "thread_post_id": [post_id],
        "tool_id": [linked(cast, group).id],
    }
    db.session.commit()
    db.session.expire_all()
    return found


def pages(app: Flask, parts: Parts) -> list[str]:
    """Every page about something of the group."""
    about = [rule for rule in app.url_map.iter_rules() if rule.arguments and rule.arguments <= set(parts)]
    with app.test_request_context():
        return [
            url_for(rule.endpoint, **dict(zip(rule.arguments, ids, strict=True)))
            for rule in about
            if "GET" in (rule.methods or ())
            for ids in product(*(parts[name] for name in rule.arguments))
        ]


def held(visitor: Browser, path: str) -> Iterator[Held]:
    """Every form with watched words on a page, filled in with something harmless: where it is sent, a field, what is
    sent, and all watched fields."""
    page = visitor.get(path, partial=True)
    for form in page.nodes() if page.status == 200 else ():
        if form.tag == f"{XHTML}form" and form.get("method") == "post":
            names = frozenset(node.get("name", "") for node in form.iter() if node.get("data-care") is not None)
            action = form.get("action") or path
            yield from ((action, name, page.form(form.get("action")) | _filled(form), names) for name in sorted(names))


def _filled(form: Element) -> dict[str, str]:
    """What somebody fills in who names nobody: words, a day, an hour, the first of some choices."""
    found: dict[str, str] = {}
    for node in form.iter():
        name, kind = node.get("name", ""), node.get("type", "text")
        if kind == "time":
            found[name] = "20:00" if "18:00" in found.values() else "18:00"
        elif kind == "radio":
            found.setdefault(name, node.get("value", ""))
        elif kind == "date":
            found[name] = f"{clock.today() + timedelta(days=4 + len(found))}"
        elif node.get("inputmode") == "url":
            found[name] = "https://hulp.example"
        elif node.get("data-care") is not None:
            found[name] = GENERAL
    return found


def test_every_form_of_the_group_holds_back_what_seems_to_name_somebody(
    app: Flask, parts: Parts, browse: Browse
) -> None:
    paths, found = pages(app, parts), {}
    for who in ("noor", "jef"):
        visitor = browse(who)
        found |= {(visitor, *one[:2]): one for path in paths for one in held(visitor, path)}
    for (visitor, action, name), (_action, _name, sent, _names) in found.items():
        page = visitor.post(action, sent | {name: SAID})
        assert (action, name, page.status) == (action, name, 422)
        assert page.says("Dit lijkt op een naam.", "Bel 1712"), (action, name)
        assert SAID in page.text, (action, name)
        assert 'id="care-warning"' in page.text, (action, name)
    for (visitor, action, name), (_action, _name, sent, _names) in found.items():
        page = visitor.post(action, sent | {name: SAID, "keep_words": "y"})
        assert 'id="care-warning"' not in page.text, (action, name)
    seen = {names for _action, _name, _sent, names in found.values()}
    assert [one for one in minded() if not any(set(one.watched) <= names for names in seen)] == []


def minded(kind: type[MindedForm] = MindedForm) -> list[type[MindedForm]]:
    """Every kind of form that watches words."""
    below = [one for child in kind.__subclasses__() for one in minded(child)]
    return ([kind] if kind.watched else []) + below


def test_every_free_text_of_a_group_is_watched_or_has_a_reason_why_not(app: Flask, parts: Parts) -> None:
    areas = {
        app.view_functions[rule.endpoint].__module__.split(".")[1]
        for rule in app.url_map.iter_rules()
        if rule.arguments & set(parts)
    }
    loose = {
        f"{area}.{form.__name__}.{name}"
        for area in areas
        for form in vars(import_module(f"webapp.{area}.forms")).values()
        if isinstance(form, type) and issubclass(form, Form) and form.__module__ == f"webapp.{area}.forms"
        for name, field in vars(form).items()
        if getattr(field, "field_class", None)
        and is_text(field.field_class)
        and name not in getattr(form, "watched", ())
    }
    assert loose == set(NOT_WATCHED)


def is_text(kind: type[Field]) -> bool:
    """Whether one types words in it."""
    return issubclass(kind, StringField) and not issubclass(kind, HiddenField)


def test_other_groups_write_as_they_like(parts: Parts, browse: Browse, app: Flask) -> None:
    db.session.get_one(WorkingGroup, parts["group_id"][0]).is_about_integrity = False
    db.session.commit()
    noor = browse("noor")
    assert [one for path in pages(app, parts) for one in held(noor, path)] == []
    path = f"/werkgroepen/{parts['group_id'][0]}/acties"
    assert noor.post(path, noor.get(path).form(path) | {"title": SAID}).status == 303
