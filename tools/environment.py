"""The Python environment in .venv and the locked packages in it, on whatever this machine offers."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from tools.machine import AS_ROOT, ROOT, Stop, apt_install, first_that_works, on_debian, quietly, say, succeeds

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"runtime": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
OLDEST = (3, 11)


def find_uv() -> str | None:
    own = ROOT / ".tools" / "bin" / "uv"
    return shutil.which("uv") or (str(own) if own.exists() else None)


def usable(python: Path) -> bool:
    code = f"import sys; sys.exit(sys.version_info[:2] < {OLDEST})"
    return python.exists() and subprocess.run([str(python), "-c", code], capture_output=True).returncode == 0


def make_venv() -> None:
    """Create .venv with whatever this machine offers; Debian splits pip and venv off from Python."""
    if usable(PYTHON):
        return
    say(f"Making a Python environment in {VENV.name}/")
    uv, here = find_uv(), sys.executable
    ways: list[tuple[object, ...]] = [(uv, "venv", "--clear", "--python", here, VENV)] if uv else []
    ways.append((here, "-m", "venv", "--clear", VENV))
    if quietly(here, "-m", "pip", "--version") is None:  # without pip nothing could be installed into it
        ways.append((here, "-m", "venv", "--clear", "--without-pip", VENV))
    trouble = first_that_works(ways)
    if trouble and on_debian() and AS_ROOT:
        say("Python on this machine has neither venv nor pip: installing the package python3-venv")
        apt_install("python3-venv")
        trouble = quietly(here, "-m", "venv", "--clear", VENV)
    if trouble:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Stop(
            f"{trouble}\nPython could not make an environment. On Debian and Ubuntu this mends it:"
            "\n    apt-get install python3-venv\nElsewhere, install pip or uv for this Python; then run this again."
        )


def install(group: str) -> None:
    """Make .venv hold what the lock file of `group` names; instant when the lock did not change."""
    make_venv()
    digest = hashlib.sha256(LOCKS[group].read_bytes()).hexdigest()
    stamp = VENV / f"installed-{group}"
    if stamp.exists() and stamp.read_text() == digest:
        return
    say(f"Installing the locked packages of {LOCKS[group].name} (a minute or two, once)")
    uv, wanted = find_uv(), ("install", "--require-hashes", "-r", LOCKS[group])
    ways: list[tuple[object, ...]] = [(uv, "pip", *wanted, "--python", PYTHON)] if uv else []
    ways += [(PYTHON, "-m", "pip", *wanted), (sys.executable, "-m", "pip", "--python", PYTHON, *wanted)]
    trouble = first_that_works(ways)
    if trouble:
        raise Stop(f"{trouble}\nThe packages could not be installed; the reason stands above.")
    stamp.write_text(digest)


def module(*arguments: object, **settings: str) -> bool:
    """`python -m …` in the environment."""
    return succeeds(PYTHON, "-m", *arguments, **settings)


def flask(*arguments: str, **settings: str) -> bool:
    return module("flask", "--app", "webapp", *arguments, **settings)
