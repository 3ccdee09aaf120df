"""Coming into a group about integrity: a mail alone opens nothing, and what was typed waits until it does."""

import uuid
from urllib.parse import unquote

from sqlalchemy import select

from tests.accounts.test_passkeys import by_mail
from tests.groups.reminded import DUE, again, at, carried
from tests.meetings import makers
from tests.people import Cast
from tests.referrals.steps import audit_unwritable
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.groups import owning
from webapp.groups.codes import Visibility
from webapp.groups.models import WorkingGroup
from webapp.meetings import actions as meetings
from webapp.meetings import deciding
from webapp.meetings.codes import Told
from webapp.meetings.deciding import Terms


def about_integrity(group_id: uuid.UUID) -> None:
    """Say that a group is that of the contact persons."""
    db.session.get_one(WorkingGroup, group_id).is_about_integrity = True
    db.session.commit()


def test_whoever_came_by_mail_shows_a_second_factor_once_and_goes_on(browse: Browse, cast: Cast) -> None:
    made = makers.closed(cast, Visibility.MEMBERS)
    home, minutes = f"/werkgroepen/{made.group_id}", f"/vergaderingen/{made.id}"
    about_integrity(made.group_id)
    hilde = by_mail(browse, cast, "hilde")
    for path in (home, minutes):
        asked = hilde.get(path)
        assert asked.status == 303
        assert unquote(asked.location) == f"/bewijs?next={path}"
    assert hilde.get(f"{minutes}/nu", partial=True).response.headers["HX-Redirect"].startswith("/bewijs")
    assert hilde.get(f"{minutes}/stand").location.startswith("/bewijs")
    assert by_mail(browse, cast, "jef").get(home).says("Werkgroep Welkom"), "that it exists is no secret"
    assert browse("hilde").get(home).says("Daarom vraagt Brug je na elke aanmelding")
    assert browse("hilde").get(minutes).says("Dat proberen we")


def test_what_was_typed_waits(browse: Browse, cast: Cast) -> None:
    made = makers.closed(cast, Visibility.MEMBERS)
    about_integrity(made.group_id)
    typed = by_mail(browse, cast, "hilde").post(f"/werkgroepen/{made.group_id}/punten", {"title": "Het protocol"})
    assert typed.status == 401
    assert 'value="Het protocol"' in typed.text
    assert typed.says("Wat je typte is bewaard.")


def test_the_pages_around_tell_nothing_either(browse: Browse, cast: Cast) -> None:
    item_id = carried(cast, owning.Owner(cast.lantaarn, cast.hilde))
    group_id = again(item_id).group_id
    group = db.session.get_one(WorkingGroup, group_id)
    deciding.record(makers.groups.with_members(group), Terms("Wij kiezen de kanarie."), by=cast.actor("noor"))
    about_integrity(group_id)
    with clock.at(at(DUE, 11)):
        came, proved = by_mail(browse, cast, "hilde"), browse("hilde")
        assert "Soep maken" not in came.get("/").text
        assert came.get("/").says("Je hebt hier iets te doen")
        assert proved.get("/").says("Soep maken")
        assert "kanarie" not in came.get("/beslissingen").text
        assert "kanarie" in proved.get("/beslissingen").text


def test_outside_the_group_only_that_it_meets_is_told(browse: Browse, cast: Cast) -> None:
    soon, now = makers.draft(cast), makers.running(cast)
    for made in (soon, now):
        made.title = "Startkanarie"
    meetings.announce(soon, Told.MEMBERS, by=cast.actor("noor"))
    db.session.commit()
    hilde = browse("hilde")
    assert hilde.get("/").says("Startkanarie")
    assert hilde.get("/mijn-agenda").says("Startkanarie")
    for made in (soon, now):
        about_integrity(made.group_id)
    assert hilde.get("/").says("Werkgroep Welkom")
    for path in ("/", "/mijn-agenda"):
        assert "kanarie" not in hilde.get(path).text


def test_whoever_takes_the_minutes_along_is_written_down(browse: Browse, cast: Cast) -> None:
    made = makers.closed(cast)
    path, meeting_id = f"/vergaderingen/{made.id}/verslag.pdf", made.id
    taken = select(Audit.actor_id).where(Audit.action == "minutes.download", Audit.thing_id == meeting_id)
    db.session.commit()
    assert browse("bram").get(path).status == 200
    about_integrity(made.group_id)
    assert browse("hilde").get(path).status == 200
    assert list(db.session.scalars(taken)) == [cast.hilde]
    db.session.rollback()
    with audit_unwritable():
        assert browse("hilde").get(path).status == 503
