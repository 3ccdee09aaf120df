"""The filters above the list of actions. A URL is shared and typed over, so what makes no sense is quietly left out."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from webapp.core.errors import Invalid
from webapp.groups import choosing
from webapp.groups.labels import ITEM_LABELS
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.owning import Owner
from webapp.plans.forms.doing import BANKS
from webapp.plans.labels import SIDES
from webapp.plans.listing import Sought
from webapp.vocabulary.seven_bs import B_LABELS, B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import STRATEGY_LABELS, Strategy
from webapp.web.filters import line
from webapp.web.forms import UrlForm, as_id
from webapp.web.i18n import word

LONGEST = 160
Code = TypeVar("Code", bound=enum.StrEnum)


class SeekForm(UrlForm):
    """Everything by which actions can be narrowed down."""

    stand = SelectField(_l("Where it stands"))
    strategie = SelectField(_l("Strategy"))
    kant = SelectField(_l("Side"))
    b = SelectField(_l("Distance"))
    doel = SelectField(_l("Goal"))
    owner = StringField(_l("Who carries it"))


@dataclass(frozen=True, slots=True)
class Read:
    """What a URL asks: for the query, for the next URL, and whether it is clear who is meant."""

    sought: Sought
    parameters: dict[str, str]
    is_clear: bool


def read(parameters: Mapping[str, str]) -> Read:
    """The search in the parameters of a URL."""
    typed = line(parameters.get("owner", ""), LONGEST)
    owner, is_clear = _owner(typed)
    sought = Sought(
        _code(parameters, "b", B),
        _code(parameters, "strategie", Strategy),
        _code(parameters, "kant", Side),
        _code(parameters, "stand", ItemStatus),
        as_id(parameters.get("doel")),
        owner,
    )
    asked = {
        "b": sought.b,
        "strategie": sought.strategy,
        "kant": sought.side,
        "stand": sought.status,
        "doel": sought.goal_id,
        "owner": typed,
    }
    return Read(sought, {name: str(value) for name, value in asked.items() if value}, is_clear)


def _owner(typed: str) -> tuple[Owner | None, bool]:
    try:
        return (choosing.find_in_network(typed) if typed else None), True
    except Invalid:
        return None, False


def _code(parameters: Mapping[str, str], name: str, codes: type[Code]) -> Code | None:
    asked = parameters.get(name)
    return codes(asked) if asked in tuple(codes) else None


def showing(asked: Mapping[str, str], goals: Any, anything: str) -> SeekForm:
    """The form as it stands for one search; `anything` is what a filter says that asks nothing."""
    form = SeekForm(formdata=None, data=dict(asked))
    labels: dict[str, Mapping[Any, str]] = {
        "stand": ITEM_LABELS, "strategie": STRATEGY_LABELS, "kant": {one: SIDES[one] for one in BANKS}, "b": B_LABELS,
    }  # fmt: skip
    for name, codes in labels.items():
        form[name].choices = [("", anything), *((code.value, word(label)) for code, label in codes.items())]
    form.doel.choices = [("", anything), *((str(row.id), row.title) for row in goals)]
    return form


def chosen(form: SeekForm, asked: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is asked, in words: the filter, and what was chosen in it."""
    words = {name: dict(form[name].choices).get(code, "") for name, code in asked.items() if name != "owner"}
    if "owner" in asked:
        words["owner"] = asked["owner"]
    return [(str(form[name].label.text), text) for name, text in words.items() if text]
