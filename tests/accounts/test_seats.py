"""The people of an organisation, and functions that end."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from webapp.accounts.models import Function, Invitation, Organisation, Person
from webapp.core import clock
from webapp.core.db import db
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind


def seat_of(person_id):
    found = db.session.scalar(select(Function).where(Function.person_id == person_id))
    db.session.expunge(found)
    db.session.rollback()
    return found


def people(organisation_id):
    return f"/organisaties/{organisation_id}/mensen"


def test_an_organisation_without_people_says_who_is_missing(browse, cast):
    page = browse("tine").get(people(cast.stil))
    assert page.says("Nog niemand", "Vandaag is niemand aanspreekpunt")


def test_a_school_needs_a_contact_for_referrals_and_no_contact_point(browse):
    db.session.add(Organisation(name="Atheneum De Esdoorn", kind=OrganisationKind.SCHOOL))
    db.session.commit()
    school = db.session.scalar(select(Organisation.id).where(Organisation.kind == OrganisationKind.SCHOOL))
    tine = browse("tine")
    assert not re.search(r"De Esdoorn heeft geen aanspreekpunt(?! voor)", tine.get("/").words)
    page = tine.get(people(school))
    assert page.says("Vandaag is niemand contact voor toeleidingen")
    assert not page.says("Vandaag is niemand aanspreekpunt")


def test_colleagues_read_names_and_managers_addresses_too(browse, cast):
    page = browse("hilde").get(people(cast.zilverreiger))
    assert page.says("Noor Vermeulen", "Jef Dierckx", "Yara Peeters")
    assert not page.says("noor@brug.example")
    assert not page.says("Gust Thys")  # no longer active
    page = browse("noor").get(people(cast.zilverreiger))
    assert page.says("noor@brug.example")


def test_a_seat_that_ends_soon_is_marked(browse, cast):
    seat = db.session.scalar(select(Function).where(Function.person_id == cast.jef))
    seat.ends_on = clock.today() + timedelta(days=20)
    db.session.commit()
    assert browse("hilde").get(people(cast.zilverreiger)).says("Stopt binnenkort")
    assert not browse("hilde").get(people(cast.halvenoot)).says("Stopt binnenkort")


def test_ending_a_function_now_counts_at_the_next_request(browse, cast):
    noor, jef = browse("noor"), browse("jef")
    assert jef.get("/rollen").status == 200
    path = f"{people(cast.zilverreiger)}/{seat_of(cast.jef).id}"
    assert noor.submit(noor.get(path), f"{path}/nu").status == 303
    assert jef.get("/rollen").location.startswith("/aanmelden")
    again = browse("jef")
    assert again.get("/rollen").status == 404  # still somebody, without a function
    assert again.get("/account").says("Je hebt vandaag geen functie")
    assert not noor.get(people(cast.zilverreiger)).says("Jef Dierckx")
    assert noor.get(path).status == 404


def test_whoever_lets_their_own_function_end_reads_what_that_means(browse, cast):
    page = browse("noor").get(f"{people(cast.zilverreiger)}/{seat_of(cast.noor).id}")
    assert page.says("Vanaf dat moment kan je niets meer met deze functie.")
    assert page.says("Verder is hier niemand aanspreekpunt.", "gaan vragen naar de bruggenbouwer")


def test_a_function_that_others_hold_too_or_that_can_be_missed_ends_without_a_word(browse, cast):
    noor = browse("noor")
    crew = noor.get(f"{people(cast.zilverreiger)}/{seat_of(cast.jef).id}")
    assert not crew.says("Verder is hier niemand")
    assert crew.says("kan Jef niets meer met deze functie")
    db.session.add(
        Function(
            person_id=cast.moved,
            organisation_id=cast.zilverreiger,
            kind=FunctionKind.CONTACT_POINT,
            begins_on=clock.today(),
        )
    )
    db.session.commit()
    assert not noor.get(f"{people(cast.zilverreiger)}/{seat_of(cast.noor).id}").says("Verder is hier niemand")


def test_a_function_lasts_until_the_end_of_its_last_day(browse, cast):
    noor, jef = browse("noor"), browse("jef")
    path = f"{people(cast.zilverreiger)}/{seat_of(cast.jef).id}"
    last = clock.today() + timedelta(days=1)
    assert noor.submit(noor.get(path), path, ends_on=last.isoformat()).status == 303
    noon = clock.local(clock.now()).replace(hour=12)
    with clock.at(noon + timedelta(days=1)):
        again = browse("jef")
        assert again.get("/rollen").status == 200
    with clock.at(noon + timedelta(days=2)):
        again = browse("jef")
        assert again.get("/rollen").status == 404
    assert jef.get("/rollen").status == 200


def test_a_function_that_would_end_goes_on_after_all(browse, cast):
    noor = browse("noor")
    path = f"{people(cast.zilverreiger)}/{seat_of(cast.jef).id}"
    last = clock.today() + timedelta(days=20)
    noor.submit(noor.get(path), path, ends_on=last.isoformat())
    page = noor.get(path)
    assert f'value="{last.isoformat()}"' in page.text
    assert noor.follow(noor.submit(page, path, ends_on="")).says("De functie loopt door")
    assert seat_of(cast.jef).ends_on is None


def test_from_outside_it_only_ends_on_another_day(browse, cast):
    """What the house was asked for has an end: who is not of the house makes it no function without one."""
    ends_on = clock.today() + timedelta(days=20)
    db.session.execute(update(Function).where(Function.person_id == cast.noor).values(ends_on=ends_on))
    db.session.commit()
    tine, path = browse("tine"), f"{people(cast.zilverreiger)}/{seat_of(cast.noor).id}"
    assert tine.submit(tine.get(path), path, ends_on="").status == 422
    assert seat_of(cast.noor).ends_on == ends_on


@pytest.mark.parametrize("typed", ["", "2020-01-01", "morgen"])
def test_a_last_day_that_cannot_be_is_said(browse, cast, typed):
    noor = browse("noor")
    path = f"{people(cast.zilverreiger)}/{seat_of(cast.jef).id}"
    page = noor.submit(noor.get(path), path, ends_on=typed)
    assert page.status == 422
    assert seat_of(cast.jef).ends_on is None


@pytest.mark.parametrize(
    ("who", "status"), [("jef", 403), ("bram", 403), ("hilde", 403), ("moved", 404), ("guest", 401), ("noor", 303)]
)
def test_who_may_end_a_function(browse, cast, who, status):
    path = f"{people(cast.zilverreiger)}/{seat_of(cast.yara).id}"
    seat = db.session.scalar(
        select(Function.id).where(Function.person_id == cast.yara, Function.organisation_id == cast.zilverreiger)
    )
    db.session.rollback()
    path = f"{people(cast.zilverreiger)}/{seat}"
    assert browse(who).post(f"{path}/nu").status == status


def test_a_seat_is_not_reached_through_another_organisation(browse, cast):
    bram = browse("bram")
    assert bram.post(f"{people(cast.halvenoot)}/{seat_of(cast.noor).id}/nu").status == 404
    assert seat_of(cast.noor).ends_on is None


def test_the_last_administrator_stays(browse, cast):
    tine = browse("tine")
    path = f"{people(cast.jeugddienst)}/{seat_of(cast.ada).id}"
    page = tine.post(f"{path}/nu")
    assert page.status == 422
    assert page.says("Iemand moet Brug beheren")
    db.session.add(
        Function(
            person_id=cast.bo,
            organisation_id=cast.jeugddienst,
            kind=FunctionKind.ADMINISTRATOR,
            begins_on=clock.today(),
        )
    )
    db.session.commit()
    assert tine.post(f"{path}/nu").status == 303


def test_a_contact_point_of_the_youth_service_does_not_end_network_functions(browse, cast):
    db.session.add(
        Function(
            person_id=cast.jef,
            organisation_id=cast.jeugddienst,
            kind=FunctionKind.CONTACT_POINT,
            begins_on=clock.today(),
        )
    )
    db.session.commit()
    path = f"{people(cast.jeugddienst)}/{seat_of(cast.tine).id}"
    assert browse("jef").get(path).status == 403
    assert browse("jef").post(f"{path}/nu").status == 403


def test_the_page_asks_the_database_the_same_for_one_and_for_thirty_people(browse, cast):
    counts = []
    for many in (1, 30):
        home = Organisation(name=f"Kring {many}", kind=OrganisationKind.YOUTH_CLUB)
        db.session.add(home)
        db.session.flush()
        for number in range(many):
            person = Person(name=f"Iemand {number}", email=f"{many}-{number}@brug.example")
            db.session.add(person)
            db.session.flush()
            db.session.add(
                Function(person_id=person.id, organisation_id=home.id, kind=FunctionKind.CREW, begins_on=clock.today())
            )
            db.session.add(
                Invitation(
                    email=f"x{number}@brug.example",
                    name="X",
                    organisation_id=home.id,
                    kind=FunctionKind.CREW,
                    begins_on=clock.today(),
                    sent_at=clock.now(),
                )
            )
        home_id = home.id
        db.session.commit()
        tine, asked = browse("tine"), []

        def note(_connection, _cursor, statement, *_rest, asked=asked):
            asked.extend([statement] if statement.startswith("SELECT") else [])

        event.listen(db.engine, "before_cursor_execute", note)
        page = tine.get(people(home_id))
        event.remove(db.engine, "before_cursor_execute", note)
        assert len(re.findall(r"Iemand \d+", page.words)) == many
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
