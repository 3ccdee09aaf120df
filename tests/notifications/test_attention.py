"""How loudly people hear of things: asked directly at once, the rest in a weekly digest, and off means nothing."""

import uuid
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import delete, update

from tests.core.together import at_once
from tests.directory.makers import make_offer
from tests.groups import makers as groups
from tests.people import Cast
from tests.support.mails import receivers, text_of
from webapp.accounts.models import Person
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.core.outbox import Job
from webapp.directory import reminding as upkeep
from webapp.groups import actions as groups_actions
from webapp.groups.codes import Visibility
from webapp.notifications import actions, digest, queries
from webapp.notifications.kinds import NOTICE_TRAITS, Attention, NoticeKind, Subject, quieter
from webapp.notifications.models import MailChoice, Notice
from webapp.policy.rules import NotAllowed
from webapp.vocabulary.days import Weekday

MONDAY = date(2026, 11, 23)
NEWS = NoticeKind.MINUTES_READY


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.BRUSSELS)


def tell(people: list[uuid.UUID], kind: NoticeKind = NEWS, day: date = MONDAY - timedelta(days=3)) -> None:
    with clock.at(at(day)):
        actions.notify(people, kind, uuid.uuid4())
        db.session.commit()


def sweep(day: date, hour: int = 8, minute: int = 0) -> None:
    """What the clock does, twice, and the mail that follows."""
    with clock.at(at(day, hour, minute)):
        for _ in range(2):
            digest.ask_for_digests()
            db.session.commit()
        while outbox.run_due("test"):
            pass
    db.session.rollback()


def choose(cast: Cast, who: str, day: Weekday | None = Weekday.MONDAY, **most: Attention) -> None:
    choice = queries.choice(cast.people[who])
    assert choice
    actions.choose(choice, {Subject(name): way for name, way in most.items()}, day, by=cast.actor(who))
    db.session.commit()


def test_every_kind_says_how_loud_it_is_and_what_about() -> None:
    assert set(NOTICE_TRAITS) == set(NoticeKind)


def test_the_quieter_of_two_wins() -> None:
    for one in Attention:
        assert quieter(one, Attention.IN_BRUG) is Attention.IN_BRUG
        assert quieter(Attention.AT_ONCE, one) is one


def test_asked_directly_is_mailed_at_once_and_news_waits(cast: Cast, mailed: list[EmailMessage]) -> None:
    tell([cast.hilde], NoticeKind.ACTION_GIVEN)
    tell([cast.hilde], NEWS)
    sweep(MONDAY - timedelta(days=2))
    assert [one["Subject"] for one in mailed] == ["Er is een bericht voor De Lantaarn"]
    sweep(MONDAY)
    assert [one["Subject"] for one in mailed][1:] == ["Er is één ding nieuw voor jou in Brug"]


def test_one_mail_for_each_person_however_much_there_is(cast: Cast, mailed: list[EmailMessage]) -> None:
    for _ in range(3):
        tell([cast.hilde, cast.noor])
    tell([cast.hilde], NoticeKind.CHECKED_IN)
    sweep(MONDAY)
    assert receivers(mailed) == ["hilde", "noor"]
    [hers] = [one for one in mailed if "hilde" in str(one["To"])]
    assert hers["Subject"] == "Er zijn 4 dingen nieuw voor jou in Brug"
    assert "Het verslag van een vergadering is er. (3)" in text_of(hers)


def test_a_week_without_news_has_no_digest_and_nothing_is_told_twice(cast: Cast, mailed: list[EmailMessage]) -> None:
    sweep(MONDAY)
    assert mailed == []
    tell([cast.hilde])
    for week in range(5):
        sweep(MONDAY + timedelta(weeks=week))
    assert len(mailed) == 1


def test_what_was_read_in_brug_is_not_mailed(cast: Cast, mailed: list[EmailMessage]) -> None:
    tell([cast.hilde, cast.noor, cast.jef])
    actions.read_all(by=cast.actor("hilde"))
    db.session.commit()
    with clock.at(at(MONDAY)):
        digest.ask_for_digests()
        actions.read_all(by=cast.actor("noor"))  # between the clock and the mail
        db.session.commit()
    sweep(MONDAY)
    assert receivers(mailed) == ["jef"]


def test_what_comes_in_on_the_morning_itself_waits_a_week(cast: Cast, mailed: list[EmailMessage]) -> None:
    tell([cast.hilde])
    sweep(MONDAY, 8)
    tell([cast.hilde], day=MONDAY)
    sweep(MONDAY, 9)
    assert len(mailed) == 1
    sweep(MONDAY + timedelta(weeks=1))
    assert len(mailed) == 2


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_morning_is_that_of_brussels_when_the_clock_changes(
    cast: Cast, mailed: list[EmailMessage], sunday: date
) -> None:
    choose(cast, "hilde", Weekday.SUNDAY)
    tell([cast.hilde], day=sunday - timedelta(days=2))
    midnight = datetime.combine(sunday, time(0), clock.BRUSSELS).timestamp()
    sent = []
    for step in range(26 * 6):  # every ten minutes, through a day of 23 or 25 hours
        moment = datetime.fromtimestamp(midnight + step * 600, clock.BRUSSELS)
        with clock.at(moment):
            digest.ask_for_digests()
            db.session.commit()
            if outbox.run_due("test"):
                sent.append(moment.strftime("%a %H:%M"))
    assert sent == ["Sun 08:00"]
    assert len(mailed) == 1
    db.session.rollback()


