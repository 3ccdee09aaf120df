"""What a change costs beside a bare one: an association that answers, with its history, audit and messages."""

import time
from collections.abc import Callable, Iterator
from itertools import cycle
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

Send = Callable[[], int]
"""Sends what was prepared; the status of the answer."""


def line(here: Town, base: Flask) -> str:
    """One line of the table: elapsed time beside the bare change, and processor time."""
    if here.parts["open_ask_id"] is None:
        return "an answer: nothing to answer in this town"
    both = zip(answers(here), bare_changes(here, base), strict=False)
    pairs = [(_timed(ours), _timed(theirs)) for (ours, theirs), _ in zip(both, range(TURNS), strict=False)][SETTLING:]
    elapsed = median(one[0] / other[0] for one, other in pairs)
    processor = median(one[1] / other[1] for one, other in pairs)
    mark = " " if elapsed <= GOAL else "!"
    return f"{'an answer, beside a bare change':34} {elapsed:6.2f}{mark}{GOAL:5.1f}   processor alone {processor:.2f}"


def _timed(send: Send) -> tuple[float, float]:
    elapsed, processor = time.perf_counter(), time.process_time()
    status = send()
    taken = time.perf_counter() - elapsed, time.process_time() - processor
    if status != 204:
        raise RuntimeError(f"a change answered {status}")
    return taken


def answers(here: Town) -> Iterator[Send]:
    """Not now, and then a waiting list after all, over and over: an answer may change until its day."""
    browser, path = _signed_in(here.app, here), f"/antwoord/{here.parts['open_ask_id']}"
    for shown, sent in cycle((("/anders", "/nu-niet"), ("/wachtlijst", "/wachtlijst"))):
        form = browser.get(path + shown).form(path + sent)
        yield lambda to=path + sent, form=form: browser.post(to, form, partial=True).status


def bare_changes(here: Town, base: Flask) -> Iterator[Send]:
    """One row changed by somebody signed in, over and over; the bare application has none of the headers of ours."""
    browser = _signed_in(base, here).client
    while True:
        yield lambda: browser.post("/", base_url=BASE_URL).status_code


def _signed_in(app: Flask, here: Town) -> Browser:
    db.session.rollback()
    browser = Browser(app, BASE_URL)
    browser.carry(cookie_name(), here.tokens[F.CONTACT_POINT])
    return browser
