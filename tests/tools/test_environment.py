"""What ./dev stands on must work before anything is installed, and the locks must be fit to be shared."""

import ast
import sys
from pathlib import Path

import pytest

from tests.tools.programs import SLEEP
from tools import suite
from tools.machine import ROOT, beside, first_that_works, quietly

SOURCES = [ROOT / "dev", *sorted((ROOT / "tools").glob("*.py"))]


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_dev_needs_nothing_but_the_standard_library(path):
    assert imported(path) - sys.stdlib_module_names <= {"tools"}


def test_an_old_python_can_read_dev_and_hear_what_is_missing():
    ast.parse((ROOT / "dev").read_text(), feature_version=(3, 6))


def test_the_locks_are_complete_and_name_no_address():
    assert suite.lock_trouble() == []


def test_extras_stay_in_the_locks():
    """Without them, pip before 23.3 wants the newest version of a dependency and refuses it for having no hash."""
    assert "\npsycopg[binary]==" in suite.LOCKS["runtime"].read_text()
    assert "\ncoverage[toml]==" in suite.LOCKS["dev"].read_text()


def test_a_lock_with_an_address_or_without_a_dependency_is_found(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.txt"
    lock.write_text((ROOT / "requirements.txt").read_text().replace("\nflask==", "\n--find-links ftp://x\nflasks=="))
    monkeypatch.setattr(suite, "LOCKS", {"runtime": lock})

    assert suite.lock_trouble() == [
        "requirements.txt names an address; make it again with ./dev lock",
        "flask is not in requirements.txt; run ./dev lock",
    ]


def test_trouble_comes_with_the_command_and_what_it_said():
    good = (sys.executable, "-c", "print('fine')")
    bad = (sys.executable, "-c", "raise SystemExit('no room left')")

    assert quietly(*good) is None
    assert "no room left" in (quietly(*bad) or "")
    assert quietly("no-such-program") == "There is no no-such-program here.\n"
    assert first_that_works([bad, good]) is None
    assert (first_that_works([bad, bad]) or "").count("no room left\n") == 2


def test_what_runs_beside_is_heard_afterwards_each_with_its_outcome(capfd):
    good, bad = (sys.executable, "-c", "print('fine')"), (sys.executable, "-c", "raise SystemExit('no room left')")

    with beside({"one": good, "two": bad, "three": good}) as done:
        print("on screen meanwhile", flush=True)

    said = capfd.readouterr().out
    assert done == {"one": True, "two": False, "three": True}
    assert said.splitlines() == [
        "on screen meanwhile", "", "One", "fine", "", "Two", "no room left", "", "Three", "fine",
    ]  # fmt: skip


def test_nothing_goes_on_beside_what_was_interrupted():
    with pytest.raises(KeyboardInterrupt), beside({"one": SLEEP, "two": SLEEP}) as done:
        raise KeyboardInterrupt

    assert done in ({}, {"one": False})
