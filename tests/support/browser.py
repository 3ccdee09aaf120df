"""A real Chromium for the journeys: the one in CHROME, one of the machine, or Playwright's own."""

import os
import shutil
import sys
from typing import Any

from playwright.sync_api import sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first that is there: the same engine without windows takes a quarter less processor time for a journey."""

# Without a sandbox because containers and root have none to offer; the only pages it sees are our own.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--font-render-hinting=none",  # letters as wide as on a screen, with windows or without
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The path of a Chromium, or None to let Playwright use the one it downloaded."""
    return os.environ.get("CHROME") or next((path for path in map(shutil.which, NAMES) if path), None)


def launch_arguments() -> dict[str, Any]:
    """What to give to Playwright's `launch`."""
    path = find()
    return {"args": list(ARGUMENTS)} | ({"executable_path": path} if path else {})


def main() -> None:
    """Start it and say which one it is: `./dev test` asks this before it counts on it."""
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_arguments())
            print("Chromium", browser.version)
            browser.close()
    except Exception as trouble:  # Playwright raises a bare one when its own driver does not start
        sys.exit(f"No Chromium starts here: {str(trouble).splitlines()[0]}")


if __name__ == "__main__":
    main()
