"""The card on paper and the file for a calendar: they say what the page says, and stop when it stops."""

import io
import json
import re
import zlib
from datetime import timedelta
from typing import Any

import pytest
import typst
from fontTools.ttLib import TTFont
from PIL import Image

from tests import factories
from tests.factories import CANARY_NAME, CANARY_PHONE
from tests.people import Cast
from tests.referrals.steps import again
from tests.support.browse import Browse, Browser, Page
from webapp.core import clock
from webapp.core.db import db
from webapp.directory.models import Offer
from webapp.referrals import agreements, welcome
from webapp.referrals.card_words import TONGUES
from webapp.referrals.models import Ask, Referral, WelcomePlan
from webapp.web import paper

PICTURE = re.compile(r"'icons?': (?:'[^']*'|\{[^}]*\})")
"""Which picture stands beside a fact: an alias can be called the same."""
SECRETS = (CANARY_NAME, CANARY_PHONE, "Cools", "Hilde", "Maes", "Lantaarn", "drummen")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Everything that was put on paper, before it became glyphs."""
    seen: list[dict[str, Any]] = []
    make = paper.pdf

    def note(template: str, data: dict[str, Any]) -> bytes:
        seen.append(data)
        return make(template, data)

    monkeypatch.setattr(paper, "pdf", note)
    return seen


def _opened(browse: Browse, cast: Cast, **changes: str) -> tuple[Browser, WelcomePlan]:
    plan = factories.planned(cast)
    for name, value in changes.items():
        setattr(plan, name, value)
    db.session.commit()
    token = welcome.share(plan, again(Referral, plan.referral_id), by=cast.actor("bram"))
    db.session.commit()
    guest = browse("guest")
    assert guest.get(f"/w/{token}").status == 303
    return guest, again(WelcomePlan, plan.id)


def _streams(pdf: bytes) -> bytes:
    """A PDF with its streams unpacked."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(_unpacked(one) for one in found)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def _pdf(page: Page) -> bytes:
    assert page.status == 200, page.words[:200]
    assert page.response.content_type == "application/pdf"
    data = page.response.get_data()
    assert data.startswith(b"%PDF-")
    return _streams(data)


def _alias(plan: WelcomePlan) -> str:
    return again(Referral, plan.referral_id).alias


@pytest.mark.parametrize("code", list(TONGUES))
@pytest.mark.parametrize("per", ["", "&per=4"])
def test_the_card_on_paper_can_be_read_aloud_in_every_language(browse: Browse, cast: Cast, code: str, per: str) -> None:
    guest, plan = _opened(browse, cast)
    pdf = _pdf(guest.get(f"/welkom/{plan.id}/kaart.pdf?taal={code}{per}"))
    assert b"pdfuaid:part>1<" in pdf
    assert b"/Marked true" in pdf
    assert b"/Lang(nl)" in pdf
    assert b"/Title" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"/Count 2" in pdf


def test_the_card_says_what_the_page_says_and_nothing_of_the_young_person(
    browse: Browse, cast: Cast, printed: list[dict[str, Any]]
) -> None:
    guest, plan = _opened(browse, cast, bring="Schoenen die vuil mogen worden", welcomer_hint="gele das")
    alias = _alias(plan)
    page = guest.get(f"/welkom/{plan.id}/kaart.pdf?taal=ar")
    pdf = _pdf(page)
    (data,) = printed
    assert data["waits"] == "Bram wacht op jou"
    assert data["nobody_other"] == "وصلت ولا ترى أحدًا؟"
    assert data["phone"] == again(WelcomePlan, plan.id).phone
    asked = [[one["asked"], *one["said"]] for one in data["facts"]]
    assert ["Wat breng je mee?", "Schoenen die vuil mogen worden"] in asked
    assert ["Wie?", "Bram, gele das"] in asked
    assert "<svg" in data["qr"]
    told = PICTURE.sub("", str(data)).replace("lantaarn", "")
    for word in (*SECRETS, alias, "12 tot 14"):
        assert word not in told, word
        whole = rb"(?<![a-z])" + word.encode() + rb"(?![a-z])"  # an alias may stand within another word: content
        assert not re.search(whole, pdf), word
    assert page.response.headers["Content-Disposition"] == "attachment; filename=welkomstkaart.pdf"
    assert "sandbox" in page.response.headers["Content-Security-Policy"]


