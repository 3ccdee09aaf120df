"""A town of a given size in a database of its own, and somebody of each role in it."""

import contextlib
import os
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from alembic import command
from flask import Flask
from sqlalchemy import func, select, text

from bench.lessons import Speech, fill
from seeds import convening, intending
from seeds.generate import Size, generate, write
from webapp import create_app
from webapp.accounts import sessions
from webapp.accounts.models import Function, Organisation, Person
from webapp.cli import alembic_config
from webapp.config import Settings
from webapp.core import clock
from webapp.core.crypto import create_key_file
from webapp.core.db import db
from webapp.core.sweeps import SWEEPS
from webapp.directory.models import Offer
from webapp.groups.models import ActionItem, Membership
from webapp.lessons.models import Lesson
from webapp.meetings.lifecycle import MeetingStatus
from webapp.meetings.models import Meeting
from webapp.plans.models import Plan
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.models import Ask, Referral
from webapp.vocabulary.functions import FunctionKind as F
from webapp.vocabulary.organisation_kinds import OrganisationKind, SecrecyRegime

BASE_URL = "https://brug.test"


@dataclass(frozen=True)
class Main:
    """A main page: who opens it, the part of its URL, and the goal beside the baseline. One that asks whether
    anything changed `instead_of` another hears that nothing did, and stands beside a bare page as large as that one."""

    who: F
    endpoint: str
    part: str = ""
    goal: float = 2.0
    instead_of: str = ""

    @property
    def name(self) -> str:
        """What the table calls it."""
        return f"{self.endpoint} ({WHERE.get(self.part, self.who.value)})"


PAGES = (
    Main(F.GUIDE, "today.today", goal=3.0),
    Main(F.CONTACT_POINT, "today.today", goal=3.0),
    Main(F.COORDINATOR, "today.today", goal=3.0),
    Main(F.GUIDE, "referrals.index"),
    Main(F.REFERRAL_CONTACT, "referrals.index"),
    Main(F.CONTACT_POINT, "referrals.index"),
    Main(F.GUIDE, "referrals.show", "referral_id"),
    Main(F.GUIDE, "referrals.match", "draft_id"),
    Main(F.GUIDE, "directory.offers"),
    Main(F.GUIDE, "directory.offer", "offer_id"),
    Main(F.GUIDE, "directory.organisations"),
    Main(F.CONTACT_POINT, "referrals.answer", "ask_id"),
    Main(F.GUIDE, "groups.show", "group_id"),
    Main(F.GUIDE, "meetings.index", "group_id"),
    Main(F.GUIDE, "meetings.decided", "group_id"),
    Main(F.GUIDE, "meetings.network"),
    Main(F.GUIDE, "meetings.show", "announced_id"),
    Main(F.GUIDE, "meetings.show", "running_id"),
    Main(F.GUIDE, "meetings.show", "closed_id"),
    Main(F.GUIDE, "plans.span", "plan_id", goal=3.0),
    Main(F.GUIDE, "plans.timeline_of", "plan_id"),
    Main(F.GUIDE, "plans.board", "plan_id", goal=3.0),
    Main(F.COORDINATOR, "plans.board", "plan_id", goal=3.0),
    Main(F.GUIDE, "plans.listed", "plan_id"),
    Main(F.GUIDE, "plans.action", "planned_id"),
    Main(F.GUIDE, "lessons.index"),
    Main(F.GUIDE, "lessons.lesson", "lesson_id"),
    Main(F.GUIDE, "meetings.pulse", "running_id", goal=0.4, instead_of="meetings.show"),
)
WHERE = {"announced_id": "agenda", "running_id": "going on", "closed_id": "minutes"}
"""What a page shows where the part of its URL says more than who opens it."""
ARGUMENTS = {"draft_id": "referral_id", "planned_id": "item_id", **dict.fromkeys(WHERE, "meeting_id")}
PLANNED = 2_000
"""So many actions has the plan of which pages are opened."""
LONG_STANDING = Size(groups=1, meetings=200, topics=20)
"""The group of which pages are opened."""


@dataclass
class Town:
    """A filled database, and what the pages need to be opened."""

    app: Flask
    people: dict[F, uuid.UUID]
    tokens: dict[F, str]
    parts: dict[str, uuid.UUID | None]

    def url(self, page: Main) -> str:
        """Where a page is. Raises LookupError when this town has no such thing."""
        found = self.parts[page.part] if page.part else None
        if page.part and found is None:
            raise LookupError(page.part)
        name = ARGUMENTS.get(page.part, page.part)
        return self.app.url_map.bind("brug.test").build(page.endpoint, {name: found} if name else {})


@contextlib.contextmanager
def database(data: Path) -> Iterator[str]:
    """An empty database: SQLite in `data`, or one on the server in TEST_DATABASE_URL."""
    if "TEST_DATABASE_URL" not in os.environ:
        yield f"sqlite:///{data / 'bench.sqlite'}"
        return
    from tests.support import postgres

    with postgres.server():
        url = postgres.create_database()
        yield url
        postgres.drop_database(url)


