"""Programs for tests to start."""

import sys

SLEEP = (sys.executable, "-c", "import time; time.sleep(60)")
"""Goes on until it is ended."""
FAIL = (sys.executable, "-c", "raise SystemExit(3)")
