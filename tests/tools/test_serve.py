"""./dev run keeps two processes going together: none stays behind, and the exit code tells what happened."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading

import pytest

from tests.tools.programs import FAIL, SLEEP
from tools import serve
from tools.machine import ROOT, Stop, heed_signals


@pytest.fixture
def port():
    """A port on which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def _signals():
    before = {number: signal.getsignal(number) for number in serve.STOP_SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def ended(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is not None


@pytest.mark.usefixtures("_signals")
def test_when_one_process_ends_the_other_is_stopped_and_the_command_fails(port, capfd):
    processes = {"web server": serve.start(*SLEEP), "worker": serve.start(*FAIL)}

    assert serve.supervise(processes, port) == 1

    assert all(map(ended, processes.values()))
    assert "The worker stopped by itself (exit code 3)" in capfd.readouterr().out


@pytest.mark.usefixtures("_signals")
@pytest.mark.parametrize("number", serve.STOP_SIGNALS)
def test_being_told_to_stop_ends_both_and_is_no_failure(number, port):
    heed_signals()
    processes = {"web server": serve.start(*SLEEP), "worker": serve.start(*SLEEP)}
    threading.Timer(0.2, os.kill, (os.getpid(), number)).start()

    assert serve.supervise(processes, port) == 0

    assert [process.returncode for process in processes.values()] == [-signal.SIGTERM, -signal.SIGTERM]


def test_a_port_that_was_asked_for_and_is_taken_is_refused(port):
    with pytest.raises(Stop, match=str(port)):
        serve.free_port(port)


def test_without_a_wish_the_port_is_a_free_one():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: what just stopped is no hindrance
        probe.bind(("127.0.0.1", serve.free_port(None)))
        probe.listen()


def test_what_fails_before_the_start_ends_the_command_with_its_name(monkeypatch):
    monkeypatch.setattr(serve, "install", lambda group: None)
    monkeypatch.setattr(serve, "PREPARATIONS", {"Nothing": ("no_such_module",)})
    for name in ("BRUG_DEMO", "BRUG_BASE_URL", "BRUG_TRUSTED_HOSTS"):
        monkeypatch.setenv(name, "")

    with pytest.raises(Stop, match="no_such_module"):
        serve.run(argparse.Namespace(port=None))


def test_preparing_twice_keeps_what_is_there(tmp_path):
    tmp_path.chmod(0o700)
    settings = {"BRUG_DATA": str(tmp_path), "BRUG_DEMO": "1", "BRUG_BASE_URL": "http://localhost:8000"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BRUG_")}
    said = []
    for arguments in (*serve.PREPARATIONS.values(), serve.PREPARATIONS[list(serve.PREPARATIONS)[-1]]):
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=kept | settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
    assert "Elsterveer is loaded" in said[-2]
    assert "nothing was loaded" in said[-1]
