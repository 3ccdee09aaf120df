"""Reminders of actions: before, on and after the day, to whoever carries it, and never more than that."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import delete, select

from tests.core.together import at_once
from tests.groups.reminded import DUE, LINK, START, again, at, carried, sweep
from tests.people import Cast
from tests.support.mails import receivers, text_of
from webapp.accounts.models import Function, Person
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.groups import actions, carrying, reminding
from webapp.groups.carrying import Wanted
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionReminder, Membership
from webapp.groups.owning import Owner
from webapp.notifications.models import Notice


def test_three_mails_around_the_day_and_then_never_again(cast: Cast, mailed: list[EmailMessage]) -> None:
    carried(cast, Owner(cast.lantaarn, cast.hilde))
    told = []
    for number in range(60):
        day = START + timedelta(days=number)
        before = len(mailed)
        sweep(day)
        told += [day] * (len(mailed) - before)
    assert told == [DUE - timedelta(days=3), DUE, DUE + timedelta(days=3)]
    assert receivers(mailed) == ["hilde"] * 3


def test_what_a_mail_says(cast: Cast, mailed: list[EmailMessage]) -> None:
    carried(cast, Owner(cast.lantaarn, cast.hilde))
    sweep(DUE - timedelta(days=3))
    [message] = mailed
    assert message["Subject"] == "Een actie wacht op jou"
    assert "Werkgroep Welkom, tegen vr 20 nov" in text_of(message)
    assert "Soep" not in message.as_string()


def test_a_confidential_group_is_named_nowhere(cast: Cast, mailed: list[EmailMessage]) -> None:
    carried(cast, Owner(cast.lantaarn, cast.hilde), visibility=Visibility.CONFIDENTIAL)
    sweep(DUE)
    whole = mailed[0].as_string() + text_of(mailed[0])
    assert "Een actie van een werkgroep, vandaag" in text_of(mailed[0])
    assert not [word for word in ("Welkom", "Soep", "vertrouwelijk") if word in whole]


def test_nobody_is_woken_and_a_missed_day_is_one_mail(cast: Cast, mailed: list[EmailMessage]) -> None:
    carried(cast, Owner(cast.lantaarn, cast.hilde))
    sweep(DUE, 6)
    sweep(DUE, 20)
    assert mailed == []
    sweep(DUE, 8)
    assert len(mailed) == 1


def test_another_day_begins_anew_and_the_same_day_does_not(cast: Cast, mailed: list[EmailMessage]) -> None:
    item_id = carried(cast, Owner(cast.lantaarn, cast.hilde))
    sweep(DUE)
    later = DUE + timedelta(days=10)
    with clock.at(at(DUE, 11)):
        wanted = Wanted("Soep maken", Owner(cast.lantaarn, cast.hilde), later)
        carrying.edit(again(item_id), wanted, by=cast.actor("noor"))
        db.session.commit()
        carrying.edit(again(item_id), wanted, by=cast.actor("noor"))
        db.session.commit()
    days = db.session.scalars(select(ActionReminder.on).order_by(ActionReminder.on)).all()
    assert days == [later - timedelta(days=3), later, later + timedelta(days=3)]
    sweep(DUE + timedelta(days=3))
    assert len(mailed) == 1
    sweep(later)
    assert len(mailed) == 2


def test_who_writes_down_what_is_due_tomorrow_knows_that(cast: Cast, mailed: list[EmailMessage]) -> None:
    carried(cast, Owner(cast.lantaarn, cast.hilde), START + timedelta(days=1))
    sweep(START)
    assert mailed == []
    sweep(START + timedelta(days=1))
    assert len(mailed) == 1


def test_it_stops_as_soon_as_somebody_acted(cast: Cast, mailed: list[EmailMessage]) -> None:
    item_id = carried(cast, Owner(cast.lantaarn, cast.hilde))
    with clock.at(at(START, 11)):
        carrying.move(again(item_id), ItemStatus.MOVING, by=cast.actor("hilde"))
        db.session.commit()
    sweep(DUE - timedelta(days=3))
    assert len(mailed) == 1
    with clock.at(at(DUE - timedelta(days=2))):
        carrying.move(again(item_id), ItemStatus.STUCK, "De ketel is stuk.", by=cast.actor("bram"))
        db.session.commit()
    sweep(DUE)
    assert len(mailed) == 1
    with clock.at(at(DUE, 11)):
        for status in (ItemStatus.DONE, ItemStatus.MOVING):
            carrying.move(again(item_id), status, by=cast.actor("bram"))
            db.session.commit()
        db.session.commit()
    sweep(DUE + timedelta(days=3))
    assert len(mailed) == 2


def test_done_between_the_clock_and_the_mail_sends_nothing(cast: Cast, mailed: list[EmailMessage]) -> None:
    item_id = carried(cast, Owner(cast.lantaarn, cast.hilde))
    with clock.at(at(DUE)):
        reminding.remind_who_carries()
        carrying.move(again(item_id), ItemStatus.DONE, by=cast.actor("bram"))
        db.session.commit()
    sweep(DUE)
    assert mailed == []


def test_an_organisation_is_reminded_by_who_sits_for_it(cast: Cast, mailed: list[EmailMessage]) -> None:
    carried(cast, Owner(cast.lantaarn))
    sweep(DUE)
    assert receivers(mailed) == ["hilde"]  # pieter sat here until yesterday, lena never did


def test_who_left_the_group_leaves_it_to_the_organisation(cast: Cast, mailed: list[EmailMessage]) -> None:
    item_id = carried(cast, Owner(cast.lantaarn, cast.hilde))
    with clock.at(at(START, 11)):
        made = again(item_id).group
        actions.add_member(made, cast.lena, cast.lantaarn, by=cast.actor("noor"))
        own = next(row.id for row in made.members if row.person_id == cast.hilde)
        actions.end_membership(db.session.get_one(Membership, own), by=cast.actor("hilde"))
        db.session.execute(delete(outbox.Job))
        db.session.commit()
    sweep(DUE)
    assert receivers(mailed) == ["lena"]


@pytest.mark.parametrize("how", ["seat", "account"])
def test_who_is_gone_hears_nothing_and_who_leads_does(cast: Cast, mailed: list[EmailMessage], how: str) -> None:
    carried(cast, Owner(cast.lantaarn, cast.hilde))
    if how == "seat":
        db.session.execute(delete(Function).where(Function.person_id == cast.hilde))
    else:
        db.session.get_one(Person, cast.hilde).is_active = False
    db.session.commit()
    sweep(DUE)
    assert receivers(mailed) == ["bram", "noor"]


def test_nobody_is_reminded_of_what_nobody_carries(cast: Cast, mailed: list[EmailMessage]) -> None:
    item_id = carried(cast, None)
    in_own_name = Membership(group_id=again(item_id).group_id, person_id=cast.moved, begins_on=START)
    db.session.add(in_own_name)
    db.session.commit()
    sweep(DUE)
    assert mailed == []


def test_several_actions_are_one_mail(cast: Cast, mailed: list[EmailMessage]) -> None:
    for day in (DUE, DUE, DUE + timedelta(days=2)):
        carried(cast, Owner(cast.lantaarn, cast.hilde), day)
    sweep(DUE)
    [message] = mailed
    assert message["Subject"] == "3 acties wachten op jou"
    assert len(set(LINK.findall(text_of(message)))) == 9


def test_several_workers_at_once_tell_each_person_once(app: Flask, cast: Cast) -> None:
    carried(cast, Owner(cast.lantaarn, cast.hilde))
    carried(cast, Owner(cast.halvenoot))

    def act(_number: int) -> None:
        with clock.at(at(DUE)):
            reminding.remind_who_carries()
            db.session.commit()

    at_once(app, 4, act)
    told = db.session.scalars(select(Notice.person_id).where(Notice.kind == "action_due")).all()
    assert sorted(told) == sorted([cast.hilde, cast.bram])
    db.session.rollback()
