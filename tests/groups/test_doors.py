"""Coming into a group by a link with a QR code: as a member, or as a guest of one thing; a name and a code will do."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import delete, select

from tests.accounts.conftest import code_in
from tests.accounts.conftest import deliver as deliver
from tests.groups.makers import group
from tests.groups.test_guests import a_guest
from tests.people import Cast
from tests.referrals.steps import notices
from tests.support.browse import Browse, Browser, Page
from tests.support.mails import text_of
from webapp.accounts import resting
from webapp.accounts.models import Function, Person
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import guests, home, hosting, joining, queries
from webapp.groups.codes import GuestOf, Visibility
from webapp.groups.models import GroupDoor, Guest, Membership, WorkingGroup

Deliver = Callable[[], list[EmailMessage]]
NEW = "nieuw@buiten.example"
CANARY = "Werkgroep Stille Kanarie"


def kept(made: WorkingGroup) -> uuid.UUID:
    group_id = made.id
    db.session.commit()
    return group_id


def link_on(page: Page) -> str:
    """The path of the link that a page shows."""
    found = re.search(r"/meedoen/mee_[\w-]+", page.text)
    assert found is not None, page.words
    return found[0]


def make(browse: Browse, group_id: uuid.UUID, **choices: str) -> str:
    """Noor makes a link into the group."""
    noor, path = browse("noor"), f"/werkgroepen/{group_id}/link"
    done = noor.submit(noor.get(path), path, **{"days": "7", "cap": "5", **choices})
    shown = noor.follow(done)
    assert "<svg" in shown.text
    return link_on(shown)


def come(browser: Browser, path: str, deliver: Deliver, email: str = NEW) -> Page:
    """Follow the link, say who one is, and type the code."""
    page = browser.follow(browser.get(path))
    assert path.rsplit("/", 1)[1] not in page.text
    deliver()
    browser.submit(page, "/meedoen", name="Ana Buiten", email=email)
    [mail] = [one for one in deliver() if email in str(one["To"])]
    return browser.submit(browser.get("/meedoen/code"), "/meedoen/code", code=code_in(mail))


def seats(group_id: uuid.UUID) -> dict[str, uuid.UUID | None]:
    """Who sits in a group, and for whom."""
    found = queries.group(group_id)
    assert found is not None
    seated = {row.name: row.organisation_id for row in found.members}
    db.session.rollback()
    return seated


def test_somebody_unknown_joins_in_their_own_name_and_sees_this_group_alone(
    browse: Browse, cast: Cast, deliver: Deliver
) -> None:
    group_id, other = kept(group(cast, Visibility.MEMBERS)), kept(group(cast, name="Een andere"))
    ana = browse("guest")
    path = make(browse, group_id)
    assert browse("guest").follow(browse("guest").get(path)).status in (200, 410)
    done = come(ana, path, deliver)
    assert done.location.startswith("/account/aanmelding/kiezen")
    assert f"%2Fwerkgroepen%2F{group_id}" in done.location or f"/werkgroepen/{group_id}" in done.location
    assert seats(group_id)["Ana Buiten"] is None
    assert ana.get(f"/werkgroepen/{group_id}/leden").says("Ana Buiten", "Lid in eigen naam")
    assert ana.get("/werkgroepen").says("Werkgroep Welkom")
    assert not ana.get("/werkgroepen").says("Een andere")
    assert ana.get(f"/werkgroepen/{other}").status == 404
    assert ana.get("/aanbod").status == 404
    assert ana.get("/").status == 200
    assert "group_joined" in notices(cast, "noor")


def test_who_works_in_the_network_sits_there_for_their_organisation(
    browse: Browse, cast: Cast, deliver: Deliver
) -> None:
    group_id = kept(group(cast))
    come(browse("guest"), make(browse, group_id), deliver, "jef@brug.example")
    assert seats(group_id)["Jef Dierckx"] == cast.zilverreiger


def test_who_sits_there_already_keeps_their_place(browse: Browse, cast: Cast, deliver: Deliver) -> None:
    group_id = kept(group(cast))
    come(browse("guest"), make(browse, group_id), deliver, "bram@brug.example")
    assert db.session.scalars(select(Membership.role).where(Membership.person_id == cast.bram)).all() == ["secretary"]


def test_it_ends_on_its_day_by_a_new_one_and_at_once(browse: Browse, cast: Cast, deliver: Deliver) -> None:
    group_id = kept(group(cast))
    path, guest = make(browse, group_id, days="1"), browse("guest")
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert guest.follow(guest.get(path)).status == 410
    newer = make(browse, group_id)
    assert guest.follow(guest.get(path)).status == 410
    assert guest.follow(guest.get(newer)).status == 200
    browse("noor").post(f"/werkgroepen/{group_id}/link/stoppen")
    over = guest.follow(guest.get(newer))
    assert over.status == 410
    assert over.says("Deze link werkt niet meer")


def test_the_page_of_a_confidential_link_tells_nothing_of_the_group(
    browse: Browse, cast: Cast, deliver: Deliver
) -> None:
    """Neither before the code, nor by its mail, nor after the link ended; whoever is in reads it."""
    group_id = kept(group(cast, Visibility.CONFIDENTIAL, CANARY))
    path, ana = make(browse, group_id), browse("guest")
    page = ana.follow(ana.get(path))
    assert page.says("Doe mee met een werkgroep")
    deliver()
    ana.submit(page, "/meedoen", name="Ana Buiten", email=NEW)
    [mail] = deliver()
    code_page = ana.get("/meedoen/code")
    stopped = browse("guest")
    stopped.get(path)
    for text in (page.text, text_of(mail), str(mail["Subject"]), code_page.text):
        assert CANARY not in text
        assert "Kanarie" not in text
    ana.submit(code_page, "/meedoen/code", code=code_in(mail))
    assert ana.get(f"/werkgroepen/{group_id}").says(CANARY)
    for told in deliver():
        assert "Kanarie" not in text_of(told)
    browse("noor").post(f"/werkgroepen/{group_id}/link/stoppen")
    confidential, never = stopped.get("/meedoen"), browse("guest").get("/meedoen")
    assert (confidential.status, never.status) == (410, 410)
    assert confidential.words == never.words


def test_only_who_leads_makes_one(browse: Browse, cast: Cast) -> None:
    group_id = kept(group(cast, Visibility.CONFIDENTIAL))
    for who, status in (("hilde", 403), ("jef", 404), ("tine", 404), ("noor", 200), ("bram", 200)):
        assert browse(who).get(f"/werkgroepen/{group_id}/link").status == status, who
        assert browse(who).get(f"/werkgroepen/{group_id}/gasten").status == status, who


@pytest.fixture
def meeting(app: object, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> tuple[uuid.UUID, uuid.UUID]:
    """A group, and something of it that can have guests."""
    made, thing_id = kept(group(cast)), uuid.uuid4()
    last_day = clock.today() + timedelta(days=3)
    thing = home.Thing(made, "Vergadering over soep", "/rollen", last_day)
    monkeypatch.setitem(app.extensions.setdefault("guest_things", {}), GuestOf.MEETING, {thing_id: thing}.get)  # type: ignore[attr-defined]
    return made, thing_id


def test_a_guest_comes_by_a_link_until_a_day(
    browse: Browse, cast: Cast, deliver: Deliver, meeting: tuple[uuid.UUID, uuid.UUID]
) -> None:
    group_id, thing_id = meeting
    noor, path = browse("noor"), f"/werkgroepen/{group_id}/gasten?van=meeting&wat={thing_id}"
    page = noor.get(path)
    assert page.says("Gasten: Vergadering over soep")
    shown = noor.follow(noor.submit(page, path, days="7", cap="5"))
    ana = browse("guest")
    form = ana.follow(ana.get(link_on(shown)))
    assert form.says("Kom te gast: Vergadering over soep")
    come(ana, link_on(shown), deliver)
    person_id = db.session.scalars(select(Person.id).where(Person.email == NEW)).one()
    assert guests.ids_of(thing_id) == {person_id}
    db.session.rollback()
    assert "Ana Buiten" not in seats(group_id)
    assert ana.get("/werkgroepen").says("Waar je te gast bent", "Werkgroep Welkom")
    place = db.session.scalars(select(Guest.id)).one()
    db.session.rollback()
    assert ana.get(f"/te-gast/{place}").location == "/rollen"
    assert browse("jef").get(f"/te-gast/{place}").status == 404
    with clock.at(clock.now() + timedelta(days=4)):
        later = browse("guest")
        come(later, make(browse, kept(group(cast, name="Nog een"))), deliver)
        over = later.get(f"/te-gast/{place}")
        assert over.says("Je was hier te gast", "Wat je schreef, blijft staan.")


@pytest.mark.parametrize(("until", "sentence"), [("2020-01-01", "dag is voorbij"), ("", "Kies een dag.")])
def test_a_last_day_that_cannot_be_is_said(
    browse: Browse, meeting: tuple[uuid.UUID, uuid.UUID], until: str, sentence: str
) -> None:
    group_id, thing_id = meeting
    noor, path = browse("noor"), f"/werkgroepen/{group_id}/gasten?van=meeting&wat={thing_id}"
    page = noor.submit(noor.get(path), path, until=until, days="7", cap="5")
    assert page.status == 422
    assert page.says(sentence)
    assert db.session.scalars(select(GroupDoor.id)).all() == []


def test_things_of_another_group_have_no_guests_here(
    browse: Browse, cast: Cast, meeting: tuple[uuid.UUID, uuid.UUID]
) -> None:
    other = kept(group(cast, name="Een andere"))
    page = browse("noor").get(f"/werkgroepen/{other}/gasten?van=meeting&wat={meeting[1]}")
    assert page.says("Nu zijn er geen gasten")
    assert not page.says("soep")


def test_a_guest_becomes_a_member_in_one_tap_and_another_goes(browse: Browse, cast: Cast) -> None:
    made = group(cast)
    first, second = a_guest(cast, made).id, a_guest(cast, made, "jef").id
    group_id, noor = kept(made), browse("noor")
    assert noor.get(f"/werkgroepen/{group_id}/gasten").says("Mo Verhulst", "Jef Dierckx", "één vergadering")
    noor.post(f"/werkgroepen/gasten/{first}/lid")
    noor.post(f"/werkgroepen/gasten/{second}/einde")
    assert seats(group_id)["Mo Verhulst"] is None
    assert "Jef Dierckx" not in seats(group_id)
    assert noor.get(f"/werkgroepen/{group_id}/gasten").says("Nu zijn er geen gasten")
    assert browse("moved").get(f"/werkgroepen/{group_id}/leden").says("Mo Verhulst")


def test_a_guest_stays_longer_or_shorter(browse: Browse, cast: Cast) -> None:
    made = group(cast)
    row = a_guest(cast, made).id
    group_id, noor = kept(made), browse("noor")
    here, path = f"/werkgroepen/{group_id}/gasten", f"/werkgroepen/gasten/{row}/tot"
    later = (clock.today() + timedelta(days=60)).isoformat()
    assert noor.submit(noor.get(here), path, ends_on=later).status == 303
    assert later in noor.get(here).text
    too_far = (clock.today() + timedelta(days=367)).isoformat()
    for wrong, says in ((too_far, "binnen het jaar"), ("2020-01-01", "dag is voorbij"), ("", "Kies een dag.")):
        page = noor.submit(noor.get(here), path, ends_on=wrong)
        assert page.status == 422
        assert page.says(says), page.words
    assert browse("hilde").post(path, {"ends_on": later}).status == 403


def test_the_account_of_who_sits_in_a_group_stays_open(cast: Cast) -> None:
    made = group(cast)
    hosting.make_member(a_guest(cast, made), by=cast.actor("noor"))
    with clock.at(clock.now() + timedelta(days=800)):
        resting.close_resting_accounts()
        assert db.session.get_one(Person, cast.moved).is_active
        db.session.execute(delete(Function))
        resting.close_resting_accounts()
        assert db.session.get_one(Person, cast.moved).is_active
        db.session.execute(delete(Membership))
        db.session.execute(delete(Guest))
        resting.close_resting_accounts()
        assert not db.session.get_one(Person, cast.moved).is_active


def test_doors_go_when_their_links_are_long_over(cast: Cast) -> None:
    made = group(cast)
    joining.make(made, days=30, cap=5, by=cast.actor("noor"))
    with clock.at(clock.now() + timedelta(days=89)):
        joining.forget_doors()
        assert db.session.scalars(select(GroupDoor.id)).all() != []
    with clock.at(clock.now() + timedelta(days=91)):
        joining.forget_doors()
        assert db.session.scalars(select(GroupDoor.id)).all() == []
