"""The monthly mail to contact points: is it still right? And the page it opens, without signing in."""

import re
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from tests.core.together import at_once
from tests.directory.forms import history, stored
from tests.directory.makers import make_offer
from tests.people import Cast
from tests.support.browse import Browse, Browser
from tests.support.mails import text_of
from webapp.accounts.models import Function, Person
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.core.outbox import Job
from webapp.directory import reminding
from webapp.directory.models import Offer, UpkeepMail
from webapp.vocabulary.offers import Room

TUESDAY = date(2026, 11, 24)
LINK = re.compile(r"https://brug\.test(/k/\S+)")


@pytest.fixture
def old(cast: Cast) -> uuid.UUID:
    """A published offer of Scouts Zilverreiger that nobody confirmed for forty days."""
    return make_offer(cast.zilverreiger, confirmed_at=_at(TUESDAY) - timedelta(days=40), name="Zeehonden")


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), clock.BRUSSELS)


def sweep(day: date, hour: int = 10) -> None:
    """What the clock does on a day, twice, and the mail that follows."""
    with clock.at(_at(day, hour)):
        for _ in range(2):
            reminding.ask_whether_still_right()
            db.session.commit()
        while outbox.run_due("test"):
            pass
    db.session.rollback()


def receivers(mailed: list[EmailMessage]) -> list[str]:
    return [str(one["To"].addresses[0].addr_spec) for one in mailed]


def link_in(message: EmailMessage) -> str:
    found = LINK.search(text_of(message))
    assert found
    return found[1]


@pytest.fixture
def came(browse: Browse, mailed: list[EmailMessage], old: uuid.UUID) -> Iterator[Browser]:
    """A guest who followed the link in the mail, an hour later."""
    sweep(TUESDAY)
    with clock.at(_at(TUESDAY, 11)):
        guest = browse("guest")
        page = guest.get(link_in(mailed[0]))
        assert page.status == 303
        assert "kl_" not in page.location
        assert guest.follow(page).status == 200
        yield guest


def test_the_contact_point_is_asked_once_a_month_until_somebody_confirms(
    cast: Cast, mailed: list[EmailMessage], old: uuid.UUID
) -> None:
    make_offer(cast.zilverreiger, confirmed_at=_at(TUESDAY), name="Kapoenen")
    make_offer(cast.zilverreiger, confirmed_at=_at(TUESDAY) - timedelta(days=99), name="Nog niet", is_published=False)
    sweep(TUESDAY)
    sweep(TUESDAY, 15)
    sweep(TUESDAY + timedelta(days=20))
    assert receivers(mailed) == ["noor@brug.example"]
    text = text_of(mailed[0])
    assert mailed[0]["Subject"] == "Klopt het aanbod van Scouts Zilverreiger nog?"
    assert "Zeehonden" in text
    assert "Kapoenen" not in text
    assert "Nog niet" not in text
    sweep(date(2026, 12, 28))
    assert len(mailed) == 2
    assert "Kapoenen" in text_of(mailed[1])
    db.session.execute(update(Offer).values(confirmed_at=_at(date(2027, 1, 20))))
    db.session.commit()
    sweep(date(2027, 2, 1))
    assert len(mailed) == 2


def test_nobody_is_asked_at_night_on_a_free_day_or_in_a_quiet_month(
    cast: Cast, mailed: list[EmailMessage], old: uuid.UUID
) -> None:
    sweep(TUESDAY, 6)
    sweep(date(2026, 11, 28))
    sweep(date(2026, 12, 25))
    db.session.execute(update(Offer).values(quiet_months=[11]))
    db.session.commit()
    sweep(TUESDAY)
    assert mailed == []
    sweep(date(2026, 12, 1))
    assert receivers(mailed) == ["noor@brug.example"]


def test_who_confirmed_or_left_meanwhile_gets_no_mail(cast: Cast, mailed: list[EmailMessage], old: uuid.UUID) -> None:
    with clock.at(_at(TUESDAY)):
        reminding.ask_whether_still_right()
        db.session.get_one(Person, cast.noor).is_active = False
        db.session.commit()
    sweep(TUESDAY)
    assert mailed == []


def test_several_workers_at_once_ask_each_seat_once(app: Flask, cast: Cast, old: uuid.UUID) -> None:
    make_offer(cast.halvenoot, confirmed_at=_at(TUESDAY) - timedelta(days=40))

    def act(_number: int) -> None:
        with clock.at(_at(TUESDAY)):
            reminding.ask_whether_still_right()
            db.session.commit()

    at_once(app, 4, act)
    asked = [one.payload["seat"] for one in db.session.scalars(select(Job).where(Job.task == "mail.still_right"))]
    seats = db.session.scalars(
        select(Function.id).where(
            Function.person_id.in_([cast.noor, cast.bram, cast.yara]), Function.kind == "contact_point"
        )
    )
    assert sorted(asked) == sorted(one.hex for one in seats)
    assert len(db.session.scalars(select(UpkeepMail)).all()) == len(asked)
    db.session.rollback()


