"""Mail: made at the moment of sending, so that the outbox holds ids and no secrets.

Every mail says only that something waits, for which organisation, and where to go; a link opens a page and
changes nothing by itself.
"""

import smtplib
import ssl
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template, url_for
from flask_babel import gettext

from webapp.core import clock, links, outbox
from webapp.core.db import db
from webapp.core.outbox import Claimed
from webapp.notifications.models import DemoMail
from webapp.web import resend
from webapp.web.i18n import DEFAULT_LANGUAGE, in_language
from webapp.web.settings import current_settings

TIMEOUT_SECONDS = 20
OTHER_LANGUAGE = "en"
ONE_CLICK = "=".join(resend.ONE_CLICK)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A calendar file that goes along, and what it asks of a calendar."""

    method: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What one mail says. `template` names templates/mail/<template>.txt and .html; `stop_url` is where its reader says
    that they want no more of these."""

    to: str
    name: str
    subject: str
    template: str
    context: dict[str, object]
    stop_url: str = ""
    invitation: Invitation | None = None


STOP_WORKS = timedelta(days=90)


def with_way_out(written: Letter | None, person_id: uuid.UUID, about: str) -> Letter | None:
    """The same mail with a link of its reader's own to want no more of these: a `Subject`, or the digest."""
    if written is None:
        return None
    until = clock.now() + STOP_WORKS
    token = links.issue(links.Purpose.MAIL, person_id, expires_at=until, person_id=person_id)
    return replace(written, stop_url=url_for("notifications.follow_mail", token=token, over=about, _external=True))


Compose = Callable[[Claimed], Letter | None]


def letter(task: str) -> Callable[[Compose], Compose]:
    """Register the function that writes the mail of a job; None means: nothing to send any more."""

    def register(compose: Compose) -> Compose:
        @outbox.task(task)
        def send_it(job: Claimed) -> None:
            with current_app.test_request_context(base_url=current_settings().base_url), in_language(DEFAULT_LANGUAGE):
                written = compose(job)
                db.session.commit()  # no database lock is held while another server is spoken to
                if written:
                    send(written, job.id)

        return compose

    return register


def send(written: Letter, job_id: uuid.UUID) -> None:
    """Hand one mail over. It may arrive twice after a crash; the message id lets a mail program see that."""
    message = message_of(written, job_id)
    settings = current_settings()
    if settings.demo:
        _keep_for_demo(written, message)
    if settings.smtp_url:
        _hand_over(message, settings.smtp_url)


def message_of(written: Letter, job_id: uuid.UUID) -> EmailMessage:
    """The mail as it goes out, in plain text and HTML."""
    settings = current_settings()
    message = EmailMessage()
    message["Subject"] = " ".join(written.subject.split())
    sender_name, sender = parseaddr(settings.mail_from)
    message["From"] = Address(sender_name, addr_spec=sender)
    message["To"] = Address(" ".join(written.name.split()), addr_spec=written.to)
    message["Date"] = clock.now()
    message["Message-ID"] = f"<{job_id.hex}@{settings.host or 'brug'}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{written.stop_url or settings.base_url + '/mails'}>"
    if written.stop_url:
        message["List-Unsubscribe-Post"] = ONE_CLICK
    context = {
        **written.context,
        "stop_url": written.stop_url,
        "name": written.name,
        "subject": written.subject,
        "base_url": settings.base_url,
    }
    with in_language(OTHER_LANGUAGE):
        context["in_english"] = gettext("In English: open the link and choose English on the page.")
    message.set_content(render_template(f"mail/{written.template}.txt", **context))
    message.add_alternative(render_template(f"mail/{written.template}.html", **context), subtype="html")
    if written.invitation:
        asks = {"method": written.invitation.method}
        message.add_alternative(written.invitation.text, subtype="calendar", params=asks)
    return message


def _keep_for_demo(written: Letter, message: EmailMessage) -> None:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    db.session.add(
        DemoMail(
            sent_at=clock.now(),
            recipient=written.to,
            subject=str(message["Subject"]),
            text=text.get_content() if text else "",
            html=html.get_content() if html else "",
        )
    )


@contextmanager
def server_at(url: str, patience: float = TIMEOUT_SECONDS) -> Iterator[smtplib.SMTP]:
    """The mail server of BRUG_SMTP_URL, ready to take mail: over the line that was asked for, and signed in. In a name
    or a password, signs that mean something in an address are written as %40 for @ and the like."""
    parts = urlsplit(url)
    with smtplib.SMTP(parts.hostname or "localhost", parts.port or 25, timeout=patience) as server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())  # a server that cannot show who it is gets no mail
        if parts.username and parts.password:
            server.login(unquote(parts.username), unquote(parts.password))
        yield server


def _hand_over(message: EmailMessage, url: str) -> None:
    with server_at(url) as server:
        server.send_message(message)
