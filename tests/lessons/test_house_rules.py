"""The page of the house rules: everybody reads them, and whoever looks after the log says them anew."""

from tests.people import Cast
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.lessons import house_words, lists, ruling

CHANGE = "/leren/huisregels/bewerken"


def test_a_network_begins_with_friendly_rules_and_says_its_own(cast: Cast, browse: Browse) -> None:
    page = browse("noor").get("/leren/huisregels")
    assert page.says("Huisregels", "Praat over jongeren en gezinnen alsof ze meelezen.")
    assert CHANGE not in page.links()
    frank = browse("frank")
    form = frank.get(CHANGE).form(CHANGE)
    assert form["rules"].splitlines() == house_words.first_rules()
    too_long = frank.post(CHANGE, {**form, "rules": "Lach met niemand.\n" + "a" * 161})
    assert too_long.says("langer dan 160 tekens", "Lach met niemand.")
    frank.post(CHANGE, {**form, "rules": "Lach met niemand.\nSchrijf kort.\n"})
    assert [row.words for row in lists.house_rules()] == ["Lach met niemand.", "Schrijf kort."]
    page = browse("noor").get("/leren/huisregels")
    assert page.says("Schrijf kort.")
    assert not page.says("alsof ze meelezen")


def test_the_first_rules_are_read_in_ones_own_language(cast: Cast, browse: Browse) -> None:
    ruling.begin([*house_words.first_rules(), "Lach met niemand."])
    db.session.commit()
    browser = browse("noor")
    browser.carry("lang", "en")
    page = browser.get("/leren/huisregels")
    assert page.says("Speak of young people and families as if they read along.", "Lach met niemand.")


def test_who_changes_rules_that_somebody_else_just_changed_keeps_the_words(cast: Cast, browse: Browse) -> None:
    frank = browse("frank")
    form = frank.get(CHANGE).form(CHANGE)
    ruling.keep(["Schrijf kort."], by=cast.actor("tine"))
    db.session.commit()
    page = frank.post(CHANGE, {**form, "rules": "Lach met niemand."})
    assert page.status == 409
    assert page.says("Schrijf kort.", "Lach met niemand.")
    frank.post(CHANGE, {**page.form(CHANGE)})
    assert [row.words for row in lists.house_rules()] == ["Lach met niemand."]
