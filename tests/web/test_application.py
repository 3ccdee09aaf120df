"""The quick way to an address gives what Flask gives."""

import uuid

import pytest
from flask import Flask, url_for
from werkzeug.routing import BuildError

from tests.conftest import BASE_URL
from webapp.vocabulary.functions import FunctionKind


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


@pytest.mark.parametrize(
    "value",
    [
        "van 1 & 2", "", "a=b?c#d%e/f", "één", "-", None, 3, ["a", "b"], (FunctionKind.GUIDE, "&"), [], ["a", None],
        FunctionKind.GUIDE, True, 2.5, uuid.UUID(int=7),
    ],
)  # fmt: skip
def test_a_query_is_the_one_that_flask_builds(app: Flask, value: object) -> None:
    with app.test_request_context("/", base_url=BASE_URL):
        for endpoint, parts in (("referrals.index", {}), ("referrals.show", {"referral_id": uuid.uuid4()})):
            values = {"lijst": value, **parts, "na": "1"}
            assert url_for(endpoint, **values) == Flask.url_for(app, endpoint, **values)


def test_an_id_of_another_kind_and_an_address_elsewhere_are_left_to_flask(app: Flask) -> None:
    with app.test_request_context("/", base_url=BASE_URL):
        assert url_for("referrals.show", referral_id=str(uuid.UUID(int=1))).endswith("000001")
        with pytest.raises(BuildError):
            url_for("referrals.show")
        assert url_for("web.token", _anchor="main") == "/csrf#main"
        assert url_for("web.token", _external=True) == f"{BASE_URL}/csrf"


def test_an_application_that_stands_under_a_path_is_found_there(app: Flask) -> None:
    with app.test_request_context("/", base_url=BASE_URL, environ_overrides={"SCRIPT_NAME": "/brug"}):
        assert url_for("referrals.index") == "/brug/toeleidingen"


def test_an_id_or_several_values_in_a_query_do_not_ask_flask(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.test_request_context("/", base_url=BASE_URL):
        monkeypatch.setattr(Flask, "url_for", None)
        values = {"na": uuid.UUID(int=7), "b": (FunctionKind.GUIDE, "x")}
        assert url_for("referrals.index", **values).endswith("000007&b=guide&b=x")
