"""Promises about the shape of the project."""

import ast
import re
import tomllib

import grimp

from webapp.config import ROOT

LONGEST = 330
HTTP = ("flask", "flask_babel", "flask_wtf", "werkzeug")
LOW = ("webapp.vocabulary", "webapp.policy", "webapp.core")
OURS = [
    *ROOT.glob("webapp/**/*.py"),
    *ROOT.glob("tests/**/*.py"),
    *ROOT.glob("seeds/**/*.py"),
    *ROOT.glob("bench/**/*.py"),
    *ROOT.glob("tools/**/*.py"),
    *ROOT.glob("webapp/templates/**/*.html"),
    *ROOT.glob("webapp/static/js/*.js"),
    *ROOT.glob("webapp/static/css/*.css"),
]


def test_files_stay_short() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in OURS}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_an_area_begins_with_one_docstring_and_nothing_else() -> None:
    areas = {path.parent.name: ast.parse(path.read_text()) for path in ROOT.glob("webapp/*/__init__.py")}
    assert {area for area, tree in areas.items() if len(tree.body) != 1 or not ast.get_docstring(tree)} == set()


def test_what_decides_and_what_stores_knows_nothing_of_http() -> None:
    """The vocabulary, the policy, the core, and in each area what stands below its labels; by no detour either."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    order = next(one for one in contracts if one["id"] == "files")
    below = next(place for place, names in enumerate(order["layers"]) if "(actions)" in names)
    names = re.findall(r"\((\w+)\)", "".join(order["layers"][below:]))
    low = {*LOW, *(f"{area}.{name}" for area in order["containers"] for name in names)}
    graph = grimp.build_graph("webapp", include_external_packages=True, cache_dir=None)
    knowing = set().union(*(graph.find_downstream_modules(one) for one in HTTP))
    assert "webapp.web.respond" in knowing
    assert {one for one in knowing if any(f"{one}.".startswith(f"{place}.") for place in low)} == set()


def test_templates_unpack_the_sprite() -> None:
    """Every icon that a template or a table names is in the sprite."""
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "webapp/static/icons.svg").read_text()))
    named = {
        icon
        for path in ROOT.glob("webapp/templates/**/*.html")
        for icon in re.findall(r"\bicon\([\"']([a-z0-9-]+)[\"']", path.read_text())
    }
    assert named - sprite == set()
