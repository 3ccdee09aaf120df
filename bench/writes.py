"""What a change costs beside a bare one: an association that answers, with its history and messages, and a line that is
put down in the minutes."""

import time
from collections.abc import Callable, Iterator
from itertools import count, cycle
from statistics import median

from flask import Flask

from bench.town import BASE_URL, Town
from tests.support.browse import Browser
from webapp.accounts.recognise import cookie_name
from webapp.core.db import db
from webapp.vocabulary.functions import FunctionKind as F

TURNS = 33
SETTLING = 3
GOAL = 2.0
DONE = (204, 303)

Send = Callable[[], int]
"""Sends what was prepared; the status of the answer."""


def lines(here: Town, base: Flask) -> Iterator[str]:
    """A line of the table for each kind of change: elapsed time beside the bare change, and processor time."""
    for name, (part, sends) in KINDS.items():
        if here.parts[part] is None:
            yield f"{name}: nothing to change in this town"
        else:
            yield _line(name, sends(here), bare_changes(here, base))


def _line(name: str, ours: Iterator[Send], theirs: Iterator[Send]) -> str:
    pairs = [(_timed(next(ours)), _timed(next(theirs))) for _ in range(TURNS)][SETTLING:]
    elapsed = median(one[0] / other[0] for one, other in pairs)
    processor = median(one[1] / other[1] for one, other in pairs)
    mark = " " if elapsed <= GOAL else "!"
    return f"{f'{name}, beside a bare change':34} {elapsed:6.2f}{mark}{GOAL:5.1f}   processor alone {processor:.2f}"


def _timed(send: Send) -> tuple[float, float]:
    elapsed, processor = time.perf_counter(), time.process_time()
    status = send()
    taken = time.perf_counter() - elapsed, time.process_time() - processor
    if status not in DONE:
        raise RuntimeError(f"a change answered {status}")
    return taken


def answers(here: Town) -> Iterator[Send]:
    """Not now, and then a waiting list after all, over and over: an answer may change until its day."""
    browser, path = _signed_in(here, F.CONTACT_POINT), f"/antwoord/{here.parts['open_ask_id']}"
    for shown, sent in cycle((("/anders", "/nu-niet"), ("/wachtlijst", "/wachtlijst"))):
        form = browser.get(path + shown).form(path + sent)
        yield lambda to=path + sent, form=form: browser.post(to, form, partial=True).status


def minute_lines(here: Town) -> Iterator[Send]:
    """One line more each time, under the topic in front of the meeting that goes on."""
    browser, page = _signed_in(here, F.GUIDE), f"/vergaderingen/{here.parts['running_id']}"
    for number in count(1):
        shown = browser.get(page)
        action = next(link for link in sorted(shown.links()) if link.endswith("/regels"))
        form = shown.form(action) | {"words": f"Wat gezegd werd, regel {number}."}
        yield lambda to=action, form=form: browser.post(to, form).status


KINDS: dict[str, tuple[str, Callable[[Town], Iterator[Send]]]] = {
    "an answer": ("open_ask_id", answers),
    "a line in the minutes": ("running_id", minute_lines),
}
"""What is changed, and what the town needs for it."""


def bare_changes(here: Town, base: Flask) -> Iterator[Send]:
    """One row changed by somebody signed in, over and over; the bare application has none of the headers of ours."""
    browser = _signed_in(here, F.CONTACT_POINT, base).client
    while True:
        yield lambda: browser.post("/", base_url=BASE_URL).status_code


def _signed_in(here: Town, who: F, app: Flask | None = None) -> Browser:
    db.session.rollback()
    browser = Browser(app or here.app, BASE_URL)
    browser.carry(cookie_name(), here.tokens[who])
    return browser
