"""An action answered from the mail: three links, a page with one button each, and nothing that happens by reading."""

import uuid
from datetime import timedelta
from email.message import EmailMessage

from sqlalchemy import delete, select

from tests.accounts.test_passkeys import by_mail
from tests.groups.reminded import DUE, LINK, again, at, carried, link_in, sweep
from tests.people import Cast
from tests.support.browse import Browse, Browser
from tests.support.mails import receivers, text_of
from tests.support.rows import all_stored, changed
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import carrying, items
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.owning import Owner
from webapp.notifications.models import Notice

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
    before = all_stored(but={"attempts"})
    with clock.at(at(DUE, 11)):
        guest = browse("guest")
        for way in WAYS:
            for _ in range(5):
                guest.follow(guest.get(link_in(mailed[0], way)))
                guest.client.head(link_in(mailed[0], way), base_url=guest.base_url)
    assert changed(before, all_stored(but={"attempts"})) == []


def test_done_from_the_mail(cast: Cast, browse: Browse, mailed: list[EmailMessage]) -> None:
    item_id = reminded(cast, mailed)
    guest = answered(browse, mailed[0], "klaar")
    assert again(item_id).status is ItemStatus.DONE
    assert [row.name for row in items.notes(again(item_id))] == ["Hilde Maes"]
    with clock.at(at(DUE, 12)):
        assert guest.get(f"/werkgroepen/acties/{item_id}/antwoord").says("Klaar. Mooi gedaan.")
        late = guest.get(link_in(mailed[0], "later"))
        assert guest.get(guest.follow(late).location).says("Klaar. Mooi gedaan.")


def test_of_a_group_about_integrity_it_answers_its_one_action_and_opens_nothing_else(
    cast: Cast, browse: Browse, mailed: list[EmailMessage]
) -> None:
    item_id = reminded(cast, mailed)
    again(item_id).group.is_about_integrity = True
    db.session.commit()
    with clock.at(at(DUE, 11)):
        hilde = by_mail(browse, cast, "hilde")
        followed = hilde.get(link_in(mailed[0], "klaar"))
        assert hilde.submit(hilde.follow(followed), followed.location).status == 303
        assert again(item_id).status is ItemStatus.DONE
        assert hilde.get(f"/werkgroepen/acties/{item_id}").location.startswith("/bewijs")


def test_a_week_later_from_the_mail(cast: Cast, browse: Browse, mailed: list[EmailMessage]) -> None:
    item_id = reminded(cast, mailed)
    answered(browse, mailed[0], "later")
    assert again(item_id).due_on == DUE + timedelta(days=7)
    assert [row.words for row in items.notes(again(item_id))] == ["Een week later, als antwoord op de herinnering."]
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
        token = next(one for one in LINK.findall(text_of(mailed[0])))
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
