"""./dev run: prepare the data, then keep the web server and the worker going together."""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import time

from tools.environment import PYTHON, install, module
from tools.machine import ROOT, STOP_SIGNALS, Stop, die_with_parent, say

FLASK = ("flask", "--app", "webapp")
PREPARATIONS = {
    "Keys": ("webapp.core.keys",),
    "Styles, scripts, translations, the database and Elsterveer": (*FLASK, "prepare"),
}
STOP_WITHIN = 35  # seconds; the web server gives running requests 30


def free_port(wanted: int | None) -> int:
    """The port asked for, or the first free one from 8000."""
    for port in [wanted] if wanted else range(8000, 8100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise Stop(f"Port {wanted} is taken by another program." if wanted else "Ports 8000 to 8099 are all taken.")


def start(*command: object, **settings: str) -> subprocess.Popen[bytes]:
    # Own session: Ctrl-C reaches only us, so that we can let both processes finish in order.
    return subprocess.Popen(
        [str(c) for c in command],
        cwd=ROOT,
        env={**os.environ, **settings},
        start_new_session=True,
        preexec_fn=die_with_parent,
    )


def stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in processes.values():
        process.terminate()
    deadline = time.monotonic() + STOP_WITHIN
    for process in processes.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def answers(port: int) -> bool:
    """Whether it speaks; what it says is its own affair."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def supervise(processes: dict[str, subprocess.Popen[bytes]], port: int) -> int:
    """Wait until somebody stops us (0) or one of the processes ends by itself (1); stops the rest either way."""
    told = False
    try:
        while True:
            for name, process in processes.items():
                if process.poll() is not None:
                    say(f"The {name} stopped by itself (exit code {process.returncode}). What it said stands above.")
                    return 1
            if not told and answers(port):
                told = True
                say(f"\nBrug is open at http://localhost:{port}\nStop it with Ctrl-C; what you did is kept.")
            time.sleep(0.3)
    except KeyboardInterrupt:
        say("\nStopping …")
        return 0
    finally:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        stop(processes)


def run(options: argparse.Namespace) -> int:
    install("runtime")
    port = free_port(options.port)
    os.environ.setdefault("BRUG_DEMO", "1")
    os.environ.setdefault("BRUG_LOG_LEVEL", "WARNING")  # so that the address stays in view
    os.environ.setdefault("BRUG_BASE_URL", f"http://localhost:{port}")  # a passkey needs a name, not a number
    os.environ.setdefault("BRUG_TRUSTED_HOSTS", "127.0.0.1,localhost")
    for text, command in PREPARATIONS.items():
        say(text)
        if not module(*command):
            raise Stop(f'"{" ".join(command)}" did not succeed; the reason stands above.')
    say("Starting the web server and the worker")
    gunicorn = ("gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "webapp.wsgi:app")
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        processes["web server"] = start(PYTHON, "-m", *gunicorn)
        processes["worker"] = start(PYTHON, "-m", *FLASK, "deliver")
    except BaseException:
        stop(processes)
        raise
    return supervise(processes, port)