def test_a_missed_hour_is_made_good_the_same_morning_and_no_later(cast: Cast, mailed: list[EmailMessage]) -> None:
    tell([cast.hilde])
    sweep(MONDAY, 7, 50)
    sweep(MONDAY, 12)
    sweep(MONDAY, 23)
    assert mailed == []
    sweep(MONDAY + timedelta(weeks=1), 11, 50)
    assert len(mailed) == 1


def test_each_on_the_day_they_chose(cast: Cast, mailed: list[EmailMessage]) -> None:
    choose(cast, "hilde", Weekday.THURSDAY)
    tell([cast.hilde, cast.noor])
    sweep(MONDAY)
    assert receivers(mailed) == ["noor"]
    sweep(MONDAY + timedelta(days=3))
    assert receivers(mailed) == ["hilde", "noor"]


def test_off_means_zero(cast: Cast, mailed: list[EmailMessage]) -> None:
    """Whatever happens in town for three weeks: nothing leaves."""
    for who in ("hilde", "noor"):
        choice = queries.choice(cast.people[who])
        assert choice
        actions.stop_everything(choice, by=cast.actor(who))
    db.session.commit()
    make_offer(cast.zilverreiger, confirmed_at=at(MONDAY) - timedelta(days=60))
    for kind in NoticeKind:
        tell([cast.hilde, cast.noor], kind)
    for days in range(21):
        with clock.at(at(MONDAY + timedelta(days=days), 10)):
            upkeep.ask_whether_still_right()
            db.session.commit()
        sweep(MONDAY + timedelta(days=days))
    assert mailed == []
    kept = db.session.query(Notice).filter(Notice.person_id == cast.hilde).count()
    assert kept == len(NoticeKind)


def test_turned_off_between_the_deed_and_the_mail(cast: Cast, mailed: list[EmailMessage]) -> None:
    tell([cast.hilde], NoticeKind.ACTION_GIVEN)
    tell([cast.hilde], NEWS)
    choose(cast, "hilde", groups=Attention.IN_BRUG)
    sweep(MONDAY)
    assert mailed == []


def test_a_subject_in_the_digest_comes_there_whole(cast: Cast, mailed: list[EmailMessage]) -> None:
    choose(cast, "hilde", groups=Attention.DIGEST)
    tell([cast.hilde], NoticeKind.ACTION_GIVEN)
    tell([cast.hilde], NoticeKind.WRITTEN)
    sweep(MONDAY - timedelta(days=2))
    assert len(mailed) == 1
    sweep(MONDAY)
    assert "actie van een werkgroep" in text_of(mailed[1])


def test_who_is_gone_gets_no_digest(cast: Cast, mailed: list[EmailMessage]) -> None:
    tell([cast.hilde, cast.noor])
    db.session.get_one(Person, cast.hilde).is_active = False
    db.session.commit()
    sweep(MONDAY)
    assert receivers(mailed) == ["noor"]


def test_a_confidential_group_is_named_in_no_mail(cast: Cast, mailed: list[EmailMessage]) -> None:
    with clock.at(at(MONDAY - timedelta(days=3))):
        made = groups.group(cast, Visibility.CONFIDENTIAL, "Lantaarnpaalkanarie")
        own = next(row.id for row in made.members if row.person_id == cast.hilde)
        row = db.session.get_one(groups.Membership, own)
        groups_actions.end_membership(row, by=cast.actor("noor"))
        db.session.commit()
    sweep(MONDAY)
    assert len(mailed) >= 4
    everything = "".join(one.as_string() + text_of(one) for one in mailed)
    assert "kanarie" not in everything


def test_several_workers_at_once_send_one_digest(app: Flask, cast: Cast) -> None:
    tell([cast.hilde, cast.noor])
    tell([cast.hilde])

    def act(_number: int) -> None:
        with clock.at(at(MONDAY)):
            digest.ask_for_digests()
            db.session.commit()

    at_once(app, 4, act)
    asked = [one.payload["person"] for one in db.session.query(Job).filter(Job.task == "mail.digest")]
    assert sorted(asked) == sorted([cast.hilde.hex, cast.noor.hex])
    db.session.rollback()


def test_nobody_chooses_for_somebody_else(cast: Cast) -> None:
    choice = queries.choice(cast.hilde)
    assert choice
    with pytest.raises(NotAllowed):
        actions.choose(choice, {}, None, by=cast.actor("noor"))


def test_a_choice_goes_with_its_person(cast: Cast) -> None:
    choose(cast, "hilde", None)
    db.session.execute(update(Notice).values(read_at=clock.now()))
    db.session.execute(delete(Person).where(Person.id == cast.moved))
    assert db.session.query(MailChoice).count() == 1
    db.session.rollback()
