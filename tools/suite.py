"""./dev test and ./dev check: every check, every suite, one list at the end."""

import argparse
import os
import re
import tempfile
import tomllib

from tools.environment import LOCKS, PYTHON, VENV, flask, install, module
from tools.machine import ROOT, beside, say, succeeds

CHECKS: dict[str, tuple[str, ...]] = {
    "style": ("ruff", "check"),
    "layout": ("ruff", "format", "--check"),
    "layers": ("lint-imports", "--no-logo"),
    "templates": ("djlint", "webapp/templates", "--lint", "--quiet"),
}
TYPES = (VENV / "bin" / "mypy",)


def lock_trouble() -> list[str]:
    """What is wrong with the lock files: an address in them, or a dependency that was never locked."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = project["project"]["dependencies"]
    wanted = {"runtime": runtime, "dev": runtime + project["dependency-groups"]["dev"]}
    trouble = []
    for group, path in LOCKS.items():
        text = path.read_text()
        if "://" in text:
            trouble.append(f"{path.name} names an address; make it again with ./dev lock")
        locked = set(re.findall(r"^([\w.-]+)(?:\[[\w,.-]+\])?==", text, re.M))
        names = {re.split(r"[^\w.-]", need)[0].lower() for need in wanted[group]}
        trouble += [f"{name} is not in {path.name}; run ./dev lock" for name in sorted(names - locked)]
    return trouble


def check_locks() -> bool:
    trouble = lock_trouble()
    print("\n".join(trouble) or "The locks are complete and name no address.", flush=True)
    return not trouble


def checks() -> dict[str, bool]:
    """Every check runs, also after one that failed: one round shows all there is to mend."""
    done = {}
    for name, (tool, *arguments) in CHECKS.items():
        say(f"\n{name.capitalize()}: {tool}")
        done[name] = succeeds(VENV / "bin" / tool, *arguments)
    say("\nLocks")
    done["locks"] = check_locks()
    return done


def build() -> bool:
    """Static files, translations and templates, made with throw-away keys so that tests leave no data behind."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"BRUG_DATA": folder, "BRUG_DEMO": "1"}
        return module("webapp.core.keys", **settings) and flask("build", **settings)


PROGRAMS = {name: (PYTHON, "-m", "tools.programs", name) for name in ("chromium", "postgresql")}


def wanted_programs(options: argparse.Namespace) -> dict[str, tuple[object, ...]]:
    """What sees to the programs that these tests need."""
    left_out = {"chromium": options.fast or options.no_browser, "postgresql": options.fast or options.no_postgres}
    return {name: command for name, command in PROGRAMS.items() if not left_out[name]}


def suites(options: argparse.Namespace, ready: dict[str, bool]) -> dict[str, bool | None]:
    """Good, failed, or None where this machine cannot run it."""
    wanted = "not browser and not wide" if options.fast else "not browser"
    pytest = ("pytest", "-n", "2", "-m", wanted, *options.rest)
    say("\nThe suite on SQLite")
    done: dict[str, bool | None] = {"suite on SQLite": module(*pytest, BRUG_TEST_DB="sqlite")}
    if "postgresql" in ready:
        say("\nThe suite on PostgreSQL")
        good = ready["postgresql"]
        done["suite on PostgreSQL"] = module(*pytest, BRUG_TEST_DB="postgres") if good else None
    return done


def test(options: argparse.Namespace) -> int:
    """Types go beside all the rest, programs are fetched beside the checks, and the browser walks beside the suites:
    each leaves a processor idle when it has two."""
    install("dev")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # so many processes read the same code: it is compiled once
    with beside({"types": TYPES}) as types:
        with beside(wanted_programs(options)) as ready:
            done: dict[str, bool | None] = {**checks()}
            say("\nStatic files, translations and templates")
            done["build"] = build()
        journeys: dict[str, tuple[object, ...]] = {}
        if "chromium" in ready:
            done["journeys in Chromium"] = None
            if ready["chromium"]:
                journeys["journeys in Chromium"] = (PYTHON, "-m", "pytest", "-n", "2", "-m", "browser", *options.rest)
        say(f"\nBeside what follows, and shown after it: {', '.join(['types', *journeys])}")
        with beside(journeys) as walked:
            done |= suites(options, ready)
        done |= walked
    done |= types
    say("")
    words = {True: "good", False: "FAILED", None: "SKIPPED (could not be set up here; the reason stands above)"}
    for name, result in done.items():
        print(f"{name:22} {words[result]}", flush=True)
    return int(False in done.values())


def check(_: argparse.Namespace) -> int:
    install("dev")
    done = {**checks(), "types": succeeds(*TYPES)}
    failed = [name for name, good in done.items() if not good]
    say(f"\nTo mend: {', '.join(failed)}" if failed else "\nAll checks are good.")
    return int(bool(failed))
