"""A town served as for real, and people who open its pages: what the measurements with many at once share."""

import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from select import select as readable
from statistics import median, quantiles
from urllib.parse import urlencode

from sqlalchemy import select

from bench.town import BASE_URL, Town
from tools.machine import die_with_parent
from tools.serve import free_port
from webapp.accounts import sessions
from webapp.accounts.models import Function
from webapp.accounts.recognise import cookie_name
from webapp.core.db import db
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Referral
from webapp.vocabulary.functions import FunctionKind as F

HOST = BASE_URL.removeprefix("https://")
STAYS_OPEN = 120.0  # seconds that a proxy keeps an idle connection; the server keeps it longer
OFFER = re.compile(r'name="offer"[^>]*value="([0-9a-f-]{36})"|value="([0-9a-f-]{36})"[^>]*name="offer"')
HERTZ = 100  # ticks of the processor clock in a second (Linux)


@dataclass
class Seen:
    """What one run met."""

    times: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass
class Visitor:
    """Somebody signed in: their cookie, the pages they open, and a question they choose offers for, if any."""

    port: int
    cookie: str
    pages: list[str]
    draft: str = ""
    connection: HTTPConnection | None = None
    asked_at: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, float]:
        """Status, words and seconds of one answer."""
        self.connection = self.connection or HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": HOST, "Cookie": self.cookie, "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}
        headers |= self.headers
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": BASE_URL, "Referer": BASE_URL}
        begin = time.perf_counter()
        self.connection.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = self.connection.getresponse()
        body = answer.read()
        taken = time.perf_counter() - begin
        for value in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = _with(self.cookie, value.split(";")[0])
        return answer.status, "" if answer.headers.get("Content-Encoding") else body.decode(), taken

    def read(self, seen: Seen) -> None:
        """Open one page."""
        self._note(seen, seen.times, "GET", random.choice(self.pages))  # noqa: S311 - a mix, not a secret

    def write(self, seen: Seen, token: str, offer: str) -> None:
        """Like an offer, or let it go."""
        form = {"csrf_token": token, "offer": offer, "liked": random.choice(("yes", "no", ""))}  # noqa: S311 - as above
        self.post(seen, self.draft, form)

    def post(self, seen: Seen, path: str, form: dict[str, str]) -> None:
        """Send a form."""
        self._note(seen, seen.writes, "POST", path, form)

    def _note(self, seen: Seen, times: list[float], method: str, path: str, form: dict[str, str] | None = None) -> None:
        if time.monotonic() - self.asked_at > STAYS_OPEN or _is_closed(self.connection):
            self.connection = None  # browsers and proxies notice too
        self.asked_at = time.monotonic()
        try:
            status, _, taken = self.ask(method, path, form)
        except (OSError, HTTPException) as fault:
            seen.faults.append(f"{method} {path}: {type(fault).__name__}")
            self.connection = None
            return
        times.append(taken)
        if status not in (200, 204, 303):
            seen.faults.append(f"{method} {path}: {status}")

    def form(self) -> tuple[str, str]:
        """A form token of this visit, and an offer that can be liked."""
        token = self.ask_plain("/csrf")
        found = OFFER.search(self.ask_plain(self.draft))
        return token, (found[1] or found[2]) if found else ""

    def ask_plain(self, path: str) -> str:
        """The words of a page, not compressed."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Host": HOST, "Cookie": self.cookie, "X-Forwarded-Proto": "https"})
        answer = connection.getresponse()
        for value in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = _with(self.cookie, value.split(";")[0])
        return answer.read().decode()


def _with(cookies: str, one: str) -> str:
    kept = [part for part in cookies.split("; ") if part.split("=")[0] != one.split("=")[0]]
    return "; ".join([*kept, one])


def _is_closed(connection: HTTPConnection | None) -> bool:
    """Whether the server closed it meanwhile, as when one of its processes was renewed."""
    return connection is not None and connection.sock is not None and bool(readable([connection.sock], [], [], 0)[0])


@contextmanager
def served(here: Town, processes: int, app: str = "webapp.wsgi:app") -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The town behind gunicorn, as for a real town: its port and process. Any answer says that it serves."""
    settings = here.app.config["SETTINGS"]
    secret = settings.data / "secret"
    if not secret.exists():
        secret.write_bytes(settings.secret)
        secret.chmod(0o600)
    port = free_port(None)
    environment = {
        "BRUG_DATABASE_URL": settings.database_url,
        "BRUG_DATA": str(settings.data),
        "BRUG_SECRET_FILE": str(secret),
        "BRUG_KEY_FILE": str(settings.key_file),
        "BRUG_BASE_URL": BASE_URL,
        "BRUG_SMTP_URL": settings.smtp_url,
        "BRUG_PROXIES": "1",
        "BRUG_LOG_LEVEL": "ERROR",
        "BRUG_WEB_PROCESSES": str(processes),
    }
    command = (
        sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py",
        "--bind", f"127.0.0.1:{port}", app,
    )  # fmt: skip
    begin = time.monotonic()
    process = subprocess.Popen(command, env={**os.environ, **environment}, preexec_fn=die_with_parent)  # noqa: S603 - ours
    try:
        while True:
            try:
                connection = HTTPConnection("127.0.0.1", port, timeout=2)
                connection.request("GET", "/healthz", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.05)
        print(f"first answer {time.monotonic() - begin:.1f} s after the start")
        yield port, process
    finally:
        process.terminate()
        process.wait(40)


