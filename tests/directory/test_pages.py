"""The pages for reading: list, offer, organisation, paper and file, for the network and for everybody."""

import csv
import io
import re
import uuid
from typing import Any

import pytest
from flask import Flask

from tests.directory.makers import make_offer
from tests.people import PEOPLE, Cast
from tests.support.browse import Browse
from webapp.accounts.models import Organisation
from webapp.core.db import db
from webapp.directory.export import safe
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.offers import Benefit, LittleDutch, Room
from webapp.vocabulary.organisation_kinds import SecrecyRegime


@pytest.fixture
def contacts(app: Flask, cast: Cast) -> None:
    """The scouts can be reached, by young people and by partners."""
    organisation = db.session.get(Organisation, cast.zilverreiger)
    assert organisation
    organisation.young_contact_name, organisation.young_contact_phone = "Noor", "0470 00 00 11"
    organisation.young_contact_hint = "Wacht aan de groene poort."
    organisation.partner_contact_name, organisation.partner_contact_phone = "Jef Dierckx", "0470 00 00 12"
    organisation.partner_contact_email = "jef@zilverreiger.example"
    organisation.helps_with = "spelmateriaal"
    db.session.commit()


def full_offer(cast: Cast, **changes: Any) -> uuid.UUID:
    """An offer in which everything is filled in."""
    return make_offer(
        cast.zilverreiger,
        **{
            "trial_visits": 3, "little_dutch": LittleDutch.YES, "team_languages": "Nederlands en Engels",
            "price_line": "€ 45 per jaar, kamp € 160 apart", "has_instalments": True, "route": "Bus 4, halte Vijver",
            "arrangements": (Arrangement.CALM_START,), "benefits": (Benefit.FRIENDS,), "has_loan_gear": True,
            "customs": [{"topic": "uniform", "stance": "can_move", "note": "Een das volstaat."}],
            "room": Room.PLACES, "free_places": 2, "capacity": 28, "when_note": "niet in de examens",
            "confirmed_by_id": cast.noor, "checked_days_ago": 21, **changes,
        },
    )  # fmt: skip


def test_the_list_says_the_essentials(cast: Cast, browse: Browse) -> None:
    full_offer(cast)
    page = browse("hilde").get("/aanbod")
    assert page.says(
        "Aanbod in Rietvoorde", "1 groep of atelier", "1 gevonden", "Scouts Zilverreiger", "Jonggivers, 12 tot 14 jaar",
        "za 14 tot 17 uur", "€ 45 per jaar", "Centrum", "Nog 2 plaatsen", "nagekeken 3 weken geleden",
    )  # fmt: skip


def test_the_list_in_english(cast: Cast, browse: Browse) -> None:
    full_offer(cast)
    browser = browse("hilde")
    browser.carry("lang", "en")
    page = browser.get("/aanbod?day=sat")
    assert page.says("Offers in Rietvoorde", "1 found", "12 to 14 years", "€ 45 per year", "2 places left", "Saturday")


def test_filters_are_chips_that_can_be_taken_off(cast: Cast, browse: Browse) -> None:
    full_offer(cast)
    page = browse("hilde").get("/aanbod?day=sat&day=wed&age=12-14&area=Centrum&price=more&q=scouts")
    assert page.says("Woensdag", "Zaterdag", "12 tot 14 jaar", "In Centrum", "Wis alles", "1 gevonden")
    assert any("day=sat" in link and "day=wed" not in link and "age=12-14" in link for link in page.links())
    assert page.form("/aanbod") == {
        "q": "scouts", "day": ["wed", "sat"], "age": "12-14", "area": "Centrum", "price": "more"
    }  # fmt: skip


def test_a_tap_gets_the_list_and_the_numbers_alone(cast: Cast, browse: Browse) -> None:
    full_offer(cast)
    page = browse("hilde").get("/aanbod?q=&price=any&day=sat", partial=True)
    assert page.says("1 gevonden")
    assert 'id="directory-offers"' in page.text
    assert 'id="day-5-count" hx-swap-oob="true">1<' in page.text
    assert "<h1" not in page.text
    assert page.response.headers["HX-Push-Url"] == "/aanbod?day=sat"


def test_nonsense_in_the_address_is_left_out(cast: Cast, browse: Browse) -> None:
    full_offer(cast)
    page = browse("hilde").get(
        "/aanbod?day=someday&price=x&area=Nowhere&age=12-14%27&after=zzz&must=%F0%9F%98%80&q=%00"
    )
    assert page.says("1 gevonden")


