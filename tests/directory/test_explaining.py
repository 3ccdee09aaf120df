"""What kinds of youth work there are, and offers on a card: for everybody, without account and without tracking."""

import re

import pytest

from tests.directory.makers import make_offer
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core.clock import now
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS, OrganisationKind
from webapp.vocabulary.youth_work import EXPLAINERS

NOT_YOUTH_WORK = {OrganisationKind.SCHOOL, OrganisationKind.OTHER}


def test_every_kind_that_one_can_join_is_explained() -> None:
    assert (
        set(EXPLAINERS) == {kind for kind, traits in ORGANISATION_TRAITS.items() if traits.has_offers} - NOT_YOUTH_WORK
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_overview_leads_to_every_kind_in_both_languages(browse: Browse, language: str) -> None:
    guest = browse("guest")
    guest.carry("lang", language)
    overview = guest.get("/jeugdwerk")
    links = sorted(link for link in overview.links() if link.startswith("/jeugdwerk/"))
    assert len(links) == len(EXPLAINERS)
    titles = {guest.get(link).words for link in links}
    assert len(titles) == len(links)
    assert guest.get("/jeugdwerk/nothing").status == 404


def test_a_kind_shows_only_what_everybody_may_read(cast: Cast, browse: Browse) -> None:
    make_offer(cast.zilverreiger, name="Voor iedereen", is_public=True)
    make_offer(cast.zilverreiger, name="Voor het netwerk")
    make_offer(cast.zilverreiger, name="Nog een klad", is_published=False)
    make_offer(cast.halvenoot, name="Andere soort", is_public=True)
    for who in ("guest", "noor"):
        page = browse(who).get("/jeugdwerk/youth_movement")
        assert page.says("Wat is een jeugdbeweging?", "Voor iedereen")
        assert not any(page.says(one) for one in ("Voor het netwerk", "Nog een klad", "Andere soort"))


def test_offers_and_organisations_lead_to_their_kind(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger, is_public=True)
    kind = "/jeugdwerk/youth_movement"
    assert kind in browse("guest").get(f"/aanbod/{offer_id}").links()
    assert kind in browse("hilde").get(f"/aanbod/{offer_id}").links()
    assert kind in browse("hilde").get(f"/organisaties/{cast.zilverreiger}").links()
    assert "/jeugdwerk" in browse("guest").get("/zonder-account").links()
    assert not [one for one in browse("hilde").get(f"/organisaties/{cast.lantaarn}").links() if "jeugdwerk" in one]


def test_an_offer_on_a_card(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger, is_public=True, confirmed_at=now())
    url, guest = f"/aanbod/{offer_id}/kaart", browse("guest")
    card = guest.get(url)
    assert card.says("Jonggivers", "Scouts Zilverreiger, 12 tot 14 jaar", "Wilgendreef 12")
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in card.text or 'class="qr"' in card.text
    assert "paper-a6" in card.text
    assert "paper-a5" in guest.get(f"{url}?formaat=a5").text
    assert url in guest.get(f"/aanbod/{offer_id}").links()
    assert url in browse("noor").get(f"/aanbod/{offer_id}").links()


def test_what_is_not_shared_has_no_card(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger)
    assert browse("noor").get(f"/aanbod/{offer_id}/kaart").status == 403
    assert f"/aanbod/{offer_id}/kaart" not in browse("noor").get(f"/aanbod/{offer_id}").links()


def test_a_chat_gets_a_picture_and_words_of_the_offer_and_nothing_from_elsewhere(cast: Cast, browse: Browse) -> None:
    offer_id = make_offer(cast.zilverreiger, is_public=True, name='Spel & "vuur"')
    page = browse("guest").get(f"/aanbod/{offer_id}")
    told = dict(re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)"', page.text))
    assert told["title"].startswith("Spel &amp; &#34;vuur&#34;")
    assert told["url"] == f"https://brug.test/aanbod/{offer_id}"
    assert told["image"].startswith("https://brug.test/static/")
    with browse("guest").client.get(told["image"], base_url="https://brug.test") as picture:
        assert (picture.status_code, picture.content_type) == (200, "image/png")
    assert 'name="robots" content="noindex' in page.text
    assert "og:" not in browse("noor").get(f"/aanbod/{offer_id}").text
