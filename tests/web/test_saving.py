"""The page of a form, and what a refused change leaves on it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from wtforms import HiddenField

from webapp.core.errors import Conflict, Invalid
from webapp.web.forms import Form, Line
from webapp.web.saving import saving


class NameForm(Form):
    """One word, of something that has a version."""

    version = HiddenField()
    name = Line("Name", needed="Write a name.")


class Thing:
    """What somebody else saved meanwhile."""

    version = 8


def in_words(errors: dict[str, str]) -> dict[str, str]:
    return {field: f"Because of {code}." for field, code in errors.items()}


@pytest.fixture
def form(app: Flask) -> Iterator[NameForm]:
    with app.test_request_context(method="POST", data={"name": "Typed", "version": "7"}):
        yield NameForm(meta={"csrf": False})


def test_as_asked_for(app: Flask) -> None:
    with app.test_request_context():
        assert NameForm().http_status == 200


def test_with_something_to_mend(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"name": ""}):
        form = NameForm(meta={"csrf": False})
        assert not form.submitted()
        assert form.http_status == 422


def test_a_refusal_stands_beside_its_field(form: NameForm) -> None:
    assert form.submitted()
    with saving(form, in_words):
        raise Invalid({"name": "taken"})
    assert form.http_status == 422
    assert form.name.errors == ["Because of taken."]
    assert form.name.data == "Typed"


def test_a_question_back_has_no_words_of_its_own(form: NameForm) -> None:
    with saving(form, lambda _errors: {}):
        raise Invalid({"insists": "sure"})
    assert form.http_status == 422


def test_what_somebody_else_changed_is_saved_by_sending_once_more(form: NameForm) -> None:
    with saving(form, in_words, Thing()):
        raise Conflict()
    assert form.is_stale
    assert form.http_status == 409
    assert form.version.data == 8


def test_without_a_version_a_conflict_is_no_matter_of_the_form(form: NameForm) -> None:
    with pytest.raises(Conflict), saving(form, in_words):
        raise Conflict()


def test_a_conflict_about_something_else_is_not_mended_by_sending_once_more(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"name": "Typed", "version": "8"}):
        form = NameForm(meta={"csrf": False})
        with pytest.raises(Conflict), saving(form, in_words, Thing()):
            raise Conflict()
        assert not form.is_stale
