"""Finding offers: what each filter leaves, the numbers beside the filters, pages without holes, and who sees what."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from tests.directory.makers import make_offer, slot
from tests.people import PEOPLE, Cast
from webapp.accounts.models import Organisation
from webapp.core.db import db
from webapp.core.numbers import ask
from webapp.directory import candidates, listing, queries
from webapp.directory.asked import Asked
from webapp.directory.facets import Facet, Must
from webapp.directory.labels import search_words
from webapp.directory.models import Offer, OfferTag
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import LittleDutch, Mood, Room, SignUp
from webapp.vocabulary.organisation_kinds import OrganisationKind
from webapp.vocabulary.prices import PriceCeiling, PricePer

EVERYBODY = [*PEOPLE, "guest"]


@pytest.fixture
def town(app: Flask, cast: Cast) -> Iterator[dict[str, uuid.UUID]]:
    """Four offers that differ in everything, and a draft."""
    ids = {
        "scouts": make_offer(cast.zilverreiger, name="Jonggivers"),
        "drums": make_offer(
            cast.halvenoot, name="Drumlab", summary="Slagwerk voor élke dag.", age_min=12, age_max=99,
            price_cents=500, price_per=PricePer.TIME, area="Veerkaai", place="Kaai 9", slots=[slot("wed", 14, 16)],
            interests=(Interest.MUSIC,), room=Room.FULL, waiting=4, trial_visits=2, mood=Mood.CALM,
            little_dutch=LittleDutch.YES,
        ),
        "play": make_offer(
            cast.stil, name="Speelbakfiets", summary="Op het plein.", age_min=4, age_max=10, price_cents=0,
            price_per=PricePer.FREE, area="", place="Elk plein", slots=[slot("wed"), slot("sat", position=1)],
            interests=(Interest.PLAY,), sign_up=SignUp.NONE, arrangements=(Arrangement.STEP_FREE,),
        ),
        "bar": make_offer(
            cast.zilverreiger, name="Stam", summary="Kaarten.", age_min=16, age_max=25, price_cents=3000, area="Heide",
            place="Dreef 2", slots=[slot("fri", 20, 1)], interests=(Interest.HANGING_OUT,), is_alcohol_free=False,
            reachable_without_car=False,
        ),
        "draft": make_offer(cast.zilverreiger, name="Klad", is_published=False),
    }  # fmt: skip
    with app.test_request_context():
        yield ids


def counts(asked: Asked, actor: Actor) -> listing.Counts:
    """How many offers there would be."""
    return listing.counts(asked, ask(listing.numbers(asked, actor=actor)), actor=actor)


def found(cast: Cast, town: dict[str, uuid.UUID], who: str = "hilde", **filters: Any) -> set[str]:
    """The names of what a search finds."""
    asked = Asked(**filters, words=search_words(filters.get("q", "")))
    names = {offer_id: name for name, offer_id in town.items()}
    rows = listing.offers(asked, actor=cast.actor(who))
    assert counts(asked, cast.actor(who)).found == len(rows)
    return {names[row.id] for row in rows}


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({}, {"scouts", "drums", "play", "bar"}),
        ({"age": (AgeBand.FROM_12,)}, {"scouts", "drums"}),
        ({"age": (AgeBand.FROM_6, AgeBand.FROM_18)}, {"play", "bar", "drums"}),
        ({"day": (Weekday.WEDNESDAY,)}, {"drums", "play"}),
        ({"day": (Weekday.SATURDAY, Weekday.FRIDAY)}, {"scouts", "play", "bar"}),
        ({"price": PriceCeiling.FREE}, {"play"}),
        ({"price": PriceCeiling.SOME}, {"play", "drums", "scouts", "bar"}),
        ({"price": PriceCeiling.LITTLE}, {"play"}),
        ({"area": ("Veerkaai",)}, {"drums", "play"}),
        ({"interest": (Interest.MUSIC, Interest.CAMPFIRE)}, {"drums", "scouts"}),
        ({"mood": (Mood.CALM,)}, {"drums"}),
        ({"must": (Must.ROOM,)}, {"scouts", "play", "bar"}),
        ({"must": (Must.TRIAL,)}, {"drums", "play"}),
        ({"must": (Must.DROP_IN,)}, {"play"}),
        ({"must": (Must.NO_CAR,)}, {"scouts", "drums", "play"}),
        ({"must": (Must.ALCOHOL_FREE,)}, {"scouts", "drums", "play"}),
        ({"must": (Must.LITTLE_DUTCH,)}, {"drums"}),
        ({"must": (Must.STEP_FREE,)}, {"play"}),
        ({"must": (Must.ROOM, Must.TRIAL)}, {"play"}),
        ({"day": (Weekday.WEDNESDAY,), "age": (AgeBand.FROM_12,), "must": (Must.TRIAL,)}, {"drums"}),
        ({"day": (Weekday.MONDAY,)}, set()),
        ({"q": "drum"}, {"drums"}),
        ({"q": "ELKE"}, {"drums"}),
        ({"q": "élke"}, {"drums"}),
        ({"q": "rum"}, set()),
        ({"q": "scouts jong"}, {"scouts"}),
        ({"q": "scouts drum"}, set()),
        ({"q": "kaai"}, {"drums"}),
        ({"q": "muziek"}, {"drums"}),
        ({"q": "speelplein"}, {"play"}),
        ({"q": "klad"}, set()),
        ({"q": "%"}, {"scouts", "drums", "play", "bar"}),
        ({"q": "zilver", "day": (Weekday.FRIDAY,)}, {"bar"}),
    ],
)
def test_each_filter_leaves_exactly(
    cast: Cast, town: dict[str, uuid.UUID], filters: dict[str, Any], left: set[str]
) -> None:
    assert found(cast, town, **filters) == left


def test_numbers_beside_filters_say_what_a_tap_would_give(cast: Cast, town: dict[str, uuid.UUID]) -> None:
    actor = cast.actor("hilde")
    asked = Asked(day=(Weekday.WEDNESDAY,), must=(Must.NO_CAR,))
    numbers = counts(asked, actor)
    assert (numbers.found, numbers.offers, numbers.organisations) == (2, 4, 3)
    for band in AgeBand:
        assert numbers.of(Facet.AGE, band) == len(found(cast, town, day=asked.day, must=asked.must, age=(band,)))
    for day in Weekday:
        assert numbers.of(Facet.DAY, day) == len(found(cast, town, day=(day,), must=asked.must))
    for area in ("Centrum", "Veerkaai", "Heide", "Molenhoek"):
        assert numbers.of(Facet.AREA, area) == len(found(cast, town, day=asked.day, must=asked.must, area=(area,)))
    for must in Must:
        assert numbers.of(Facet.MUST, must) == len(found(cast, town, day=asked.day, must=(Must.NO_CAR, must)))


@pytest.mark.parametrize("who", EVERYBODY)
def test_visible_offers_are_those_one_may_read(app: Flask, cast: Cast, who: str) -> None:
    for place in ("zilverreiger", "halvenoot", "stil", "lantaarn"):
        make_offer(cast.organisations[place], is_published=False)
        make_offer(cast.organisations[place])
        make_offer(cast.organisations[place], is_public=True)
    actor = cast.actor(who)
    seen = set(db.session.scalars(select(Offer.id).where(queries.visible_to(actor))))
    allowed = {offer.id for offer in db.session.scalars(select(Offer)) if can(actor, Can.READ_OFFER, offer)}
    assert seen == allowed
    assert len(seen) >= 4


@pytest.mark.parametrize("who", EVERYBODY)
def test_visible_organisations_are_those_one_may_read(app: Flask, cast: Cast, who: str) -> None:
    actor = cast.actor(who)
    seen = set(db.session.scalars(select(Organisation.id).where(queries.organisations_visible_to(actor))))
    every = db.session.scalars(select(Organisation))
    assert seen == {one.id for one in every if can(actor, Can.READ_ORGANISATION, one)}


def test_pages_have_no_holes_and_no_doubles(app: Flask, cast: Cast) -> None:
    made = [make_offer(cast.zilverreiger, name=name) for name in ["Zee", "aap", "Élan", "Bos", "bos", "Bos", "één"]]
    actor = cast.actor("hilde")
    got: list[listing.Row] = []
    while page := listing.offers(Asked(), actor=actor, after=(got[-1].order_key, got[-1].id) if got else None, limit=2):
        got += page
    assert sorted(row.id for row in got) == sorted(made)
    assert [row.name.casefold() for row in got] == ["aap", "bos", "bos", "bos", "één", "élan", "zee"]


def test_words_follow_the_names(cast: Cast, town: dict[str, uuid.UUID]) -> None:
    organisation = db.session.get(Organisation, cast.zilverreiger)
    assert organisation
    organisation.name = "Scouts Purperreiger"
    offer = db.session.get(Offer, town["drums"])
    assert offer
    offer.name = "Bas en beat"
    db.session.commit()
    assert found(cast, town, q="purper") == {"scouts", "bar"}
    assert found(cast, town, q="zilver") == set()
    assert found(cast, town, q="beat") == {"drums"}
    assert found(cast, town, q="drumlab") == set()
    rows = queries.organisations(["purper"], actor=cast.actor("hilde"), limit=9)
    assert [row.name for row in rows] == ["Scouts Purperreiger"]


def test_days_follow_the_moments(cast: Cast, town: dict[str, uuid.UUID]) -> None:
    offer = db.session.get(Offer, town["scouts"])
    assert offer
    offer.slots[0].weekday = Weekday.SUNDAY
    db.session.commit()
    assert found(cast, town, day=(Weekday.SUNDAY,)) == {"scouts"}
    db.session.delete(offer)
    db.session.commit()
    assert db.session.scalars(select(OfferTag).where(OfferTag.offer_id == town["scouts"])).all() == []


def test_organisations_by_what_they_help_with(app: Flask, cast: Cast) -> None:
    for key, helps in (("lantaarn", "tolken en vervoer"), ("jeugddienst", "lokalen, éénmalig vervoer")):
        organisation = db.session.get(Organisation, cast.organisations[key])
        assert organisation
        organisation.helps_with = helps
    make_offer(cast.zilverreiger)
    make_offer(cast.zilverreiger, is_published=False)
    db.session.commit()
    actor = cast.actor("hilde")

    def named(*words: str, **more: Any) -> list[str]:
        return [row.name for row in queries.organisations(words, actor=actor, limit=50, **more)]

    assert named("vervoer") == ["De Lantaarn", "Jeugddienst"]
    assert named("vervoer", "eenm") == ["Jeugddienst"]
    assert named(kinds=[OrganisationKind.WELFARE]) == ["De Lantaarn", "Welzijnshuis"]
    assert [row.offers for row in queries.organisations(["zilver"], actor=actor, limit=5)] == [1]
    assert queries.organisations(actor=cast.actor("guest"), limit=5) == []


def test_organisations_in_pages(app: Flask, cast: Cast) -> None:
    actor = cast.actor("hilde")
    every = queries.organisations(actor=actor, limit=50)
    got: list[Any] = []
    while page := queries.organisations(actor=actor, after=(got[-1].key, got[-1].id) if got else None, limit=2):
        got += page
    assert got == every
    assert len(every) == 6


class Statements:
    """Counts what is asked of the database."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> "Statements":
        event.listen(db.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.count += not statement.startswith("BEGIN")


@pytest.mark.parametrize(
    "path",
    ["/aanbod", "/aanbod?q=zilver&day=sat&age=12-14&must=room", "/aanbod/afdruk", "/aanbod/bestand", "/organisaties"],
)
def test_as_many_questions_for_1_as_for_30(app: Flask, cast: Cast, browse: Any, path: str) -> None:
    asked = []
    for more in (1, 29):
        for _ in range(more):
            make_offer(cast.zilverreiger)
        browser = browse("hilde")
        browser.get(path)
        with Statements() as statements:
            browser.get(path)
        asked.append(statements.count)
    assert asked[0] == asked[1]
    counted = "q=" in path  # how often somebody searches is counted, in a statement of its own
    assert asked[0] - counted <= 4  # who is asking, and the bell with the badges of the menu, are two of them


@pytest.mark.parametrize("page", ["offer", "organisation"])
def test_details_ask_little(app: Flask, cast: Cast, browse: Any, page: str) -> None:
    offer_id = make_offer(cast.zilverreiger)
    path = f"/aanbod/{offer_id}" if page == "offer" else f"/organisaties/{cast.zilverreiger}"
    asked = []
    for more in (0, 29):
        for _ in range(more):
            make_offer(cast.zilverreiger)
        browser = browse("noor")
        browser.get(path)
        with Statements() as statements:
            browser.get(path)
        asked.append(statements.count)
    assert asked[0] == asked[1] <= 8


def test_candidates_are_what_may_be_asked(cast: Cast, town: dict[str, uuid.UUID]) -> None:
    names = {offer_id: name for name, offer_id in town.items()}

    assert {names[one.id] for one in candidates.candidates(town.values())} == {"drums", "scouts", "bar", "play"}
    assert candidates.candidates([town["draft"], uuid.uuid4()]) == candidates.candidates([]) == []
    with Statements() as statements:
        drums = next(one for one in candidates.candidates(town.values()) if names[one.id] == "drums")
    assert statements.count == 2
    assert drums.organisation_name == "Muziekhuis Halve Noot"
    assert drums.interests == (Interest.MUSIC,)
    assert [one.weekday for one in drums.slots] == [Weekday.WEDNESDAY]
    assert Arrangement.TRIAL_TIMES in drums.can_arrange


def test_colleagues_are_those_of_today(app: Flask, cast: Cast) -> None:
    assert [(one.name, one.kind.value) for one in queries.colleagues(cast.zilverreiger)] == [
        ("Noor Vermeulen", "contact_point"), ("Jef Dierckx", "crew"), ("Yara Peeters", "crew"),
    ]  # fmt: skip
    assert "Mo Verhulst" not in {one.name for one in queries.colleagues(cast.lantaarn)}


def test_counting_stops_where_nobody_reads_on(
    cast: Cast, town: dict[str, uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_COUNTED", 3)
    numbers = counts(Asked(), cast.actor("hilde"))
    assert (numbers.found, numbers.of(Facet.DAY, "sat"), numbers.of(Facet.AREA, "Heide")) == (4, None, None)
    numbers = counts(Asked(day=(Weekday.WEDNESDAY,)), cast.actor("hilde"))
    assert (numbers.found, numbers.of(Facet.DAY, "sat"), numbers.of(Facet.AREA, "Heide")) == (2, None, 1)
