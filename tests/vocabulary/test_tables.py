"""Every code has its words, and every picture that a table names exists."""

import enum
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import webapp.vocabulary
from webapp.vocabulary.ages import AGE_TRAITS, AgeBand, covers_all, covers_some
from webapp.vocabulary.aliases import ALIASES
from webapp.vocabulary.arrangements import ARRANGEMENT_TRAITS
from webapp.vocabulary.distances import DISTANCE_TRAITS
from webapp.vocabulary.objectives import OBJECTIVE_TRAITS
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS, OrganisationKind
from webapp.vocabulary.outcomes import OUTCOME_TRAITS
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import STRATEGY_TRAITS
from webapp.vocabulary.support import SUPPORT_TRAITS

SPRITE = Path(webapp.vocabulary.__file__).parents[1] / "static" / "icons.svg"
DETECTION_ONLY = {"care", "combined"}  # what a text may contain, never shown as a label
MODULES = [
    importlib.import_module(f"webapp.vocabulary.{module.name}")
    for module in pkgutil.iter_modules(webapp.vocabulary.__path__)
    if module.name not in DETECTION_ONLY
]


def enums() -> Iterator[type[enum.StrEnum]]:
    for module in MODULES:
        for _, found in inspect.getmembers(module, inspect.isclass):
            if issubclass(found, enum.StrEnum) and found.__module__ == module.__name__:
                yield found


def tables() -> Iterator[tuple[str, dict[object, object]]]:
    for module in MODULES:
        for name, value in vars(module).items():
            if isinstance(value, dict) and name.isupper() and not name.startswith("_"):
                yield f"{module.__name__.rsplit('.', 1)[-1]}.{name}", value


ENUMS = sorted(set(enums()), key=lambda found: (found.__module__, found.__name__))
TABLES = dict(tables())


def labels_of(codes: type[enum.StrEnum]) -> list[dict[object, object]]:
    return [table for name, table in TABLES.items() if name.endswith("_LABELS") and set(table) == set(codes)]


@pytest.mark.parametrize("codes", ENUMS, ids=lambda found: f"{found.__module__.rsplit('.', 1)[-1]}.{found.__name__}")
def test_every_code_has_a_label(codes: type[enum.StrEnum]) -> None:
    found = labels_of(codes)
    assert found, "no …_LABELS table has exactly these codes"
    for table in found:
        assert all(isinstance(label, str) and label.strip() == label and label for label in table.values())
        assert len(set(table.values())) == len(table), "two codes read the same"


@pytest.mark.parametrize("codes", ENUMS, ids=lambda found: f"{found.__module__.rsplit('.', 1)[-1]}.{found.__name__}")
def test_codes_are_short_and_fit_their_columns(codes: type[enum.StrEnum]) -> None:
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", code.value) for code in codes)


def test_every_icon_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol[^>]*\bid="([a-z0-9-]+)"', SPRITE.read_text()))
    named = {icon for name, table in TABLES.items() if name.endswith("_ICONS") for icon in table.values()}
    named |= {traits.icon for table in TABLES.values() for traits in table.values() if hasattr(traits, "icon")}
    assert len(named) > 60
    assert named - drawn == set()


def test_every_b_has_arrangements_that_make_it_smaller() -> None:
    made_smaller = Counter(traits.b for traits in ARRANGEMENT_TRAITS.values())
    assert all(made_smaller[b] >= 2 for b in B)


def test_every_b_has_a_distance_factor_on_each_side_or_is_about_money_or_the_way() -> None:
    factors = DISTANCE_TRAITS.values()
    touched = {side: {b for factor in factors if factor.side is side for b in factor.bs} for side in Side}
    assert touched[Side.DEMAND] == set(B)
    assert set(B) - touched[Side.SUPPLY] == {B.REACH, B.AFFORDABILITY}


def test_the_b_of_an_outcome_is_the_outcome() -> None:
    assert {code.value: traits.b for code, traits in OUTCOME_TRAITS.items() if traits.b} == {b.value: b for b in B}


def test_strategies_run_from_one_bank_to_the_other() -> None:
    assert [traits.number for traits in STRATEGY_TRAITS.values()] == [1, 2, 3, 4, 5, 6]
    assert [traits.side for traits in STRATEGY_TRAITS.values()] == [Side.DEMAND] * 3 + [Side.SUPPLY] * 3


def test_objectives_stand_on_a_side() -> None:
    sides = [traits.side for traits in OBJECTIVE_TRAITS.values()]
    assert (sides.count(Side.DEMAND), sides.count(Side.SUPPLY)) == (3, 4)


def test_support_asks_more_at_every_level() -> None:
    steps = [len(SUPPORT_TRAITS[level].steps) for level in (1, 2, 3)]
    assert sorted(SUPPORT_TRAITS) == [1, 2, 3]
    assert steps == sorted(set(steps))


def test_age_bands_follow_each_other_without_gaps() -> None:
    bands = list(AGE_TRAITS.values())
    assert (bands[0].first, bands[-1].last) == (6, 25)
    assert all(after.first == before.last + 1 for before, after in pairwise(bands))
    assert all(band.value == f"{traits.first}-{traits.last}" for band, traits in AGE_TRAITS.items())


@pytest.mark.parametrize(
    ("ages", "all_", "some"), [((12, 14), True, True), ((13, 20), False, True), ((15, 17), False, False)]
)
def test_whether_a_band_fits_an_age_range(ages: tuple[int, int], all_: bool, some: bool) -> None:
    assert covers_all(*ages, AgeBand.FROM_12) is all_
    assert covers_some(*ages, AgeBand.FROM_12) is some


def test_everybody_who_accompanies_or_offers_has_a_side() -> None:
    assert all(traits.can_refer or traits.has_offers for traits in ORGANISATION_TRAITS.values())
    assert {kind for kind, traits in ORGANISATION_TRAITS.items() if traits.side is Side.HOST} == {
        OrganisationKind.YOUTH_SERVICE
    }


FIRST_NAMES = set(
    "Amber Anna Axel Bo Bram Cato Daan Elias Ella Fien Finn Flora Iris Jade Jasmijn Juno Kobe Lars Lena Lotus Lou Luna "
    "Maan Mira Noor Nova Olive Pepper Robin Roos Ruby Saffier Senne Sky Stella Storm Sun Tijl Vos Wolf Wout Yara Zon "
    "Gift Crystal Rose Daisy Hazel Ivy Jewel Pearl Rain River Summer Violet".lower().split()
)


def test_an_alias_is_a_thing_and_nobody_s_name() -> None:
    assert len(ALIASES) >= 40
    assert len({alias.label for alias in ALIASES.values()}) == len(ALIASES)
    assert len({alias.icon for alias in ALIASES.values()}) == len(ALIASES)
    words = {word.lower() for alias in ALIASES.values() for word in alias.label.split()} | set(ALIASES)
    assert words & FIRST_NAMES == set()
    assert all(re.fullmatch(r"[a-z]{3,24}", key) for key in ALIASES)
