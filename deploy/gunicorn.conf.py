"""How Brug is served: for a demonstration by `./dev run`, for a town by systemd or a container.

Threads suit an application that mostly waits for its database. Two processes of four threads serve a town;
change the numbers in the environment when the machine has more cores. The application is loaded once, before the
processes part, so that they share its memory; it opens no database connection until the first request.
"""

import gc
import os
from pathlib import Path
from typing import Any

# While modules are read hardly anything becomes garbage, and looking for it takes a tenth of the start and more.
gc.disable()

bind = os.environ.get("BRUG_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("BRUG_WEB_PROCESSES", "2"))
threads = int(os.environ.get("BRUG_WEB_THREADS", "4"))

preload_app = True

# A stop lets running requests finish; whoever stops the service waits a little longer than this.
graceful_timeout = 30
timeout = 60

# Longer than a proxy keeps a connection that nobody uses (two minutes at most, where nothing else is set): the proxy
# then closes it first, and never sends a form over one that is being closed here.
keepalive = 130

# A slow leak in any library never gets old; the spread keeps the processes from leaving together.
max_requests = 10_000
max_requests_jitter = 1_000

# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

# The application writes its own log, without addresses of visitors and without query strings.
accesslog = None
errorlog = "-"
loglevel = "error"

# Signals are enough to steer the server; it opens no socket for that.
control_socket_disable = True

# Headers of a proxy are believed by the application alone, and only as many as BRUG_PROXIES says.
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""

# Requests larger than any of ours are refused before they are read.
limit_request_line = 4094
limit_request_fields = 50
limit_request_field_size = 8190


def pre_fork(_server: Any, _worker: Any) -> None:
    """What is loaded stays out of the way of the garbage collector, which would write to every shared page."""
    gc.freeze()


def post_fork(_server: Any, _worker: Any) -> None:
    """Requests leave garbage."""
    gc.enable()


def worker_exit(_server: Any, worker: Any) -> None:
    """Close what is open: when nobody has it open any more, SQLite brings its write-ahead log into the database file,
    and a copy of that file is whole."""
    if not worker.wsgi:
        return
    from webapp.core.db import db

    with worker.wsgi.app_context():
        db.engine.dispose()
