"""The attributes of fields are those that WTForms writes, and nothing that is given gets out of its quotes."""

from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup
from wtforms.widgets import Select, html_params

from webapp.web.attributes import attributes, option


@pytest.mark.parametrize(
    "values",
    [
        {"id": "why", "name": "why", "required": True, "hidden": False, "maxlength": 300},
        {"class_": "input", "for_": "why", "aria_describedby": "why-hint", "data_care": "phone email"},
        {"value": "\"><script>alert('x')</script>&amp;"},
        {"value": ""},
        {},
    ],
)
def test_they_are_what_wtforms_writes(values: dict[str, Any]) -> None:
    assert attributes(**values) == html_params(**values)


def test_a_text_that_is_safe_between_tags_stays_within_its_quotes() -> None:
    assert attributes(title=Markup('<b>"x"</b>')) == 'title="<b>&quot;x&quot;</b>"'


@pytest.mark.parametrize(
    ("value", "label", "selected", "more"),
    [
        ("a", "Alles", True, {}),
        ("", "Alle <b>zeven</b>", False, {}),
        ('"><i>', Markup("<i>veilig</i>"), False, {"data_side": "vraag", "disabled": True}),
        (3, None, False, {}),
        (False, "Nee", True, {}),
    ],
)
def test_an_option_is_the_one_that_wtforms_writes(value: Any, label: Any, selected: bool, more: dict[str, Any]) -> None:
    choice = SimpleNamespace(value=value, label=label, selected=selected, render_kw=more)
    render: Any = Select.render_option
    assert option(choice) == render(choice)
