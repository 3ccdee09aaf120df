"""The manual for whoever runs Brug says what the program does."""

import gc
import re
import runpy

import pytest

from webapp.config import ROOT

READ_BY = ("webapp/config.py", "webapp/core/keys.py", "deploy/gunicorn.conf.py")


def settings_in(*names: str) -> set[str]:
    return set().union(*(re.findall(r"\bBRUG_[A-Z_]+", (ROOT / name).read_text()) for name in names))


def test_the_manual_lists_exactly_the_settings_that_are_read():
    table = (ROOT / "docs/operations.md").read_text().split("## Settings")[1].split("\n## ")[0]

    assert set(re.findall(r"`(BRUG_[A-Z_]+)`", table)) == settings_in(*READ_BY) - {"BRUG_DEBUG"}


@pytest.mark.parametrize("path", ["README.md", "deploy/brug.env.example", "deploy/Containerfile"])
def test_no_setting_is_named_that_nobody_reads(path):
    assert settings_in(path) <= settings_in(*READ_BY)


@pytest.mark.parametrize("path", ["deploy/brug-web.service", "deploy/brug-worker.service", "deploy/compose.yaml"])
def test_whoever_stops_the_server_waits_longer_than_running_requests_may_take(path):
    given = re.search(r"^graceful_timeout = (\d+)", (ROOT / "deploy/gunicorn.conf.py").read_text(), re.M)
    waits = re.findall(r"(?:TimeoutStopSec=|stop_grace_period: )(\d+)", (ROOT / path).read_text())

    assert given
    assert waits
    assert all(int(wait) > int(given[1]) for wait in waits)


def test_the_manual_says_both_ways_how_the_first_person_gets_in():
    chapters = (ROOT / "docs/operations.md").read_text().split("\n## ")
    for chapter in ("On a server", "In containers"):
        (text,) = (one for one in chapters if one.startswith(chapter))
        assert "flask --app webapp setup" in text, chapter


def test_the_manual_makes_the_static_files_before_anything_that_needs_them():
    """The service may not write beside the program, so no other command starts without them."""
    chapters = (ROOT / "docs/operations.md").read_text().split("\n## ")
    (chapter,) = (one for one in chapters if one.startswith("On a server"))
    commands = re.findall(r"flask --app webapp ([a-z]+)", chapter.split("### A new version")[0])

    assert commands[:2] == ["build", "upgrade"]


def test_garbage_is_left_alone_while_the_program_is_read_and_collected_by_who_answers():
    assert gc.isenabled()
    try:
        server = runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))
        assert not gc.isenabled()
        server["pre_fork"](None, None)
        assert gc.get_freeze_count()
        server["post_fork"](None, None)
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.enable()
