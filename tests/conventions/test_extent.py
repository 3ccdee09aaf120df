"""The fast suite leaves out what is wide, and nothing else; the whole suite leaves out nothing."""

import re

from tests.extent import HERE, SAME_ON_EACH_DATABASE, WIDE, stands_in

ALL = r"tests\.policy\.situations import .*\bSITUATIONS|tests\.performance\.pages import .*\bPAGES|tests\.places import"
WALKS_OVER_ALL = re.compile(rf"^from (?:{ALL})\b", re.MULTILINE)
JOURNEYS = {"journeys"}


def test_the_tables_name_what_is_there() -> None:
    assert [one for one in sorted(SAME_ON_EACH_DATABASE | WIDE) if not (HERE / one).exists()] == []


def test_what_walks_over_everything_is_wide() -> None:
    walking = {path for path in HERE.rglob("test_*.py") if WALKS_OVER_ALL.search(path.read_text())}
    assert len(walking) > 10
    assert [path for path in sorted(walking) if not stands_in(WIDE | JOURNEYS, path)] == []


def test_each_area_keeps_most_of_its_tests_in_the_fast_suite() -> None:
    for area in (ours for ours in HERE.iterdir() if (HERE.parent / "webapp" / ours.name / "models.py").exists()):
        files = list(area.glob("test_*.py"))
        assert sum(stands_in(WIDE, path) for path in files) <= len(files) // 4, area.name
