"""Keeping offers right: who may, what is refused and why, and nothing typed is lost."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.directory.forms import OWN, add, edit, history, stored
from tests.directory.makers import make_offer
from tests.people import PEOPLE, Cast
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.directory.models import Offer, Sharing
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import Room
from webapp.vocabulary.pictures import PICTURE_LABELS
from webapp.vocabulary.prices import PricePer


def test_a_new_offer_is_a_draft_that_asks_little(cast: Cast, browse: Browse) -> None:
    page = add(browse("jef"), cast.zilverreiger)
    assert page.status == 303
    offer = stored(uuid.UUID(page.location.rsplit("/", 1)[1]))
    assert (offer.name, offer.sharing, offer.organisation_id) == ("Tieners", Sharing.DRAFT, cast.zilverreiger)
    assert (offer.area, offer.slots, offer.confirmed_by_id) == ("Centrum", [], cast.jef)
    assert history(offer.id) == [("add", None, "draft")]


def test_pictures_are_chosen_by_a_word_and_the_one_of_today_stays(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger, icon="star")
    page = browse("noor").get(f"/aanbod/{offer_id}/wijzig")
    options = dict(re.findall(r'<option (?:selected )?value="([a-z0-9-]+)">([^<]+)</option>', page.text))
    assert options["cooking-pot"] == "kookpot"
    assert options["star"] == "Het prentje van nu"
    assert not set(PICTURE_LABELS) & set(options.values()) - {"tent", "wind"}


def test_everything_in_the_form_is_kept(cast: Cast, browse: Browse) -> None:
    page = add(
        browse("noor"), cast.zilverreiger, summary="Spelen.", icon="tent", interests=["play", "camps"],
        benefits=["fun"], when_note="niet in de examens", quiet_months=["1", "6"], price_per="time",
        price_cents="€ 4,50", price_line="Alles samen.", has_social_tariff="y", has_instalments="y",
        has_loan_gear="y", trial_visits="2", sign_up="none", area="Heide", place="Dreef 1", route="Bus 4",
        reachable_without_car=None, mood="calm", group_size="20", team_languages="Nederlands", little_dutch="yes",
        is_alcohol_free=None, especially_welcome="Wie graag bouwt", arrangements=["calm_start"], room="places",
        capacity="28", free_places="3", sharing="public",
        **{"slots-0-weekday": "wed", "slots-0-starts": "14:00", "slots-0-ends": "16:30", "slots-0-holidays_only": "y",
           "customs-0-topic": "uniform", "customs-0-stance": "can_move", "customs-0-note": "Een das volstaat."},
    )  # fmt: skip
    assert page.status == 303, page.words
    offer = stored(uuid.UUID(page.location.rsplit("/", 1)[1]))
    assert offer.interests == (Interest.PLAY, Interest.CAMPS)
    assert (offer.price_cents, offer.price_per, offer.quiet_months) == (450, PricePer.TIME, [1, 6])
    assert (offer.reachable_without_car, offer.is_alcohol_free, offer.has_loan_gear) == (False, False, True)
    assert (offer.room, offer.capacity, offer.free_places, offer.waiting) == (Room.PLACES, 28, 3, 0)
    assert offer.customs == [{"topic": "uniform", "stance": "can_move", "note": "Een das volstaat."}]
    assert offer.sharing is Sharing.PUBLIC
    (slot,) = offer.slots
    assert (slot.weekday, slot.starts.isoformat("minutes"), slot.ends.isoformat("minutes"), slot.holidays_only) == (
        Weekday.WEDNESDAY, "14:00", "16:30", True,
    )  # fmt: skip


def test_opening_and_saving_changes_nothing_but_freshness(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(
        cast.zilverreiger, checked_days_ago=200, customs=[{"topic": "food", "stance": "fixed", "note": ""}],
        price_cents=450, price_per=PricePer.TIME, quiet_months=[6], group_size=20,
    )  # fmt: skip
    before = stored(offer_id)
    assert edit(browse("jef"), offer_id).status == 303
    after = stored(offer_id)
    columns = {column.name for column in Offer.__table__.columns}
    same = columns - {"version", "confirmed_at", "confirmed_by_id"}
    assert {name: getattr(before, name) for name in same} == {name: getattr(after, name) for name in same}
    assert [slot.id for slot in before.slots] == [slot.id for slot in after.slots]
    assert clock.now() - after.confirmed_at < timedelta(minutes=1)
    assert after.confirmed_by_id == cast.jef
    assert history(offer_id) == [("edit", "network", "network")]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("path", ["wijzig", "klopt", "delen", "plaats"])
def test_only_the_own_people_change_an_offer(cast: Cast, browse: Browse, who: str, path: str) -> None:
    offer_id = make_offer(cast.zilverreiger)
    page = browse(who).post(f"/aanbod/{offer_id}/{path}", {})
    seated = who not in ("moved", "gone")
    if who in OWN:
        assert page.status in (303, 422)
    elif who == "gone":
        assert page.status == 401
    else:
        assert page.status == (403 if seated else 404)
    assert stored(offer_id).name == "Jonggivers"


@pytest.mark.parametrize("path", ["wijzig", "klopt", "delen", "plaats"])
def test_a_draft_of_others_does_not_exist(cast: Cast, browse: Browse, path: str) -> None:
    draft = make_offer(cast.zilverreiger, is_published=False)
    assert browse("bram").post(f"/aanbod/{draft}/{path}", {}).status == 404
    assert browse("bram").post(f"/aanbod/{uuid.uuid4()}/{path}", {}).status == 404


def test_nobody_adds_an_offer_for_others(cast: Cast, browse: Browse) -> None:
    url = f"/organisaties/{cast.zilverreiger}/aanbod"
    assert browse("bram").get(url).status == 403
    assert browse("tine").post(url, {"name": "Van de stad"}).status == 403
    assert browse("noor").get(f"/organisaties/{uuid.uuid4()}/aanbod").status == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Geef het een naam"),
        ({"name": "x" * 121}, "120"),
        ({"age_min": "15", "age_max": "12"}, "De hoogste leeftijd ligt onder de laagste."),
        ({"age_min": "twaalf"}, "Schrijf een heel getal van 0 tot 99."),
        ({"age_max": "100"}, "Schrijf een heel getal van 0 tot 99."),
        ({"age_min": ""}, "Schrijf de laagste leeftijd"),
        ({"price_cents": "vier"}, "Schrijf een bedrag in euro, zoals 4 of 4,50."),
        ({"price_cents": "450000"}, "Zoveel past hier niet. Schrijf een bedrag onder € 100.000."),
        ({"price_per": "time", "price_cents": ""}, "Schrijf wat het kost"),
        ({"summary": ""}, "Zeg in een of twee zinnen wat jullie doen."),
        ({"interests": None}, "Kies minstens één ding"),
        ({"place": ""}, "Schrijf waar mensen moeten zijn."),
        ({"slots-0-weekday": "", "slots-0-starts": "", "slots-0-ends": ""}, "Voeg een dag en uren toe"),
        ({"slots-0-ends": ""}, "Schrijf wanneer het eindigt"),
        ({"slots-0-weekday": ""}, "Kies de dag."),
        ({"customs-0-topic": "food"}, "Kies of het blijft"),
        ({"room": "places", "capacity": "5", "free_places": "6"}, "Er zijn meer vrije plaatsen"),
        ({"quiet_months": [str(month) for month in range(1, 13)]}, "Laat minstens één maand over"),
        ({"sharing": None}, "Kies een van deze."),
    ],
)
def test_a_mistake_says_how_to_mend_it_and_keeps_what_was_typed(
    cast: Cast, browse: Browse, changes: dict[str, Any], sentence: str
) -> None:
    offer_id = make_offer(cast.zilverreiger)
    kept = {
        "team_languages": "Nederlands of Tamazight",
        "especially_welcome": "Wie graag «bouwt» & zingt",
        "route": "Bus 4",
    }
    page = edit(browse("noor"), offer_id, **{**kept, **changes})
    assert page.status == 422
    assert sentence in page.words
    sent = page.form(f"/aanbod/{offer_id}/wijzig")
    assert {name: sent[name] for name in kept} == kept
    for name, value in changes.items():
        if value and name != "price_cents":
            assert sent[name] == (value if isinstance(value, list) else value.strip())
    after = stored(offer_id)
    assert (after.team_languages, after.age_min, after.place) == ("", 12, "Wilgendreef 12")


def test_mistakes_in_english(cast: Cast, browse: Browse) -> None:
    browser = browse("noor")
    browser.carry("lang", "en")
    page = edit(browser, make_offer(cast.zilverreiger), name="", age_min="15", price_cents="four", place="")
    assert page.status == 422
    assert page.says("Something isn't right yet", "Give it a name", "Write an amount in euros")


def test_extra_fields_are_refused(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger)
    for name in ("organisation_id", "is_public", "confirmed_at", "order_key"):
        assert edit(browse("noor"), offer_id, **{name: "1"}).status == 400
    organisation = f"/organisaties/{cast.zilverreiger}/wijzig"
    browser = browse("noor")
    assert browser.submit(browser.get(organisation), organisation, kind="welfare").status == 400


def test_codes_that_do_not_exist_are_refused(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger)
    for changes in (
        {"interests": ["boxing"]},
        {"mood": "angry"},
        {"quiet_months": ["13"]},
        {"area": "Elders"},
        {"icon": "skull"},
        {"sharing": "world"},
        {"slots-0-weekday": "noday"},
    ):
        assert edit(browse("noor"), offer_id, **changes).status == 422, changes
    assert stored(offer_id).interests == (Interest.OUTDOORS, Interest.CAMPFIRE)


def test_one_more_row_and_one_less_without_saving(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger)
    browser, url = browse("noor"), f"/aanbod/{offer_id}/wijzig"
    more = browser.submit(browser.get(url), url, more="slots", name="Nieuwe naam")
    assert more.status == 200
    fields = more.form(url)
    assert (fields["slots-0-weekday"], fields["slots-1-weekday"], fields["name"]) == ("sat", "", "Nieuwe naam")
    less = browser.post(url, {**fields, "slots-1-weekday": "sun", "less": "slots-0"})
    assert less.status == 200
    fields = less.form(url)
    assert fields["slots-1-weekday"] == "sun"
    assert "slots-0-weekday" not in fields
    assert stored(offer_id).name == "Jonggivers"
    saved = browser.post(url, {**fields, "slots-1-starts": "10:00", "slots-1-ends": "12:00"})
    assert saved.status == 303
    after = stored(offer_id)
    assert (after.name, [slot.weekday for slot in after.slots]) == ("Nieuwe naam", [Weekday.SUNDAY])


def test_a_colleague_was_first(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger)
    url = f"/aanbod/{offer_id}/wijzig"
    slow, quick = browse("jef"), browse("noor")
    opened = slow.get(url)
    assert edit(quick, offer_id, name="Van Noor", price_cents="50", age_max="15").status == 303
    page = slow.submit(opened, url, name="Van Jef", route="Bus 9", age_max="15")
    assert page.status == 409
    assert page.says("Beide versies", "Van Noor", "Van Jef", "€ 50", "€ 45", "Bus 9")
    assert [stored(offer_id).name, stored(offer_id).route] == ["Van Noor", ""]
    again = page.form(url)
    assert (again["name"], again["route"]) == ("Van Jef", "Bus 9")
    assert slow.post(url, again).status == 303
    assert (stored(offer_id).name, stored(offer_id).price_cents) == ("Van Jef", 4500)


def test_confirming_makes_nobody_elses_typing_stale(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger, checked_days_ago=100)
    slow, url = browse("jef"), f"/aanbod/{offer_id}/wijzig"
    opened = slow.get(url)
    page = browse("noor").post(f"/aanbod/{offer_id}/klopt")
    assert page.status == 303
    offer = stored(offer_id)
    assert clock.now() - offer.confirmed_at < timedelta(minutes=1)
    assert offer.confirmed_by_id == cast.noor
    assert history(offer_id) == [("confirm", None, None)]
    assert slow.submit(opened, url, name="Nog steeds").status == 303


def test_sent_twice_is_done_once(cast: Cast, browse: Browse) -> None:
    browser, url = browse("noor"), f"/organisaties/{cast.zilverreiger}/aanbod"
    form = {**browser.get(url).form(url), "name": "Tieners", "age_min": "13", "age_max": "16"}
    first, second = browser.post(url, form), browser.post(url, form)
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location
    assert len(db.session.scalars(select(Offer.id)).all()) == 1


def test_a_long_line_grows_with_what_is_typed_and_stays_one_line(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger)
    browser = browse("noor")
    page = edit(browser, offer_id, summary="Spelen in het bos,\nen een kamp\r\nin de zomer.")
    assert page.status == 303
    assert stored(offer_id).summary == "Spelen in het bos, en een kamp in de zomer."
    boxes = browser.get(f"/aanbod/{offer_id}/wijzig").text
    assert '<textarea class="input long-line"' in boxes
