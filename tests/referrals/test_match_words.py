"""Reasons as sentences, in both languages."""

from datetime import date, time

import pytest
from flask import Flask

from webapp.referrals import match_words
from webapp.referrals.match_words import WHY_COUNTS, WHY_SENTENCES, say, say_relaxed
from webapp.referrals.matching import Miss, Reason, Why
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import CustomTopic, PricePer
from webapp.vocabulary.seven_bs import B
from webapp.web.i18n import in_language

AFTERNOON = {"starts": time(14), "ends": time(17)}
EXAMPLES = {
    Why.SLOT: ({"weekdays": (Weekday.SATURDAY,), **AFTERNOON}, "Zaterdag van 14 tot 17 uur"),
    Why.TIMES_BY_AGREEMENT: ({}, "De uren spreken jullie samen af"),
    Why.INTERESTS: ({"interests": (Interest.OUTDOORS, Interest.CAMPFIRE)}, "Hier kan je buiten zijn en koken op vuur"),
    Why.FREE: ({}, "Gratis"),
    Why.PRICE: ({"cents": 4500, "per": PricePer.YEAR}, "€ 45 per jaar"),
    Why.LOWER_PRICE_POSSIBLE: ({}, "Minder betalen kan, niemand vraagt waarom"),
    Why.TRIALS_FIRST: ({"count": 2}, "Eerst 2 keer proberen"),
    Why.SAME_AREA: ({"area": "Heide"}, "In dezelfde buurt: Heide"),
    Why.WITHOUT_CAR: ({}, "Zonder auto goed te bereiken"),
    Why.SMALL_GROUP: ({"count": 8}, "Kleine groep van 8"),
    Why.ARRANGED: ({"arrangement": Arrangement.COME_WITH_FRIEND}, "Kan met een vriend komen"),
    Why.MAKES_SMALLER: ({"bs": (B.AFFORDABILITY, B.AWARENESS)}, "Maakt de afstand kleiner: betaalbaar en bekend"),
    Why.AGES: ({"first": 14, "last": 25}, "Voor 14 tot 25 jaar"),
    Why.OTHER_MOMENT: (
        {"weekdays": (Weekday.SUNDAY, Weekday.MONDAY), **AFTERNOON},
        "Een ander moment: zondag en maandag van 14 tot 17 uur",
    ),
    Why.HOLIDAYS_ONLY: ({}, "Alleen in de schoolvakanties"),
    Why.RESTING: ({}, "De ploeg rust deze maand, een antwoord kan wat langer duren"),
    Why.PAUSES: ({"until": date(2030, 7, 12)}, "Rust tot vrijdag 12 juli 2030, dus een antwoord kan wat langer duren"),
    Why.SOMETHING_ELSE: ({}, "Iets anders dan je zocht. Toch ook leuk?"),
    Why.WAITING_LIST: ({"count": 4}, "Er is een wachtlijst van 4"),
    Why.FULL: ({}, "Nu volzet, maar er is een wachtlijst"),
    Why.PLACES_LEFT: ({"count": 2}, "Nog 2 plaatsen vrij"),
    Why.TOO_FEW_PLACES: ({"count": 1}, "Maar 1 plaats vrij"),
    Why.ABOVE_CEILING: ({"cents": 450, "per": PricePer.TIME}, "De volle prijs is hoger: € 4,50 per keer"),
    Why.CAR_NEEDED: ({}, "Moeilijk te bereiken zonder auto"),
    Why.OTHER_AREA: ({"area": "Heide"}, "In een andere buurt: Heide"),
    Why.UNIFORM: ({}, "Er is een uniform."),
    Why.UNIFORM_SECOND_HAND: ({}, "Er is een uniform. Tweedehands kan."),
    Why.CUSTOM_FIXED: ({"topic": CustomTopic.ALCOHOL}, "Een gewoonte die blijft: alcohol"),
    Why.ALCOHOL: ({}, "Op sommige momenten is er alcohol"),
    Why.GOOD_DUTCH: ({}, "Hier gaat veel in het Nederlands"),
    Why.NOT_ARRANGED: ({"arrangement": Arrangement.CALM_START}, "Ligt nog niet vast: een rustige start"),
}


def test_every_reason_has_exactly_one_sentence() -> None:
    assert set(WHY_SENTENCES).isdisjoint(WHY_COUNTS)
    assert set(WHY_SENTENCES) | set(WHY_COUNTS) == set(Why) == set(EXAMPLES)
    assert set(match_words.MISS_LABELS) == set(Miss)
    assert set(match_words.BRIDGE_LENGTH_LABELS) == {1, 2, 3}


@pytest.mark.parametrize("why", Why)
def test_sentences_read_well_in_both_languages(app: Flask, why: Why) -> None:
    params, dutch = EXAMPLES[why]
    reason = Reason(why, tuple(params.items()))
    with app.test_request_context():
        assert say(reason) == dutch
        with in_language("en"):
            english = say(reason)
    assert english
    assert english != dutch or why is Why.PRICE
    assert "%" not in english + dutch


def test_near_misses_name_what_would_give_way(app: Flask) -> None:
    with app.test_request_context():
        assert say_relaxed(()) == ""
        assert say_relaxed((Miss.TIME, Miss.PRICE)) == "Nog niet alles past: de dag of het uur en de prijs"
