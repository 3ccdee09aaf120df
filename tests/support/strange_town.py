"""Another town's server, on this machine: it answers whatever a test wants of it, also what no good server would."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]
ATOM = "application/atom+xml"
JSON = "application/feed+json"


@dataclass
class Strange:
    """The server. `answers` says what it answers at which path; `asked` which paths were asked, with their headers."""

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def says(self, path: str, body: bytes, kind: str = JSON, **headers: str) -> str:
        """Answer with a body; the address of it."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(body)

        self.answers[path] = answer
        return self.url + path

    def refuses(self, path: str, status: int, **headers: str) -> str:
        """Answer with a status alone."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name, value)
            request.end_headers()

        self.answers[path] = answer
        return self.url + path

    def drips(self, path: str, part: bytes, stop: threading.Event, every: float = 0.0) -> str:
        """Answer without end, a part at a time."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Type", JSON)
            request.end_headers()
            while not stop.wait(every):
                request.wfile.write(part)

        self.answers[path] = answer
        return self.url + path


@contextmanager
def strange_town() -> Iterator[Strange]:
    """The server while a test runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer as the test wants it."""
            town.asked.append((self.path, dict(self.headers)))
            with suppress(OSError):  # whoever asked hung up: that is what several tests want
                town.answers[self.path](self)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    town = Strange(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield town
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
