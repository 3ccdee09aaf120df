"""A link by which several people join a crew: until a day, up to a number, with the least function alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories
from tests.accounts.conftest import WELCOME, code_in
from tests.support.mails import text_of
from webapp.accounts.forgetting import forget_ended_accounts_work
from webapp.accounts.models import Function, Joining, JoinLink, Person
from webapp.core import clock
from webapp.core.db import Base, db
from webapp.vocabulary.functions import FunctionKind as F

NEW = "nieuw@ploeg.example"


def people(organisation_id):
    return f"/organisaties/{organisation_id}/mensen"


@pytest.fixture
def make(browse, cast):
    """Noor makes a link; where it leads."""

    def make_link(**choices):
        noor, path = browse("noor"), f"{people(cast.zilverreiger)}/link"
        page = noor.submit(noor.get(path), path, **{"days": "7", "cap": "5", **choices})
        assert page.status == 303, page.words
        shown = noor.follow(page)
        assert "<svg" in shown.text
        return "/meedoen/" + shown.text.split("/meedoen/")[1].split("<")[0]

    return make_link


def ask(browser, path, email=NEW, name="Nieuw Gezicht"):
    page = browser.follow(browser.get(path))
    assert path.rsplit("/", 1)[1] not in page.text
    return browser.submit(page, "/meedoen", name=name, email=email)


def join(browser, path, deliver, email=NEW):
    ask(browser, path, email)
    [mail] = [one for one in deliver() if email in str(one["To"])]
    return browser.submit(browser.get("/meedoen/code"), "/meedoen/code", code=code_in(mail))


def seats_of(email):
    rows = db.session.execute(
        select(Function.kind, Function.opens_from).join(Function.person).where(Person.email == email)
    )
    found = [(row.kind, row.opens_from is not None) for row in rows]
    db.session.rollback()
    return found


def test_a_mail_to_an_address_that_nobody_showed_yet_says_nothing_that_was_typed(browse, make, deliver):
    ask(browse("guest"), make(), name="https://evil.example/Kanarie")
    [mail] = [one for one in deliver() if NEW in str(one["To"])]
    assert "evil.example" not in str(mail["To"]) + str(mail["Subject"]) + text_of(mail)


def test_a_mail_with_a_code_alone_names_no_link(browse, deliver, make):
    ask(browse("guest"), make())
    [mail] = deliver()
    assert "open the link" not in text_of(mail)
    assert "open the link" not in mail.get_body(("html",)).get_content()


def test_somebody_joins_and_gets_the_least(browse, cast, deliver, make):
    referral_id = factories.sent(cast, ["zilverreiger"]).id
    deliver()
    path, newcomer = make(), browse("guest")
    assert join(newcomer, path, deliver).location == WELCOME
    assert seats_of(NEW) == [(F.CREW, True)]
    told = [one for one in deliver() if "noor@" in str(one["To"])]
    assert len(told) == 1
    assert "Nieuw" not in text_of(told[0])
    assert people(cast.zilverreiger) in text_of(told[0])
    crew = browse("noor").get(people(cast.zilverreiger))
    assert crew.says("Nieuw Gezicht")
    assert not crew.says("contactkaarten van"), "a crew opens no cards by its function"
    assert newcomer.get(f"/toeleidingen/{referral_id}").status == 404
    assert newcomer.get(f"{people(cast.zilverreiger)}/link").status == 403


def test_several_join_until_it_is_full(browse, deliver, make):
    path = make(cap="5")
    for number in range(5):
        assert join(browse("guest"), path, deliver, f"n{number}@ploeg.example").location == WELCOME
    late = browse("guest")
    assert late.follow(late.get(path)).status == 410


def test_of_two_who_come_at_once_for_the_last_place_one_gets_it(browse, deliver, make):
    path = make(cap="5")
    first, second = browse("guest"), browse("guest")
    ask(first, path, "een@ploeg.example")
    ask(second, path, "twee@ploeg.example")
    codes = {str(mail["To"].addresses[0].addr_spec): code_in(mail) for mail in deliver()}
    for number in range(4):
        join(browse("guest"), path, deliver, f"n{number}@ploeg.example")
    forms = [browser.get("/meedoen/code") for browser in (first, second)]
    assert first.submit(forms[0], "/meedoen/code", code=codes["een@ploeg.example"]).location == WELCOME
    assert second.submit(forms[1], "/meedoen/code", code=codes["twee@ploeg.example"]).status == 410
    assert seats_of("twee@ploeg.example") == []


def test_it_ends_on_its_day_by_a_new_one_and_at_once(browse, cast, deliver, make):
    path = make(days="1")
    guest = browse("guest")
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert guest.follow(guest.get(path)).status == 410
    newer = make()
    assert guest.follow(guest.get(path)).status == 410
    assert guest.follow(guest.get(newer)).status == 200
    ask(guest, newer)
    code = code_in(deliver()[-1])
    form = guest.get("/meedoen/code")
    noor = browse("noor")
    noor.post(f"{people(cast.zilverreiger)}/link/stoppen")
    assert guest.submit(form, "/meedoen/code", code=code).status == 410
    assert seats_of(NEW) == []


def test_a_wrong_code_another_browser_and_a_late_one_are_refused(browse, deliver, make):
    path, guest = make(), browse("guest")
    ask(guest, path)
    right = code_in(deliver()[0])
    wrong = "000000" if right != "000000" else "111111"
    page = guest.follow(guest.submit(guest.get("/meedoen/code"), "/meedoen/code", code=wrong))
    assert page.says("nog 4 keer")
    other = browse("guest")
    ask(other, path, "ander@ploeg.example")
    assert other.submit(other.get("/meedoen/code"), "/meedoen/code", code=right).location == "/meedoen/code"
    form = guest.get("/meedoen/code")
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert guest.submit(form, "/meedoen/code", code=right).status == 410
    assert seats_of(NEW) == []


def test_who_has_an_account_gets_one_function_more_and_who_is_there_keeps_theirs(browse, cast, deliver, make):
    path, hilde = make(), browse("guest")
    join(hilde, path, deliver, "hilde@brug.example")
    assert hilde.get("/account").says("Hilde Maes")
    assert sorted(seats_of("hilde@brug.example")) == [(F.CREW, True), (F.GUIDE, False)]
    join(browse("guest"), path, deliver, "jef@brug.example")
    assert seats_of("jef@brug.example") == [(F.CREW, False)]


def test_a_closed_account_is_not_opened_by_it(browse, deliver, make):
    gone = browse("guest")
    page = join(gone, make(), deliver, "gone@brug.example")
    assert page.status == 410
    assert page.says("Je account is gesloten", "Een uitnodiging per mail opent het weer")
    assert gone.get("/account").status == 303


def test_who_is_of_the_crew_already_takes_no_place(browse, cast, deliver, make):
    path = make()
    db.session.execute(Base.metadata.tables["join_link"].update().values(cap=1))
    db.session.commit()
    join(browse("guest"), path, deliver, "jef@brug.example")
    assert join(browse("guest"), path, deliver).location == WELCOME
    full = browse("noor").get(f"{people(cast.zilverreiger)}/link")
    assert full.says("Deze link is volzet")
    assert not full.says("Deze link werkt")


def test_only_who_speaks_for_a_crew_shares_one(browse, cast):
    for who, status in (("jef", 403), ("tine", 403), ("ada", 403), ("bram", 403), ("guest", 303)):
        assert browse(who).get(f"{people(cast.zilverreiger)}/link").status == status, who
    assert browse("lena").get(f"{people(cast.lantaarn)}/link").status == 404  # nobody there does little
    assert not browse("lena").get(people(cast.lantaarn)).says("Een link voor je ploeg")


@pytest.mark.parametrize("choice", [{"days": "365"}, {"cap": "1000"}, {"days": "x"}, {"cap": ""}])
def test_no_other_terms_than_those_offered(browse, cast, choice):
    noor, path = browse("noor"), f"{people(cast.zilverreiger)}/link"
    assert noor.submit(noor.get(path), path, **choice).status == 422


def test_a_dump_of_the_database_holds_no_token(browse, make):
    token = make().rsplit("/", 1)[1]
    rows = [row for table in Base.metadata.sorted_tables for row in db.session.execute(table.select())]
    dump = "\n".join(str(tuple(row)) for row in rows)
    assert len(dump) > 1000
    assert token not in dump


def test_scanners_join_nobody_and_what_is_over_goes(browse, app, make):
    path = make()
    for _ in range(5):
        scanner = browse("guest")
        scanner.follow(scanner.get(path))
    ask(browse("guest"), path)
    assert db.session.scalar(select(JoinLink.uses)) == 0
    with clock.at(clock.now() + timedelta(days=40)):
        forget_ended_accounts_work()
        assert db.session.scalars(select(JoinLink.id)).all() == []
        assert db.session.scalars(select(Joining.id)).all() == []
