"""Routes learn to write their addresses when they are first asked to, and write what Werkzeug writes."""

import uuid
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Map, Rule

VALUES: dict[str, Any] = {"UUIDConverter": uuid.UUID(int=7), "IntegerConverter": 7, "PathConverter": "een/twee"}


def _values(rule: Rule) -> dict[str, Any]:
    kinds = {name: type(converter).__name__ for name, converter in rule._converters.items()}
    return {name: VALUES.get(kind, str(date(2026, 3, 2))) for name, kind in kinds.items()}


@pytest.mark.parametrize("more", [{}, {"page": "2", "q": "é &"}])
def test_every_route_writes_its_address_as_werkzeug_does(app: Flask, more: dict[str, str]) -> None:
    plain = Map([Rule(rule.rule, endpoint=rule.endpoint, methods=rule.methods) for rule in app.url_map.iter_rules()])
    plain.converters = app.url_map.converters
    ours, theirs = app.url_map.bind("brug.test"), plain.bind("brug.test")
    rules = [*app.url_map.iter_rules()]
    assert len(rules) > 400
    for rule in rules:
        values = _values(rule) | more
        wanted = theirs.build(rule.endpoint, values, method=_method(rule))
        assert [ours.build(rule.endpoint, values, method=_method(rule)) for _ in range(2)] == [wanted] * 2


def _method(rule: Rule) -> str:
    return sorted(rule.methods or {"GET"})[0]


def test_a_route_that_nobody_leads_to_has_learnt_nothing(app: Flask) -> None:
    [rule] = list(Map([app.url_rule_class("/x/<int:n>", endpoint="x")]).iter_rules())
    assert rule._build.__name__ == "first_time"
    assert rule.build({"n": 3}) == ("", "/x/3")
    assert rule.build({"n": 4, "q": "b"}) == ("", "/x/4?q=b")
    assert (rule._build.__name__, rule._build_unknown.__name__) == (rule._build.__name__, "<builder:'/x/<int:n>'>")
