"""Reminders of actions: before, on and after the day, to whoever carries it, answered from the mail in one tap."""

import re
import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import delete, select

from tests.core.together import at_once
from tests.groups.makers import group
from tests.people import Cast
from tests.support.browse import Browser
from tests.support.rows import all_rows, changed
from webapp.accounts.models import Function, Person
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.groups import actions, carrying, items, reminding
from webapp.groups.carrying import Owner, Wanted
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem, ActionReminder, Membership
from webapp.notifications import mail
from webapp.notifications.models import Notice

Browse = Callable[[str], Browser]
START = date(2026, 11, 2)
DUE = date(2026, 11, 20)
LINK = re.compile(r"https://brug\.test(/g/\S+)")


@pytest.fixture
def mailed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """Every mail that leaves."""
    found: list[EmailMessage] = []
    monkeypatch.setattr(mail, "_hand_over", lambda message, _url: found.append(message))
    return found


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), clock.BRUSSELS)


def carried(cast: Cast, owner: Owner | None, due_on: date = DUE, **more: Visibility) -> uuid.UUID:
    """An action that was written down weeks before; what else was mailed about it is gone."""
    with clock.at(at(START)):
        made = carrying.add(group(cast, **more), Wanted("Soep maken", owner, due_on), by=cast.actor("noor"))
        item_id = made.id
        db.session.commit()
        db.session.execute(delete(outbox.Job))
        db.session.commit()
    return item_id


def sweep(day: date, hour: int = 10) -> None:
    """What the clock does on a day, twice, and the mail that follows."""
    with clock.at(at(day, hour)):
        for _ in range(2):
            reminding.remind_who_carries()
            db.session.commit()
        while outbox.run_due("test"):
            pass
    db.session.rollback()


def receivers(mailed: list[EmailMessage]) -> list[str]:
    return sorted(str(one["To"].addresses[0].addr_spec).split("@")[0] for one in mailed)


def text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part
    return str(part.get_content())


def link_in(message: EmailMessage, way: str) -> str:
    return next(one for one in LINK.findall(text(message)) if one.endswith(f"wat={way}"))


def again(item_id: uuid.UUID) -> ActionItem:
    db.session.rollback()
    db.session.expire_all()
    return items.item(item_id) or pytest.fail("gone")


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
    assert "Werkgroep Welkom, tegen vr 20 nov" in text(message)
    assert "Soep" not in message.as_string()


def test_a_confidential_group_is_named_nowhere(cast: Cast, mailed: list[EmailMessage]) -> None:
    carried(cast, Owner(cast.lantaarn, cast.hilde), visibility=Visibility.CONFIDENTIAL)
    sweep(DUE)
    whole = mailed[0].as_string() + text(mailed[0])
    assert "Een actie van een werkgroep, vandaag" in text(mailed[0])
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
def test_who_is_gone_hears_nothing(cast: Cast, mailed: list[EmailMessage], how: str) -> None:
    carried(cast, Owner(cast.lantaarn, cast.hilde))
    if how == "seat":
        db.session.execute(delete(Function).where(Function.person_id == cast.hilde))
    else:
        db.session.get_one(Person, cast.hilde).is_active = False
    db.session.commit()
    sweep(DUE)
    assert mailed == []


def test_nobody_is_reminded_of_what_nobody_carries(cast: Cast, mailed: list[EmailMessage]) -> None:
    carried(cast, None)
    sweep(DUE)
    assert mailed == []


def test_several_actions_are_one_mail(cast: Cast, mailed: list[EmailMessage]) -> None:
    for day in (DUE, DUE, DUE + timedelta(days=2)):
        carried(cast, Owner(cast.lantaarn, cast.hilde), day)
    sweep(DUE)
    [message] = mailed
    assert message["Subject"] == "3 acties wachten op jou"
    assert len(set(LINK.findall(text(message)))) == 9


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


WAYS = ("klaar", "later", "lukt-niet")


def reminded(cast: Cast, mailed: list[EmailMessage], **more: Visibility) -> uuid.UUID:
    """Hilde got a reminder on the day itself."""
    item_id = carried(cast, Owner(cast.lantaarn, cast.hilde), **more)
    sweep(DUE)
    return item_id


def answered(browse: Browse, message: EmailMessage, way: str, **fields: str) -> Browser:
    """A guest follows a link and presses the one button, an hour later."""
    with clock.at(at(DUE, 11)):
        guest = browse("guest")
        followed = guest.get(link_in(message, way))
        assert followed.status == 303
        assert "ac_" not in followed.location
        page = guest.follow(followed)
        assert page.says("Soep maken")
        assert page.text.count("<button") == 1 + page.text.count('action="/taal"') + page.text.count('action="/thema"')
        assert guest.submit(page, followed.location, **fields).status == 303
    return guest


def test_reading_answers_nothing_however_often(cast: Cast, browse: Browse, mailed: list[EmailMessage]) -> None:
    reminded(cast, mailed)
    before = all_rows(but={"attempts"})
    with clock.at(at(DUE, 11)):
        guest = browse("guest")
        for way in WAYS:
            for _ in range(5):
                guest.follow(guest.get(link_in(mailed[0], way)))
                guest.client.head(link_in(mailed[0], way), base_url=guest.base_url)
    assert changed(before, all_rows(but={"attempts"})) == []


