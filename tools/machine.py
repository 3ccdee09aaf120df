"""Running other programs, and asking Debian for a package."""

import contextlib
import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(Exception):
    """Ends the command with one sentence for the person who typed it."""


def say(text: str) -> None:
    print(f"\033[1m{text}\033[0m" if sys.stdout.isatty() else text, flush=True)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def heed_signals() -> None:
    """Being told to stop is Ctrl-C, whoever says it (a script that starts us in the background has that ignored)."""
    for number in STOP_SIGNALS:
        signal.signal(number, interrupt)


def die_with_parent(signal_sent: int = signal.SIGTERM) -> None:
    """To be called in a new process: even when the one that started it is killed outright, it ends too (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal_sent)


def finish(process: subprocess.Popen[Any]) -> int:
    """Wait for the exit code; when we are interrupted, a program gets time to clean up and then has to go."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        for push in (process.terminate, process.kill):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                push()
        raise


def succeeds(*command: object, **settings: str) -> bool:
    """Run with the output on screen; `settings` are added to the environment."""
    words = [str(word) for word in command]
    try:
        return finish(subprocess.Popen(words, cwd=ROOT, env={**os.environ, **settings})) == 0
    except FileNotFoundError:
        print(f"There is no {words[0]} here.", flush=True)
        return False


@contextlib.contextmanager
def beside(parts: dict[str, tuple[object, ...]]) -> Iterator[dict[str, bool]]:
    """Run commands, one after the other, beside what is on screen meanwhile; what they said is shown after it."""
    done: dict[str, bool] = {}
    running: list[subprocess.Popen[str]] = []
    stopped = threading.Event()

    def run(said: IO[str]) -> None:
        for name, command in parts.items():
            if stopped.is_set():
                return
            print(f"\n{name[0].upper()}{name[1:]}", file=said, flush=True)
            words = [str(word) for word in command]
            running.append(subprocess.Popen(words, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT, text=True))
            done[name] = running[-1].wait() == 0

    with tempfile.TemporaryFile("w+", errors="replace") as said:
        thread = threading.Thread(target=run, args=(said,))
        thread.start()
        try:
            yield done
            thread.join()
        finally:
            stopped.set()
            while thread.is_alive():
                for process in running:
                    process.terminate()
                thread.join(0.2)
            said.seek(0)
            shutil.copyfileobj(said, sys.stdout)
            sys.stdout.flush()


def quietly(*command: object) -> str | None:
    """Run showing only the latest line and the time; None when it went well, else the command and all it said."""
    words = [str(word) for word in command]
    try:
        process = subprocess.Popen(
            words,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except FileNotFoundError:
        return f"There is no {words[0]} here.\n"
    assert process.stdout is not None
    try:
        with process.stdout as output:
            lines = list(follow(output))
    except KeyboardInterrupt:
        process.terminate()
        raise
    return None if finish(process) == 0 else f"$ {' '.join(words)}\n{''.join(lines)}"


def follow(output: IO[str]) -> Iterator[str]:
    """Pass lines on and let the latest be seen: in place on a terminal, now and then in a log."""
    live = sys.stdout.isatty()
    started = shown = time.monotonic()
    for line in output:
        yield line
        if time.monotonic() - shown > (0.2 if live else 10):
            shown = time.monotonic()
            text = f"  {shown - started:3.0f} s  {line.strip()[:70]}"
            print(f"\r\033[K{text}" if live else text, end="" if live else "\n", flush=True)
    if live:
        print("\r\033[K", end="", flush=True)


def first_that_works(ways: list[tuple[object, ...]]) -> str | None:
    """Try commands in order until one goes well; None then, else what each of them said."""
    said = []
    for way in ways:
        trouble = quietly(*way)
        if trouble is None:
            return None
        said.append(trouble)
    return "\n".join(said)


def on_debian() -> bool:
    try:
        return bool(re.search(r"^ID(_LIKE)?=.*(debian|ubuntu)", Path("/etc/os-release").read_text(), re.M))
    except OSError:
        return False


def apt_install(*packages: str) -> bool:
    """Install Debian packages if we may; the package lists are refreshed only when that turns out to be needed."""
    if not (AS_ROOT and on_debian() and shutil.which("apt-get")):
        return False
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    install = ("apt-get", "install", "-y", "--no-install-recommends", *packages)
    return quietly(*install) is None or (quietly("apt-get", "update") is None and quietly(*install) is None)