def test_the_calendar_file_says_when_and_where_and_nothing_of_the_young_person(browse: Browse, cast: Cast) -> None:
    guest, plan = _opened(browse, cast)
    starts, alias = plan.starts_at, _alias(plan)
    page = guest.get(f"/welkom/{plan.id}/eerste-keer.ics")
    assert page.response.content_type == "text/calendar; charset=utf-8"
    file = page.text.replace("\r\n ", "")
    assert starts is not None
    assert f"DTSTART:{starts:%Y%m%dT%H%M%SZ}" in file
    assert "SUMMARY:Eerste keer bij Muziekhuis Halve Noot" in file
    assert "Bram wacht op jou" in file
    assert "METHOD" not in file
    for word in (*SECRETS, alias, alias.capitalize(), "/w/"):
        assert word not in file, word
    assert page.response.headers["Content-Disposition"] == "attachment; filename=eerste-keer.ics"


def test_a_surname_that_somebody_typed_stays_off_the_card(
    browse: Browse, cast: Cast, printed: list[dict[str, Any]]
) -> None:
    """Bram Cools welcomes, Hilde Maes guides: whoever typed both names meant the first one."""
    guest, plan = _opened(
        browse, cast, welcomer="Bram Cools", phone_name="bram cools", companion="Hilde Maes fietst mee",
        welcomer_hint="Bram  Cools draagt een pet", place="Bij Bram Cools aan de poort", bring="Cools bal",
    )  # fmt: skip
    plan_id = plan.id
    page = guest.get(f"/welkom/{plan_id}?taal=ar")
    assert page.says(
        "Bram wacht op jou", "Hilde fietst mee", "Bram draagt een pet", "Bij Bram aan de poort", "Cools bal"
    )
    guest.get(f"/welkom/{plan_id}/kaart.pdf?taal=ar")
    file = guest.get(f"/welkom/{plan_id}/eerste-keer.ics").text
    for told in (page.text, str(printed), file):
        for surname in ("Bram Cools", "bram cools", "Hilde Maes", "Maes"):
            assert surname not in told, surname


def test_paper_and_calendar_stop_when_the_page_stops(browse: Browse, cast: Cast) -> None:
    guest, plan = _opened(browse, cast)
    plan_id, referral_id = plan.id, plan.referral_id
    bram = browse("bram")
    theirs = [f"/toeleidingen/{referral_id}/welkomstkaart.pdf", f"/toeleidingen/{referral_id}/eerste-keer.ics"]
    ours = [f"/welkom/{plan_id}/kaart.pdf", f"/welkom/{plan_id}/eerste-keer.ics"]
    assert [guest.get(path).status for path in ours] + [bram.get(path).status for path in theirs] == [200] * 4
    assert "kaart.pdf" in guest.get(f"/welkom/{plan_id}").text
    bram.post(f"/toeleidingen/{referral_id}/welkomstkaart/sluiten")
    assert [guest.get(path).status for path in ours] == [410, 410]
    there = f"/toeleidingen/{referral_id}"
    assert [bram.get(path).location for path in theirs] == [there, there]
    assert [browse("hilde").get(path).location for path in theirs] == [there, there]
    with clock.at(clock.now() + timedelta(days=91)):
        assert guest.get(ours[0]).status == 410


def test_nobody_else_prints_it(browse: Browse, cast: Cast) -> None:
    _, plan = _opened(browse, cast)
    plan_id, referral_id = plan.id, plan.referral_id
    for who in ("noor", "fatma", "tine", "ada", "bo"):
        visitor = browse(who)
        assert visitor.get(f"/toeleidingen/{referral_id}/welkomstkaart.pdf").status == 404
        assert visitor.get(f"/welkom/{plan_id}/kaart.pdf").status == 404
    assert browse("guest").get(f"/welkom/{plan_id}/kaart.pdf").status == 410


def test_after_the_words_were_wiped_a_card_has_no_code(
    browse: Browse, cast: Cast, printed: list[dict[str, Any]]
) -> None:
    guest, plan = _opened(browse, cast)
    plan_id = plan.id
    agreements.withdraw(again(Referral, plan.referral_id), by=cast.actor("hilde"))
    db.session.commit()
    _pdf(guest.get(f"/welkom/{plan_id}/kaart.pdf"))
    assert printed[-1]["qr"] == ""


