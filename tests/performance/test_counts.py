"""Queries and bytes per page. Timings are for `./dev bench`; what is counted here is the same on every machine."""

import re
from pathlib import Path

from flask import Flask

from tests.people import Cast
from tests.performance.pages import PAGES, Town, compressed, opened
from tests.support.browse import Browse
from webapp import STATIC

FEW, MANY = 1, 30
FIRST_VISIT = 120 * 1024
LATER_PAGE = 30 * 1024
DIST = STATIC / "dist"


def test_few_queries_as_many_for_thirty_as_for_one_and_small_pages(app: Flask, cast: Cast, browse: Browse) -> None:
    town = Town(app, cast)
    town.grow(FEW)
    first = {page.name: opened(browse, town, page)[1] for page in PAGES}
    assert {page.name: first[page.name] for page in PAGES if len(first[page.name]) > page.most} == {}
    town.grow(MANY - FEW)
    grown, heavy = {}, {}
    for page in PAGES:
        answer, asked = opened(browse, town, page)
        if len(asked) > len(first[page.name]):
            grown[page.name] = (len(first[page.name]), len(asked), max(asked, key=asked.count))
        if (size := compressed(answer.text.encode())) > LATER_PAGE:
            heavy[page.name] = size
    assert grown == {}
    assert heavy == {}


def on_the_wire(path: Path) -> int:
    packed = path.with_name(path.name + ".br")
    return packed.stat().st_size if packed.exists() else path.stat().st_size


def files_of(html: str) -> set[str]:
    """The names of every file that a page needs, and those that its styles need."""
    found = set(re.findall(r"/static/([\w./-]+)", html))
    for name in [one for one in found if one.endswith(".css")]:
        for asked in re.findall(r"url\([\"']?([^\"')#]+)", (DIST / name).read_text()):
            if not asked.startswith("data:"):
                found.add(str((DIST / name).parent.joinpath(asked).resolve().relative_to(DIST.resolve())))
    return found


def test_a_first_visit_is_small(browse: Browse) -> None:
    for who, path in (("guest", "/aanmelden"), ("hilde", "/"), ("hilde", "/aanbod")):
        page = browse(who).get(path)
        files = {name: on_the_wire(DIST / name) for name in files_of(page.text)}
        assert {"css", "js", "woff2", "svg"} <= {name.rsplit(".", 1)[-1] for name in files}
        assert compressed(page.text.encode()) + sum(files.values()) <= FIRST_VISIT, files


def test_files_are_kept_for_ever_under_a_name_of_their_own(app: Flask) -> None:
    guest = app.test_client()
    html = guest.get("/aanmelden", base_url="https://brug.test").get_data(as_text=True)
    for name in files_of(html):
        answer = guest.get(f"/static/{name}", base_url="https://brug.test")
        assert answer.status_code == 200, name
        assert "immutable" in answer.headers["Cache-Control"], name
        assert "max-age=315" in answer.headers["Cache-Control"], name
        answer.close()
