"""Room in two taps, sharing in one, and what an organisation says about itself."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.directory.forms import history, stored
from tests.directory.makers import make_offer
from tests.people import Cast
from tests.support.browse import Browse
from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import db
from webapp.directory import actions
from webapp.directory.models import Offer, Sharing
from webapp.vocabulary.offers import Room
from webapp.vocabulary.organisation_kinds import OrganisationKind


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
    assert history(offer_id)[0] == ("room", "open", sent["room"])


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


def test_a_website_and_an_address_are_kept_as_browsers_and_mail_know_them(cast: Cast, browse: Browse) -> None:
    browser, url = browse("noor"), f"/organisaties/{cast.zilverreiger}/wijzig"
    typed = {"website": "www.roerdomp.example", "partner_contact_email": " Jef@Zilverreiger.example "}
    assert browser.submit(browser.get(url), url, **typed).status == 303
    kept = browser.get(url).form(url)
    assert kept["website"] == "https://www.roerdomp.example"
    assert kept["partner_contact_email"] == "jef@zilverreiger.example"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Schrijf de naam"),
        ({"name": "muziekhuis halve noot"}, "Er is al een organisatie met deze naam."),
        ({"website": "ftp://roerdomp.example"}, "Schrijf het hele adres"),
        ({"website": "onze website"}, "Schrijf het hele adres"),
        ({"partner_contact_email": "jef@scouts"}, "Er ontbreekt nog een stukje"),
        ({"partner_contact_email": "jef"}, "In een e-mailadres staat een @ in het midden."),
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


@pytest.mark.parametrize(("path", "fields"), [("klopt", {}), ("delen", {"sharing": "network"})])
def test_a_field_that_nobody_can_type_changes_nothing(
    cast: Cast, browse: Browse, path: str, fields: dict[str, str]
) -> None:
    offer_id = make_offer(cast.zilverreiger, checked_days_ago=100, is_published=False)
    refused = browse("noor").post(f"/aanbod/{offer_id}/{path}", {**fields, "organisation_id": "1"})
    assert refused.status == 400
    offer = stored(offer_id)
    assert not offer.is_published
    assert clock.now() - offer.confirmed_at > timedelta(days=99)
    assert history(offer_id) == []