def visitors(here: Town, port: int, people: int) -> list[Visitor]:
    """Signed-in people: half of them guides with a question to choose offers for, the rest of every role."""
    roles = (F.GUIDE, F.CONTACT_POINT, F.REFERRAL_CONTACT, F.COORDINATOR)
    others = db.session.scalars(select(Function.person_id).where(Function.kind.in_(roles)).distinct()).all()
    open_ = select(Referral.guide_id, Referral.id).where(Referral.status == ReferralStatus.SEEKING)
    seeking = {row.guide_id: row.id for row in db.session.execute(open_) if row.guide_id}
    guides, found = [*seeking], []
    for number in range(people):
        person_id = (guides if number % 2 else others)[number // 2 % len(guides if number % 2 else others)]
        pages = ["/", "/toeleidingen", "/aanbod", "/organisaties"]
        draft = f"/toeleidingen/{seeking[person_id]}/samen" if person_id in seeking else ""
        pages += [draft.removesuffix("/samen"), draft.removesuffix("/samen") + "/match"] if draft else []
        with here.app.test_request_context():
            cookie = f"{cookie_name()}={sessions.start(person_id)}"
        found.append(Visitor(port, cookie, pages, draft))
    db.session.commit()
    return found


def at_once(doing: Iterable[Callable[[], object]]) -> None:
    """Everybody does their part at the same time; all are done afterwards."""
    threads = [threading.Thread(target=do) for do in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def told(name: str, times: Sequence[float]) -> str:
    """How long something took, of many times in seconds."""
    return f"{name}: median {median(times) * 1000:.1f} ms, p95 {quantiles(times, n=20)[-1] * 1000:.1f} ms"


def memory(process: subprocess.Popen[bytes]) -> float:
    """Proportional memory of the server's workers in MiB (Linux)."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    kilobytes = 0
    for child in children:
        rollup = Path(f"/proc/{child}/smaps_rollup").read_text()
        kilobytes += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return kilobytes / 1024


def processor_time(server: int) -> float:
    """Seconds of processor that the workers of a server used, those it replaced meanwhile included (Linux)."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return (sum(sum(_ticks(child)[:2]) for child in children) + sum(_ticks(server)[2:])) / HERTZ


def _ticks(process: int | str) -> list[int]:
    """In user and system mode: of the process itself, and of its children that ended."""
    return [int(ticks) for ticks in Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[11:15]]