def test_done_from_the_mail(cast: Cast, browse: Browse, mailed: list[EmailMessage]) -> None:
    item_id = reminded(cast, mailed)
    guest = answered(browse, mailed[0], "klaar")
    assert again(item_id).status is ItemStatus.DONE
    assert [row.name for row in items.notes(again(item_id))] == ["Hilde Maes"]
    with clock.at(at(DUE, 12)):
        assert guest.get(f"/werkgroepen/acties/{item_id}/antwoord").says("Klaar. Mooi gedaan.")
        late = guest.get(link_in(mailed[0], "later"))
        assert guest.get(guest.follow(late).location).says("Klaar. Mooi gedaan.")


def test_a_week_later_from_the_mail(cast: Cast, browse: Browse, mailed: list[EmailMessage]) -> None:
    item_id = reminded(cast, mailed)
    answered(browse, mailed[0], "later")
    assert again(item_id).due_on == DUE + timedelta(days=7)
    assert [row.words for row in items.notes(again(item_id))] == ["Een week later."]
    sweep(DUE + timedelta(days=3))
    assert len(mailed) == 1
    sweep(DUE + timedelta(days=7))
    assert len(mailed) == 2


def test_it_does_not_work_out_and_the_group_hears(cast: Cast, browse: Browse, mailed: list[EmailMessage]) -> None:
    item_id = reminded(cast, mailed)
    guest = answered(browse, mailed[0], "lukt-niet", words="Ik lig met een been in het gips.")
    assert again(item_id).owner_organisation_id is None
    told = db.session.scalars(select(Notice.person_id).where(Notice.kind == "action_free")).all()
    assert sorted(told) == sorted([cast.noor, cast.bram])
    group_id = again(item_id).group_id
    assert browse("noor").get(f"/werkgroepen/{group_id}/acties").says("Nog van niemand", "Soep maken")
    assert browse("noor").get(f"/werkgroepen/acties/{item_id}").says("Ik lig met een been in het gips.", "Hilde Maes")
    with clock.at(at(DUE, 12)):
        assert guest.get(f"/werkgroepen/acties/{item_id}/antwoord").says("Je hoeft niets meer te doen")
    sweep(DUE + timedelta(days=3))
    assert "hilde" not in receivers(mailed[1:])


def test_two_who_carry_it_together_do_not_put_it_off_twice(
    cast: Cast, browse: Browse, mailed: list[EmailMessage]
) -> None:
    item_id = reminded(cast, mailed)
    with clock.at(at(DUE, 11)):
        guest = browse("guest")
        place = guest.get(link_in(mailed[0], "later")).location
        stale = guest.get(place).form(place)
        carrying.put_off(again(item_id), by=cast.actor("hilde"))
        db.session.commit()
        answer = guest.post(place, stale)
        assert answer.status == 409
        assert answer.says("Iemand was hier net voor jou.")
    assert again(item_id).due_on == DUE + timedelta(days=7)


def test_what_is_too_long_stays_there(cast: Cast, browse: Browse, mailed: list[EmailMessage]) -> None:
    reminded(cast, mailed)
    with clock.at(at(DUE, 11)):
        guest = browse("guest")
        place = guest.get(link_in(mailed[0], "lukt-niet")).location
        answer = guest.post(place, guest.get(place).form(place) | {"words": "x" * 10_000})
        assert answer.status == 422
        assert "x" * 10_000 in answer.text


def test_a_link_opens_one_action_for_one_person(cast: Cast, browse: Browse, mailed: list[EmailMessage]) -> None:
    other = carried(cast, Owner(cast.lantaarn, cast.hilde))
    item_id = reminded(cast, mailed, visibility=Visibility.CONFIDENTIAL)
    with clock.at(at(DUE, 11)):
        token = next(one for one in LINK.findall(text(mailed[0])))
        guest = browse("guest")
        guest.get(token)
        opened = [one for one in (item_id, other) if guest.get(f"/werkgroepen/acties/{one}/antwoord").status == 200]
        assert len(opened) == 1
        assert guest.get(f"/werkgroepen/acties/{opened[0]}").status in (303, 401)
        assert guest.get(f"/werkgroepen/{again(opened[0]).group_id}").status in (303, 401)
        stranger = browse("fatma")
        stranger.get(token)
        page = stranger.get(f"/werkgroepen/acties/{opened[0]}/antwoord/klaar")
        stranger.submit(page, f"/werkgroepen/acties/{opened[0]}/antwoord/klaar")
        assert [row.name for row in items.notes(again(opened[0]))] == ["Hilde Maes"]


def test_links_that_do_not_work_say_what_to_do_now(cast: Cast, browse: Browse, mailed: list[EmailMessage]) -> None:
    item_id = reminded(cast, mailed)
    link = link_in(mailed[0], "klaar")
    guest = browse("guest")
    assert guest.get("/g/ac_nothing").status == 404
    with clock.at(at(DUE + timedelta(days=29))):
        assert guest.get(link).status == 410
    with clock.at(at(DUE, 11)):
        kept = browse("guest")
        kept.follow(kept.get(link))
        db.session.execute(delete(Function).where(Function.person_id == cast.hilde))
        db.session.commit()
        for page in (guest.get(link), kept.get(f"/werkgroepen/acties/{item_id}/antwoord")):
            assert page.status == 410
            assert page.says("Deze link werkt niet meer")
