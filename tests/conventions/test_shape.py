"""Promises about the shape of the project."""

import re

from webapp.config import ROOT

LONGEST = 330
OURS = [
    *ROOT.glob("webapp/**/*.py"),
    *ROOT.glob("tests/**/*.py"),
    *ROOT.glob("seeds/**/*.py"),
    *ROOT.glob("webapp/templates/**/*.html"),
    *ROOT.glob("webapp/static/js/*.js"),
    *ROOT.glob("webapp/static/css/*.css"),
]


def test_files_stay_short() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in OURS}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_an_area_begins_with_one_docstring_and_nothing_else() -> None:
    for area in (
        "accounts",
        "notifications",
        "directory",
        "referrals",
        "privacy",
        "signals",
        "visits",
        "fund",
        "groups",
        "shelf",
        "talk",
        "integrity",
        "today",
        "core",
        "policy",
        "vocabulary",
    ):
        text = (ROOT / "webapp" / area / "__init__.py").read_text().strip()
        assert text.startswith('"""'), area
        assert text.endswith('"""'), area
        assert text.count('"""') == 2, area


def test_templates_unpack_the_sprite() -> None:
    """Every icon that a template or a table names is in the sprite."""
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "webapp/static/icons.svg").read_text()))
    named = {
        icon
        for path in ROOT.glob("webapp/templates/**/*.html")
        for icon in re.findall(r"\bicon\([\"']([a-z0-9-]+)[\"']", path.read_text())
    }
    assert named - sprite == set()
