"""The welcome card in six languages: nothing is missing, Arabic runs the other way, nobody's language is kept."""

import re
from datetime import UTC, datetime

import pytest

from tests import factories
from tests.factories import CANARY_NAME, CANARY_PHONE
from tests.people import Cast
from tests.referrals.steps import again
from tests.support.browse import Browse, Browser
from webapp.core.db import db
from webapp.referrals import welcome
from webapp.referrals.card_words import DUTCH, TONGUES, tongue
from webapp.referrals.models import Referral, WelcomePlan

OTHERS = ("en", "fr", "ar", "tr", "uk")
MAY_BE_EMPTY = {"reviewed_by"}


def _holes(sentence: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", sentence)) - {"h", "h12", "m", "half"}


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_says_everything_that_the_dutch_says(code: str) -> None:
    dutch, other = TONGUES[DUTCH].sentences, TONGUES[code].sentences
    assert set(other) == set(dutch)
    assert {key for key in dutch if _holes(other[key]) != _holes(dutch[key])} == set()
    assert {key for key in other if not other[key]} <= MAY_BE_EMPTY


@pytest.mark.parametrize(
    ("code", "says"),
    [("nl", "zondag 25 oktober, 14.30 uur"), ("en", "Sunday 25 October, 2:30 pm"),
     ("fr", "dimanche 25 octobre à 14 h 30"),
     ("ar", "الأحد 25 أكتوبر، الساعة 14:30"), ("tr", "Pazar 25 Ekim, saat 14.30"), ("uk", "неділя 25 жовтня, 14:30")],
)  # fmt: skip
def test_a_moment_is_said_on_a_clock_in_brussels(code: str, says: str) -> None:
    assert TONGUES[code].moment(datetime(2026, 10, 25, 13, 30, tzinfo=UTC)).replace("\xa0", " ") == says


def test_a_name_in_a_sentence_from_right_to_left_keeps_its_own_direction() -> None:
    assert "\u2068Bram\u2069" in TONGUES["ar"].say("waits", name="Bram")
    assert TONGUES["fr"].say("waits", name="Bram") == "Bram t'attend"


def test_a_language_the_card_does_not_speak_is_dutch() -> None:
    assert tongue("xx") is tongue("") is TONGUES[DUTCH]


def _opened(browse: Browse, cast: Cast, query: str = "") -> tuple[Browser, str]:
    plan = factories.planned(cast)
    token = welcome.share(plan, again(Referral, plan.referral_id), by=cast.actor("bram"))
    path = f"/welkom/{plan.id}"
    db.session.commit()
    guest = browse("guest")
    came = guest.get(f"/w/{token}{query}")
    assert came.location == path + query
    return guest, path


def test_arabic_runs_from_right_to_left_with_the_dutch_beside_it(browse: Browse, cast: Cast) -> None:
    guest, path = _opened(browse, cast, "?taal=ar")
    page = guest.get(f"{path}?taal=ar")
    assert '<main id="main" tabindex="-1" class="guest-page" lang="ar" dir="rtl">' in page.text
    assert page.says("أهلًا وسهلًا!", "Welkom!", "Ben je er en zie je niemand?", "هذه ترجمة.", "لم يراجعها")
    assert '<p class="typed" lang="nl" dir="auto">' in page.text
    for word in (CANARY_NAME, CANARY_PHONE, "Cools", "Maes", "Lantaarn"):
        assert word not in page.text, word


def test_every_language_can_be_chosen_by_a_link_and_none_is_kept(browse: Browse, cast: Cast) -> None:
    guest, path = _opened(browse, cast)
    for code in TONGUES:
        page = guest.get(f"{path}?taal={code}")
        assert page.says(TONGUES[code].say("welcome").replace("\xa0", " "), "Ben je er en zie je niemand?")
        assert {f"{path}?taal={one}" for one in TONGUES} <= page.links()
        assert "lang=" not in str(page.response.headers.getlist("Set-Cookie"))
    assert f'lang="{DUTCH}" dir="ltr">' in guest.get(path).text


def test_the_dutch_page_says_nothing_of_a_translation(browse: Browse, cast: Cast) -> None:
    guest, path = _opened(browse, cast)
    assert "welcome-origin" not in guest.get(path).text
    assert "welcome-origin" not in guest.get(f"{path}?taal=klingon").text


def test_i_see_nobody_shows_the_number_without_asking_the_server(browse: Browse, cast: Cast) -> None:
    guest, path = _opened(browse, cast)
    text = guest.get(path).text
    shown = text[text.index('<details class="see-nobody">') : text.index("</details>", text.index("see-nobody"))]
    assert "Ik ben er en ik zie niemand" in shown
    assert re.search(r'href="tel:[+\d]+"', shown)
    assert "<form" not in shown


@pytest.mark.parametrize("code", TONGUES)
def test_a_card_that_was_closed_says_so_in_the_language_of_the_card(browse: Browse, cast: Cast, code: str) -> None:
    plan = factories.planned(cast)
    referral = again(Referral, plan.referral_id)
    token, path = welcome.share(plan, referral, by=cast.actor("bram")), f"/welkom/{plan.id}"
    db.session.commit()
    guest = browse("guest")
    guest.get(f"/w/{token}?taal={code}")
    welcome.revoke(again(WelcomePlan, plan.id), again(Referral, plan.referral_id), by=cast.actor("bram"))
    db.session.commit()
    for address in (f"/w/{token}", path, f"{path}/kaart.pdf"):
        page = guest.get(f"{address}?taal={code}")
        assert page.status == 410
        assert page.says(TONGUES[code].say("over_revoked"), "Deze welkomstkaart is gesloten", "Je blijft welkom.")
        assert f'class="message" lang="{code}" dir="{TONGUES[code].dir}">' in page.text
        assert {f'href="?taal={one}"' in page.text for one in TONGUES} == {True}
        assert (TONGUES[code].say("translation") in page.words) is (code != DUTCH)
    assert guest.get(f"/w/wk_nothing?taal={code}").says(TONGUES[code].say("over_unknown"), "Scan de code nog eens")
