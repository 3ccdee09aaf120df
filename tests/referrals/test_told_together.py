"""Several questions at once: one nudge by mail to each person, and one call to each association."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests import factories
from tests.people import Cast
from tests.referrals.steps import again, notices
from tests.referrals.test_reminding import MONDAY, NUDGED, TOLD, sweep
from tests.support.browse import Browse
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.core.outbox import Job
from webapp.notifications import mail
from webapp.notifications.mail import Letter, message_of
from webapp.notifications.models import Notice
from webapp.referrals import answering, reminding
from webapp.referrals.models import Ask

MORNING = datetime(2026, 11, 25, 10, tzinfo=clock.BRUSSELS)


@pytest.fixture
def asks(cast: Cast) -> list[uuid.UUID]:
    """Six questions at the scouts that nobody opened, and one of them at the music house too."""
    with clock.at(MONDAY):
        found = [factories.sent(cast, ["zilverreiger"]) for _ in range(5)] + [factories.sent(cast)]
        at_scouts = [factories.ask_of(one, cast.zilverreiger).id for one in found]
        for job in db.session.scalars(select(Job)):
            db.session.delete(job)
        db.session.commit()
    return at_scouts


def nudges() -> list[Job]:
    """The mails that were asked for, those for several questions first."""
    jobs = db.session.scalars(select(Job).where(Job.task.startswith("mail.notice")).order_by(Job.task.desc())).all()
    return list(jobs)


def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Letter, uuid.UUID]]:
    """The mails that would be sent, each with the id of its job."""
    found: list[tuple[Letter, uuid.UUID]] = []
    monkeypatch.setattr(mail, "send", lambda letter, job_id: found.append((letter, job_id)))
    return found


def deliver() -> None:
    with clock.at(MORNING):
        while outbox.run_due("w"):
            pass


def test_six_nudges_are_one_mail_with_a_link_to_each(
    app: Flask, cast: Cast, asks: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(NUDGED)
    assert notices(cast, "noor").count("ask_nudged") == 6, "each stands under the bell"
    assert (nudges()[0].task, len(nudges()[0].payload["notices"])) == ("mail.notices", 6)
    db.session.rollback()
    sent = written(monkeypatch)
    deliver()
    mine = [letter for letter, _id in sent if letter.to.startswith("noor")]
    assert len(mine) == 1
    assert [letter.template for letter, _id in sent if letter.to.startswith(("bram", "yara"))] == ["ask", "ask"]
    with app.test_request_context(base_url="https://brug.test"):
        text = message_of(mine[0], uuid.uuid4()).get_body(("plain",))
        assert text
        words = text.get_content()
    assert len({word for word in words.split() if "/v/vr_" in word}) == 6
    assert mine[0].subject == "Er wachten nog 6 vragen op Scouts Zilverreiger"
    for ask_id in asks:
        alias = again(Ask, ask_id).referral.alias
        for secret in (alias, "12-14", "Hilde", "Lantaarn"):
            assert secret not in words
    db.session.rollback()


def test_what_was_answered_or_read_meanwhile_is_left_out(
    cast: Cast, asks: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(NUDGED)
    with clock.at(MORNING):
        for one in asks[:2]:
            answering.decline(again(Ask, one), by=cast.actor("noor"))
            db.session.commit()
        db.session.execute(update(Notice).where(Notice.thing_id == asks[2]).values(read_at=clock.now()))
        db.session.commit()
    sent = written(monkeypatch)
    deliver()
    (letter,) = [letter for letter, _id in sent if letter.template == "asks"]
    asks = letter.context["asks"]
    assert isinstance(asks, list)
    assert len(asks) == 3


def test_of_which_one_is_left_it_is_the_mail_about_one(
    cast: Cast, asks: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(NUDGED)
    with clock.at(MORNING):
        for one in asks[1:]:
            answering.decline(again(Ask, one), by=cast.actor("noor"))
            db.session.commit()
    sent = written(monkeypatch)
    deliver()
    assert [letter.template for letter, _id in sent if letter.to.startswith("noor")] == ["ask"]


def test_a_mail_that_does_not_leave_is_tried_again_as_the_same_mail(
    cast: Cast, asks: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(NUDGED)
    tried: list[uuid.UUID] = []

    def fail(_letter: Letter, job_id: uuid.UUID) -> None:
        tried.append(job_id)
        if tried.count(job_id) == 1:
            raise OSError("the mail server is away")

    monkeypatch.setattr(mail, "send", fail)
    deliver()
    with clock.at(MORNING + timedelta(hours=1)):
        while outbox.run_due("w"):
            pass
    assert {tried.count(one) for one in tried} == {2}
    sweep(date(2026, 11, 26))
    assert notices(cast, "noor").count("ask_nudged") == 6


def test_a_crash_after_the_nudges_leaves_none_of_them(cast: Cast, asks: list[uuid.UUID]) -> None:
    with clock.at(MORNING):
        reminding.remind()
        db.session.rollback()
    assert notices(cast, "noor").count("ask_nudged") == 0
    assert nudges() == []
    sweep(NUDGED)
    assert notices(cast, "noor").count("ask_nudged") == 6


def test_associations_to_call_are_counted_before_they_are_cut(browse: Browse, cast: Cast) -> None:
    with clock.at(MONDAY):
        for _ in range(13):
            factories.sent(cast, ["zilverreiger"])
        factories.sent(cast, ["halvenoot"])
    sweep(TOLD)
    with clock.at(datetime(2026, 12, 2, 12, tzinfo=clock.BRUSSELS)):
        today = browse("bo").get("/")
        assert today.says("Er wachten daar al meer dan een week 13 vragen.", "Muziekhuis Halve Noot")


def test_of_several_that_wait_at_one_place_the_caller_says_which_was_answered(browse: Browse, cast: Cast) -> None:
    with clock.at(MONDAY):
        first, second = (factories.sent(cast, ["zilverreiger"]) for _ in range(2))
        told = factories.ask_of(first, cast.zilverreiger).id, factories.ask_of(second, cast.zilverreiger).id
        elsewhere = factories.ask_of(factories.sent(cast, ["halvenoot"]), cast.halvenoot).id
    sweep(TOLD)
    with clock.at(datetime(2026, 12, 2, 12, tzinfo=clock.BRUSSELS)):
        bo = browse("bo")
        (which,) = (link for link in bo.get("/").links() if link.endswith("/welke"))
        page = bo.get(which)
        assert {f"/antwoord/{one}/gehoord" for one in told} <= page.links()
        assert str(elsewhere) not in page.text
        at = f"/antwoord/{told[1]}/gehoord"
        assert bo.submit(bo.get(at), at, answer="declined").location == "/"
        assert f"/antwoord/{told[0]}/gehoord" in bo.get("/").links(), "one is left: nothing to choose"
        assert not any(link.endswith("/welke") for link in bo.get("/").links())
        assert browse("hilde").get(which).status == 404, "a guide reads nothing of the questions of others"
