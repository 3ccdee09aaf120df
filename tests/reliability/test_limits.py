"""Limits hold for all processes of the real web server together, after a restart, and whatever headers say."""

import re
import subprocess
from pathlib import Path

from tests.reliability.house import House, Visitor, opened

PROCESSES = 4
FORWARDING = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP", "True-Client-IP")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def forged(number: int) -> dict[str, str]:
    """Every header by which somebody may say that they are somebody else."""
    address = f"198.51.100.{number}"
    return {name: f"for={address}" if name == "Forwarded" else address for name in FORWARDING}


def ask_for_mail(house: House, address: str, **headers: str) -> int:
    """The sign-in page filled in, by a browser that comes for the first time."""
    guest = Visitor(house.port, "")
    found = TOKEN.search(guest.ask("GET", "/aanmelden").text)  # type: ignore[attr-defined]
    assert found
    fields = {"csrf_token": found[1], "email": address, "next": "/"}
    return guest.ask("POST", "/aanmelden", fields, headers).status


def children_of(process: int) -> int:
    """How many processes a process started."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=True)
    return len(found.stdout.split())


def test_four_processes_count_together_and_remember(tmp_path: Path, empty: str) -> None:
    with opened(tmp_path, empty, PROCESSES) as house:
        house.start()
        assert [ask_for_mail(house, "hilde@brug.example") for _ in range(6)] == [303] * 5 + [429]
        tries = [ask_for_mail(house, f"n{number}@brug.example", **forged(number)) for number in range(10)]
        assert tries == [303] * 10
        assert children_of(house.running[0].pid) == PROCESSES
        house.stop()
        house.start()
        assert ask_for_mail(house, "hilde@brug.example") == 429
        tries = [ask_for_mail(house, f"n{number}@brug.example", **forged(number)) for number in range(10, 30)]
        assert 429 in tries
        stopped = tries.index(429)
        assert tries == [303] * stopped + [429] * (len(tries) - stopped)
        assert stopped <= 15  # thirty in a quarter of an hour, whoever asks and by whatever name
