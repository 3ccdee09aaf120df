"""Links with a token: for one purpose, until they end, once where once is meant."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.core.together import at_once
from webapp.core import clock, links
from webapp.core.db import db
from webapp.core.links import Link, Purpose

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
THING = uuid.UUID(int=7)


@pytest.fixture
def token(app: Flask) -> str:
    with clock.at(NOON):
        made = links.issue(Purpose.ANSWER, THING, expires_at=NOON + timedelta(days=1))
    db.session.commit()
    return made


def found(token: str, purpose: Purpose = Purpose.ANSWER) -> Link:
    link = links.find(purpose, token)
    assert link is not None
    return link


def test_the_token_itself_is_kept_nowhere(token: str) -> None:
    row = db.session.execute(select(Link.__table__)).one()
    assert token.startswith("vr_")
    assert len(token) >= 3 + 43, "256 bits"
    assert not [value for value in row if token in str(value) or token[3:] in str(value)]


def test_no_two_tokens_are_alike(app: Flask) -> None:
    made = {links.issue(purpose, THING, expires_at=clock.now()) for purpose in Purpose for _ in range(20)}
    assert len(made) == 20 * len(Purpose)


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.ANSWER])
def test_a_token_opens_nothing_else(token: str, purpose: Purpose) -> None:
    assert links.find(purpose, token) is None
    assert links.find(purpose, f"{purpose.value}_{token[3:]}") is None
    assert found(token).subject_id == THING


@pytest.mark.parametrize("wrong", ["", "vr_", "vr_x", "nonsense", "vr_' OR 1=1 --", "vr_" + "a" * 10_000])
def test_a_strangers_token_finds_nothing(token: str, wrong: str) -> None:
    assert links.find(Purpose.ANSWER, wrong) is None
    assert links.find(Purpose.ANSWER, token + "a") is None
    assert links.find(Purpose.ANSWER, token.swapcase()) is None


def test_a_link_works_until_the_second_it_ends(token: str) -> None:
    link = found(token)
    for away, works in ((timedelta(seconds=-1), True), (timedelta(0), False), (timedelta(seconds=1), False)):
        with clock.at(NOON + timedelta(days=1) + away):
            assert link.works is works
            assert bool(links.working([link.id])) is works
            assert links.find(Purpose.ANSWER, token) is link, "the page can still say why"


def test_a_link_that_ended_is_not_used_up(token: str) -> None:
    with clock.at(NOON + timedelta(days=2)):
        assert links.use_up(found(token)) is False


def test_following_a_link_uses_nothing_up(token: str) -> None:
    with clock.at(NOON):
        for _ in range(10):
            assert found(token).works
        assert links.use_up(found(token)) is True
        db.session.expire_all()
        assert not found(token).works
        assert links.use_up(found(token)) is False


def test_of_many_who_use_a_link_at_once_one_is_first(app: Flask) -> None:
    made = links.issue(Purpose.INVITATION, THING, expires_at=clock.now() + timedelta(days=1))
    db.session.commit()
    db.session.remove()

    def act(_number: int) -> bool:
        won = links.use_up(found(made, Purpose.INVITATION))
        db.session.commit()
        return won

    assert sorted(at_once(app, 10, act)) == [False] * 9 + [True]


def test_revoking_ends_the_links_of_one_purpose_to_one_thing(app: Flask) -> None:
    later = clock.now() + timedelta(days=1)
    first, second = (links.issue(Purpose.WELCOME, THING, expires_at=later) for _ in range(2))
    other_thing = links.issue(Purpose.WELCOME, uuid.UUID(int=8), expires_at=later)
    other_purpose = links.issue(Purpose.ANSWER, THING, expires_at=later)
    links.revoke(Purpose.WELCOME, THING)
    db.session.commit()
    db.session.expire_all()
    assert not found(first, Purpose.WELCOME).works
    assert not found(second, Purpose.WELCOME).works
    assert found(other_thing, Purpose.WELCOME).works
    assert found(other_purpose).works
    assert links.use_up(found(first, Purpose.WELCOME)) is False


def test_of_no_links_none_work(app: Flask) -> None:
    assert links.working([]) == []
    assert links.working([uuid.uuid4()]) == []