@contextlib.contextmanager
def application() -> Iterator[Flask]:
    """The application within its context, on an empty database; both gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="brug-bench-") as folder, database(Path(folder)) as url:
        data = Path(folder)
        create_key_file(data / "keys.json")
        settings = Settings(
            data=data,
            database_url=url,
            base_url=BASE_URL,
            secret=b"a secret for measurements, long enough to pass",
            key_file=data / "keys.json",
            smtp_url="smtp://127.0.0.1:9",
        )
        app = create_app(settings)
        app.logger.disabled = True
        with app.app_context():
            command.upgrade(alembic_config(app), "head")
            yield app
            db.session.remove()
            db.engine.dispose()


@contextlib.contextmanager
def town(referrals: int) -> Iterator[Town]:
    """A town with so many questions, an offer for every twenty, and people in proportion; gone afterwards."""
    with application() as app:
        size = Size(max(20, referrals * 7 // 100), max(100, referrals // 2), referrals, max(30, referrals // 500))
        made = generate(size)
        write(convening.groups(made, LONG_STANDING))
        write(intending.plan(made, PLANNED))
        fill(max(50, referrals // 10), db.session.scalars(select(Organisation.id)).all(), Speech(referrals))
        for sweep in SWEEPS:  # what the clocks find out is there, as in a town that runs
            sweep()
        db.session.commit()
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        yield _settle(app)


def _settle(app: Flask) -> Town:
    """Sign the busiest person of each role in."""
    guide = _first(select(Referral.guide_id).group_by(Referral.guide_id).order_by(func.count().desc()))
    asked = _first(select(Ask.organisation_id).group_by(Ask.organisation_id).order_by(func.count().desc()))
    people: dict[F, uuid.UUID | None] = {
        F.GUIDE: guide,
        F.CONTACT_POINT: _holder(F.CONTACT_POINT, Function.organisation_id == asked),
        F.COORDINATOR: _holder(F.COORDINATOR) or new_coordinator(),
        F.REFERRAL_CONTACT: _holder(F.REFERRAL_CONTACT),
    }
    guided = select(Referral.id).where(Referral.guide_id == guide)
    parts: dict[str, uuid.UUID | None] = {
        "referral_id": _first(guided.where(Referral.status == ReferralStatus.CHOOSING)) or _first(guided),
        "draft_id": _first(guided.where(Referral.status.in_((ReferralStatus.DRAFT, ReferralStatus.SEEKING)))),
        "offer_id": _first(select(Offer.id).where(Offer.is_published).order_by(Offer.id)),
        "ask_id": _first(select(Ask.id).where(Ask.organisation_id == asked, Ask.status == AskStatus.SENT)),
        "open_ask_id": _first(
            select(Ask.id)
            .join(Referral, Referral.id == Ask.referral_id)
            .where(
                Ask.organisation_id == asked,
                Ask.status == AskStatus.SENT,
                Ask.deadline >= clock.today(),
                Referral.status.in_((ReferralStatus.SEEKING, ReferralStatus.CHOOSING)),
            )
        ),
    }
    parts |= _seated(guide)
    parts["plan_id"] = plan_id = _first(select(Plan.id))
    parts["planned_id"] = _first(select(ActionItem.id).where(ActionItem.plan_id == plan_id).order_by(ActionItem.id))
    parts["lesson_id"] = _first(select(Lesson.id).order_by(Lesson.created_at.desc()))
    there = {kind: person for kind, person in people.items() if person}
    tokens = {kind: sessions.start(person, second_factor=True) for kind, person in there.items()}
    db.session.commit()
    return Town(app, there, tokens, parts)


def _seated(person_id: uuid.UUID) -> dict[str, uuid.UUID | None]:
    """Let somebody sit in the group that met most; its parts that pages are opened with."""
    group_id = _first(select(Meeting.group_id).group_by(Meeting.group_id).order_by(func.count().desc()))
    if _first(select(Membership.id).where(Membership.group_id == group_id, Membership.person_id == person_id)) is None:
        place = _first(select(Function.organisation_id).where(Function.person_id == person_id))
        begins_on = clock.today() - timedelta(days=1)
        seat = Membership(group_id=group_id, person_id=person_id, organisation_id=place, begins_on=begins_on)
        db.session.add(seat)
        db.session.flush()
    latest = select(Meeting.id).where(Meeting.group_id == group_id).order_by(Meeting.starts_at.desc())
    return {"group_id": group_id} | {
        f"{status.value}_id": _first(latest.where(Meeting.status == status))
        for status in (MeetingStatus.ANNOUNCED, MeetingStatus.RUNNING, MeetingStatus.CLOSED)
    }


def _holder(kind: F, *more: Any) -> uuid.UUID | None:
    held = Function.kind == kind, Function.ends_on.is_(None)
    return _first(select(Function.person_id).where(*held, *more).order_by(Function.begins_on, Function.id))


def new_coordinator() -> uuid.UUID:
    """Somebody at a youth service who sees to the network."""
    place = Organisation(
        name="Jeugddienst", kind=OrganisationKind.YOUTH_SERVICE, area="Centrum", secrecy=SecrecyRegime.DISCRETION
    )
    person = Person(name="Tine Dhondt", email="tine@bench.example")
    db.session.add_all([place, person])
    db.session.flush()
    held = {"kind": F.COORDINATOR, "begins_on": clock.today() - timedelta(days=1)}
    db.session.add(Function(person_id=person.id, organisation_id=place.id, **held))
    db.session.flush()
    return person.id


def _first(query: Any) -> Any:
    return db.session.scalar(query.limit(1))
