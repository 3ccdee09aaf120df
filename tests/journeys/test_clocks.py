"""A question that nobody answers: one friendly reminder, a call by the bridge builder, a quiet end. And a pause."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, OpenAs
from tests.journeys.steps import ROERDOMP
from tests.journeys.test_axe import found_in_both_themes
from tests.journeys.test_narrow import too_narrow
from tests.support.live import Town
from webapp.core import clock
from webapp.core.db import db
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import Notice
from webapp.referrals.codes import ReminderKind
from webapp.referrals.models import Ask, Reminder

ASKED = f"Er is een vraag voor {ROERDOMP}"
STILL = f"Er wachten nog 2 vragen op {ROERDOMP}"
"""The reminder is one mail for all that its reader did not open yet: Elsterveer has such a question of its own."""


def newest_ask(town: Town) -> Ask:
    with town.app.app_context():
        found = db.session.scalars(select(Ask).order_by(Ask.sent_at.desc())).first()
        assert found
        db.session.expunge(found)
        db.session.rollback()
        return found


def due(town: Town, kind: ReminderKind) -> date:
    """When the reminder about the newest question is due."""
    ask = newest_ask(town)
    with town.app.app_context():
        query = select(Reminder.due_on).where(Reminder.ask_id == ask.id, Reminder.kind == kind)
        day = db.session.scalars(query).one()
        db.session.rollback()
        return day


def go_to(town: Town, day: date) -> None:
    """Let time go by until ten in the morning of a day."""
    there = datetime.combine(day, time(10), clock.BRUSSELS)
    town.later(there - (datetime.now(UTC) + town.ahead))


def nudges(town: Town) -> int:
    """How often somebody was reminded of the newest question."""
    ask = newest_ask(town)
    with town.app.app_context():
        query = select(Notice.id).where(Notice.thing_id == ask.id, Notice.kind == NoticeKind.ASK_NUDGED)
        found = db.session.scalars(query).all()
        db.session.rollback()
        return len(found)


def test_nobody_answers_and_nobody_is_scolded(town: Town, open_as: OpenAs) -> None:
    path = steps.ask(open_as("welzijnswerker"), ROERDOMP)
    go_to(town, due(town, ReminderKind.NUDGE))
    assert nudges(town) == 1
    phone = open_as("", phone=True)
    steps.open_mail(phone, town, STILL, links=2)
    expect(phone.locator("a.answer-ja")).to_be_visible()

    go_to(town, due(town, ReminderKind.SILENCE))
    builder, ask = open_as("jeugddienst"), newest_ask(town)
    called = builder.locator(".item", has_text=ROERDOMP).get_by_role("button", name="Ik heb gebeld")
    expect(called).to_have_count(1)  # one call for both questions
    builder.locator(".item", has_text=ROERDOMP).get_by_role("link", name="Ze antwoordden").click()
    expect(builder.get_by_role("heading", level=1)).to_have_text(f"Op welke vraag antwoordde {ROERDOMP}?")
    expect(builder.locator("main .item")).to_have_count(2)
    assert found_in_both_themes(builder) == []
    assert too_narrow(builder) == []
    builder.set_viewport_size(DESKTOP)
    builder.goto("/")
    called.click()
    expect(called).to_have_count(0)

    go_to(town, ask.deadline + timedelta(days=1))
    ilse = open_as("welzijnswerker")
    ilse.goto(path)
    expect(ilse.locator("#antwoorden")).to_contain_text("Had geen tijd om te antwoorden.")
    noor = open_as("vrijwilliger", phone=True)
    noor.goto(f"/antwoord/{ask.id}")
    expect(noor.locator("h1")).to_contain_text("sloot vanzelf")
    assert nudges(town) == 1


def test_opening_the_question_on_a_phone_is_enough(town: Town, open_as: OpenAs) -> None:
    steps.ask(open_as("welzijnswerker"), ROERDOMP)
    phone = open_as("", phone=True)
    with phone.expect_response("**/gezien") as answer:
        steps.open_mail(phone, town, ASKED)
    assert answer.value.status == 204
    expect(phone.locator("a.answer-ja")).to_be_visible()
    go_to(town, due(town, ReminderKind.SILENCE))
    assert nudges(town) == 0


@pytest.mark.parametrize("phone", [True, False])
def test_a_camp_gives_the_days_back(town: Town, open_as: OpenAs, phone: bool) -> None:
    path = steps.ask(open_as("welzijnswerker"), ROERDOMP)
    before = newest_ask(town)
    noor = open_as("vrijwilliger", phone=phone)
    with town.app.app_context():
        where = f"/organisaties/{before.organisation_id}/rust"
    noor.goto(where)
    steps.pick(noor, "kind", "camp").click()
    noor.locator("#first_day").fill(clock.today().isoformat())
    noor.locator("#last_day").fill((clock.today() + timedelta(days=9)).isoformat())
    noor.locator("main .form-actions button[type=submit]").click()
    expect(noor.locator("main")).to_contain_text("Kamp")
    town.deliver()
    assert newest_ask(town).deadline > before.deadline
    ilse = open_as("welzijnswerker")
    ilse.goto(path)
    expect(ilse.locator("#antwoorden")).to_contain_text("Rust tot")
