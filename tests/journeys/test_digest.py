"""A digest reaches a real mail server, and wanting no more of it takes one button and no account."""

import email
import email.policy
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import expect

from tests.journeys.conftest import OpenAs
from tests.support.live import Town
from webapp.accounts.models import Person
from webapp.accounts.routes.demo import ROLES
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.models import WorkingGroup
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import USUAL_DAY
from webapp.vocabulary.days import Weekday

READER = next(one.email for one in ROLES if one.code == "vrijwilliger")
STOP = re.compile(r"https?://[^/\s]+(/u/\S+)")


class Sink:
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Keep one mail."""
        self.got.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def digests(self) -> list[EmailMessage]:
        """The digests of the volunteer."""
        return [one for one in self.got if READER in str(one["To"]) and "nieuw voor jou" in str(one["Subject"])]


@pytest.fixture
def sink(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """A real mail server on this machine, to which the town delivers."""
    handler = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    settings = replace(town.app.config["SETTINGS"], smtp_url=f"smtp://127.0.0.1:{port}")
    monkeypatch.setitem(town.app.config, "SETTINGS", settings)
    yield handler
    server.stop()


def news(town: Town) -> None:
    """The minutes of a meeting are there."""
    with town.app.app_context(), town.clock():
        reader = db.session.query(Person.id).filter(Person.email == READER).scalar()
        group = db.session.query(WorkingGroup.id).limit(1).scalar()
        notify([reader], NoticeKind.MINUTES_READY, group)
        db.session.commit()


def to_the_morning(town: Town) -> None:
    """Let time go by until nine on the next morning of digests."""
    with town.clock():
        now = clock.local(clock.now())
    days = (list(Weekday).index(USUAL_DAY) - now.weekday()) % 7 or 7
    morning = (now + timedelta(days=days)).replace(hour=9, minute=0)
    town.later(morning - now)


def test_a_digest_comes_and_stops_from_the_mail(town: Town, sink: Sink, open_as: OpenAs) -> None:
    news(town)
    to_the_morning(town)
    [digest] = sink.digests()
    text = digest.get_body(("plain",))
    assert text
    assert "Het verslag van een vergadering is er." in text.get_content()
    found = STOP.search(str(text.get_content()))
    assert found
    guest = open_as("", phone=True)
    guest.goto(found[1])
    expect(guest.get_by_role("heading", level=1)).to_have_text("Geen weekoverzicht meer?")
    guest.get_by_role("button", name="Geen weekoverzicht meer").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Welke mails krijg je?")
    expect(guest.get_by_label("Op welke dag wil je het weekoverzicht?")).to_have_value("")
    news(town)
    to_the_morning(town)
    assert len(sink.digests()) == 1
