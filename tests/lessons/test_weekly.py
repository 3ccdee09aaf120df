"""The lesson of the week: drawn among what is out, the same all week, on Today and in the digest."""

from datetime import timedelta
from email.message import EmailMessage

from flask import Flask
from sqlalchemy import update

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browse
from tests.support.mails import text_of
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.lessons import actions, weekly
from webapp.lessons.models import Lesson
from webapp.notifications import actions as notices
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import Notice
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.sides import Side

GUIDE, CREW = FunctionKind.GUIDE, FunctionKind.CREW


def before(cast: Cast, title: str, **about: object) -> Lesson:
    """A lesson that came out before this week."""
    with clock.at(weekly.begin() - timedelta(days=3)):
        return makers.out(cast, title, **about)


def title(*functions: FunctionKind) -> str:
    found = weekly.lesson(functions)
    return found.title if found else ""


def test_it_is_the_same_all_week_whatever_comes_out_meanwhile_and_fits_the_side_of_the_seat(cast: Cast) -> None:
    assert title(GUIDE) == ""
    for number in range(4):
        before(cast, f"Samen op weg {number}", side=Side.DEMAND)
        before(cast, f"Aan de deur {number}", side=Side.SUPPLY)
    monday = weekly.begin()
    with clock.at(monday):
        drawn, welcoming = title(GUIDE), title(CREW)
    with clock.at(monday + timedelta(days=2)):
        makers.out(cast, "Net uit", side=Side.DEMAND)
    with clock.at(monday + timedelta(days=6)):
        assert (title(GUIDE), title(CREW)) == (drawn, welcoming)
    assert (drawn[:5], welcoming[:4]) == ("Samen", "Aan ")
    weeks = set()
    for number in range(12):
        with clock.at(monday + timedelta(weeks=number)):
            weeks.add(title(GUIDE))
    assert len(weeks) > 1


def test_what_is_not_out_is_never_drawn(cast: Cast) -> None:
    makers.fold(before(cast, "Zilverkanarie gevouwen"))
    actions.hold(before(cast, "Zilverkanarie tegen"), "Er staat iemand in.", by=cast.actor("frank"))
    actions.outdate(before(cast, "Zilverkanarie van vroeger"), "Het kan niet meer.", by=cast.actor("frank"))
    assert title(GUIDE) == ""


def test_it_stands_on_today_until_somebody_puts_it_away(cast: Cast, browse: Browse) -> None:
    lesson = before(cast, "Ga zelf kijken")
    db.session.commit()
    hilde = browse("hilde")
    page = hilde.get("/")
    assert page.says("Les van de week", "Ga zelf kijken")
    assert f"/lessen/{lesson.id}" in page.links()
    assert hilde.submit(page, "/leren/les-van-de-week/weg").status == 303
    assert not hilde.get("/").says("Ga zelf kijken")
    assert browse("noor").get("/").says("Ga zelf kijken")


def test_it_goes_along_in_a_digest_as_it_is_when_the_mail_is_made(
    app: Flask, cast: Cast, mailed: list[EmailMessage]
) -> None:
    lesson = before(cast, "Ga zelf kijken")
    for is_held in (False, True):
        notices.notify([cast.people["hilde"]], NoticeKind.MINUTES_READY, lesson.id)
        db.session.execute(update(Notice).values(told_at=clock.now()))
        if is_held:
            actions.hold(lesson, "Er staat iemand in.", by=cast.actor("frank"))
        outbox.enqueue("mail.digest", {"person": cast.people["hilde"].hex})
        db.session.commit()
        while outbox.run_due("test"):
            pass
    texts = [text_of(one) for one in mailed if "hilde" in str(one["To"])]
    assert ["Les van de week: Ga zelf kijken" in text for text in texts] == [True, False]
    assert f"/lessen/{lesson.id}" in texts[0]
