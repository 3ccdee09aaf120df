"""The filters above the list. A URL is shared and typed over, so what makes no sense is quietly left out."""

import enum
from collections.abc import Mapping
from typing import Any, TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, SelectMultipleField, StringField

from webapp.directory.asked import Asked
from webapp.directory.facets import MUST_LABELS, Facet, Must
from webapp.directory.labels import search_words
from webapp.directory.listing import Counts
from webapp.vocabulary.ages import AGE_LABELS, AgeBand
from webapp.vocabulary.days import WEEKDAY_LABELS, Weekday
from webapp.vocabulary.interests import INTEREST_LABELS, Interest
from webapp.vocabulary.offers import MOOD_LABELS, Mood
from webapp.vocabulary.organisation_kinds import ORGANISATION_KIND_LABELS, OrganisationKind
from webapp.vocabulary.prices import CEILING_LABELS, PriceCeiling
from webapp.web.filters import line
from webapp.web.forms import OneOf, SomeOf, UrlForm
from webapp.web.i18n import capital, together, word

LONGEST_SEARCH = 80
PRICE_LABELS = CEILING_LABELS | {PriceCeiling.ANY: _l("Any price")}
LABELS: dict[str, Mapping[Any, Any]] = {
    "age": AGE_LABELS, "day": WEEKDAY_LABELS, "must": MUST_LABELS, "price": PRICE_LABELS,
    "interest": INTEREST_LABELS, "mood": MOOD_LABELS,
}  # fmt: skip
FACETS = {
    "age": Facet.AGE, "day": Facet.DAY, "must": Facet.MUST, "price": Facet.PRICE, "area": Facet.AREA,
    "interest": Facet.INTEREST, "mood": Facet.MOOD,
}  # fmt: skip

Code = TypeVar("Code", bound=enum.StrEnum)


class FilterForm(UrlForm):
    """Everything by which offers can be narrowed down."""

    q = StringField(_l("Search by interest, name or area"))
    age = SomeOf(_l("Age"), tuple(AgeBand), LABELS["age"])
    day = SomeOf(_l("When"), tuple(Weekday), LABELS["day"])
    must = SomeOf(_l("Important"), tuple(Must), LABELS["must"])
    price = OneOf(_l("Price"), tuple(PriceCeiling), LABELS["price"])
    area = SelectMultipleField(_l("Area"))
    interest = SomeOf(_l("What you like to do"), tuple(Interest), LABELS["interest"])
    mood = SomeOf(_l("Mood"), tuple(Mood), LABELS["mood"])

    @classmethod
    def showing(cls, asked: Asked, areas: tuple[str, ...]) -> "FilterForm":
        """The form as it stands for one search."""
        form = cls(formdata=None, obj=asked)
        form.area.choices = [(area, area) for area in areas]
        return form


def read(parameters: "MultiDict[str, str]", areas: tuple[str, ...]) -> Asked:
    """The search in the parameters of a URL."""
    q = line(parameters.get("q", ""), LONGEST_SEARCH)
    return Asked(
        q=q,
        age=_codes(parameters, "age", AgeBand),
        day=_codes(parameters, "day", Weekday),
        must=_codes(parameters, "must", Must),
        price=next(iter(_codes(parameters, "price", PriceCeiling)), PriceCeiling.ANY),
        area=tuple(area for area in areas if area in parameters.getlist("area")),
        interest=_codes(parameters, "interest", Interest),
        mood=_codes(parameters, "mood", Mood),
        words=search_words(q),
    )


def _codes(parameters: "MultiDict[str, str]", name: str, codes: type[Code]) -> tuple[Code, ...]:
    given = set(parameters.getlist(name))
    return tuple(code for code in codes if code.value in given)


def numbers(form: FilterForm, counts: Counts) -> dict[str, dict[str, str]]:
    """What stands beside every option of every filter: how many offers there would be."""
    areas = [area for area, *_ in form.area.iter_choices()]
    return {
        name: {value: _shown(counts.of(facet, value)) for value in LABELS.get(name, areas)}
        for name, facet in FACETS.items()
    }


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def chosen(asked: Asked) -> list[tuple[str, Asked]]:
    """Every filter that is on, in words, each with the search that is left without it."""
    found = []
    for name, given in asked.parameters().items():
        if name == "q":
            continue
        for code in [given] if isinstance(given, str) else given:
            found.append((capital(_said(name, code)), asked.without(name, code)))
    return found


def _said(name: str, code: str) -> str:
    if name == "area":
        return gettext("in %(area)s", area=code)
    text = word(str(LABELS[name][code]))
    return text[:1].lower() + text[1:]


def loosened(asked: Asked) -> list[tuple[str, Asked]]:
    """What to let go of when nothing is found: first the words, then each filter as a whole."""
    return [(_all_said(name, given), asked.without(name)) for name, given in asked.parameters().items()]


def _all_said(name: str, given: Any) -> str:
    if name == "q":
        return gettext("the word “%(word)s”", word=given)
    codes = [given] if isinstance(given, str) else given
    return together(_said(name, code) for code in codes)


class OrganisationFilterForm(UrlForm):
    """Who can help with what."""

    q = StringField(_l("Search by name, or by what somebody can help with"))
    kind = SelectField(_l("Kind of organisation"))

    @classmethod
    def showing(cls, q: str, kind: OrganisationKind | None) -> "OrganisationFilterForm":
        """The form as it stands for one search."""
        form = cls(formdata=None, data={"q": q, "kind": kind or ""})
        names = sorted((capital(word(label)), code.value) for code, label in ORGANISATION_KIND_LABELS.items())
        form.kind.choices = [("", gettext("All kinds")), *((code, name) for name, code in names)]
        return form
