"""Whatever ends Brug, what it confirmed is there, once. `python -m tests.reliability.killing` does it for longer."""

import time
from pathlib import Path

from tests.reliability.house import counted, opened, writing
from tests.reliability.killing import kill_and_count


def test_killed_under_writes_nothing_confirmed_is_lost_and_nothing_doubled(tmp_path: Path, empty: str) -> None:
    confirmed, wrong = kill_and_count(tmp_path, 3, empty)
    assert wrong == []
    assert confirmed


def test_asked_to_stop_again_and_again_every_answer_that_was_given_is_kept(tmp_path: Path, empty: str) -> None:
    confirmed, wrong = kill_and_count(tmp_path, 2, empty, gently=True)
    assert wrong == []
    assert confirmed


def test_asked_to_stop_under_load_it_finishes_what_it_began(tmp_path: Path, empty: str) -> None:
    with opened(tmp_path, empty) as house:
        house.start()
        with writing(house, again=False) as writers:
            time.sleep(2)
            begun = time.monotonic()
            codes = house.stop()
            took = time.monotonic() - begun
        found = counted(house)
    confirmed = {one for writer in writers for ids in writer.confirmed.values() for one in ids}
    assert codes == [0, 0]
    assert took < 30
    assert confirmed
    assert found.referrals == confirmed, "all that was begun was finished, and said"
    assert (found.log, found.integrity) == ("", "ok")
    assert [writer.strange for writer in writers if writer.strange] == []
