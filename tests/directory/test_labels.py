"""How offers read, in Dutch: every line in all its forms."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from webapp.core import clock
from webapp.core.fulltext import fold
from webapp.directory import labels
from webapp.directory.facets import Facet, Must, musts, order_key, tags_of, words
from webapp.directory.models import Offer, OfferSlot
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import LittleDutch, Room, SignUp
from webapp.vocabulary.organisation_kinds import OrganisationKind
from webapp.vocabulary.prices import PricePer
from webapp.web.i18n import in_language


@pytest.fixture(autouse=True)
def dutch(app: Flask) -> Iterator[None]:
    """Every line here is Dutch."""
    with app.test_request_context(), in_language("nl"):
        yield


def offer(**values: Any) -> Offer:
    """An offer that is not in any database."""
    return Offer(**{"name": "Jonggivers", "age_min": 12, "age_max": 14, **values})


def slots(*moments: tuple[str, int, int]) -> list[OfferSlot]:
    """Moments on the hour."""
    return [
        OfferSlot(weekday=Weekday(day), starts=time(first), ends=time(last), holidays_only=False)
        for day, first, last in moments
    ]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(12, 14, "12 tot 14 jaar"), (12, 12, "12 jaar"), (16, 99, "vanaf 16 jaar"), (0, 99, "alle leeftijden")],
)
def test_ages(first: int, last: int, said: str) -> None:
    assert labels.age_line(offer(age_min=first, age_max=last)) == said


@pytest.mark.parametrize(
    ("moments", "said"),
    [
        ([("sat", 14, 17)], "za 14 tot 17 uur"),
        ([("mon", 15, 18), ("tue", 15, 18), ("thu", 15, 18)], "ma, di en do 15 tot 18 uur"),
        ([("mon", 9, 16), ("tue", 9, 16), ("wed", 9, 16)], "ma tot en met wo 9 tot 16 uur"),
        ([("wed", 14, 18), ("fri", 20, 1)], "wo 14 tot 18 uur, vr 20 tot 1 uur"),
    ],
)
def test_when(moments: list[tuple[str, int, int]], said: str) -> None:
    assert labels.when_line(offer(slots=slots(*moments))) == said


def test_when_in_holidays_in_words_and_long() -> None:
    holiday = slots(("mon", 9, 16))
    holiday[0].holidays_only = True
    assert labels.when_line(offer(slots=holiday)) == "ma 9 tot 16 uur in de vakantie"
    assert labels.when_line(offer(slots=slots(("sat", 14, 17))), long=True) == "Zaterdag 14 tot 17 uur"
    assert labels.when_line(offer(when_note="elke eerste dinsdag")) == "elke eerste dinsdag"
    assert labels.when_line(offer()) == "vraag wanneer"


@pytest.mark.parametrize(
    ("cents", "per", "said"),
    [
        (0, PricePer.FREE, "gratis"),
        (0, PricePer.TIME, "gratis"),
        (450, PricePer.TIME, "€ 4,50 per keer"),
        (1500, PricePer.MONTH, "€ 15 per maand"),
        (4500, PricePer.YEAR, "€ 45 per jaar"),
    ],
)
def test_price(cents: int, per: PricePer, said: str) -> None:
    assert labels.price_line(offer(price_cents=cents, price_per=per)) == said


def test_full_price_is_not_said_twice() -> None:
    same = offer(price_cents=4500, price_per=PricePer.YEAR, price_line="€ 45 per jaar, kamp € 160 apart")
    assert labels.price_note(same) == "kamp € 160 apart"
    same.price_line = "€ 45 per jaar met verzekering, kamp € 160 apart"
    assert labels.price_note(same) == "met verzekering, kamp € 160 apart"
    same.price_line, same.has_instalments = "€ 45 per jaar", True
    assert labels.price_note(same) == "betalen in stukjes kan"


@pytest.mark.parametrize(
    ("typed", "rest"),
    [("Gratis", ""), ("Gratis.", ""), ("Gratis, de pizza ook", "de pizza ook"),
     ("Gratis binnen, een drankje kost € 1,50", "Gratis binnen, een drankje kost € 1,50")],
)  # fmt: skip
def test_free_is_not_said_twice_either(typed: str, rest: str) -> None:
    assert labels.price_note(offer(price_cents=0, price_per=PricePer.FREE, price_line=typed)) == rest


@pytest.mark.parametrize(
    ("values", "kind", "said"),
    [
        ({"room": Room.OPEN}, "ja", "Plaats vrij"),
        ({"room": Room.PLACES}, "ja", "Plaats vrij"),
        ({"room": Room.PLACES, "free_places": 1}, "ja", "Nog 1 plaats"),
        ({"room": Room.PLACES, "free_places": 2}, "ja", "Nog 2 plaatsen"),
        ({"room": Room.PLACES, "free_places": 0, "waiting": 4}, "wacht", "Wachtlijst van 4"),
        ({"room": Room.FULL, "waiting": 4}, "wacht", "Wachtlijst van 4"),
        ({"room": Room.FULL}, "rust", "Nu volzet"),
    ],
)
def test_room(values: dict[str, Any], kind: str, said: str) -> None:
    tag = labels.room_tag(offer(**values))
    assert (tag.kind, tag.text) == (kind, said)


@pytest.mark.parametrize(
    ("days", "said", "stale", "old"),
    [
        (0, "vandaag nagekeken door Noor", False, False),
        (21, "3 weken geleden nagekeken door Noor", False, False),
        (90, "3 maanden geleden nagekeken door Noor", False, False),
        (91, "al 3 maanden niet nagekeken", True, False),
        (365, "al 12 maanden niet nagekeken", True, False),
        (366, "al meer dan een jaar niet nagekeken", True, True),
    ],
)
def test_freshness(days: int, said: str, stale: bool, old: bool) -> None:
    with clock.at(datetime.combine(clock.today(), time(12), clock.BRUSSELS)):  # summer time moves what is near midnight
        looked = offer(confirmed_at=clock.now() - timedelta(days=days))
        assert labels.freshness(looked, "Noor") == (said, stale, old)


def test_good_to_know_comes_from_the_fields() -> None:
    lines = labels.good_to_know(
        offer(trial_visits=3, little_dutch=LittleDutch.YES, team_languages="Engels en Frans", group_size=20)
    )
    assert [f"{line.bold} {line.text}".strip() for line in lines] == [
        "Je mag 3 keer komen proberen. Pas daarna beslis je.",
        "Weinig Nederlands is geen probleem. De ploeg spreekt Engels en Frans.",
        "Geen alcohol tijdens de activiteiten.",
        lines[3].bold,
        f"{lines[4].bold} Meestal met 20 in de groep.",
    ]
    assert not any("proberen" in line.bold for line in labels.good_to_know(offer()))


def test_search_words_mean_interests_and_kinds_in_both_languages() -> None:
    (music,) = labels.search_words("Muz")
    assert Interest.MUSIC in music.interests
    (english,) = labels.search_words("mus")
    assert Interest.MUSIC in english.interests
    (movement,) = labels.search_words("jeugdbew")
    assert movement.kinds == {OrganisationKind.YOUTH_MOVEMENT}


def test_search_words_are_few_and_folded() -> None:
    assert [one.text for one in labels.search_words("Élan d'ÉTÉ")] == ["elan", "d", "ete"]
    assert len(labels.search_words("a b c d e f g h i j")) == 6
    assert labels.search_words(" -- %_ ") == ()


def test_folding() -> None:
    assert fold("Crème Brûlée ÉÉN") == "creme brulee een"
    assert words("De Roerdomp, 't nest", "de 2de") == {"de", "roerdomp", "t", "nest", "2de"}


def test_everything_an_offer_is_found_by() -> None:
    found = tags_of(
        offer(
            summary="Élan",
            place="Dreef 1",
            slots=slots(("sat", 14, 17), ("sun", 14, 17)),
            price_cents=300,
            price_per=PricePer.TIME,
            sign_up=SignUp.NONE,
            interests=(Interest.MUSIC,),
        ),
        SimpleNamespace(name="De Roerdomp", kind=OrganisationKind.YOUTH_MOVEMENT),
    )
    by_facet = {facet: {code for other, code in found if other is facet} for facet in Facet}
    assert by_facet[Facet.AGE] == {"12-14"}
    assert by_facet[Facet.DAY] == {"sat", "sun"}
    assert by_facet[Facet.PRICE] == {"some", "more", "any"}
    assert by_facet[Facet.AREA] == {"*"}
    assert by_facet[Facet.INTEREST] == {"music"}
    assert by_facet[Facet.MUST] == {"room", "trial", "drop_in", "no_car", "alcohol_free"}
    assert by_facet[Facet.KIND] == {"youth_movement"}
    assert by_facet[Facet.WORD] == {"de", "roerdomp", "jonggivers", "elan", "dreef", "1"}


def test_a_full_group_has_no_room_and_order_ignores_capitals() -> None:
    assert Must.ROOM not in musts(offer(room=Room.PLACES, free_places=0))
    assert order_key(offer(name="École"), SimpleNamespace(name="de Kade")) == "de kade ecole"
