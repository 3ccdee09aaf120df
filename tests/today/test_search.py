"""Looking for a word in everything: what somebody finds is what they may see, and what they look for stays nowhere."""

import pytest

from tests import factories
from tests.groups import makers as groups
from tests.people import Cast
from tests.shelf import makers as shelf
from tests.support.browse import Browse, Browser, Page
from tests.today.test_today import alias_of
from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.codes import Visibility
from webapp.shelf import actions
from webapp.shelf.actions import About
from webapp.vocabulary.organisation_kinds import OrganisationKind
from webapp.web.finding import MOST_SHOWN


def look(browser: Browser, words: str) -> Page:
    """What somebody finds for these words."""
    return browser.submit(browser.get("/zoeken"), "/zoeken", words=words)


def test_one_word_finds_things_of_every_kind(english: Browse, cast: Cast) -> None:
    referral = factories.draft(cast)
    group = groups.group(cast, name="Muziek voor iedereen")
    db.session.commit()
    hilde = english("hilde")
    page = look(hilde, "muziek")
    assert page.says("Muziekhuis Halve Noot", "Muziek voor iedereen")
    assert {f"/organisaties/{cast.halvenoot}", f"/werkgroepen/{group.id}"} <= page.links()
    assert look(hilde, "verm").says("Noor Vermeulen", "Scouts Zilverreiger")
    assert look(hilde, alias_of(referral)).says("Young people", "Draft")


def test_nobody_finds_what_they_may_not_see(english: Browse, cast: Cast) -> None:
    referral = factories.sent(cast)
    groups.group(cast, Visibility.CONFIDENTIAL, name="Stil overleg")
    db.session.commit()
    assert look(english("hilde"), alias_of(referral)).says("Young people")
    assert look(english("noor"), alias_of(referral)).says("Young people", "Scouts Zilverreiger")
    for stranger in ("pieter", "jef", "ada", "moved"):
        browser = english(stranger)
        assert not look(browser, alias_of(referral)).says("Young people")
        assert not look(browser, "stil overleg").says("Stil overleg")
    assert not look(english("moved"), "vermeulen").says("Noor Vermeulen")
    assert not look(english("hilde"), "gust").says("Gust Thys")  # whose account is closed
    assert look(english("bram"), "stil").says("Stil overleg")


def test_a_tool_is_found_by_its_title_and_by_what_it_is_for(english: Browse, cast: Cast) -> None:
    group = shelf.of_group(cast)
    tool = shelf.kept(cast, group)
    actions.share(tool, by=cast.actor("bram"))
    tool_id = shelf.committed(tool)
    for words in ("checklist", "poort"):
        page = look(english("lena"), words)
        assert page.says("Tools", "Checklist eerste dag"), words
        assert f"/gereedschap/{tool_id}" in page.links()
    assert not look(english("lena"), "hecklist").says("Checklist eerste dag")


@pytest.mark.parametrize("visibility", Visibility)
def test_a_tool_that_is_not_shared_is_found_by_its_group_alone(
    english: Browse, cast: Cast, visibility: Visibility
) -> None:
    tool = shelf.kept(cast, shelf.of_group(cast, visibility), About(shelf.CANARY, shelf.CANARY))
    if visibility is not Visibility.OPEN:
        tool.shared_at = clock.now()  # as when the group was open then
    shelf.committed(tool)
    for member in ("hilde", "bram"):
        assert look(english(member), shelf.CANARY[:6]).says("Tools"), member
    for stranger in ("lena", "tine", "ada", "moved"):
        assert not look(english(stranger), shelf.CANARY[:6]).says("Tools"), stranger


def test_who_left_the_network_finds_no_tool_of_it(english: Browse, cast: Cast) -> None:
    group = shelf.of_group(cast)
    tool = shelf.kept(cast, group)
    actions.share(tool, by=cast.actor("bram"))
    shelf.committed(tool)
    assert look(english("lena"), "checklist").says("Checklist eerste dag")
    assert not look(english("moved"), "checklist").says("Checklist eerste dag")


@pytest.mark.parametrize("words", ["%", "_", "!", "…", "'", '"', "a" * 80, "é", "zzzz", "١٢"])
def test_signs_stand_for_themselves(english: Browse, cast: Cast, words: str) -> None:
    page = look(english("hilde"), words)
    assert page.status == 200
    assert page.says("Nothing found") or not page.says("Noor Vermeulen", "Bram Cools")


def test_what_is_left_empty_or_is_too_long_says_so(english: Browse, cast: Cast) -> None:
    hilde = english("hilde")
    assert not look(hilde, "").says("Nothing found")
    page = look(hilde, "x" * 81)
    assert page.says("too long")
    assert "x" * 81 in page.text


def test_of_much_the_first_are_shown_with_a_way_to_the_rest(english: Browse, cast: Cast) -> None:
    for number in range(MOST_SHOWN + 2):
        db.session.add(Organisation(name=f"Turnkring {number}", kind=OrganisationKind.SPORT, area="Centrum"))
    db.session.commit()
    page = look(english("hilde"), "turnk")
    assert page.text.count("Turnkring") == MOST_SHOWN
    assert "/organisaties?q=turnk" in page.links()


def test_what_was_looked_for_stands_in_no_address(english: Browse, cast: Cast) -> None:
    page = look(english("hilde"), "Melding van Lotte")
    assert page.status == 200
    assert page.location == ""
    assert not any("Lotte" in link for link in page.links())
