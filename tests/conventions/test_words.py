"""Promises about words: every code has a label, and the Dutch catalogue is complete and in step."""

import enum
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from sqlalchemy import Enum

import webapp
from webapp.accounts.installation import Kind
from webapp.accounts.models import PasskeyUse
from webapp.config import ROOT
from webapp.core.column_types import CodeList
from webapp.core.db import Base
from webapp.core.links import Purpose
from webapp.directory.facets import Facet
from webapp.lessons.codes import Language, Origin, UsedIn
from webapp.referrals.lifecycle import BesideStatus, HandOverStatus

CATALOGUE = ROOT / "webapp" / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
NEVER_SHOWN = {BesideStatus, Facet, HandOverStatus, Kind, Language, Origin, PasskeyUse, Purpose, UsedIn}


def modules() -> Iterator[object]:
    for found in pkgutil.walk_packages(webapp.__path__, "webapp."):
        if not found.name.endswith("wsgi"):
            yield importlib.import_module(found.name)


def test_every_code_that_is_stored_has_a_label() -> None:
    stored = {
        kind.enum_class if isinstance(kind, Enum) else kind.codes
        for table in Base.metadata.tables.values()
        for kind in (column.type for column in table.columns)
        if isinstance(kind, Enum | CodeList)
    }
    labelled = {
        type(next(iter(value)))
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, dict)
        and value
        and isinstance(next(iter(value)), enum.StrEnum)
        and set(value) >= set(type(next(iter(value))))
    }
    assert {codes.__name__ for codes in stored - labelled - NEVER_SHOWN} == set()


def test_the_dutch_catalogue_is_complete() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    empty = [
        m.id for m in catalogue if m.id and not (all(m.string) if isinstance(m.string, tuple | list) else m.string)
    ]
    assert empty == []
    assert [m.id for m in catalogue if m.fuzzy and m.id] == []


def test_the_catalogue_is_in_step_with_the_code(tmp_path: Path) -> None:
    template = tmp_path / "messages.pot"
    babel = [
        sys.executable,
        "-m",
        "babel.messages.frontend",
        "-q",
        "extract",
        "-F",
        "babel.cfg",
        "-k",
        "_l",
        "-k",
        "lazy_gettext",
        "-k",
        "lazy_ngettext:1,2",
        "--no-location",
        "-o",
        str(template),
        "webapp",
    ]
    subprocess.run(babel, cwd=ROOT, check=True)
    with template.open("rb") as fresh, CATALOGUE.open("rb") as kept:
        wanted = {message.id for message in read_po(fresh) if message.id}
        present = {message.id for message in read_po(kept, locale="nl") if message.id}
    assert wanted - present == set(), "not in the catalogue"
    assert present - wanted == set(), "no longer in the code"


def test_placeholders_survive_translation() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    wrong = [message.id for message in catalogue for _ in message.check()]
    assert wrong == []
