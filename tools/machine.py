"""Running other programs, and asking Debian for a package."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


class Stop(Exception):
    """Ends the command with one sentence for the person who typed it."""


def say(text: str) -> None:
    print(f"\033[1m{text}\033[0m" if sys.stdout.isatty() else text, flush=True)


def succeeds(*command: object, **settings: str) -> bool:
    """Run with the output on screen; `settings` are added to the environment."""
    try:
        return subprocess.run([str(c) for c in command], cwd=ROOT, env={**os.environ, **settings}).returncode == 0
    except FileNotFoundError:
        return False


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
    lines = list(follow(process.stdout))
    return None if process.wait() == 0 else f"$ {' '.join(words)}\n{''.join(lines)}"


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
