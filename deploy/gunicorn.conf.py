"""How Brug is served: for a demonstration by `./dev run`, for a town by systemd or a container.

Threads suit an application that mostly waits for its database. Two processes of four threads serve a town;
change the numbers by environment when the machine has more cores.
"""

import os
from pathlib import Path

bind = os.environ.get("BRUG_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("BRUG_WEB_PROCESSES", "2"))
threads = int(os.environ.get("BRUG_WEB_THREADS", "4"))

# A stop lets running requests finish; whoever stops the service waits a little longer than this.
graceful_timeout = 30
timeout = 60
keepalive = 5

# A slow leak in any library never gets old; the spread keeps the processes from leaving together.
max_requests = 10_000
max_requests_jitter = 1_000

# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

# The application writes its own log, without addresses of visitors and without query strings.
accesslog = None
errorlog = "-"
loglevel = "warning"

# Nobody steers the server through a socket; signals are enough.
control_socket_disable = True

# Sizes the application would refuse anyway, refused before it has to read them.
limit_request_line = 4094
limit_request_fields = 50
limit_request_field_size = 8190

# Which proxies may set forwarding headers is the application's setting, not the server's.
forwarded_allow_ips = os.environ.get("BRUG_PROXY_ADDRESSES", "127.0.0.1")
