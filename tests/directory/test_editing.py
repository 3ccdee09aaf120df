"""Keeping offers and organisations right: who may, what is refused and why, and nothing typed is lost."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.directory.makers import make_offer
from tests.people import PEOPLE, Cast
from tests.support.browse import Browser, Page
from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import db
from webapp.core.history import History
from webapp.directory import actions
from webapp.directory.models import Offer, Sharing
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import Room
from webapp.vocabulary.organisation_kinds import OrganisationKind
from webapp.vocabulary.prices import PricePer

Browse = Callable[[str], Browser]
OWN = ("noor", "jef", "yara")


def stored(offer_id: uuid.UUID) -> Offer:
    """The offer as it is in the database now, with everything loaded; nothing stays open."""
    db.session.expire_all()
    offer = db.session.get(Offer, offer_id)
    assert offer
    for name in ("slots", "organisation", "tags"):
        getattr(offer, name)
    db.session.expunge_all()
    db.session.rollback()
    return offer


def edit(browser: Browser, offer_id: uuid.UUID, **changes: Any) -> Page:
    """Open the form, change some fields, and send it."""
    url = f"/aanbod/{offer_id}/wijzig"
    return browser.submit(browser.get(url), url, **changes)


def history(thing_id: uuid.UUID) -> list[tuple[str, str | None, str | None]]:
    """The steps of a thing."""
    rows = db.session.execute(
        select(History.step, History.before, History.after).where(History.thing_id == thing_id).order_by(History.at)
    )
    found = [(row.step, row.before, row.after) for row in rows]
    db.session.rollback()
    return found


def add(browser: Browser, organisation_id: uuid.UUID, **changes: Any) -> Page:
    """Fill in the form for a new offer."""
    url = f"/organisaties/{organisation_id}/aanbod"
    return browser.submit(browser.get(url), url, **{"name": "Tieners", "age_min": "13", "age_max": "16", **changes})


def test_a_new_offer_is_a_draft_that_asks_little(cast: Cast, browse: Browse) -> None:
    page = add(browse("jef"), cast.zilverreiger)
    assert page.status == 303
    offer = stored(uuid.UUID(page.location.rsplit("/", 1)[1]))
    assert (offer.name, offer.sharing, offer.organisation_id) == ("Tieners", Sharing.DRAFT, cast.zilverreiger)
    assert (offer.area, offer.slots, offer.confirmed_by_id) == ("Centrum", [], cast.jef)
    assert history(offer.id) == [("add", None, "draft")]


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
        ({"price_per": "time", "price_cents": ""}, "Schrijf wat het kost"),
        ({"summary": ""}, "Zeg in een of twee zinnen wat jullie doen."),
        ({"interests": None}, "Kies minstens één ding"),
        ({"place": ""}, "Schrijf waar mensen moeten zijn."),
        ({"slots-0-weekday": "", "slots-0-starts": "", "slots-0-ends": ""}, "Voeg een dag en uren toe"),
        ({"slots-0-ends": ""}, "Schrijf wanneer het eindigt"),
        ({"slots-0-weekday": ""}, "Kies de dag."),
        ({"customs-0-topic": "food"}, "Kies of dit vastligt"),
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
    assert page.says("Something is not right yet", "Give it a name", "Write an amount in euros")


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


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"room": "places", "free_places": "3", "waiting": "4"}, (Room.PLACES, 3, 0)),
        ({"room": "places", "free_places": "0", "waiting": "4"}, (Room.PLACES, 0, 4)),
        ({"room": "full", "free_places": "3", "waiting": "4"}, (Room.FULL, None, 4)),
        ({"room": "open", "free_places": "3", "waiting": "4"}, (Room.OPEN, None, 0)),
    ],
)
def test_room_in_two_taps(cast: Cast, browse: Browse, sent: dict[str, str], kept: tuple[Any, ...]) -> None:
    offer_id = make_offer(cast.zilverreiger, checked_days_ago=100)
    browser, url = browse("jef"), f"/aanbod/{offer_id}/plaats"
    page = browser.post(url, {**browser.get(url).form(url), **sent})
    assert page.status == 303
    offer = stored(offer_id)
    assert (offer.room, offer.free_places, offer.waiting) == kept
    assert clock.now() - offer.confirmed_at < timedelta(minutes=1)
    assert history(offer_id) == [("room", "open", sent["room"])]


def test_room_keeps_a_mistake_in_view(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger, capacity=5)
    url = f"/aanbod/{offer_id}/plaats"
    browser = browse("jef")
    page = browser.post(url, {**browser.get(url).form(url), "room": "places", "free_places": "9"})
    assert page.status == 422
    assert page.says("Er zijn meer vrije plaatsen")
    assert page.form(url)["free_places"] == "9"
    page = browser.post(url, {**browser.get(url).form(url), "free_places": "veel"})
    assert page.says("Schrijf een heel getal van 0 tot 999.")


def test_sharing_in_one_tap_and_back(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger, is_published=False)
    browser, url = browse("noor"), f"/aanbod/{offer_id}/delen"
    for wanted in (Sharing.NETWORK, Sharing.PUBLIC, Sharing.NETWORK, Sharing.DRAFT):
        assert browser.post(url, {"sharing": wanted.value}).status == 303
        assert stored(offer_id).sharing is wanted
    assert history(offer_id)[:2] == [("share", "draft", "network"), ("share", "network", "public")]
    assert browser.post(url, {"sharing": "everywhere"}).status == 303
    assert stored(offer_id).sharing is Sharing.DRAFT


def test_a_draft_that_is_not_ready_opens_the_form(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger, is_published=False, summary="", interests=())
    browser = browse("noor")
    page = browser.post(f"/aanbod/{offer_id}/delen", {"sharing": "network"})
    assert page.location == f"/aanbod/{offer_id}/wijzig?publish=network"
    assert stored(offer_id).sharing is Sharing.DRAFT
    form = browser.get(page.location)
    assert form.form(f"/aanbod/{offer_id}/wijzig")["sharing"] == "network"
    tried = browser.submit(form, f"/aanbod/{offer_id}/wijzig")
    assert tried.says("Zeg in een of twee zinnen wat jullie doen.", "Kies minstens één ding")


def test_an_organisation_is_changed_by_its_people_and_the_coordinator(cast: Cast, browse: Browse) -> None:
    url = f"/organisaties/{cast.zilverreiger}/wijzig"
    for who in ("noor", "tine"):
        browser = browse(who)
        page = browser.submit(browser.get(url), url, helps_with=f"spel van {who}", young_contact_phone="0470 12 34 56")
        assert page.status == 303
        assert browser.get(f"/organisaties/{cast.zilverreiger}").says(f"spel van {who}")
    assert browse("hilde").get(url).status == 403
    assert browse("ada").post(url, {}).status == 403
    assert browse("noor").get(f"/organisaties/{uuid.uuid4()}/wijzig").status == 404
    assert history(cast.zilverreiger) == [("edit", None, None), ("edit", None, None)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Schrijf de naam"),
        ({"name": "muziekhuis halve noot"}, "Er is al een organisatie met deze naam."),
        ({"website": "ftp://roerdomp.example"}, "Schrijf het hele adres"),
        ({"website": "roerdomp.example"}, "Schrijf het hele adres"),
        ({"partner_contact_email": "jef@scouts"}, "Er ontbreekt nog een stukje"),
        ({"young_contact_phone": "bel Noor"}, "alleen cijfers"),
    ],
)
def test_mistakes_about_an_organisation(cast: Cast, browse: Browse, changes: dict[str, str], sentence: str) -> None:
    browser, url = browse("noor"), f"/organisaties/{cast.zilverreiger}/wijzig"
    page = browser.submit(browser.get(url), url, **{"about": "Twee\nregels", **changes})
    assert page.status == 422
    assert sentence in page.words
    sent = page.form(url)
    assert sent["about"].splitlines() == ["Twee", "regels"]
    assert {name: sent[name] for name in changes} == changes


def test_two_versions_of_an_organisation(cast: Cast, browse: Browse) -> None:
    url = f"/organisaties/{cast.zilverreiger}/wijzig"
    slow, quick = browse("jef"), browse("noor")
    opened = slow.get(url)
    quick.submit(quick.get(url), url, area="Heide")
    page = slow.submit(opened, url, helps_with="een vuurkring")
    assert page.status == 409
    assert page.says("Heide", "een vuurkring")
    assert slow.post(url, {**page.form(url), "area": "Heide"}).status == 303


def test_the_coordinator_adds_an_organisation(cast: Cast, browse: Browse) -> None:
    browser = browse("tine")
    page = browser.submit(
        browser.get("/organisaties/nieuw"), "/organisaties/nieuw", name="Straatsport De Kooi", kind="street_sport"
    )
    assert page.status == 303
    added = db.session.scalar(select(Organisation).where(Organisation.name == "Straatsport De Kooi"))
    assert added
    assert (added.kind, added.about) == (OrganisationKind.STREET_SPORT, "")
    db.session.rollback()
    assert browser.get("/organisaties?q=kooi").says("Straatsport De Kooi")
    again = browser.submit(
        browser.get("/organisaties/nieuw"), "/organisaties/nieuw", name="straatsport de kooi", kind="street_sport"
    )
    assert again.says("Er is al een organisatie met deze naam.")
    assert browse("noor").get("/organisaties/nieuw").status in (403, 404)


def test_actions_write_only_what_they_name(app: Flask, cast: Cast) -> None:
    offer = db.session.get(Offer, make_offer(cast.zilverreiger))
    assert offer
    with pytest.raises(ValueError, match="organisation_id"):
        actions.edit_offer(offer, {"organisation_id": cast.stil}, [], version=offer.version, by=cast.actor("noor"))
