"""One person is invited into a group by mail; yes, no thanks, and nothing that tells a name or who is known."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from tests.accounts.conftest import code_in, path_in
from tests.accounts.conftest import deliver as deliver
from tests.groups.makers import group
from tests.groups.test_doors import CANARY, NEW, kept, seats
from tests.groups.test_doors import meeting as meeting
from tests.people import Cast
from tests.referrals.steps import notices
from tests.support.browse import Browse, Browser, Page
from tests.support.mails import text_of
from webapp.accounts import joining as accounts
from webapp.accounts import queries as people
from webapp.accounts import resting
from webapp.accounts.models import Person
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.groups import guests, invited, inviting, joining, queries
from webapp.groups.codes import Visibility
from webapp.groups.inviting import Invited
from webapp.groups.models import GroupInvitation, Membership
from webapp.notifications import actions as notifications
from webapp.notifications import queries as notified
from webapp.policy.rules import NotAllowed
from webapp.privacy.export import own

Deliver = Callable[[], list[EmailMessage]]


def invite(browse: Browse, group_id: uuid.UUID, email: str = NEW, query: str = "", **more: str) -> Page:
    """Noor fills the form in."""
    noor, path = browse("noor"), f"/werkgroepen/{group_id}/uitnodigen{query}"
    return noor.submit(noor.get(path), path, email=email, name="Ana Buiten", **more)


def mail_to(email: str, deliver: Deliver) -> EmailMessage:
    """The one new mail to an address."""
    [mail] = [one for one in deliver() if email in str(one["To"])]
    return mail


def invitation_id() -> uuid.UUID:
    found = db.session.scalars(select(GroupInvitation.id)).one()
    db.session.rollback()
    return found


def show_who(browser: Browser, path: str, email: str, deliver: Deliver) -> tuple[list[str], Page]:
    """Follow the link and show that the address is theirs; everything that was read on the way, and the last answer."""
    page = browser.follow(browser.get(path))
    browser.submit(page, "/meedoen", name="Ana Buiten")
    mail, code = mail_to(email, deliver), browser.get("/meedoen/code")
    read = [page.text, text_of(mail), str(mail["Subject"]), code.text]
    return read, browser.submit(code, "/meedoen/code", code=code_in(mail))


def test_somebody_outside_says_yes_and_shows_that_the_address_is_theirs(
    browse: Browse, cast: Cast, deliver: Deliver
) -> None:
    group_id = kept(group(cast, Visibility.MEMBERS))
    assert invite(browse, group_id).status == 303
    assert browse("noor").get(f"/werkgroepen/{group_id}/leden").says("Uitgenodigd", NEW)
    assert not browse("hilde").get(f"/werkgroepen/{group_id}/leden").says(NEW)
    mail = mail_to(NEW, deliver)
    assert "Werkgroep Welkom" in text_of(mail)
    assert "Noor Vermeulen" in text_of(mail)
    path, ana = path_in(mail, "/meedoen/"), browse("guest")
    assert ana.follow(ana.get(path)).says("Doe mee met Werkgroep Welkom", "Noor Vermeulen", NEW, "Nee, bedankt")
    assert people.person_by_email(NEW) is None
    db.session.rollback()
    _read, done = show_who(ana, path, NEW, deliver)
    assert str(group_id) in done.location
    assert seats(group_id)["Ana Buiten"] is None
    assert "group_joined" in notices(cast, "noor")
    assert browse("guest").follow(browse("guest").get(path)).status == 410
    assert not browse("noor").get(f"/werkgroepen/{group_id}/leden").says("Uitgenodigd")


def test_of_a_confidential_group_only_who_showed_their_address_reads_the_name(
    browse: Browse, cast: Cast, deliver: Deliver
) -> None:
    group_id = kept(group(cast, Visibility.CONFIDENTIAL, CANARY))
    invite(browse, group_id)
    mail, ana = mail_to(NEW, deliver), browse("guest")
    read, done = show_who(ana, path_in(mail, "/meedoen/"), NEW, deliver)
    for text in (*read, text_of(mail), mail.as_string(), str(mail["Subject"])):
        assert "Kanarie" not in text
        assert "nieuwe kinderen" not in text
    assert "Ana Buiten" not in seats(group_id)
    answer = f"/werkgroepen/uitgenodigd/{invitation_id()}"
    assert answer in done.location.replace("%2F", "/")
    assert ana.get(f"/werkgroepen/{group_id}").status == 404
    page = ana.get(answer)
    assert page.says(CANARY, "Noor Vermeulen")
    assert browse("jef").get(answer).status == 404
    assert ana.submit(page, answer).location == f"/werkgroepen/{group_id}"
    assert ana.get(f"/werkgroepen/{group_id}").says(CANARY)


def test_who_is_signed_in_finds_it_on_today_and_answers_with_one_tap(
    browse: Browse, cast: Cast, deliver: Deliver
) -> None:
    group_id = kept(group(cast))
    invite(browse, group_id, "jef@brug.example")
    jef, path = browse("jef"), path_in(mail_to("jef@brug.example", deliver), "/meedoen/")
    assert jef.get("/").says("Werkgroep Welkom nodigt je uit")
    page = jef.follow(jef.follow(jef.get(path)))
    assert page.says("Doe je mee met Werkgroep Welkom?")
    assert "Jef Dierckx" not in seats(group_id)
    answer = f"/werkgroepen/uitgenodigd/{invitation_id()}"
    assert jef.submit(page, answer).status == 303
    assert seats(group_id)["Jef Dierckx"] == cast.zilverreiger
    assert jef.get(answer).location == f"/werkgroepen/{group_id}"
    assert jef.post(answer, page.form(answer)).location == f"/werkgroepen/{group_id}"
    assert not jef.get("/").says("nodigt je uit")


def test_who_works_at_several_places_chooses_for_which(browse: Browse, cast: Cast, deliver: Deliver) -> None:
    group_id = kept(group(cast))
    invite(browse, group_id, "yara@brug.example")
    path, yara = path_in(mail_to("yara@brug.example", deliver), "/meedoen/"), browse("guest")
    show_who(yara, path, "yara@brug.example", deliver)
    answer = f"/werkgroepen/uitgenodigd/{invitation_id()}"
    page = yara.get(answer)
    assert page.says("Voor welke organisatie?", "Muziekhuis Halve Noot", "Scouts Zilverreiger")
    for wrong in ("", str(cast.lantaarn)):
        refused = yara.submit(page, answer, place=wrong)
        assert refused.status == 422
        assert refused.says("Kies een organisatie.")
    yara.submit(page, answer, place=str(cast.zilverreiger))
    assert seats(group_id)["Yara Peeters"] == cast.zilverreiger


def test_no_thanks_needs_no_account_and_no_reason(browse: Browse, cast: Cast, deliver: Deliver) -> None:
    group_id = kept(group(cast))
    invite(browse, group_id)
    ana = browse("guest")
    page = ana.follow(ana.get(path_in(mail_to(NEW, deliver), "/meedoen/")))
    assert ana.follow(ana.submit(page, "/meedoen/nee")).says("Prima, bedankt om het te zeggen")
    assert ana.get("/meedoen").status == 410
    assert ana.post("/meedoen/nee").status == 410
    assert people.person_by_email(NEW) is None
    db.session.rollback()
    assert browse("noor").get(f"/werkgroepen/{group_id}/leden").says("nee, bedankt")
    assert deliver() == []


def test_a_shared_link_takes_no_no_thanks(browse: Browse, cast: Cast) -> None:
    made = group(cast)
    token = accounts.token_of(joining.make(made, days=7, cap=5, by=cast.actor("noor")))
    db.session.commit()
    somebody = browse("guest")
    somebody.follow(somebody.get(f"/meedoen/{token}"))
    assert somebody.post("/meedoen/nee").status == 410
    assert somebody.get("/meedoen").status == 200


def test_who_invites_never_learns_whether_an_address_is_known(browse: Browse, cast: Cast, deliver: Deliver) -> None:
    """Somebody unknown, somebody of the network, and somebody who sits in the group already: the same to the letter."""
    group_id = kept(group(cast))
    seen: set[tuple[int, str, str]] = set()
    for email in (NEW, "jef@brug.example", "hilde@brug.example"):
        done = invite(browse, group_id, email)
        mail = mail_to(email, deliver)
        first = browse("guest")
        page = first.follow(first.get(path_in(mail, "/meedoen/")))
        listed = browse("noor").get(f"/werkgroepen/{group_id}/leden").words
        assert email in listed
        seen.add((done.status, page.words.replace(email, "x"), str(mail["Subject"])))
        browse("noor").post(f"/werkgroepen/uitnodigingen/{invitation_id()}/intrekken")
        db.session.delete(db.session.scalars(select(GroupInvitation)).one())
        db.session.commit()
    assert len(seen) == 1


def test_it_is_taken_back_sent_again_and_over_after_two_weeks(browse: Browse, cast: Cast, deliver: Deliver) -> None:
    group_id = kept(group(cast))
    invite(browse, group_id)
    first = path_in(mail_to(NEW, deliver), "/meedoen/")
    noor, here = browse("noor"), f"/werkgroepen/uitnodigingen/{invitation_id()}"
    assert noor.post(f"{here}/opnieuw").status == 303
    second = path_in(mail_to(NEW, deliver), "/meedoen/")

    def status(path: str) -> int:
        somebody = browse("guest")
        return somebody.follow(somebody.get(path)).status

    assert (status(first), status(second)) == (410, 200)
    with clock.at(clock.now() + timedelta(days=14, minutes=1)):
        assert status(second) == 410
        assert browse("noor").get(f"/werkgroepen/{group_id}/leden").says("er kwam geen antwoord")
    assert noor.post(f"{here}/intrekken").status == 303
    assert status(second) == 410
    assert noor.post(f"{here}/opnieuw").status == 409
    assert not noor.get(f"/werkgroepen/{group_id}/leden").says(NEW)


def test_a_guest_of_one_meeting_is_invited_by_mail(
    browse: Browse, deliver: Deliver, meeting: tuple[uuid.UUID, uuid.UUID]
) -> None:
    group_id, thing_id = meeting
    query = f"?van=meeting&wat={thing_id}"
    assert browse("noor").get(f"/werkgroepen/{group_id}/gasten{query}").says("Uitnodigen per mail")
    late = invite(browse, group_id, query=query, ends_on="2020-01-01")
    assert late.says("dag is voorbij")
    invite(browse, group_id, query=query)
    mail, ana = mail_to(NEW, deliver), browse("guest")
    page = ana.follow(ana.get(path_in(mail, "/meedoen/")))
    assert page.says("Kom te gast: Vergadering over soep")
    show_who(ana, path_in(mail, "/meedoen/"), NEW, deliver)
    person = people.person_by_email(NEW)
    assert person is not None
    assert guests.ids_of(thing_id) == {person.id}
    assert guests.of(thing_id)[0].ends_on == clock.today() + timedelta(days=3)
    db.session.rollback()
    assert "Ana Buiten" not in seats(group_id)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"email": ""}, "Typ het e-mailadres van die persoon"),
        ({"email": "nieuw@buiten"}, "Er ontbreekt nog een stukje"),
        ({"email": "noor@brug.example"}, "Dit is je eigen adres"),
        ({"ends_on": "2020-01-01"}, "dag is voorbij"),
    ],
)
def test_what_cannot_be_is_said_and_keeps_what_was_typed(
    browse: Browse, cast: Cast, changes: dict[str, str], says: str
) -> None:
    page = invite(browse, kept(group(cast)), **changes)
    assert page.status == 422
    assert page.says(says), page.words
    assert 'value="Ana Buiten"' in page.text
    assert db.session.scalars(select(GroupInvitation.id)).all() == []


def test_only_who_leads_invites_and_nobody_twice(cast: Cast) -> None:
    made = group(cast)
    with pytest.raises(NotAllowed):
        inviting.invite(made, Invited(NEW), by=cast.actor("hilde"))
    row = inviting.invite(made, Invited(NEW), by=cast.actor("noor"))
    with pytest.raises(Invalid):
        inviting.invite(made, Invited(NEW), by=cast.actor("bram"))
    with pytest.raises(Invalid):
        inviting.invite_by_name(made, cast.hilde, cast.lantaarn, by=cast.actor("noor"))
    for act in (inviting.again, inviting.withdraw):
        with pytest.raises(NotAllowed):
            act(row, by=cast.actor("hilde"))
    with pytest.raises(NotAllowed):
        inviting.accept(row, by=cast.actor("jef"))
    inviting.withdraw(row, by=cast.actor("bram"))
    assert inviting.invite(made, Invited(NEW), by=cast.actor("bram")).id != row.id


def test_who_sits_there_already_keeps_their_place(cast: Cast) -> None:
    made = group(cast)
    row = inviting.invite(made, Invited("bram@brug.example"), by=cast.actor("noor"))
    mine = invited.for_answer(row.id)
    assert mine is not None
    inviting.accept(mine, by=cast.actor("bram"))
    assert db.session.scalars(select(Membership.role).where(Membership.person_id == cast.bram)).all() == ["secretary"]


def test_who_wants_no_mail_of_groups_finds_it_on_today_alone(browse: Browse, cast: Cast, deliver: Deliver) -> None:
    group_id = kept(group(cast))
    choice = notified.choice(cast.jef)
    assert choice is not None
    notifications.stop_everything(choice, by=cast.actor("jef"))
    db.session.commit()
    invite(browse, group_id, "jef@brug.example")
    assert [one for one in deliver() if "jef@" in str(one["To"])] == []
    assert browse("jef").get("/").says("Werkgroep Welkom nodigt je uit")


def test_it_stays_as_long_as_it_was_said_and_is_told_to_whoever_has_the_address(cast: Cast) -> None:
    made = group(cast)
    inviting.invite(made, Invited("moved@brug.example"), by=cast.actor("noor"))
    told = "\n".join(str(part) for part in own.gathered(db.session.get_one(Person, cast.moved)))
    assert "Werkgroep Welkom" in told
    with clock.at(clock.now() + timedelta(days=43)):
        inviting.forget_invitations()
        resting.close_resting_accounts()
        assert len(db.session.scalars(select(GroupInvitation)).all()) == 1
    with clock.at(clock.now() + timedelta(days=45)):
        inviting.forget_invitations()
        assert db.session.scalars(select(GroupInvitation)).all() == []
    assert queries.group(made.id) is not None