def test_the_list_of_letters_is_that_of_our_fonts() -> None:
    """A letter that is not in it is left out of a PDF; one that is in it wrongly would stop the card."""

    def drawn(*names: str) -> set[int]:
        return set().union(*(TTFont(paper.FONTS / f"{name}.ttf").getBestCmap() for name in names))

    more = ("brug-names", "brug-few", "brug-arabic", "brug-cyrillic")
    bold = [f"{name}-bold" for name in more]
    plain = drawn("brug-text", "brug-text-ext", *more)
    shared = (
        plain
        & drawn("brug-text-bold", "brug-text-ext-bold", *bold)
        & drawn("brug-head-bold", "brug-head-ext-bold", *bold)
    )
    assert {ord(one) for one in paper.letters() - paper.APART} == {code for code in shared if code >= ord(" ")}
    for tongue in TONGUES.values():
        assert set("".join(tongue.sentences.values())) <= paper.letters(), tongue.code


def test_whatever_was_typed_a_card_comes_out(browse: Browse, cast: Cast) -> None:
    """The longest texts, signs that typst would run, letters that no font of ours has."""
    odd = "#panic() $x$ *a* \\ 😀 漢字 \u202e\u0000\u2028 "
    long = {"welcomer": 40, "welcomer_hint": 160, "place": 160, "companion": 80, "bring": 160, "phone_name": 40}
    guest, plan = _opened(browse, cast, **{name: (odd * 20)[:most].replace("\0", "") for name, most in long.items()})
    ask = again(Ask, plan.ask_id)
    again(Offer, ask.offer_id).route = ("Wilgendreef " * 30)[:240]
    plan_id = plan.id
    db.session.commit()
    for query in ("", "?taal=ar&per=4"):
        assert b"pdfuaid:part>1<" in _pdf(guest.get(f"/welkom/{plan_id}/kaart.pdf{query}"))


@pytest.mark.parametrize("code", list(TONGUES))
@pytest.mark.parametrize("tries", [0, 3])
def test_the_longest_texts_stand_on_the_card_to_the_last_word(
    browse: Browse, cast: Cast, printed: list[dict[str, Any]], code: str, tries: int
) -> None:
    """Where much was written the letters get smaller and the address moves to the front; nothing is cut off."""
    words = "lange uitleg over de poort en de weg ernaartoe " * 6
    long = {"welcomer": 40, "welcomer_hint": 160, "place": 160, "companion": 80, "bring": 160, "phone_name": 40}
    guest, plan = _opened(browse, cast, **{name: words[:most].strip() for name, most in long.items()})
    offer = again(Offer, again(Ask, plan.ask_id).offer_id)
    offer.route, offer.trial_visits, offer.price_line = words[:240].strip(), tries, words[:200].strip()
    offer.place = words[1:161].strip()
    plan_id = plan.id
    db.session.commit()
    assert guest.get(f"/welkom/{plan_id}/kaart.pdf?taal={code}").status == 200
    fits = typst.query(
        str(paper.FOLDER / "welcome_card.typ"), "<fits>", field="value", root=str(paper.FOLDER),
        font_paths=[str(paper.FONTS)], ignore_system_fonts=True, sys_inputs={"data": json.dumps(printed[-1])},
    )  # fmt: skip
    assert json.loads(fits) == [True, True, True]


def test_what_stands_above_the_first_letters_is_not_cut_off(
    browse: Browse, cast: Cast, printed: list[dict[str, Any]]
) -> None:
    """The hamza of "where?" in Arabic reaches above the box that everything on the back is fitted in."""
    guest, plan = _opened(browse, cast)
    assert guest.get(f"/welkom/{plan.id}/kaart.pdf?taal=ar").status == 200
    _front, back = typst.compile(
        str(paper.FOLDER / "welcome_card.typ"), root=str(paper.FOLDER), font_paths=[str(paper.FONTS)],
        ignore_system_fonts=True, sys_inputs={"data": json.dumps(printed[-1])}, format="png", ppi=25.4 * 8,
    )  # fmt: skip
    dot, margin = 8, 15  # dots a millimetre; from the edge of the sheet to the box, in millimetres
    above = Image.open(io.BytesIO(back)).convert("L").crop((60 * dot, 12 * dot, 106 * dot, margin * dot - 1))
    darkest, _lightest = above.getextrema()
    assert darkest < 128
