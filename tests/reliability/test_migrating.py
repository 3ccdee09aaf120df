"""A migration is whole or never began. `python -m tests.reliability.migrating` kills all of them, and more often."""

from dataclasses import replace
from pathlib import Path

from tests.reliability.migrating import first_release, kill_and_compare, revisions
from webapp.config import Settings

EVERY = 20


def test_killed_in_the_middle_of_a_migration_the_next_start_finishes_it(
    settings: Settings, tmp_path: Path, empty: str
) -> None:
    with first_release(replace(settings, database_url=empty or f"sqlite:///{tmp_path / 'first.sqlite'}")) as bench:
        among = revisions()[::EVERY]
        kills, wrong = kill_and_compare(bench, 3, among)
    assert wrong == []
    assert kills > len(among)
