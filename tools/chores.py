"""The smaller commands of ./dev."""

import argparse
import sys

from tools.environment import LOCKS, PYTHON, find_uv, flask, install, make_venv, module
from tools.machine import ROOT, Stop, first_that_works, say, succeeds
from tools.programs import browser_ready
from tools.suite import build, check_locks


def lock(options: argparse.Namespace) -> int:
    """Pin what pyproject.toml asks for; versions already pinned stay, unless `-- --upgrade` is given."""
    make_venv()
    if not find_uv():
        say("Installing uv in .tools/ to resolve the dependencies")
        into = ("-m", "pip", "install", "--target", ROOT / ".tools", "uv")
        trouble = first_that_works([(PYTHON, *into), (sys.executable, *into)])
        if trouble:
            raise Stop(f"{trouble}\nLocking needs uv, which could not be installed.")
    # No index, no host, no comment of the tool: the file says what, never from where. Extras stay named: pip before
    # 23.3 looks for the newest version of a dependency that is asked for with an extra but locked without it.
    what = "--universal --no-strip-extras --generate-hashes --no-header --no-annotate --quiet"
    how = (*what.split(), *options.rest)
    for group, path in LOCKS.items():
        extra = ("--group", "dev") if group == "dev" else ()
        if not succeeds(find_uv(), "pip", "compile", "pyproject.toml", *extra, *how, "--output-file", path.name):
            return 1
    return int(not check_locks())


def pictures(options: argparse.Namespace) -> int:
    install("dev")
    if not browser_ready():
        raise Stop("Pictures need a Chromium.")
    return int(not (build() and module("tests.pictures", *options.rest)))


def bench(options: argparse.Namespace) -> int:
    install("dev")
    return int(not (build() and module("bench", *options.rest)))


def shell(_: argparse.Namespace) -> int:
    install("runtime")
    return int(not flask("shell"))
