"""Who changed an offer, when and what: for its people and the coordinator."""

import uuid

import pytest

from tests.directory.forms import edit, history
from tests.directory.makers import make_offer
from tests.people import Cast
from tests.support.browse import Browse


@pytest.fixture
def changed(cast: Cast, browse: Browse) -> uuid.UUID:
    """An offer of which Noor changed the ages and the summary."""
    offer_id = make_offer(cast.zilverreiger)
    assert edit(browse("noor"), offer_id, age_max="16", summary="Iets heel anders.", price_cents="50").status == 303
    return offer_id


def test_numbers_are_kept_with_what_they_were_and_texts_only_by_name(changed: uuid.UUID) -> None:
    assert history(changed) == [
        ("edit", "network", "network"),
        ("field.age_max", "14", "16"),
        ("field.price_cents", "4500", "5000"),
        ("field.summary", None, None),
    ]


@pytest.mark.parametrize(("who", "reads"), [("jef", True), ("tine", True), ("hilde", False), ("bram", False)])
def test_its_people_and_the_coordinator_read_what_changed(
    browse: Browse, changed: uuid.UUID, who: str, *, reads: bool
) -> None:
    page = browse(who).get(f"/aanbod/{changed}")
    assert page.says("Wat er veranderde") is reads
    assert page.says("Noor Vermeulen", "Tot welke leeftijd? 14 → wordt 16", "€ 45 → wordt € 50") is reads


def test_without_account_nobody_reads_who_changed_it(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger, is_public=True)
    edit(browse("noor"), offer_id, age_max="16")
    page = browse("guest").get(f"/aanbod/{offer_id}")
    assert page.status == 200
    assert "Noor" not in page.text
    assert not page.says("Wat er veranderde")


def test_a_tap_tells_what_it_changed(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger)
    browser, url = browse("noor"), f"/aanbod/{offer_id}/plaats"
    browser.post(url, {**browser.get(url).form(url), "room": "full", "waiting": "3"})
    browser.post(f"/aanbod/{offer_id}/klopt")
    browser.post(f"/aanbod/{offer_id}/delen", {"sharing": "public"})
    page = browser.get(f"/aanbod/{offer_id}")
    assert page.says("altijd plaats", "nu volzet", "Klopt nog", "Wie het mag lezen")
