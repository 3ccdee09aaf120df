"""The quick way to an address gives what Flask gives."""

import uuid

from flask import Flask, url_for

from tests.conftest import BASE_URL


def test_every_address_is_the_one_that_flask_builds(app: Flask) -> None:
    ids = [uuid.uuid4() for _ in range(3)]
    built = 0
    with app.test_request_context("/", base_url=BASE_URL):
        for rule in app.url_map.iter_rules():
            parts = dict(zip(sorted(rule.arguments), ids, strict=False))
            if any(type(rule._converters[name]).__name__ != "UUIDConverter" for name in rule.arguments):
                continue
            built += 1
            assert url_for(rule.endpoint, **parts) == Flask.url_for(app, rule.endpoint, **parts)
    assert built > 100


def test_what_is_no_id_goes_to_flask(app: Flask) -> None:
    with app.test_request_context("/", base_url=BASE_URL):
        assert url_for("referrals.index", lijst="van 1 & 2") == "/toeleidingen?lijst=van+1+%26+2"
        assert url_for("web.token", _anchor="main") == "/csrf#main"
        assert url_for("web.token", _external=True) == f"{BASE_URL}/csrf"


def test_an_application_that_stands_under_a_path_is_found_there(app: Flask) -> None:
    with app.test_request_context("/", base_url=BASE_URL, environ_overrides={"SCRIPT_NAME": "/brug"}):
        assert url_for("referrals.index") == "/brug/toeleidingen"