def test_nothing_found_says_what_to_let_go(cast: Cast, browse: Browse) -> None:
    full_offer(cast)
    page = browse("hilde").get("/aanbod?q=boksen&day=sat")
    assert page.says("0 gevonden", "Niets past bij alles samen", "Zonder het woord “boksen”", "Zonder zaterdag")
    assert "/aanbod?day=sat" in page.links()
    assert browse("hilde").get("/aanbod?q=boksen").says("Niets gevonden voor “boksen”")


def test_the_same_word_is_one_tap_away_in_what_else_can_be_searched(browse: Browse) -> None:
    pages = {"/aanbod", "/organisaties", "/leren"}
    for page in pages:
        hilde = browse("hilde")
        assert {f"{other}?q=boksen" for other in pages - {page}} <= hilde.get(f"{page}?q=boksen").links()
        assert not hilde.get(page).says("ook bij:")


def test_an_empty_directory_blames_nobody(cast: Cast, browse: Browse) -> None:
    assert browse("hilde").get("/aanbod").says("Nog geen aanbod")


def test_the_list_goes_on(cast: Cast, browse: Browse) -> None:
    for number in range(27):
        make_offer(cast.zilverreiger, name=f"Groep {number:02d}")
    browser = browse("hilde")
    first = browser.get("/aanbod?day=sat")
    assert first.says("27 gevonden", "Groep 24")
    assert not first.says("Groep 25")
    (onward,) = [link for link in first.links() if "after=" in link]
    second = browser.get(onward)
    assert second.says("27 gevonden", "Groep 25", "Groep 26")
    assert not second.says("Groep 24")
    assert "/aanbod?day=sat" in second.links()


def test_the_page_of_an_offer(cast: Cast, browse: Browse, contacts: None) -> None:
    page = browse("hilde").get(f"/aanbod/{full_offer(cast)}")
    assert page.says(
        "Zaterdag 14 tot 17 uur", "niet in de examens", "€ 45 per jaar", "kamp € 160 apart · betalen in stukjes kan",
        "Wilgendreef 12", "Bus 4, halte Vijver", "Nog 2 plaatsen", "in een groep van 28",
        "Goed om te weten voor wie nieuw is", "Je mag 3 keer komen proberen.", "Weinig Nederlands is geen probleem.",
        "De ploeg spreekt Nederlands en Engels.", "Geen alcohol", "Je kan materiaal lenen.", "Een das volstaat.",
        "Wacht aan de groene poort.", "0470 00 00 11", "Jef Dierckx", "3 weken geleden nagekeken door Noor",
    )  # fmt: skip
    assert 'href="tel:0470000011"' in page.text
    assert 'href="mailto:jef@zilverreiger.example"' in page.text
    assert not any("/wijzig" in link or "/klopt" in link for link in page.links())


def test_a_stale_offer_says_so_in_words_and_warns_only_after_a_year(cast: Cast, browse: Browse) -> None:
    browser = browse("hilde")
    stale = browser.get(f"/aanbod/{full_offer(cast, checked_days_ago=120)}")
    assert stale.says("Al 4 maanden niet nagekeken", "Bel even voor je gaat.")
    assert "note-warn" not in stale.text
    assert "note-warn" in browser.get(f"/aanbod/{full_offer(cast, checked_days_ago=500)}").text


@pytest.mark.parametrize("who", [*PEOPLE, "guest"])
def test_who_may_read_which_offer(cast: Cast, browse: Browse, who: str) -> None:
    ids = {
        "draft": make_offer(cast.zilverreiger, is_published=False),
        "network": make_offer(cast.zilverreiger),
        "public": make_offer(cast.zilverreiger, is_public=True),
    }
    own, known = who in ("noor", "jef", "yara"), who not in ("guest", "moved", "gone")
    hidden = 404 if who not in ("guest", "gone") else 303
    browser = browse(who)
    assert browser.get(f"/aanbod/{ids['public']}").status == 200
    assert browser.get(f"/aanbod/{ids['network']}").status == (200 if known else hidden)
    assert browser.get(f"/aanbod/{ids['draft']}").status == (200 if own else hidden)


def test_unknown_and_unseen_are_the_same_answer(cast: Cast, browse: Browse) -> None:
    draft = make_offer(cast.halvenoot, is_published=False)
    browser = browse("hilde")
    codes = r"[A-Z]+ \d{4}"
    bodies = {re.sub(codes, "", browser.get(f"/aanbod/{one}").words) for one in (draft, uuid.uuid4())}
    assert len(bodies) == 1
    assert browser.get(f"/organisaties/{uuid.uuid4()}").status == 404
    assert browser.get("/aanbod/geen-id").status == 404


