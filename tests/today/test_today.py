"""The first page: what needs each role, in order, and nothing that they may not know."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests import factories
from tests.people import Cast
from tests.support.browse import Browse
from webapp.accounts import forgetting
from webapp.core import clock
from webapp.core.db import db
from webapp.core.outbox import Job
from webapp.referrals.models import Referral
from webapp.referrals.waiting import coarse
from webapp.today import overview
from webapp.vocabulary.aliases import ALIASES
from webapp.web.i18n import in_language
from webapp.web.needs import Need, Urgency


def alias_of(referral: Referral) -> str:
    """The alias in English, as the pages of these tests show it."""
    return ALIASES[referral.alias].label


@pytest.mark.parametrize("who", ["hilde", "noor", "jef", "tine", "bo", "frank", "ada", "moved"])
def test_a_quiet_day_says_so_and_gives_a_way_on(english: Browse, who: str) -> None:
    page = english(who).get("/")
    assert page.says("Hello")
    if who not in ("tine", "bo"):
        assert page.says("Nothing waits for you. Everything is running.", "All quiet")


def test_whoever_is_new_in_a_crew_is_led_to_what_the_crew_offers(english: Browse, cast: Cast) -> None:
    page = english("jef").get("/")
    assert page.says("You help to keep what Scouts Zilverreiger offers right.", "Look at your offers")
    assert f"/organisaties/{cast.zilverreiger}" in page.links()
    assert not english("hilde").get("/").says("Look at your offers")


def test_a_question_is_the_first_thing_for_who_is_asked(english: Browse, cast: Cast) -> None:
    referral = factories.sent(cast)
    page = english("noor").get("/")
    assert page.says(f"{alias_of(referral)} is looking for a place", "There's one question for you.", "Look and answer")
    for who in ("jef", "fatma", "moved"):
        assert not english(who).get("/").says(alias_of(referral))


def test_an_empty_seat_is_answered_by_the_bridge_builder(english: Browse, cast: Cast) -> None:
    referral = factories.sent(cast, ["stil"])
    assert english("bo").get("/").says(f"{alias_of(referral)} is looking for a place", "Speelclub Rietpluim")


def test_a_draft_waits_to_be_gone_on_with(english: Browse, cast: Cast) -> None:
    referral = factories.draft(cast)
    assert english("hilde").get("/").says(f"{alias_of(referral)}'s question hasn't been sent yet", "Go on")
    assert not english("pieter").get("/").says(alias_of(referral))


def test_what_does_not_fit_on_the_first_page_is_one_tap_away(
    english: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = [f"{alias_of(factories.draft(cast))}'s question hasn't been sent yet" for _ in range(4)]
    assert english("hilde").get("/").says(*waiting)
    monkeypatch.setattr(overview, "MOST_SHOWN", 2)
    hilde = english("hilde")
    page = hilde.get("/")
    assert sum(page.says(one) for one in waiting) == 2
    assert page.says("Show 2 more things")
    assert "/?alles=1" in page.links()
    everything = hilde.get("/?alles=1")
    assert everything.says(*waiting)
    assert not everything.says("more thing")


def test_answers_wait_for_a_choice(english: Browse, cast: Cast) -> None:
    referral = factories.answered(cast)
    page = english("hilde").get("/")
    assert page.says(f"{alias_of(referral)} may choose", "1 yes. Look at the answers together.")
    assert f"/toeleidingen/{referral.id}/kiezen" in page.links()


def test_both_sides_are_told_what_comes_next_after_a_choice(english: Browse, cast: Cast) -> None:
    referral = factories.chosen(cast)
    for who, what in (("hilde", "The agreement comes first."), ("bram", "The guide makes the agreement first.")):
        assert english(who).get("/").says(f"{alias_of(referral)} is welcome", what)


def test_a_check_in_is_answered_in_place(english: Browse, cast: Cast) -> None:
    referral = factories.trying(cast)
    with clock.at(clock.now() + timedelta(days=15)):
        for who in ("hilde", "bram"):
            browser = english(who)
            page = browser.get("/")
            assert page.says(f"How is {alias_of(referral)} doing?", "2 weeks at Muziekhuis Halve Noot.")
            action = next(link for link in page.links() if link.startswith("/terugblik/"))
            assert browser.post(action, {"mood": "good"}).status == 303
            assert not browser.get("/").says("How is")


def test_the_coordinator_sees_what_is_stuck_by_alias_alone(english: Browse, cast: Cast) -> None:
    referral = factories.sent(cast)
    with clock.at(clock.now() + timedelta(days=11)):
        page = english("tine").get("/")
        assert page.says(f"{alias_of(referral)} has been waiting for 11 days", "2 groups got the question.")
        assert not page.says("Music")
        assert not page.says("De Lantaarn")
        assert not page.says("Hilde")
        assert f"/toeleidingen/{referral.id}" not in page.links()
        assert english("tine").get(f"/toeleidingen/{referral.id}").status == 404
        for who in ("hilde", "noor", "frank", "ada"):
            assert not english(who).get("/").says("has been waiting")


def test_only_questions_count_as_young_people_who_wait_for_long(app: Flask, cast: Cast) -> None:
    def need(urgency: Urgency, *, is_question: bool) -> Need:
        return Need("key", urgency, clock.now(), "title", "line", "icon", (), is_question=is_question)

    found = [need(Urgency.ANSWER, is_question=True), need(Urgency.STUCK, is_question=False)]
    with in_language("en"):
        assert overview.summary(cast.actor("tine"), found) == "Two things wait for you. The rest is running."


def test_no_page_of_today_knows_a_name(english: Browse, cast: Cast) -> None:
    factories.trying(cast)
    with clock.at(clock.now() + timedelta(days=15)):
        for who in ("hilde", "lena", "bram", "yara", "tine", "bo", "ada"):
            page = english(who).get("/")
            assert factories.CANARY_NAME not in page.text
            assert factories.CANARY_PHONE not in page.text


def test_counts_of_the_network_are_coarse() -> None:
    assert [coarse(count) for count in (0, 1, 4, 5, 7, 8, 12, 13)] == ["<5", "<5", "<5", "5", "5", "10", "10", "15"]
    assert coarse(995) == "995"
    assert coarse(996) == "995+"


def test_the_coordinator_hears_of_an_empty_seat_and_an_old_offer(english: Browse, cast: Cast) -> None:
    factories.offer(cast, confirmed_at=clock.now() - timedelta(days=400))
    forgetting.note_empty_seats()
    db.session.commit()
    page = english("tine").get("/")
    assert page.says("Speelclub Rietpluim has no contact point", "1 offer hasn't been checked for a year")


def test_an_association_is_asked_whether_its_offer_is_still_right(english: Browse, cast: Cast) -> None:
    offer = factories.offer(cast, confirmed_at=clock.now() - timedelta(days=100))
    for who in ("noor", "jef"):
        assert english(who).get("/").says("Is “Jonggivers” still right?")
    assert not english("bram").get("/").says("Jonggivers")
    browser = english("jef")
    assert browser.post(f"/aanbod/{offer.id}/klopt").status == 303
    assert not browser.get("/").says("Jonggivers")


def test_the_administrator_hears_of_work_that_is_stuck(english: Browse, cast: Cast) -> None:
    now = clock.now()
    db.session.add(Job(task="mail.notice", payload={}, created_at=now, run_at=now, failed_at=now))
    db.session.commit()
    assert english("ada").get("/").says("1 mail or task is stuck")
    assert not english("tine").get("/").says("is stuck")


def test_more_leads_everywhere_and_marks_one_place(english: Browse) -> None:
    page = english("noor").get("/meer")
    assert {"/rollen", "/account", "/meldingen", "/organisaties"} <= page.links()
    assert page.text.count('aria-current="page"') == 1


@pytest.mark.parametrize(
    ("path", "lit"),
    [("/rollen", "More"), ("/account", "More"), ("/bewaren", "More"), ("/mijn-agenda", "Calendar"), ("/zoeken", "")],
)
def test_a_phone_shows_where_somebody_is(english: Browse, path: str, lit: str) -> None:
    bar = english("noor").get(path).text.split('class="bottombar"')[1].split("</nav>")[0]
    assert bar.count('aria-current="page"') == bool(lit)
    here = bar.partition("aria-current")[2].partition("</li>")[0]
    assert here.endswith(f"<span>{lit}</span></a>" if lit else "")


@pytest.mark.parametrize(
    ("who", "places"),
    [
        ("noor", ["Today", "Questions", "Calendar", "Learning", "More"]),
        ("hilde", ["Today", "Referring", "Groups", "Learning", "More"]),
        ("ada", ["Today", "Offers", "Groups", "Learning", "More"]),
    ],
)
def test_a_phone_has_what_somebody_needs_on_their_way(english: Browse, who: str, places: list[str]) -> None:
    page = english(who).get("/mijn-agenda")
    bar = page.text.partition('class="bottombar"')[2].partition("</nav>")[0]
    assert re.findall(r"<span>([^<]+)</span></a>", bar) == places
    here = re.search(r'aria-current="page".*?<span>([^<]+)</span></a>', bar, re.DOTALL)
    assert here
    assert here[1] == ("Calendar" if "Calendar" in places else "Groups")


def test_what_stands_under_more_lights_more_up(english: Browse) -> None:
    page = english("hilde").get("/plannen")
    bar = page.text.partition('class="bottombar"')[2].partition("</nav>")[0]
    assert [part.rpartition("<span>")[2] for part in bar.split("</span></a>") if "aria-current" in part] == ["More"]
