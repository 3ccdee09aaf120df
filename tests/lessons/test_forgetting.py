"""What lessons forget by themselves, by the clocks that run."""

from datetime import timedelta

from sqlalchemy import select

from tests.lessons import makers
from tests.lessons.test_writing import KEEP, NEW
from tests.people import Cast
from tests.referrals.test_forgetting import clocks
from tests.support.browse import Browse
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.core.history import History
from webapp.lessons import flagging
from webapp.lessons.codes import FlagOutcome
from webapp.lessons.models import Lesson
from webapp.lessons.use_models import Flag


def test_a_lesson_that_was_begun_and_left_goes_and_says_so_before(cast: Cast, browse: Browse) -> None:
    whole = makers.draft(cast).id
    db.session.commit()
    yara = browse("yara")
    assert yara.submit(yara.get(NEW), NEW, to=KEEP, title="Soep eerst").status == 204
    left = db.session.scalars(select(Lesson.id).where(Lesson.line == "")).one()
    for page in ("/leren/mijn-lessen", f"/lessen/{left}"):
        assert yara.get(page).says("De ene zin waar anderen iets mee kunnen, ontbreekt nog. Zonder die zin verdwijnt")
    clocks(timedelta(days=29))
    assert yara.get(f"/lessen/{left}").status == 200
    clocks(timedelta(days=31))
    assert browse("yara").get(f"/lessen/{left}").status == 404
    assert db.session.scalars(select(Lesson.id)).all() == [whole]
    assert not db.session.scalars(select(History).where(History.thing_id == left)).all()
    assert "lesson.throw_away" in db.session.scalars(select(Audit.action).where(Audit.thing_id == left)).all()


def test_what_was_flagged_goes_a_year_after_it_was_decided(cast: Cast) -> None:
    decided, _waits = (makers.flagged(cast, makers.published(cast), who) for who in ("jef", "yara"))
    flagging.decide(decided, FlagOutcome.KEPT, "Het mag.", by=cast.actor("tine"))
    db.session.commit()
    clocks(timedelta(days=364))
    assert len(db.session.scalars(select(Flag.id)).all()) == 2
    clocks(timedelta(days=366))
    assert db.session.scalars(select(Flag.outcome)).all() == [None], "what was not decided waits"
