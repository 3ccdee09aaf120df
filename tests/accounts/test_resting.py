"""Accounts that nobody needs: closed after a year without a function, gone a year after that."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from tests.people import Cast
from webapp.accounts import forgetting, invitations, resting
from webapp.accounts.models import Organisation, Person
from webapp.core import clock, ledger
from webapp.core.db import db
from webapp.core.ledger import Erasure
from webapp.vocabulary.functions import FunctionKind


def after(days: int) -> None:
    """Let the clocks of accounts run, so many days from now."""
    with clock.at(clock.now() + timedelta(days=days)):
        forgetting.forget_ended_seats()
        resting.close_resting_accounts()
        resting.forget_closed_accounts()
        db.session.commit()


def found(person_id: uuid.UUID) -> tuple[str, bool] | None:
    """The name of a person, and whether their account is open."""
    db.session.expire_all()
    person = db.session.get(Person, person_id)
    return (person.name, person.is_active) if person else None


def test_who_has_no_function_for_a_year_is_closed_and_a_year_later_gone(cast: Cast) -> None:
    """Mo's last function ended yesterday; the others hold one."""
    after(364)
    assert found(cast.moved) == ("Mo Verhulst", True)
    after(366)
    assert found(cast.moved) == ("Mo Verhulst", False)
    after(366 + 364)
    assert found(cast.moved) == ("Mo Verhulst", False)
    after(366 + 366)
    assert found(cast.moved) is None
    assert db.session.scalars(select(Erasure.thing_id).where(Erasure.kind == "person")).all() == [cast.moved]
    assert found(cast.hilde) == ("Hilde Maes", True)
    assert found(cast.gone) == ("Gust Thys", False), "closed by somebody, and still with a function"


def test_who_is_invited_again_finds_their_account_open(cast: Cast) -> None:
    after(366)
    with clock.at(clock.now() + timedelta(days=400)):
        invitations.invite(
            db.session.get_one(Organisation, cast.zilverreiger),
            name="Mo Verhulst",
            email="moved@brug.example",
            kind=FunctionKind.CREW,
            begins_on=clock.today(),
            ends_on=None,
            by=cast.actor("noor"),
        )
        db.session.commit()
    assert found(cast.moved) == ("Mo Verhulst", True)
    after(402)
    assert found(cast.moved) == ("Mo Verhulst", True)
    after(400 + 366 + 366)
    assert found(cast.moved) == ("Mo Verhulst", False), "closed anew, and its year begins anew"


def test_whom_somebody_closed_is_not_opened_by_an_invitation(cast: Cast) -> None:
    resting.wake("gone@brug.example", by=cast.actor("noor"))
    db.session.commit()
    assert found(cast.gone) == ("Gust Thys", False)


def test_a_backup_from_before_does_not_bring_a_person_back(cast: Cast) -> None:
    ledger.REPLAYS["person"](cast.moved)
    ledger.REPLAYS["person"](cast.moved)
    db.session.commit()
    assert found(cast.moved) is None
