"""The lists of questions: exactly what somebody may read, where it stands, and never a name."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from tests import factories
from tests.people import PEOPLE
from tests.referrals.states import many, put, standing
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.db import db
from webapp.core.numbers import ask
from webapp.referrals import lists
from webapp.referrals.labels import STATUS_LABELS, alias_words
from webapp.referrals.lifecycle import BRIDGE, AskStatus, ReferralStatus
from webapp.referrals.models import Ask, Referral
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.functions import FunctionKind

LIST = "/toeleidingen"


def yesterday() -> date:
    """The day before today."""
    return clock.today() - timedelta(days=1)


class TestPage:
    """The page of lists."""

    @pytest.mark.parametrize("who", [who for who in PEOPLE if who not in ("gone", "moved")])
    def test_everybody_has_a_page(self, browse, cast, who):
        factories.trying(cast)
        assert browse(who).get(LIST).status == 200

    def test_a_guide_sees_their_own_and_no_others(self, browse, cast):
        mine, theirs = factories.sent(cast), factories.sent(cast, who="fatma")
        page = browse("hilde").get(LIST)
        assert f"/toeleidingen/{mine.id}" in page.links()
        assert f"/toeleidingen/{theirs.id}" not in page.links()

    def test_friends_are_counted_as_on_the_page_itself(self, browse, cast):
        referral = factories.sent(cast)
        put(referral.id, friends=2)
        hilde = browse("hilde")
        assert hilde.get(LIST).says("met 2 vrienden")
        assert hilde.get(f"/toeleidingen/{referral.id}").says("met 2 vrienden")

    def test_colleagues_see_a_number_and_no_more(self, browse, cast):
        mine = factories.sent(cast)
        page = browse("pieter").get(LIST)
        assert page.says("De Lantaarn begeleidt nu 1 jongere")
        assert str(mine.id) not in page.text

    def test_the_contact_for_referrals_sees_the_organisation_s(self, browse, cast):
        mine = factories.sent(cast)
        page = browse("lena").get(LIST)
        assert f"/toeleidingen/{mine.id}" in page.links()
        assert page.says("Hilde Maes")

    def test_a_list_of_somebody_else_does_not_exist(self, browse, cast):
        assert browse("hilde").get(f"{LIST}?lijst=organisation").status == 404
        assert browse("noor").get(f"{LIST}?lijst=mine").status == 404

    def test_who_builds_bridges_begins_with_what_waits_at_an_empty_seat(self, browse, cast):
        bo = browse("bo")
        assert bo.get(LIST).says("Er wacht niemand op jou")
        own = factories.draft(cast, "bo")
        assert str(own.id) in bo.get(LIST).text
        theirs = factories.ask_of(factories.sent(cast, ("zilverreiger",)), cast.zilverreiger)
        db.session.execute(update(Function).where(Function.person_id == cast.noor).values(ends_on=yesterday()))
        db.session.commit()
        page = bo.get(LIST)
        assert f"/antwoord/{theirs.id}" in page.links()
        assert str(own.id) not in page.text
        assert str(own.id) in bo.get(f"{LIST}?lijst=mine").text

    def test_who_guides_begins_with_their_own_until_only_others_wait(self, browse, cast):
        seat = Function(
            person_id=cast.hilde,
            organisation_id=cast.zilverreiger,
            kind=FunctionKind.CONTACT_POINT,
            begins_on=yesterday(),
        )
        db.session.add(seat)
        db.session.commit()
        hilde = browse("hilde")
        assert hilde.get(LIST).says("Nog niemand op de brug")
        factories.sent(cast, ("zilverreiger",), who="fatma")
        assert hilde.get(LIST).says("Wacht op jou (1)")
        own = factories.draft(cast)
        assert str(own.id) in hilde.get(LIST).text

    def test_no_name_of_a_young_person_stands_in_any_list(self, browse, cast):
        factories.trying(cast)
        for who in ("hilde", "lena", "bram", "bo", "pieter", "tine"):
            for path in (LIST, f"{LIST}?lijst=asked", f"{LIST}?lijst=asked&beurt=theirs"):
                text = browse(who).get(path).text
                assert factories.CANARY_NAME not in text
                assert factories.CANARY_PHONE not in text

    def test_the_bridge_counts_and_filters(self, browse, cast):
        many(cast, 2)
        sent = factories.sent(cast)
        hilde = browse("hilde")
        assert hilde.get(LIST).says("2Klad", "1Zoekt", "0Kiest")
        page = hilde.get(f"{LIST}?lijst=mine&stap=seeking")
        assert f"/toeleidingen/{sent.id}" in page.links()
        assert page.text.count("data-row") == 1

    def test_counts_stop_at_ninety_nine(self, app, cast):
        many(cast, 103)
        mine = lists.Whose.MINE
        assert ask(lists.counts(cast.actor("hilde"), (mine,)))[mine, ReferralStatus.DRAFT] == 100

    def test_waits_long_begins_at_ten_days(self, browse, cast):
        days = {}
        for back in (9, 10, 30):
            with clock.at(clock.now() - timedelta(days=back)):
                days[back] = factories.sent(cast).id
        hilde = browse("hilde")
        page = hilde.get(f"{LIST}?lang=1")
        shown = [one for one in days.values() if f"/toeleidingen/{one}" in page.links()]
        assert set(shown) == {days[10], days[30]}
        assert page.text.index(str(days[30])) < page.text.index(str(days[10]))
        assert hilde.get(LIST).text.count("tag-wacht") == 2

    def test_an_age_narrows(self, browse, cast):
        young = factories.draft(cast, age_band=AgeBand.FROM_6)
        factories.draft(cast)
        page = browse("hilde").get(f"{LIST}?leeftijd=6-8")
        assert page.text.count("data-row") == 1
        assert str(young.id) in page.text

    def test_nonsense_in_the_address_is_no_filter(self, browse, cast):
        factories.draft(cast)
        page = browse("hilde").get(f"{LIST}?stap=x&leeftijd=99&na=%00&lang=zz&beurt=q")
        assert page.text.count("data-row") == 1

    def test_stopped_questions_stand_apart(self, browse, cast):
        put(factories.draft(cast).id, **standing(ReferralStatus.STOPPED))
        hilde = browse("hilde")
        page = hilde.get(LIST)
        assert page.text.count("data-row") == 0
        assert page.says("Gestopt (1)")
        assert hilde.get(f"{LIST}?stap=stopped").text.count("data-row") == 1

    @pytest.mark.parametrize("who", ["hilde", "noor", "tine", "pieter"])
    def test_an_empty_list_says_what_to_do(self, browse, cast, who):
        words = {
            "hilde": "Nog niemand op de brug",
            "pieter": "Nieuwe toeleiding",
            "noor": "Er wacht niemand op jou",
            "tine": "Hier is niets voor jou",
        }
        assert browse(who).get(LIST).says(words[who])

    @pytest.mark.parametrize("who", ["hilde", "noor"])
    def test_who_has_nothing_yet_finds_nothing_to_narrow(self, browse, cast, who):
        page = browse(who).get(LIST)
        assert "search-form" not in page.text
        assert "chips" not in page.text
        assert page.text.count('href="/toeleidingen/nieuw"') == (who == "hilde")

    @pytest.mark.parametrize("who", ["hilde", "noor"])
    def test_who_has_only_what_stopped_finds_it(self, browse, cast, who):
        put(factories.sent(cast).id, **standing(ReferralStatus.STOPPED))
        assert "search-form" in browse(who).get(LIST).text


class TestSearch:
    """Looking for an alias leaves no trace in addresses."""

    def test_it_finds_by_a_part_of_the_alias(self, app, browse, cast):
        one = factories.draft(cast).id
        put(one, alias="kite")
        put(factories.draft(cast).id, alias="anchor")
        page = browse("hilde").post(f"{LIST}/zoek", {"words": "vlie"})
        assert page.status == 200
        assert page.text.count("data-row") == 1
        assert page.says("1 gevonden", "Vlieger")

    def test_it_answers_with_the_list_alone(self, browse, cast):
        put(factories.draft(cast).id, alias="kite")
        page = browse("hilde").post(f"{LIST}/zoek", {"words": "Vlieger"}, partial=True)
        assert page.says("Vlieger")
        assert "<html" not in page.text

    def test_it_finds_nothing_of_others(self, browse, cast):
        put(factories.draft(cast, "fatma").id, alias="kite")
        page = browse("hilde").post(f"{LIST}/zoek", {"words": "Vlieger"})
        assert page.says("Niets gevonden")

    def test_no_address_holds_what_was_searched_for(self, browse, cast):
        put(factories.draft(cast).id, alias="kite")
        page = browse("hilde").post(f"{LIST}/zoek", {"words": "vlieger"})
        assert not any("vlieger" in link.lower() for link in page.links())

    def test_an_unknown_field_is_refused(self, browse, cast):
        assert browse("hilde").post(f"{LIST}/zoek", {"words": "x", "who": "y"}).status == 400

    def test_coming_back_leads_to_the_list(self, browse, cast):
        assert browse("hilde").get(f"{LIST}/zoek").location == LIST


class TestAsked:
    """What was put to an association."""

    def test_a_contact_point_sees_what_waits(self, browse, cast):
        referral = factories.sent(cast)
        ask = factories.ask_of(referral, cast.zilverreiger)
        page = browse("noor").get(LIST)
        assert page.says("Vragen", "Wacht op jou (1)")
        assert any(str(ask.id) in link for link in page.links())

    def test_after_not_now_only_the_status_stays(self, browse, cast):
        factories.sent(cast, ("zilverreiger",))
        db.session.execute(update(Ask).values(status=AskStatus.EXPIRED))
        db.session.commit()
        page = browse("noor").get(f"{LIST}?lijst=asked&beurt=done")
        assert page.says("Stil afgesloten")
        assert not page.says("12 tot 14 jaar")
        assert not page.says("Muziek maken")

    def test_other_associations_see_nothing(self, browse, cast):
        factories.sent(cast, ("zilverreiger",))
        assert browse("bram").get(LIST).says("Er wacht niemand op jou")


class TestPaging:
    """Pages begin after a key, never at an offset."""

    def test_every_question_stands_on_exactly_one_page(self, app, browse, cast, monkeypatch):
        monkeypatch.setattr(lists, "PAGE_SIZE", 25)
        many(cast, 27)
        hilde = browse("hilde")
        first = hilde.get(LIST)
        following = next(link for link in first.links() if "na=" in link)
        second = hilde.get(following)
        ids = {str(one) for one in db.session.scalars(select(Referral.id))}
        on_first, on_second = ({one for one in ids if one in page.text} for page in (first, second))
        assert (len(on_first), len(on_second)) == (25, 2)
        assert not on_first & on_second

    def test_ties_in_time_lose_nothing(self, app, cast, monkeypatch):
        monkeypatch.setattr(lists, "PAGE_SIZE", 2)
        many(cast, 5)
        moment = clock.now()
        db.session.execute(update(Referral).values(moved_at=moment))
        db.session.commit()
        seen: list[uuid.UUID] = []
        key = None
        while rows := lists.referrals(cast.actor("hilde"), lists.Whose.MINE, lists.Filter(), key)[:2]:
            seen += [row.id for row in rows]
            key = (rows[-1].moved_at, rows[-1].id)
        assert len(seen) == len(set(seen)) == 5


def test_the_badge_counts_what_needs_somebody(app, cast):
    factories.answered(cast)
    assert ask(lists.needs(cast.actor("hilde"))) == {lists.Needing.ANSWER: 0, lists.Needing.CHOICE: 1}
    assert ask(lists.needs(cast.actor("noor"))) == {lists.Needing.ANSWER: 1, lists.Needing.CHOICE: 0}
    assert ask(lists.needs(cast.actor("tine"))) == {lists.Needing.ANSWER: 0, lists.Needing.CHOICE: 0}
    assert ask(lists.needs(cast.actor("guest"))) == {}


def test_every_place_on_the_bridge_has_a_word(app):
    with app.test_request_context("/"):
        words = [str(STATUS_LABELS[one]) for one in BRIDGE]
        assert len(set(words)) == 6
        assert alias_words("kite") == "Vlieger"
