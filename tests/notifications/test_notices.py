"""The bell, and the mail about what is under it: that something waits, never what."""

import email
import email.policy
import socket
import ssl
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import select

from webapp.accounts.models import Person
from webapp.core import outbox
from webapp.core.db import db
from webapp.notifications import actions, labels, mail, queries, registry
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.mail import Letter
from webapp.notifications.models import DemoMail, Notice


class Sink:
    """A mail server that keeps what it gets."""

    def __init__(self):
        self.got = []

    async def handle_DATA(self, server, session, envelope):
        self.got.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def sink(app, monkeypatch):
    """A real mail server on this machine, to which the application delivers."""
    handler = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    settings = replace(app.config["SETTINGS"], smtp_url=f"smtp://127.0.0.1:{port}")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    yield handler
    server.stop()


def deliver():
    while outbox.run_due("test"):
        pass
    db.session.rollback()


def parts(content):
    """Headers and every part of a mail, decoded."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    texts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return message, [*(f"{name}: {value}" for name, value in message.items()), *texts]


def tell(people, kind=NoticeKind.ASK_ANSWERED, **more):
    actions.notify(people, kind, uuid.uuid4(), **more)
    db.session.commit()


def test_a_mail_says_that_something_waits_and_for_which_organisation(sink, cast):
    tell([cast.noor], alias="kite")
    deliver()
    [(sender, receivers, content)] = sink.got
    assert sender == "hallo@brug.example"
    assert receivers == ["noor@brug.example"]
    message, texts = parts(content)
    assert message["Subject"] == "Er is een bericht voor Scouts Zilverreiger"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"]
    everything = "\n".join(texts)
    assert "https://brug.test/" in everything
    for canary in ("Vlieger", "kite", "antwoord op", "hilde", "Hilde"):
        assert canary not in everything
    assert len([one for one in texts if "<html" in one]) == 1
    assert "http://" not in everything.replace("http://www.w3.org", "")
    assert "<img" not in everything


def test_each_person_is_told_once(sink, cast):
    tell([cast.noor, cast.noor, cast.jef])
    deliver()
    assert sorted(receivers[0] for _, receivers, _ in sink.got) == ["jef@brug.example", "noor@brug.example"]


def test_a_line_without_mail_stays_under_the_bell(sink, cast, browse):
    tell([cast.noor], mail=False)
    deliver()
    assert sink.got == []
    assert browse("noor").get("/meldingen").says("Er is een antwoord")


def test_who_read_it_meanwhile_or_was_deactivated_gets_no_mail(sink, cast, browse):
    tell([cast.noor, cast.jef, cast.bram])
    noor = browse("noor")
    noor.submit(noor.get("/meldingen"), "/meldingen/gelezen")
    db.session.get(Person, cast.jef).is_active = False
    db.session.commit()
    deliver()
    assert [receivers for _, receivers, _ in sink.got] == [["bram@brug.example"]]


def test_an_area_writes_its_own_letter_and_then_no_second_one_goes_out(sink, cast, monkeypatch):
    def own(notice, reader):
        return Letter(
            reader.email,
            reader.name,
            f"Own words for {reader.organisation}",
            "notice",
            {"url": registry.path_of(notice, external=True), "organisation": reader.organisation},
        )

    monkeypatch.setitem(registry._LETTERS, NoticeKind.HELP_OFFERED, own)
    tell([cast.noor], NoticeKind.HELP_OFFERED)
    deliver()
    [(_, _, content)] = sink.got
    assert parts(content)[0]["Subject"] == "Own words for Scouts Zilverreiger"


NASTY = [
    "Noor\r\nBcc: spy@brug.example",
    "Noor\nSubject: hello",
    "Noor\x0bX: y",
    "Noor\x01\x1f",
    "=?utf-8?q?x?=",
    "Noor <spy@brug.example>",
    '"Noor", spy@brug.example',
    "Nöör Ünal 🚲",
    "N" * 80,
]


@pytest.mark.parametrize("name", NASTY)
def test_no_name_changes_who_gets_a_mail_or_what_stands_on_top(sink, cast, name):
    db.session.get(Person, cast.noor).name = name
    db.session.commit()
    tell([cast.noor])
    deliver()
    [(_, receivers, content)] = sink.got
    message, _ = parts(content)
    assert receivers == ["noor@brug.example"]
    assert message["Bcc"] is None
    assert message["X"] is None
    assert message.get_all("Subject") == ["Er is een bericht voor Scouts Zilverreiger"]
    assert [address.addr_spec for address in message["To"].addresses] == ["noor@brug.example"]


@pytest.mark.parametrize("name", ["Kring\r\nBcc: spy@brug.example", "Kring\x0cX: y"])
def test_no_name_of_an_organisation_changes_the_subject_line(sink, cast, name):
    from webapp.accounts.models import Organisation

    db.session.get(Organisation, cast.zilverreiger).name = name
    db.session.commit()
    tell([cast.noor])
    deliver()
    message, _ = parts(sink.got[0][2])
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Er is een bericht voor Kring")


def test_outside_the_demo_no_copy_is_kept(sink, cast):
    tell([cast.noor])
    deliver()
    assert db.session.scalars(select(DemoMail)).all() == []


def test_every_kind_of_notice_has_words_and_a_picture():
    assert set(labels.NOTICE_LABELS) == set(labels.NOTICE_ICONS) == set(NoticeKind)


def test_the_bell_page_is_empty_then_full_then_read(browse, cast):
    noor = browse("noor")
    assert noor.get("/meldingen").says("Alles is rustig")
    for kind in NoticeKind:
        tell([cast.noor], kind, alias="kite", mail=False)
    tell([cast.jef], mail=False)
    page = noor.get("/meldingen")
    assert page.text.count('class="item-link"') == min(len(NoticeKind), queries.MOST_SHOWN)
    assert page.says("Vlieger")
    noor.submit(page, "/meldingen/gelezen")
    assert "/meldingen/gelezen" not in noor.get("/meldingen").links()
    assert browse("jef").get("/meldingen").says("Nieuw")


def test_what_happened_more_than_once_to_one_thing_is_one_line(browse, cast):
    conversation = uuid.uuid4()
    for _ in range(3):
        actions.notify([cast.noor], NoticeKind.ASK_ANSWERED, conversation, alias="kite", mail=False)
    tell([cast.noor], alias="kite", mail=False)
    noor = browse("noor")
    page = noor.get("/meldingen")
    assert page.text.count('class="item-link"') == 2
    assert page.says("3 keer")
    noor.submit(page, "/meldingen/gelezen")
    actions.notify([cast.noor], NoticeKind.ASK_ANSWERED, conversation, alias="kite", mail=False)
    db.session.commit()
    page = noor.get("/meldingen")
    assert page.text.count('class="item-link"') == 3, "what is new stands apart from what was read"


def test_the_job_holds_an_id_and_nothing_else(cast):
    tell([cast.noor], alias="kite")
    payloads = db.session.scalars(select(outbox.Job.payload)).all()
    notice = db.session.scalar(select(Notice.id))
    assert payloads == [{"notice": notice.hex}]


def test_a_mail_server_that_is_away_means_later(app, cast, monkeypatch):
    tell([cast.noor])
    assert outbox.run_due("test") == 1  # nothing listens at the address of the tests
    job = db.session.scalars(select(outbox.Job)).one()
    assert job.done_at is None
    assert job.attempts == 1
    sent = []
    monkeypatch.setattr(mail, "_hand_over", lambda message, _url: sent.append(message))
    job.run_at = job.created_at
    db.session.commit()
    deliver()
    assert len(sent) == 1


def test_a_mail_server_that_cannot_show_who_it_is_gets_nothing(app, tmp_path):
    """Whoever stands between us and the mail server must not read codes and links."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = tmp_path / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(private + signed.public_bytes(Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    handler = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port, tls_context=context)
    server.start()
    try:
        written = EmailMessage()
        written["From"], written["To"], written["Subject"] = "a@brug.example", "b@brug.example", "123456 is je code"
        with pytest.raises(ssl.SSLCertVerificationError):
            mail._hand_over(written, f"smtp+starttls://127.0.0.1:{port}")
    finally:
        server.stop()
    assert handler.got == []
