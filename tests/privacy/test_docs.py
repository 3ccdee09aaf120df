"""The privacy pack says what the program does, and its links lead somewhere."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.support.browse import Browser
from webapp.config import ROOT

PACK = sorted((ROOT / "docs/privacy").glob("*.md"))


@pytest.mark.parametrize("file", PACK, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", file.read_text())
    assert [link for link in links if not (file.parent / link).exists()] == []


def test_the_manual_and_the_readme_lead_to_the_pack() -> None:
    assert "docs/privacy/README.md" in (ROOT / "README.md").read_text()
    assert "privacy/README.md" in (ROOT / "docs/operations.md").read_text()


def test_every_command_in_the_pack_exists(app: Flask) -> None:
    named = {
        tuple(found.split())
        for file in PACK
        for found in re.findall(
            r"flask (?:--app webapp )?((?:incident|audit|keys) \w+|erase-question)", file.read_text()
        )
    }
    assert named
    for command in named:
        assert app.test_cli_runner().invoke(args=[*command, "--help"]).exit_code == 0, command


def test_the_promise_on_paper_is_the_one_on_the_page(browse: Callable[[str], Browser]) -> None:
    on_paper = (ROOT / "docs/privacy/discretie.md").read_text()
    promises = [line.removeprefix("- ") for line in on_paper.splitlines() if line.startswith("- ")]
    assert len(promises) == 6
    assert browse("noor").get("/discretie").says(*promises)


def test_each_control_names_files_that_exist() -> None:
    named = set(re.findall(r"`([\w/.]+(?:\.py|/|tests/\w+))`", (ROOT / "docs/security.md").read_text()))
    places = (ROOT, ROOT / "webapp")
    there = {one.name for place in ("tests", "webapp") for one in (ROOT / place).rglob("*.py")}
    lost = [one for one in named if "/" in one and not any((place / one).exists() for place in places)]
    assert [*lost, *(one for one in named if "/" not in one and one not in there)] == []
    assert len(named) > 50
