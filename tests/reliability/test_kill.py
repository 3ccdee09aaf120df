"""Whatever ends Brug, what it confirmed is there, once. `python -m tests.reliability.killing` does it for longer."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.reliability.house import House, counted, opened, writing
from tests.reliability.killing import kill_and_count
from webapp.config import ROOT


def test_killed_under_writes_nothing_confirmed_is_lost_and_nothing_doubled(tmp_path: Path, empty: str) -> None:
    _, confirmed, wrong = kill_and_count(tmp_path, 3, empty)
    assert wrong == []
    assert confirmed


def test_asked_to_stop_again_and_again_every_answer_that_was_given_is_kept(tmp_path: Path, empty: str) -> None:
    _, confirmed, wrong = kill_and_count(tmp_path, 2, empty, gently=True)
    assert wrong == []
    assert confirmed


def test_asked_to_stop_under_load_it_finishes_what_it_began(tmp_path: Path, empty: str) -> None:
    with opened(tmp_path, empty) as house:
        house.start()
        assert _asked_from_inside(house, "/healthz") == _asked_from_inside(house, "/readyz/worker") == 0
        with writing(house, again=False) as writers:
            time.sleep(2)
            begun = time.monotonic()
            codes = house.stop()
            took = time.monotonic() - begun
        assert _asked_from_inside(house, "/healthz") == 1
        found = counted(house)
    confirmed = {one for writer in writers for ids in writer.confirmed.values() for one in ids}
    assert codes == [0, 0]
    assert took < 30
    assert confirmed
    assert found.referrals == confirmed, "all that was begun was finished, and said"
    assert (found.log, found.integrity) == ("", "ok")
    assert [writer.strange for writer in writers if writer.strange] == []


def _asked_from_inside(house: House, path: str) -> int:
    """What the check of a container ends with."""
    command = [sys.executable, "deploy/healthy.py", path, f"127.0.0.1:{house.port}"]
    environment = os.environ | {"BRUG_BASE_URL": house.settings.base_url}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
