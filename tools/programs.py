"""Programs of the machine that the tests need: a real PostgreSQL server and a real Chromium.

`python -m tools.programs postgresql` and `… chromium` see to one of them, so that it can be done beside something else.
"""

import sys

from tools.environment import PYTHON
from tools.machine import AS_ROOT, apt_install, heed_signals, quietly, say


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


READY = {"postgresql": postgres_ready, "chromium": browser_ready}


if __name__ == "__main__":
    heed_signals()
    try:
        sys.exit(not READY[sys.argv[1]]())
    except KeyboardInterrupt:
        sys.exit(130)
