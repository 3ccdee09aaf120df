"""./dev test and ./dev check: every check, every suite, one list at the end."""

import argparse
import os
import re
import tempfile
import tomllib

from tools.environment import LOCKS, PYTHON, VENV, flask, install, module
from tools.machine import AS_ROOT, ROOT, apt_install, beside, quietly, say, succeeds

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


def postgres_ready() -> bool:
    """See to a real PostgreSQL server; False when there is none to be had."""
    look = (PYTHON, "-m", "tests.support.postgres")
    trouble = quietly(*look)
    if trouble:
        say("Installing the package postgresql for the tests (./dev test --no-postgres leaves it out)")
        trouble = quietly(*look) if apt_install("postgresql") else trouble
    print(trouble or "", end="", flush=True)
    return trouble is None


def browser_ready() -> bool:
    """See to a Chromium that really starts; False when there is none to be had."""
    look = (PYTHON, "-m", "tests.support.browser")
    if quietly(*look) is None:
        return True
    # libatomic1 is what the driver of Playwright needs and a minimal Debian lacks.
    say("Installing Chromium for the tests (./dev test --no-browser leaves it out)")
    for package in ("chromium-headless-shell", "chromium"):
        if apt_install(package, "libatomic1") and quietly(*look) is None:
            return True
    trouble = quietly(PYTHON, "-m", "playwright", "install", "chromium") or quietly(*look)
    if trouble and AS_ROOT:
        trouble = quietly(PYTHON, "-m", "playwright", "install-deps", "chromium") or quietly(*look)
    if trouble:
        print(
            "None could be installed here. Install the packages chromium and libatomic1, or name a Chromium in CHROME.",
            flush=True,
        )
    return trouble is None


def suites(options: argparse.Namespace) -> dict[str, bool | None]:
    """Good, failed, or None where this machine cannot run it."""
    wanted = "not browser and not wide" if options.fast else "not browser"
    pytest = ("pytest", "-n", "2", "-m", wanted, *options.rest)
    say("\nThe suite on SQLite")
    done: dict[str, bool | None] = {"suite on SQLite": module(*pytest, BRUG_TEST_DB="sqlite")}
    if not (options.fast or options.no_postgres):
        say("\nThe suite on PostgreSQL")
        done["suite on PostgreSQL"] = module(*pytest, BRUG_TEST_DB="postgres") if postgres_ready() else None
    return done


def test(options: argparse.Namespace) -> int:
    """Types go beside all the rest and the browser beside the suites: each leaves a processor idle when it has two."""
    install("dev")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # so many processes read the same code: it is compiled once
    with beside({"types": TYPES}) as types:
        done: dict[str, bool | None] = {**checks()}
        say("\nStatic files, translations and templates")
        done["build"] = build()
        journeys: dict[str, tuple[object, ...]] = {}
        if not (options.fast or options.no_browser):
            done["journeys in Chromium"] = None
            if browser_ready():
                journeys["journeys in Chromium"] = (PYTHON, "-m", "pytest", "-n", "2", "-m", "browser", *options.rest)
        say(f"\nBeside what follows, and shown after it: {', '.join(['types', *journeys])}")
        with beside(journeys) as walked:
            done |= suites(options)
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