def test_reading_confirms_nothing_however_often(came: Browser, mailed: list[EmailMessage], old: uuid.UUID) -> None:
    before = stored(old).confirmed_at
    for _ in range(10):
        came.get(link_in(mailed[0]))
    assert stored(old).confirmed_at == before
    assert history(old) == []


def test_one_tap_confirms_everything_without_signing_in(cast: Cast, came: Browser, old: uuid.UUID) -> None:
    other = make_offer(cast.zilverreiger, confirmed_at=_at(TUESDAY) - timedelta(days=40), name="Otters")
    page = came.get(f"/klopt/{cast.zilverreiger}")
    assert page.says("Klopt dit nog?", "Zeehonden", "Otters", "Alles klopt")
    assert came.submit(page, f"/klopt/{cast.zilverreiger}/alles").status == 303
    for one in (old, other):
        offer = stored(one)
        assert offer.confirmed_at == clock.now()
        assert offer.confirmed_by_id == cast.noor
        assert history(one) == [("confirm", None, None)]
    assert came.get(f"/klopt/{cast.zilverreiger}").says("Alles is vandaag nagekeken.")


def test_the_room_is_said_right_there(cast: Cast, came: Browser, old: uuid.UUID) -> None:
    url, one = f"/klopt/{cast.zilverreiger}", f"/klopt/{cast.zilverreiger}/een"
    page = came.get(url)
    assert page.form(one)["offer"] == str(old)
    wrong = came.submit(page, one, room="places", free_places="veel")
    assert wrong.status == 422
    assert wrong.says("Schrijf een heel getal van 0 tot 999.")
    assert came.submit(page, one, room="full", waiting="6").status == 303
    offer = stored(old)
    assert (offer.room, offer.waiting, offer.confirmed_by_id) == (Room.FULL, 6, cast.noor)
    assert history(old) == [("room", "open", "full"), ("field.waiting", "0", "6")]


def test_the_one_big_button_sends_the_room_along(cast: Cast, came: Browser, old: uuid.UUID) -> None:
    """Whoever changed the room and taps the large button below must not lose it."""
    page = came.get(f"/klopt/{cast.zilverreiger}")
    assert not page.says("Alles klopt")
    assert f'form="right-{old}"' in page.text
    assert page.text.count(f'id="right-{old}"') == 1
    make_offer(cast.zilverreiger, confirmed_at=_at(TUESDAY) - timedelta(days=40), name="Otters")
    page = came.get(f"/klopt/{cast.zilverreiger}")
    assert page.says("Alles klopt", "Veranderde je iets aan de plaatsen? Tik daar eerst op “Dit klopt”.")
    assert f'form="right-{old}"' not in page.text


def test_an_offer_of_somebody_else_is_out_of_reach(cast: Cast, came: Browser) -> None:
    other = make_offer(cast.halvenoot, checked_days_ago=40)
    mine = f"/klopt/{cast.zilverreiger}"
    before = stored(other).confirmed_at
    assert came.submit(came.get(mine), f"{mine}/een", offer=str(other)).status == 422
    assert stored(other).confirmed_at == before
    assert came.get(f"/klopt/{cast.halvenoot}").status in (303, 401)
    assert came.get(f"/aanbod/{other}/wijzig").status in (303, 401)


def test_links_that_do_not_work_say_what_to_do_now(
    cast: Cast, browse: Browse, mailed: list[EmailMessage], old: uuid.UUID
) -> None:
    sweep(TUESDAY)
    link, guest = link_in(mailed[0]), browse("guest")
    assert guest.get("/k/kl_nothing").status == 404
    with clock.at(_at(TUESDAY) + timedelta(days=31)):
        expired = guest.get(link)
        assert expired.status == 410
        assert expired.says("Deze link is oud")
    with clock.at(_at(TUESDAY, 11)):
        kept = browse("guest")
        kept.follow(kept.get(link))
        db.session.execute(delete(Function).where(Function.person_id == cast.noor))
        db.session.commit()
        for page in (guest.get(link), kept.get(f"/klopt/{cast.zilverreiger}")):
            assert page.status == 410
            assert page.says("Nu antwoordt iemand anders")


def test_who_works_there_comes_without_a_link(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger, checked_days_ago=40)
    jef = browse("jef")
    url = f"/klopt/{cast.zilverreiger}"
    assert url in jef.get(f"/organisaties/{cast.zilverreiger}").links()
    assert jef.submit(jef.get(url), f"{url}/een").status == 303
    assert stored(offer_id).confirmed_by_id == cast.jef
    assert browse("hilde").get(url).status == 404