def test_the_public_page_shows_what_is_meant_for_young_people(cast: Cast, browse: Browse, contacts: None) -> None:
    page = browse("guest").get(f"/aanbod/{full_offer(cast, is_public=True)}")
    assert page.says(
        "Scouts Zilverreiger", "Zaterdag 14 tot 17 uur", "Noor", "0470 00 00 11", "Nagekeken 3 weken geleden"
    )
    for kept in ("Jef", "0470 00 00 12", "jef@zilverreiger.example", "door Noor", "Vermeulen"):
        assert kept not in page.text
    assert page.response.headers["X-Robots-Tag"].startswith("noindex")
    assert not any(link.startswith(("/organisaties", "/vandaag", "/aanbod?")) for link in page.links())


@pytest.mark.parametrize("path", ["/aanbod", "/aanbod/afdruk", "/aanbod/bestand", "/organisaties"])
def test_lists_are_for_the_network(cast: Cast, browse: Browse, path: str) -> None:
    assert browse("guest").get(path).status == 303
    assert browse("moved").get(path).status == 404
    assert browse("ada").get(path).status == 200


def test_an_organisation_and_its_people(cast: Cast, browse: Browse, contacts: None) -> None:
    full_offer(cast)
    make_offer(cast.zilverreiger, name="Kladgroep", is_published=False)
    page = browse("hilde").get(f"/organisaties/{cast.zilverreiger}")
    assert page.says(
        "Scouts Zilverreiger", "Jeugdbeweging", "Vraag ons gerust om: spelmateriaal", "Jonggivers", "Noor Vermeulen",
        "aanspreekpunt", "Jef Dierckx", "0470 00 00 11", "Werkt met discretieplicht",
        "Vraag niets wat ze niet mogen vertellen.",
    )  # fmt: skip
    assert not page.says("Kladgroep")
    assert "Gust Thys" not in page.text
    own = browse("jef").get(f"/organisaties/{cast.zilverreiger}")
    assert own.says("Kladgroep", "Klad", "Ga zorgzaam om met wat je hoort.")


def test_secrecy_is_a_reminder_for_those_it_binds(app: Flask, cast: Cast, browse: Browse) -> None:
    organisation = db.session.get(Organisation, cast.lantaarn)
    assert organisation
    organisation.secrecy = SecrecyRegime.PROFESSIONAL
    db.session.commit()
    assert browse("noor").get(f"/organisaties/{cast.lantaarn}").says("Werkt met beroepsgeheim")
    assert browse("hilde").get(f"/organisaties/{cast.lantaarn}").says("Jij werkt met beroepsgeheim.")


def test_organisations_are_found_by_what_they_help_with(cast: Cast, browse: Browse, contacts: None) -> None:
    page = browse("hilde").get("/organisaties?q=Spelmat")
    assert page.says("Scouts Zilverreiger", "Kan helpen met: spelmateriaal")
    assert not page.says("De Lantaarn, ")
    assert "Muziekhuis" not in page.words
    assert browse("hilde").get("/organisaties?q=vliegtuig").says("Niemand gevonden voor “vliegtuig”")
    assert 'id="directory-organisations"' in browse("hilde").get("/organisaties?q=spel", partial=True).text
    kinds = browse("hilde").get("/organisaties?kind=welfare&q=")
    assert kinds.says("De Lantaarn", "Welzijnshuis")
    assert "Muziekhuis" not in kinds.words


def test_on_paper_stands_everything_that_fits(cast: Cast, browse: Browse) -> None:
    for number in range(30):
        make_offer(cast.zilverreiger, name=f"Groep {number:02d}")
    make_offer(cast.halvenoot, name="Drumlab", area="Veerkaai")
    page = browse("hilde").get("/aanbod/afdruk?area=Centrum")
    assert page.says("Groep 00", "Groep 29", "In Centrum", "Hilde Maes", "Wilgendreef 12")
    assert not page.says("Drumlab")


def test_the_file_is_for_spreadsheets_and_harmless(cast: Cast, browse: Browse) -> None:
    full_offer(cast, name='=1+1;"x"', summary="+32 doen")
    make_offer(cast.halvenoot, name="Drumlab", is_published=False)
    page = browse("hilde").get("/aanbod/bestand?day=sat")
    assert page.text.startswith("\ufeff")
    assert page.response.content_type == "text/csv; charset=utf-8"
    assert "attachment" in page.response.headers["Content-Disposition"]
    head, *rows = csv.reader(io.StringIO(page.text.removeprefix("\ufeff")), delimiter=";")
    assert head[:3] == ["Organisatie", "Aanbod", "Wat"]
    assert [row[:3] for row in rows] == [["Scouts Zilverreiger", '\'=1+1;"x"', "'+32 doen"]]
    assert "Noor" not in page.text


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "\r"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Jonggivers", "14 - 17", "€ 45", "'t Zwaluwnest"])
def test_plain_cells_stay_plain(text: str) -> None:
    assert safe(text) == text
