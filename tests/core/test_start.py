"""What a process reads when it starts: what every town needs, and nothing that a few requests or other towns do."""

import subprocess
import sys

from webapp.config import ROOT

SELDOM = {"psycopg", "typst", "PIL"}
"""The driver of the other database, printing, and pictures that are brought."""


def test_what_is_seldom_needed_is_read_by_who_needs_it() -> None:
    program = "import sys, webapp, webapp.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "webapp" in told.split()
    assert SELDOM.isdisjoint(told.split())
