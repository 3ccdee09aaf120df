"""Letters that never leave the building, and the way in."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from tests.support.browse import Browser, Page
from tests.support.mails import text_of
from webapp.accounts.models import Person, SignInSession
from webapp.core import clock, outbox
from webapp.core.db import db

WELCOME = "/account/aanmelding/kiezen?welkom=1"


@pytest.fixture
def deliver(mailed: list[EmailMessage]) -> Callable[[], list[EmailMessage]]:
    """Do the work that waits, and hand over the mails that came of it."""

    def run() -> list[EmailMessage]:
        mailed.clear()
        while outbox.run_due("test"):
            pass
        db.session.rollback()
        return list(mailed)

    return run


def code_in(message: EmailMessage) -> str:
    """The six digits in a mail."""
    found = re.search(r"^(\d{6})$", text_of(message), re.MULTILINE)
    assert found, text_of(message)
    return found[1]


def path_in(message: EmailMessage, start: str) -> str:
    """The path of the link in a mail that begins with `start`."""
    found = re.search(rf"https://brug\.test({re.escape(start)}\S+)", text_of(message))
    assert found, text_of(message)
    return found[1]


def ask_for_mail(browser: Browser, address: str) -> Page:
    """Fill in the sign-in page."""
    return browser.submit(browser.get("/aanmelden"), "/aanmelden", email=address)


def show_second_factor(email: str) -> None:
    """Somebody showed a second factor just now, in every browser in which they are signed in."""
    person = select(Person.id).where(Person.email == email).scalar_subquery()
    now = clock.now()
    db.session.execute(update(SignInSession).where(SignInSession.person_id == person).values(second_factor_at=now))
    db.session.commit()
