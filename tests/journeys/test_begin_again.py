"""Each journey begins in the town as it was loaded, also when the browser before it left in the middle of something."""

import socket
import threading
from http.client import HTTPConnection

from tests.support.live import HOST, Town

HALF = b"email=iemand"
REST = b"@example.org"
ASKING = (
    b"POST /aanmelden HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(HALF + REST)
)


def test_a_town_begins_again_after_who_is_still_being_answered(town: Town) -> None:
    port = int(town.url.rsplit(":", 1)[1])
    with socket.create_connection((HOST, port)) as late:
        late.sendall(ASKING + HALF)
        with town.idle:
            assert town.idle.wait_for(lambda: town.answering == 1, 5)
        fresh = threading.Thread(target=town.begin_again)
        fresh.start()
        fresh.join(0.3)
        assert fresh.is_alive()
        late.sendall(REST)
        assert late.makefile("rb").read().startswith(b"HTTP/1.")
    fresh.join(5)
    assert not fresh.is_alive()
    fresh_page = HTTPConnection(HOST, port)
    fresh_page.request("GET", "/aanmelden")
    assert fresh_page.getresponse().status == 200
    fresh_page.close()
