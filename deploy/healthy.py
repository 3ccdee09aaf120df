"""Ask Brug how it is, from inside a container: `python deploy/healthy.py [path] [host:port]`.

It asks by the name that people use, for Brug answers to no other. Ends badly when the answer is not "ok" within three
seconds.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit

PATIENCE = 3


def main(path: str = "/healthz", where: str = "127.0.0.1:8000") -> int:
    """0 when Brug says that all is well."""
    name = urlsplit(os.environ.get("BRUG_BASE_URL", "")).netloc or where
    connection = http.client.HTTPConnection(where, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Host": name})
        return int(connection.getresponse().read() != b"ok")
    except (OSError, http.client.HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
