"""A disk that is full in earnest: the system refuses every byte more. Reading goes on, and it mends by itself."""

import resource
import secrets
import sys
from pathlib import Path

import pytest

from tests.reliability.house import START, WHO, House, Visitor, counted, opened

UNLIMITED = resource.RLIM_INFINITY
ROOM = 64 * 1024  # a few pages more than there are now
WORDS = "Er kan nu niets bewaard worden"


def limit_files(house: House, size: int) -> None:
    """From now on no process of the house makes a file longer than this."""
    for leader in house.running:
        children = Path(f"/proc/{leader.pid}/task/{leader.pid}/children").read_text().split()
        for process in (leader.pid, *map(int, children)):
            resource.prlimit(process, resource.RLIMIT_FSIZE, (size, UNLIMITED))


def write(visitor: Visitor) -> tuple[int, str]:
    answer = visitor.ask("POST", START, {**WHO, "csrf_token": visitor.csrf(), "once": secrets.token_urlsafe(12)})
    return answer.status, answer.text  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets one process limit another")
def test_when_the_disk_is_full_reading_goes_on_and_it_mends_by_itself(tmp_path: Path) -> None:
    with opened(tmp_path) as house:
        house.start()
        visitor = Visitor(house.port, house.tokens[0])
        assert write(visitor)[0] == 303
        before = sum(status == 303 for status, _ in [write(visitor)]) + 1
        limit_files(house, ROOM)
        answers = [write(visitor) for _ in range(12)]
        refused = [text for status, text in answers if status == 503]
        assert {status for status, _ in answers} <= {303, 503}
        assert refused
        assert all(WORDS in text for text in refused)
        for path in ("/", "/toeleidingen", "/aanbod"):
            assert visitor.ask("GET", path).status == 200, path
        limit_files(house, UNLIMITED)
        after = [write(visitor)[0] for _ in range(3)]
        assert after == [303] * 3, "it works again without a restart"
        assert house.stop() == [0, 0]
        found = counted(house)
    accepted = before + sum(status == 303 for status, _ in answers) + len(after)
    assert len(found.referrals) == accepted, "what was refused is not there, not even half"
    assert (found.begun_twice, found.log, found.integrity) == (0, "", "ok")
