"""Runs one of the measurements on a PostgreSQL that exists for it alone.

    python -m bench.postgres bench 1000 100000
    python -m bench.postgres bench.load --processes 1 2 4

The server keeps nothing for a power cut (fsync is off), as for the tests: what a commit costs the disk is not measured.
"""

import os
import subprocess
import sys

from tests.support import postgres


def main() -> int:
    """Start it, measure, and leave nothing behind."""
    with postgres.own_server() as url:
        command = (sys.executable, "-m", *sys.argv[1:])
        return subprocess.run(command, env={**os.environ, postgres.ADDRESS: url}, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
