"""The link in the mail about a question: it opens one page, answers nothing by itself, and ends kindly."""

import re
import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from tests import factories
from tests.people import Cast
from tests.referrals.steps import (
    again,
    answer_link,
    by_link,
    id_of,
    status_of,
    without_what_differs,
)
from tests.support.browse import Browse
from webapp.accounts.models import Function
from webapp.core import clock, links, outbox
from webapp.core.db import db
from webapp.core.history import History
from webapp.notifications.mail import message_of
from webapp.notifications.models import Notice
from webapp.notifications.queries import reader
from webapp.referrals import answering, letters, people
from webapp.referrals.labels import alias_words
from webapp.referrals.models import Ask


@pytest.fixture
def ask(cast: Cast) -> uuid.UUID:
    """A question that waits for the answer of Scouts Zilverreiger."""
    return id_of(factories.ask_of(factories.sent(cast), cast.zilverreiger))


def test_the_link_opens_a_clean_page_without_signing_in(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    guest = browse("guest")
    came = guest.get(answer_link(ask, cast.noor))
    assert (came.status, came.location) == (303, f"/antwoord/{ask}")
    page = guest.follow(came)
    assert page.status == 200
    assert page.says("12 tot 14 jaar", "Houdt van muziek maken", "Hilde begeleidt", "Nee is een goed antwoord")
    assert "tel:0470000021" in page.text
    assert "vr_" not in page.text


def test_scanners_read_and_nothing_is_answered(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    link = answer_link(ask, cast.noor)
    before = db.session.scalar(select(func.count()).select_from(History))
    db.session.rollback()
    for _ in range(10):
        scanner = browse("guest")
        page = scanner.get(link)
        for href in scanner.follow(page).links():
            if href.startswith("/antwoord"):
                scanner.client.head(href, base_url=scanner.base_url)
                scanner.client.get(href, base_url=scanner.base_url)
        scanner.client.head(link, base_url=scanner.base_url)
    assert status_of(ask) == "sent"
    assert db.session.scalar(select(func.count()).select_from(History)) == before
    db.session.rollback()
    assert by_link(browse, cast, ask).get(f"/antwoord/{ask}").status == 200


def test_links_that_do_not_work_say_what_to_do_now(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    guest = browse("guest")
    unknown = guest.get("/v/vr_nothing")
    assert unknown.status == 404
    assert unknown.says("Deze link is niet volledig", "Meld je aan om je vragen te zien")
    wrong_purpose = links.issue(links.Purpose.WELCOME, ask, expires_at=clock.now() + timedelta(days=1))
    db.session.commit()
    assert guest.get(f"/v/{wrong_purpose}").status == 404
    expired = guest.get(answer_link(ask, cast.noor, lasts=timedelta(seconds=-1)))
    assert expired.status == 410
    assert expired.says("De tijd om te antwoorden is voorbij")
    link = answer_link(ask, cast.noor)
    links.revoke(links.Purpose.ANSWER, ask)
    db.session.commit()
    revoked = guest.get(link)
    assert revoked.status == 410
    assert revoked.says("Deze vraag is niet meer nodig")
    moved = guest.get(answer_link(ask, cast.gone))
    assert moved.status == 410
    assert moved.says("Nu antwoordt iemand anders")


def test_a_link_opens_one_question_and_ends_at_once_when_it_is_revoked(
    browse: Browse, cast: Cast, ask: uuid.UUID
) -> None:
    other = id_of(factories.ask_of(factories.sent(cast), cast.zilverreiger))
    guest = by_link(browse, cast, ask)
    assert guest.get(f"/antwoord/{ask}").status == 200
    elsewhere = guest.get(f"/antwoord/{other}")
    assert elsewhere.status == 303
    assert elsewhere.location.startswith("/inloggen") or "next" in elsewhere.location
    links.revoke(links.Purpose.ANSWER, ask)
    db.session.commit()
    assert guest.get(f"/antwoord/{ask}").status == 410


@pytest.mark.parametrize("path", ["", "/anders", "/ja", "/wachtlijst", "/ander-idee"])
def test_a_page_that_stayed_open_says_kindly_that_its_link_ended(
    browse: Browse, cast: Cast, ask: uuid.UUID, path: str
) -> None:
    guest = by_link(browse, cast, ask)
    with clock.at(clock.now() + timedelta(days=15)):
        late = guest.get(f"/antwoord/{ask}{path}")
    assert late.status == 410
    assert late.says("De tijd om te antwoorden is voorbij", "Meld je aan")
    links.revoke(links.Purpose.ANSWER, ask)
    db.session.commit()
    assert guest.get(f"/antwoord/{ask}{path}").says("Deze vraag is niet meer nodig")
    stranger = browse("guest").get(f"/antwoord/{ask}{path}")
    assert stranger.status == 303
    assert "next=" in stranger.location


def test_an_answer_that_comes_after_its_link_ended_gets_the_same_page(
    browse: Browse, cast: Cast, ask: uuid.UUID
) -> None:
    guest = by_link(browse, cast, ask)
    page = guest.get(f"/antwoord/{ask}")
    links.revoke(links.Purpose.ANSWER, ask)
    db.session.commit()
    late = guest.submit(page, f"/antwoord/{ask}/nu-niet")
    assert late.status == 410
    assert status_of(ask) == "sent"


def test_who_no_longer_speaks_for_the_association_reads_who_does(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    guest = by_link(browse, cast, ask)
    db.session.execute(delete(Function).where(Function.person_id == cast.noor))
    db.session.commit()
    late = guest.get(f"/antwoord/{ask}")
    assert late.status == 410
    assert late.says("Nu antwoordt iemand anders")


def test_foreign_and_unknown_questions_are_the_same_404(browse: Browse, ask: uuid.UUID) -> None:
    for who in ("hilde", "bram", "jef", "tine", "ada"):
        visitor = browse(who)
        foreign, unknown = visitor.get(f"/antwoord/{ask}"), visitor.get(f"/antwoord/{uuid.uuid4()}")
        assert foreign.status == unknown.status == 404
        assert without_what_differs(foreign) == without_what_differs(unknown)


# the mail


def _mail(cast: Cast, ask: uuid.UUID, who: str = "noor") -> tuple[str, str] | None:
    found = reader(cast.people[who])
    assert found is not None
    notice = Notice(person_id=cast.people[who], kind="ask_sent", thing_id=ask)
    written = letters.ask(notice, found)
    if written is None:
        return None
    message = message_of(written, uuid.uuid4())
    db.session.commit()
    return str(message["Subject"]), "".join(part.get_content() for part in message.iter_parts())


def test_the_mail_has_one_link_and_nothing_of_the_question(
    app: Flask, browse: Browse, cast: Cast, ask: uuid.UUID
) -> None:
    with app.test_request_context(base_url="https://brug.test"):
        mail = _mail(cast, ask)
        alias = alias_words(again(Ask, ask).referral.alias)
        db.session.rollback()
    assert mail is not None
    subject, body = mail
    assert subject == "Er is een vraag voor Scouts Zilverreiger"
    assert "Nee is een goed antwoord" in body
    assert alias[0].isupper()
    for word in (alias, "muziek", "12 tot 14", "De Lantaarn", "Hilde", "woensdag of zaterdag"):
        assert word not in body
    found = set(re.findall(r"/v/vr_[\w-]+", body))
    assert len(found) == 1
    guest = browse("guest")
    assert guest.follow(guest.get(found.pop())).says("zoekt een plek")


def test_no_mail_any_more_once_it_was_answered_or_is_somebody_elses(app: Flask, cast: Cast, ask: uuid.UUID) -> None:
    with app.test_request_context(base_url="https://brug.test"):
        assert _mail(cast, ask, "bram") is None
        answering.decline(again(Ask, ask), by=cast.actor("noor"))
        db.session.commit()
        assert _mail(cast, ask) is None


def test_the_bridge_builder_gets_the_mail_while_the_seat_is_empty(app: Flask, cast: Cast) -> None:
    referral = factories.sent(cast, ["stil"])
    ask = factories.ask_of(referral, cast.stil)
    assert people.askees(ask) == [cast.bo]
    with app.test_request_context(base_url="https://brug.test"):
        mail = _mail(cast, id_of(ask), "bo")
    assert mail is not None
    assert "bruggenbouwer" in mail[1]


def test_the_outbox_holds_ids_alone(cast: Cast, ask: uuid.UUID) -> None:
    for job in db.session.scalars(select(outbox.Job)):
        assert set(job.payload) <= {"notice"}


def test_who_is_signed_in_elsewhere_and_follows_the_link_answers_as_the_person_it_was_sent_to(
    browse: Browse, cast: Cast, ask: uuid.UUID
) -> None:
    """A mail opened on a computer where the guide is signed in must not make the guide the one who welcomes."""
    hilde = browse("hilde")
    hilde.get(answer_link(ask, cast.noor))
    page = hilde.get(f"/antwoord/{ask}")
    assert hilde.submit(page, f"/antwoord/{ask}/nu-niet").status == 303
    found = again(Ask, ask)
    assert (found.status, found.answered_by_id) == ("declined", cast.noor)
    query = select(History.actor_id).where(History.thing_id == ask, History.step == "decline")
    assert list(db.session.scalars(query)) == [cast.noor]
