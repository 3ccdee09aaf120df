"""A log that is not whole: each sentence says where it stands what to do, and nothing is a dead end."""

import re
from pathlib import Path

import pytest

from tests.core.test_audit import force, write_three
from tests.operations.conftest import Town
from webapp.config import ROOT
from webapp.core import chain
from webapp.core.db import db
from webapp.operations import backups, restoring


def last_head(town: Town) -> str:
    newest = chain.head()
    db.session.remove()
    return str(newest)


def spoil(town: Town, statement: str, **values: object) -> None:
    town.again()
    force(statement, **values)


def heads(town: Town) -> Path:
    return restoring.heads_file(town.settings)


@pytest.mark.parametrize(
    "change", ["UPDATE audit SET reason = 'x' WHERE number = 2", "DELETE FROM audit WHERE number > 2"]
)
def test_each_fault_says_where_it_stands_what_to_do(town: Town, change: str) -> None:
    write_three(town.cast)
    assert town.run("audit", "verify")[0] == 0
    spoil(town, change)
    code, said = town.run("audit", "verify")
    title = re.search(r"“(.+)”", said)
    assert (code, bool(title)) == (1, True), said
    assert f"### {title[1].capitalize()}\n" in (ROOT / "docs/operations.md").read_text()


def test_heads_that_are_gone_are_missed(town: Town) -> None:
    """Who cuts the log off could take that file away too: that must not read as a log that is whole."""
    write_three(town.cast)
    assert town.run("audit", "verify")[0] == 0
    mailed = last_head(town)
    heads(town).unlink()
    spoil(town, "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)")
    for _night in range(2):
        code, said = town.run("audit", "verify")
        assert (code, "is gone, though" in said, "--head" in said) == (1, True, True), said
    code, said = town.run("audit", "verify", "--head", mailed)
    assert (code, "was cut off" in said) == (1, True), said


def test_heads_begin_again_from_one_that_was_mailed(town: Town) -> None:
    write_three(town.cast)
    town.run("audit", "verify")
    mailed = last_head(town)
    heads(town).unlink()
    assert town.run("audit", "verify", "--head", mailed)[0] == 0
    assert mailed in heads(town).read_text()
    assert town.run("audit", "verify")[0] == 0


def test_an_empty_log_has_a_file_too(town: Town) -> None:
    """Otherwise the first entry ever would look like a file that somebody took away."""
    spoil(town, "DELETE FROM audit")
    assert town.run("audit", "verify") == (0, "The log is empty.\n")
    write_three(town.cast)
    assert town.run("audit", "verify")[0] == 0


def test_a_backup_with_a_broken_log_comes_back_when_asked(town: Town) -> None:
    """Else one changed entry would, a month later, leave no backup that can be restored."""
    write_three(town.cast)
    spoil(town, "UPDATE audit SET reason = 'x' WHERE number = 2")
    town.run("backup")
    file = str(backups.present(town.settings)[0].file)
    for command in (["restore-check"], ["restore", file, "--yes"]):
        code, said = town.run(*command)
        assert (code, "from entry 2 on" in said, "--despite-log" in said) == (1, True, True), said
        assert town.run(*command, "--despite-log")[0] == 0
    assert "changed, moved or deleted" in town.run("audit", "verify")[1]


def test_a_fault_that_was_looked_into_hides_no_other(town: Town) -> None:
    write_three(town.cast)
    assert "nothing to acknowledge" in town.run("audit", "acknowledge", "--yes")[1]
    spoil(town, "DELETE FROM audit WHERE number = 2")
    assert town.run("audit", "acknowledge", "--yes")[1].startswith("Acknowledged: entry 3.")
    code, said = town.run("audit", "verify")
    assert (code, "but for what was acknowledged at entry 3" in said) == (0, True), said
    town.run("backup")
    assert town.run("restore-check")[0] == 0
    spoil(town, "DELETE FROM audit WHERE number = 1")
    code, said = town.run("audit", "verify")
    assert (code, "Entry 3 does not follow" in said) == (1, True), said


def test_an_entry_that_was_looked_into_and_changes_once_more_is_another_fault(town: Town) -> None:
    write_three(town.cast)
    spoil(town, "UPDATE audit SET reason = 'x' WHERE number = 2")
    town.run("audit", "acknowledge", "--yes")
    assert town.run("audit", "verify")[0] == 0
    spoil(town, "UPDATE audit SET reason = 'y' WHERE number = 2")
    code, said = town.run("audit", "verify")
    assert (code, "Entry 2 does not follow" in said) == (1, True), said


def test_only_a_later_entry_that_follows_acknowledges(town: Town) -> None:
    """Whoever has the database alone writes no entry with which a fault goes from sight."""
    write_three(town.cast)
    spoil(town, "UPDATE audit SET reason = 'x' WHERE number = 2")
    gap = chain.verify().gap
    db.session.remove()
    assert gap.startswith("1>2:")
    spoil(town, "UPDATE audit SET action = 'audit.acknowledge', reason = :gap WHERE number = 3", gap=gap)
    code, said = town.run("audit", "verify")
    assert (code, "Entry 2 does not follow" in said) == (1, True), said
    town.run("audit", "acknowledge", "--yes")
    assert "Entry 3 does not follow" in town.run("audit", "verify")[1]
