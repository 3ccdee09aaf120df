"""What tests of meetings share."""

from email.message import EmailMessage

import pytest
from flask import Flask

from webapp.notifications import mail


@pytest.fixture
def mailed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """Every mail that leaves."""
    found: list[EmailMessage] = []
    monkeypatch.setattr(mail, "_hand_over", lambda message, _url: found.append(message))
    return found
