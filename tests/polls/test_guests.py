"""Guests in a date poll: by link, with only a name; no account, and nobody's name to read."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.polls import makers
from tests.polls.test_polls import ids, say, sheet
from tests.support.browse import Browse, Browser, Page
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.groups.codes import Visibility
from webapp.policy.actor import Actor, Grant, Key
from webapp.polls import answering, forgetting, queries
from webapp.polls.models import DatePoll, PollChoice, PollReply

NAME = "Sam Vandekanarie"


@pytest.fixture
def asked(cast: Cast) -> tuple[uuid.UUID, str]:
    """A poll and the link for its guests."""
    made = makers.poll(cast)
    path = makers.link(cast, made)
    db.session.commit()
    return made.id, path


def comes(browser: Browser, path: str) -> Page:
    """Follow the link: the token leaves the address bar."""
    page = browser.follow(browser.get(path))
    assert page.status == 200
    assert path.rsplit("/", 1)[1] not in page.response.request.path
    return page


def answers(browser: Browser, poll_id: uuid.UUID, said: str, *, name: str = NAME, page: Page | None = None) -> Page:
    page = page or browser.get(f"/prik/{poll_id}/meedoen")
    poll = queries.poll(poll_id)
    assert poll is not None
    fields = {f"when-{one.hex}": says for one, says in sheet(poll, said).items()}
    db.session.rollback()
    return browser.submit(page, f"/prik/{poll_id}/meedoen", name=name, **fields)


def test_a_guest_answers_and_changes_it_in_the_same_browser(browse: Browse, asked: tuple[uuid.UUID, str]) -> None:
    poll_id, path = asked
    guest = browse("guest")
    page = comes(guest, path)
    assert page.says("Wanneer zien we elkaar?", "Werkgroep Welkom", "Past voor 0")
    done = guest.follow(answers(guest, poll_id, "jmn", page=page))
    assert done.says("Je antwoord staat erin.")
    assert done.text.count(" checked") == 3
    assert guest.follow(answers(guest, poll_id, "jjj", name="Sam")).says("Past voor 1 van de 1")
    assert db.session.execute(select(PollReply.guest_name)).scalars().all() == ["Sam"]
    db.session.rollback()
    assert browse("noor").get(f"/prikkers/{poll_id}").says("Sam", "gast")


def test_on_another_device_the_own_link_opens_the_same_answer(browse: Browse, asked: tuple[uuid.UUID, str]) -> None:
    poll_id, path = asked
    guest = browse("guest")
    shown = guest.follow(answers(guest, poll_id, "jmn", page=comes(guest, path)))
    own = re.search(r"/prik/eigen/da_[\w-]+", shown.text)
    assert own is not None
    other = browse("guest")
    page = comes(other, own[0])
    assert page.text.count(" checked") == 3
    answers(other, poll_id, "nnn", page=page)
    assert db.session.scalars(select(PollReply.id)).all().__len__() == 1
    assert {row.says for row in db.session.scalars(select(PollChoice))} == {"no"}


def test_guests_with_one_link_answer_each_for_themselves(browse: Browse, asked: tuple[uuid.UUID, str]) -> None:
    poll_id, path = asked
    for name in ("Sam", "Sam", "Robin"):
        guest = browse("guest")
        answers(guest, poll_id, "jnn", name=name, page=comes(guest, path))
    assert sorted(db.session.scalars(select(PollReply.guest_name))) == ["Robin", "Sam", "Sam"]


def test_a_guest_sees_how_many_and_nobody_s_name(browse: Browse, cast: Cast, asked: tuple[uuid.UUID, str]) -> None:
    poll_id, path = asked
    say(browse("hilde"), poll_id, "jjn")
    other = browse("guest")
    answers(other, poll_id, "jnn", page=comes(other, path))
    page = comes(browse("guest"), path)
    assert page.says("Past voor 2 van de 2")
    for name in ("Hilde", "Noor", "Bram", "Sam", "Vandekanarie"):
        assert name not in page.text
    guest = browse("guest")
    comes(guest, path)
    for closed in (
        f"/prikkers/{poll_id}",
        f"/prikkers/{poll_id}/nieuws",
        f"/prikkers/{poll_id}/beheer",
        "/werkgroepen",
    ):
        assert guest.get(closed).location.startswith("/aanmelden"), closed


def test_of_a_confidential_group_a_link_shows_the_question_alone(browse: Browse, cast: Cast) -> None:
    made = makers.poll(cast, Visibility.CONFIDENTIAL)
    path = makers.link(cast, made)
    db.session.commit()
    guest = browse("guest")
    page = comes(guest, path)
    assert page.says("Wanneer zien we elkaar?", "Zaal Merel")
    assert "Welkom" not in page.text
    assert "kinderen welkom heten" not in page.text


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("", "jmn", "Vul in hoe mensen je noemen."),
        (NAME, "", "Zeg van minstens één moment of het past."),
        ("x" * 61, "j", "te lang"),
    ],
)
def test_what_is_missing_is_asked_and_what_was_ticked_stays(
    browse: Browse, asked: tuple[uuid.UUID, str], name: str, said: str, sentence: str
) -> None:
    poll_id, path = asked
    guest = browse("guest")
    page = answers(guest, poll_id, said, name=name, page=comes(guest, path))
    assert page.status == 422
    assert page.says(sentence)
    assert page.text.count(" checked") == len(said)
    assert name in page.text


def test_a_guest_who_is_late_reads_so_and_keeps_what_was_typed(browse: Browse, asked: tuple[uuid.UUID, str]) -> None:
    poll_id, path = asked
    guest = browse("guest")
    page = comes(guest, path)
    browse("noor").post(f"/prikkers/{poll_id}/sluiten")
    late = answers(guest, poll_id, "jmn", page=page)
    assert late.status == 409
    assert late.says("De prikker sloot intussen.", "staat hier nog")
    assert NAME in late.text
    assert late.text.count(" checked") == 3
    assert guest.get(f"/prik/{poll_id}/meedoen").says("Deze prikker is gesloten.")


def test_a_new_link_ends_the_one_before_and_answers_stay(browse: Browse, asked: tuple[uuid.UUID, str]) -> None:
    poll_id, path = asked
    had, new = browse("guest"), browse("guest")
    comes(had, path)
    answered = browse("guest")
    answers(answered, poll_id, "jjj", page=comes(answered, path))
    noor = browse("noor")
    noor.post(f"/prikkers/{poll_id}/link")
    over = had.get(f"/prik/{poll_id}/meedoen")
    assert over.status == 410
    assert over.says("Deze link werkt niet meer", "Wat je antwoordde, blijft bewaard.")
    assert new.follow(new.get(path)).status == 410
    assert answers(answered, poll_id, "nnn").status == 303  # by the link to their own answer
    shown = noor.get(f"/prikkers/{poll_id}/beheer")
    fresh = re.search(r"/prik/dp_[\w-]+", shown.text)
    assert fresh is not None
    assert fresh[0] != path
    comes(new, fresh[0])
    noor.post(f"/prikkers/{poll_id}/link/stoppen")
    assert new.get(f"/prik/{poll_id}/meedoen").status == 410


def test_a_link_that_never_was_and_one_of_something_else_open_nothing(
    browse: Browse, asked: tuple[uuid.UUID, str]
) -> None:
    guest = browse("guest")
    for path in ("/prik/dp_nee", "/prik/da_nee", "/prik/eigen/da_nee", asked[1].replace("/prik", "/prik/eigen")):
        assert guest.get(path).status == 404, path


def test_reading_the_link_ten_times_uses_nothing_up(browse: Browse, asked: tuple[uuid.UUID, str]) -> None:
    scanner = browse("guest")
    for _time in range(10):
        scanner.get(asked[1])
    comes(browse("guest"), asked[1])


def test_a_member_who_follows_the_link_comes_to_the_page_of_the_group(
    browse: Browse, asked: tuple[uuid.UUID, str]
) -> None:
    hilde = browse("hilde")
    page = hilde.follow(hilde.get(asked[1]))
    assert page.location == f"/prikkers/{asked[0]}"


def test_sixty_guests_and_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_GUESTS", 2)
    poll = makers.poll(cast)
    guest = Actor(keys=frozenset({Grant(Key.POLL, poll.id)}))
    for _number in range(2):
        answering.answer_as_guest(poll, "Sam", sheet(poll, "jjj"), by=guest)
    with pytest.raises(Invalid) as refused:
        answering.answer_as_guest(poll, "Sam", sheet(poll, "jjj"), by=guest)
    assert refused.value.errors == {"name": "many_guests"}


def test_the_name_of_a_guest_goes_thirty_days_after_the_last_day(cast: Cast) -> None:
    poll = makers.poll(cast)
    guest = Actor(keys=frozenset({Grant(Key.POLL, poll.id)}))
    answering.answer_as_guest(poll, NAME, sheet(poll, "jjj"), by=guest)
    answering.answer(poll, sheet(poll, "jnn"), by=cast.actor("hilde"))
    named = select(PollReply.guest_name).where(PollReply.person_id.is_(None))
    with clock.at(clock.now() + timedelta(days=35)):
        forgetting.forget_polls()
        assert db.session.scalars(named).all() == [NAME]
    with clock.at(clock.now() + timedelta(days=36)):
        forgetting.forget_polls()
        db.session.expire_all()
        assert db.session.scalars(named).all() == [""]
        counted = queries.board(db.session.get_one(DatePoll, poll.id))
        assert [one.yes for one in counted.tallies] == [2, 1, 1]


def test_withdrawn_moments_of_somebody_else_s_poll_are_none_of_a_guest(cast: Cast) -> None:
    poll, other = makers.poll(cast), makers.poll(cast)
    guest = Actor(keys=frozenset({Grant(Key.POLL, poll.id)}))
    saved = answering.answer_as_guest(poll, "Sam", sheet(other, "jjj"), by=guest)
    assert saved.lost == len(ids(other))
    assert db.session.scalars(select(PollChoice)).all() == []
