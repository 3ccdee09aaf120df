"""Many answer at the same moment: nobody's answer is lost, and of two tabs of one person one row is left."""

import threading
import uuid
from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from tests.people import Cast
from tests.polls import makers
from tests.support.browse import Browse, Browser
from webapp.core.db import db
from webapp.polls import queries
from webapp.polls.models import DatePoll, PollChoice, PollReply


def together(app: Flask, works: list[Callable[[], object]]) -> None:
    """Do all of it at once, each in a thread of its own."""
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        with app.app_context():
            barrier.wait()
            work()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def send(browser: Browser, path: str, token: str, fields: dict[str, str], statuses: list[int]) -> Callable[[], object]:
    """A form that is ready to be sent."""
    form = {"csrf_token": token, **fields}
    headers = {"Referer": f"{browser.base_url}/"}

    def work() -> None:
        answer = browser.client.post(path, data=form, headers=headers, base_url=browser.base_url)
        statuses.append(answer.status_code)

    return work


def test_members_and_guests_answer_at_once_and_each_answer_stands(app: Flask, browse: Browse, cast: Cast) -> None:
    made = makers.poll(cast)
    link, poll_id = makers.link(cast, made), made.id
    moments = [one.id for one in queries.moments(made)]
    db.session.commit()
    said = {f"when-{one.hex}": "yes" for one in moments}
    statuses: list[int] = []
    works = []
    for who in ("noor", "bram", "hilde", "hilde"):
        browser = browse(who)
        works.append(send(browser, f"/prikkers/{poll_id}/antwoord", browser.token(), said, statuses))
    for number in range(4):
        guest = browse("guest")
        guest.get(link)
        fields = {**said, "name": f"Gast {number}"}
        works.append(send(guest, f"/prik/{poll_id}/meedoen", guest.token(), fields, statuses))
    before = pulse(poll_id)
    together(app, works)
    assert statuses == [303] * 8
    assert db.session.scalar(select(func.count()).select_from(PollReply)) == 7
    assert db.session.scalar(select(func.count()).select_from(PollChoice)) == 7 * len(moments)
    assert pulse(poll_id) == before + 8


def pulse(poll_id: uuid.UUID) -> int:
    """The version that live pages compare."""
    found = db.session.scalars(select(DatePoll.pulse).where(DatePoll.id == poll_id)).one()
    db.session.rollback()
    return found


def test_who_answers_while_it_closes_is_in_or_reads_that_it_is_not(app: Flask, browse: Browse, cast: Cast) -> None:
    made = makers.poll(cast)
    poll_id, moments = made.id, [one.id for one in queries.moments(made)]
    db.session.commit()
    closing, answering_ = [], []
    noor, hilde = browse("noor"), browse("hilde")
    said = {f"when-{one.hex}": "yes" for one in moments}
    together(
        app,
        [
            send(noor, f"/prikkers/{poll_id}/sluiten", noor.token(), {}, closing),
            send(hilde, f"/prikkers/{poll_id}/antwoord", hilde.token(), said, answering_),
        ],
    )
    assert closing == [303]
    kept = db.session.scalar(select(func.count()).select_from(PollChoice))
    assert (answering_, kept) in (([303], len(moments)), ([409], 0))
