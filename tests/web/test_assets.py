"""The static build: what a browser gets for the files in `webapp/static`."""

import gzip
import hashlib
import json
import re
import threading
from pathlib import Path

import brotli
import pytest

from webapp.web import assets


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small static folder with one of everything."""
    files = {
        "css/10-tokens.css": "/* colours */\n:root {\n  --ink: #201e3c; /* dark */\n}\n\n",
        "css/20-base.css": (
            '@font-face { src: url("../fonts/text.woff2") format("woff2"); }\n'
            '.quote::before { content: "/* not a comment */"; }\n'
            ".icon { mask: url(../icons.svg#check); }\n"
        ),
        "js/20-second.js": "// why it is here\nconst here = 2;\n/* two\n   lines */\nnote(here, 'http://x');\n",
        "js/10-first.js": "const here = 1;\n",
        "vendor/htmx-4.0.1.min.js": "var htmx = {}",
        "vendor/VERSIONS.md": "| file |",
        "fonts/text.woff2": "wOF2 not really a font",
        "icons.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "images/hill.png": "png",
        ".hidden": "secret",
    }
    folder = tmp_path / "static"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def target(source: Path) -> Path:
    """The default place: inside the source folder."""
    return source / "dist"


def served(target: Path, name: str) -> str:
    return (target / assets.load(target)[name]).read_text()


def test_every_file_is_there_under_a_name_with_its_hash(source: Path, target: Path) -> None:
    manifest = assets.build(source, target)

    assert set(manifest.files) == {
        "app.css",
        "app.js",
        "fonts/text.woff2",
        "icons.svg",
        "images/hill.png",
    }
    assert all(assets.is_hashed(hashed) for hashed in manifest.files.values())
    assert all((target / hashed).is_file() for hashed in manifest.files.values())
    assert not assets.is_hashed("fonts/text.woff2")


def test_stylesheets_are_joined_in_name_order_and_point_at_hashed_files(source: Path, target: Path) -> None:
    manifest = assets.build(source, target)

    css = served(target, "app.css")
    assert css.index("--ink") < css.index("@font-face")
    assert f"url({manifest['fonts/text.woff2']})" in css
    assert f"url({manifest['icons.svg']}#check)" in css
    assert "colours" not in css
    assert "dark" not in css
    assert '"/* not a comment */"' in css


def test_scripts_stand_in_functions_of_their_own_after_htmx(source: Path, target: Path) -> None:
    assets.build(source, target)

    js = served(target, "app.js")
    assert js.index("var htmx") < js.index("here = 1") < js.index("here = 2")
    assert js.count('try{(()=>{"use strict";') == 2
    assert "why it is here" not in js
    assert "lines" not in js
    assert "'http://x'" in js


def test_text_has_compressed_copies_that_unpack_to_the_same(source: Path, target: Path) -> None:
    manifest = assets.build(source, target)

    for name in ("app.css", "app.js", "icons.svg"):
        plain = (target / manifest[name]).read_bytes()
        assert brotli.decompress((target / f"{manifest[name]}.br").read_bytes()) == plain
        assert gzip.decompress((target / f"{manifest[name]}.gz").read_bytes()) == plain
    assert not (target / f"{manifest['fonts/text.woff2']}.br").exists()


def test_the_same_sources_give_the_same_files(source: Path, target: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    assets.build(source, target)
    assets.build(source, elsewhere)

    def content(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name != "manifest.json"
        }

    assert content(target) == content(elsewhere)
    assert assets.load(target).files == assets.load(elsewhere).files


def test_a_change_makes_the_build_stale_and_a_new_build_removes_the_old(source: Path, target: Path) -> None:
    assert assets.is_stale(source, target)
    before = assets.build(source, target)
    assert not assets.is_stale(source, target)

    (source / "css/10-tokens.css").write_text(":root { --ink: black; }")
    assert assets.is_stale(source, target)
    after = assets.build(source, target)

    assert before["app.css"] != after["app.css"]
    assert before["app.js"] == after["app.js"]
    assert not (target / before["app.css"]).exists()
    assert not list(source.glob(".build-*"))


def test_a_new_file_makes_the_build_stale(source: Path, target: Path) -> None:
    assets.build(source, target)
    (source / "js/30-third.js").write_text("let third;")
    assert assets.is_stale(source, target)


def test_a_stylesheet_that_names_a_missing_file_stops_the_build_and_keeps_the_old(source: Path, target: Path) -> None:
    manifest = assets.build(source, target)
    (source / "css/30-more.css").write_text(".x { background: url(../images/lost.png) }")

    with pytest.raises(assets.MissingAsset, match=r"lost\.png"):
        assets.build(source, target)

    assert assets.load(target) == manifest
    assert not list(source.glob(".build-*"))


def test_asking_for_an_unknown_file_says_which(source: Path, target: Path) -> None:
    manifest = assets.build(source, target)
    with pytest.raises(assets.MissingAsset, match="nothing-like-it"):
        manifest["nothing-like-it.css"]
    with pytest.raises(assets.MissingAsset):
        assets.load(source / "never-built")


def test_builds_at_the_same_moment_leave_one_whole_build(source: Path, target: Path) -> None:
    failures: list[BaseException] = []

    def work() -> None:
        try:
            assets.build(source, target)
        except OSError as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    manifest = assets.load(target)
    assert all((target / hashed).is_file() for hashed in manifest.files.values())
    assert not list(source.glob(".build-*"))


def test_the_vendored_files_are_the_ones_that_were_written_down() -> None:
    notes = (assets.STATIC / "vendor" / "VERSIONS.md").read_text()
    scripts = sorted((assets.STATIC / "vendor").glob("*.js"))
    assert scripts
    for script in scripts:
        row = next(line for line in notes.splitlines() if line.startswith(f"| {script.name} |"))
        assert hashlib.sha256(script.read_bytes()).hexdigest() in row


def test_the_real_sources_build_within_their_budget(tmp_path: Path) -> None:
    target = tmp_path / "dist"
    manifest = assets.build(assets.STATIC, target)
    own = b"".join(path.read_bytes() for path in sorted((assets.STATIC / "js").glob("*.js")))
    stored = json.loads((target / "manifest.json").read_text())

    assert stored["files"] == dict(manifest.files)
    # 12,000 of these are htmx; a meeting that is followed live and an agenda that is dragged brought 900, the other
    # language in the middle of any form of a page 100
    assert (target / f"{manifest['app.js']}.br").stat().st_size <= 19_800
    assert b"eval(" not in own


LETS_GO_IN_LAYOUT = ".actionbar"
STAYS = ("tfoot", ".wall-foot")  # within a table that scrolls by itself, and on a screen for a whole room


def test_a_bar_at_the_bottom_lets_go_where_little_height_is_left() -> None:
    """A page at 400 % has 256 px: a bar that stays in place would cover what one reads."""
    css = "\n".join(sheet.read_text() for sheet in sorted((assets.STATIC / "css").glob("*.css")))
    bars = [line for line in css.splitlines() if "position: sticky; inset-block-end: 0" in line]
    assert len(bars) >= 4
    for line in bars:
        if not any(one in line for one in STAYS) and f"{LETS_GO_IN_LAYOUT} {{" not in css[: css.index(line)][-40:]:
            stays_from = re.search(r"\(height > (\d+)px\) \{ position: sticky", line)
            assert stays_from, line[:120]
            assert int(stays_from[1]) >= 420, line[:120]


def test_what_one_page_alone_needs_is_small_and_stands_outside_the_bundle() -> None:
    files = list((assets.STATIC / "alone").glob("*.js"))
    assert files
    for path in files:
        assert len(brotli.compress(path.read_bytes())) <= 700, path.name
        assert b"localStorage" not in path.read_bytes()
