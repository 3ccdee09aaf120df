"""Many people at once, on a town served as for real: errors, times beside an unloaded server, memory.

    python -m bench.load                                 200 people for 2 minutes, 10,000 questions
    python -m bench.load --people 200 --seconds 600
    python -m bench.load --processes 1 2 4               how throughput grows, nobody pausing to think

On SQLite, or with TEST_DATABASE_URL on PostgreSQL. Timings never decide a test: this prints what was measured.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from select import select as readable
from statistics import median, quantiles
from urllib.parse import urlencode

from sqlalchemy import select

from bench.town import BASE_URL, Town, town
from tools.serve import die_with_parent, free_port
from webapp.accounts import sessions
from webapp.accounts.models import Function
from webapp.accounts.recognise import cookie_name
from webapp.core.db import db
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Referral
from webapp.vocabulary.functions import FunctionKind as F

HOST = BASE_URL.removeprefix("https://")
THINK = 5.0  # seconds between two pages, on average
WRITES = 0.1
ALONE = 60  # requests before the others come
STAYS_OPEN = 120.0  # seconds that a proxy keeps an idle connection; the server keeps it longer
SETTLING = 20  # requests that nobody counts
OFFER = re.compile(r'name="offer"[^>]*value="([0-9a-f-]{36})"|value="([0-9a-f-]{36})"[^>]*name="offer"')


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
        form = {"csrf_token": token, "offer": offer, "liked": random.choice(("yes", "no", ""))}  # noqa: S311
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


def go_about(visitor: Visitor, seen: Seen, until: float, think: float) -> None:
    """Read, think, and now and then write, until the time is over."""
    token, offer = visitor.form() if visitor.draft else ("", "")
    time.sleep(random.uniform(0, think * 2))  # noqa: S311
    while time.monotonic() < until:
        if offer and random.random() < WRITES * 2:  # noqa: S311 - half of the people write, so they do so twice as often
            visitor.write(seen, token, offer)
        else:
            visitor.read(seen)
        time.sleep(random.uniform(0, think * 2))  # noqa: S311


def together(everybody: list[Visitor], seconds: float, think: float) -> Seen:
    """Everybody at once."""
    seen, until = Seen(), time.monotonic() + seconds
    threads = [threading.Thread(target=go_about, args=(one, seen, until, think)) for one in everybody]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def memory(process: subprocess.Popen[bytes]) -> float:
    """Proportional memory of the server's workers in MiB (Linux)."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    kilobytes = 0
    for child in children:
        rollup = Path(f"/proc/{child}/smaps_rollup").read_text()
        kilobytes += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return kilobytes / 1024


def thinking(here: Town, people: int, seconds: float) -> None:
    """People who think between pages, beside one visitor alone."""
    with served(here, 2) as (port, process):
        everybody = visitors(here, port, people)
        alone = Seen()
        for _ in range(SETTLING):
            everybody[0].read(Seen())
        for number in range(ALONE):
            everybody[number % len(everybody)].read(alone)
        seen = together(everybody, seconds, THINK)
        every = sorted([*seen.times, *seen.writes])
        p95 = quantiles(every, n=20)[-1]
        base = median(alone.times)
        print(f"{people} people, {seconds:.0f} s: {len(every)} requests, {len(seen.writes)} of them writes")
        print(f"errors {len(seen.faults)} {seen.faults[:5] or ''}")
        print(
            f"alone, median {base * 1000:.1f} ms; together, median {median(every) * 1000:.1f}, p95 {p95 * 1000:.1f} ms"
        )
        print(f"p95 is {p95 / base:.1f} times the median alone (goal 10)")
        print(f"memory of two workers {memory(process):.0f} MiB (goal 160)")


def processes(here: Town, numbers: list[int], seconds: float) -> None:
    """Sixteen visitors who never pause, on one process and on more."""
    first = 0.0
    for number in numbers:
        with served(here, number) as (port, _):
            everybody = visitors(here, port, 16)
            seen = together(everybody, seconds, 0.0)
            rate = (len(seen.times) + len(seen.writes)) / seconds
            first = first or rate / number
            grown = rate / first / number
            print(f"{number} processes: {rate:.0f} a second, {grown:.2f} of linear, errors {len(seen.faults)}")


def main() -> None:
    """Read what was asked and run it."""
    parser = argparse.ArgumentParser(
        prog="bench.load", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--processes", type=int, nargs="+", help="measure throughput with so many processes instead")
    options = parser.parse_args()
    with town(options.questions) as here:
        print(f"{options.questions:,} questions on {db.engine.dialect.name}, {os.cpu_count()} cores")
        if options.processes:
            processes(here, options.processes, min(options.seconds, 20))
        else:
            thinking(here, options.people, options.seconds)


if __name__ == "__main__":
    main()
