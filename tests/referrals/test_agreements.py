"""The agreement and the contact card: sealed, opened on demand, each look written down, wiped in the same second."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from tests import factories
from tests.factories import CANARY_NAME, CANARY_PHONE
from tests.people import Cast
from tests.referrals.steps import again, audit_unwritable, id_of, notices, without_what_differs
from tests.support.browse import Browse, Browser, Page
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid, NotAllowed, StepRefused, Unavailable
from webapp.referrals import actions, agreements, sealed
from webapp.referrals.agreements import Identity, Said
from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute
from webapp.referrals.models import ContactCard, Referral

CANARIES = (CANARY_NAME, CANARY_PHONE)
WORDS = "Ik ben een kanariepietlied."


def _said(**changes: Any) -> Said:
    today = clock.today()
    values = {"agreed_by": AgreedBy.SELF, "agreed_how": AgreedHow.TOGETHER, "agreed_on": today,
              "valid_until": today + timedelta(days=60), "understood": True}  # fmt: skip
    return Said(**{**values, **changes})


def _card(**changes: Any) -> Identity:
    values = {"name": CANARY_NAME, "route": ContactRoute.PARENT, "contact": CANARY_PHONE}
    return Identity(**{**values, **changes})


def _open(browser: Browser, referral_id: uuid.UUID, **kwargs: bool) -> Page:
    return browser.post(f"/toeleidingen/{referral_id}/contactkaart", **kwargs)


def _has(page: Page) -> bool:
    return any(one in page.text for one in CANARIES)


# writing it down


@pytest.mark.parametrize(
    ("said", "card", "field"),
    [
        ({"understood": False}, {}, "understood"),
        ({"agreed_on": 1}, {}, "agreed_on"),
        ({"valid_until": -1}, {}, "valid_until"),
        ({"valid_until": 181}, {}, "valid_until"),
        ({}, {"name": ""}, "name"),
        ({}, {"contact": ""}, "contact"),
    ],
)
def test_what_is_not_complete_opens_nothing(cast: Cast, said: dict[str, int], card: dict[str, Any], field: str) -> None:
    """Days are counted from today, the day on which the test runs."""
    referral = factories.chosen(cast)
    days = {name: clock.today() + timedelta(days=value) for name, value in said.items() if name != "understood"}
    with pytest.raises(Invalid) as refusal:
        agreements.record(referral, _said(**{**said, **days}), _card(**card), by=cast.actor("hilde"))
    assert set(refusal.value.errors) == {field}
    assert not referral.has_agreement


def test_through_the_guide_needs_no_number(cast: Cast) -> None:
    referral = factories.chosen(cast)
    agreements.record(referral, _said(), _card(contact="", route=ContactRoute.GUIDE), by=cast.actor("hilde"))
    assert referral.has_agreement


def test_only_with_a_place_and_only_by_who_guides(cast: Cast) -> None:
    with pytest.raises(StepRefused):
        agreements.record(factories.sent(cast), _said(), _card(), by=cast.actor("hilde"))
    referral = factories.chosen(cast)
    for who in ("bram", "pieter", "fatma", "bo", "tine", "ada", "guest"):
        with pytest.raises(NotAllowed):
            agreements.record(referral, _said(), _card(), by=cast.actor(who))


def test_the_form_writes_the_agreement_and_shows_it_without_the_name(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.chosen(cast))
    hilde, path = browse("hilde"), f"/toeleidingen/{referral_id}/akkoord"
    page = hilde.get(path)
    assert page.says("Verteld, begrepen, akkoord", "Muziekhuis Halve Noot krijgt je voornaam")
    assert "data-no-device-copy" in page.text
    empty = hilde.submit(page, path)
    assert empty.says("Kies wie akkoord gaat.", "Vink dit alleen aan als het verteld en begrepen is.")  # all at once
    unfinished = hilde.submit(page, path, name=CANARY_NAME, agreed_by="self", agreed_how="together", route="parent")
    assert unfinished.status == 422
    assert unfinished.form(path)["name"] == CANARY_NAME
    assert unfinished.says("Vink dit alleen aan als het verteld en begrepen is.", "Vul een telefoonnummer")
    done = hilde.submit(unfinished, path, understood="y", contact=CANARY_PHONE)
    assert done.status == 303
    shown = hilde.follow(done)
    assert shown.says("zei ja op", "Wie keek", "We wissen de naam op")
    assert not _has(shown)
    assert notices(cast, "bram")[-1] == "agreement_recorded"


# opening the card


def test_it_opens_for_those_involved_and_each_look_is_listed(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    for who, name in (("hilde", "Hilde"), ("bram", "Bram"), ("lena", "Lena")):
        opened = _open(browse(who), referral_id)
        assert opened.status == 200, who
        assert opened.says(*CANARIES)
        assert name in browse("hilde" if who != "hilde" else "bram").get(f"/toeleidingen/{referral_id}").words
    page = browse("bram").get(f"/toeleidingen/{referral_id}")
    order = [page.words.rindex(name) for name in ("Lena", "Jij", "Hilde")]
    assert order == sorted(order)  # newest first
    assert not _has(page)


def test_as_a_fragment_it_is_one_element(browse: Browse, cast: Cast) -> None:
    opened = _open(browse("hilde"), id_of(factories.agreed(cast)), partial=True)
    assert opened.status == 200
    assert opened.text.strip().startswith('<div id="referrals-card"')


@pytest.mark.parametrize("who", ["pieter", "fatma", "noor", "jef", "yara", "tine", "bo", "frank", "ada", "moved"])
def test_nobody_else_sees_that_there_is_something(browse: Browse, cast: Cast, who: str) -> None:
    referral_id = id_of(factories.agreed(cast))
    visitor = browse(who)
    foreign, unknown = _open(visitor, referral_id), _open(visitor, uuid.uuid4())
    assert foreign.status == unknown.status == 404
    assert without_what_differs(foreign) == without_what_differs(unknown)
    shown, nowhere = visitor.get(f"/toeleidingen/{referral_id}"), visitor.get(f"/toeleidingen/{uuid.uuid4()}")
    assert shown.status == nowhere.status == 404
    assert without_what_differs(shown) == without_what_differs(nowhere)


def test_a_guest_with_the_link_must_sign_in_to_see_who_it_is(browse: Browse, cast: Cast) -> None:
    from tests.referrals.steps import answer_link

    referral = factories.agreed(cast)
    ask_id, referral_id = factories.ask_of(referral, cast.halvenoot).id, referral.id
    db.session.rollback()
    guest = browse("guest")
    guest.get(answer_link(ask_id, cast.bram))
    assert guest.get(f"/antwoord/{ask_id}").status == 200
    assert guest.get(f"/toeleidingen/{referral_id}").status == 303
    assert _open(guest, referral_id).status == 401


def test_without_an_agreement_there_is_nothing_to_open(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.chosen(cast))
    assert _open(browse("bram"), referral_id).status == 403
    assert _open(browse("hilde"), referral_id).status == 403


def test_opening_asks_for_fresh_proof(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    hilde = browse("hilde")
    with clock.at(clock.now() + timedelta(minutes=16)):
        asked = _open(hilde, referral_id)
        assert asked.status == 303
        assert not _has(asked)
        assert hilde.get(f"/toeleidingen/{referral_id}").status == 200


def test_a_get_opens_nothing(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    assert browse("hilde").get(f"/toeleidingen/{referral_id}/contactkaart").status == 405


def test_no_look_without_its_entry(app: Flask, browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    hilde = browse("hilde")
    hilde.get(f"/toeleidingen/{referral_id}")
    with audit_unwritable():
        opened, page = _open(hilde, referral_id), hilde.get(f"/toeleidingen/{referral_id}")
    assert opened.status == page.status == 503
    assert not _has(opened)
    assert "muziek" not in page.words
    assert _open(hilde, referral_id).status == 200


def test_a_ciphertext_on_another_card_or_in_another_column_does_not_open(cast: Cast) -> None:
    first, second = factories.agreed(cast), factories.agreed(cast)
    rows = {one.id: db.session.get_one(ContactCard, one.id) for one in (first, second)}
    kept = rows[second.id].name_sealed
    rows[second.id].name_sealed = rows[first.id].name_sealed
    with pytest.raises(Unavailable):
        sealed.card(second, rows[second.id])
    rows[second.id].name_sealed = rows[second.id].contact_sealed
    with pytest.raises(Unavailable):
        sealed.card(second, rows[second.id])
    rows[second.id].name_sealed = kept
    assert sealed.card(second, rows[second.id])[0] == CANARY_NAME


def test_a_moved_ciphertext_answers_503_without_text(browse: Browse, cast: Cast) -> None:
    first, second = factories.agreed(cast), factories.agreed(cast)
    second_id = second.id
    db.session.get_one(ContactCard, second_id).name_sealed = db.session.get_one(ContactCard, first.id).name_sealed
    db.session.commit()
    refused = _open(browse("hilde"), second_id)
    assert refused.status == 503
    assert not _has(refused)


# taking it back


def test_withdrawal_wipes_at_once_and_tells_both_sides(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    hilde, bram = browse("hilde"), browse("bram")
    assert _open(bram, referral_id).status == 200
    sure = hilde.get(f"/toeleidingen/{referral_id}/akkoord/intrekken")
    assert sure.says("Toestemming intrekken?", "De plek blijft", "Ook het gesprek en de notities, wie meegaat")
    done = hilde.submit(sure, f"/toeleidingen/{referral_id}/akkoord/intrekken")
    assert done.status == 303
    assert _open(bram, referral_id).status == _open(hilde, referral_id).status == 403
    page = bram.get(f"/toeleidingen/{referral_id}")
    assert page.says("De kaart en de woorden zijn gewist", "De naam is gewist.")
    referral = again(Referral, referral_id)
    assert (referral.status, referral.has_agreement, referral.data_key) == ("welcoming", False, None)
    assert notices(cast, "bram")[-1] == notices(cast, "hilde")[-1] == "agreement_withdrawn"
    assert hilde.post(f"/toeleidingen/{referral_id}/akkoord/intrekken").status == 409


def test_the_association_that_hears_it_first_takes_it_back_too(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    hilde, bram = browse("hilde"), browse("bram")
    path = f"/toeleidingen/{referral_id}/akkoord/intrekken"
    assert path in bram.get(f"/toeleidingen/{referral_id}").text
    sure = bram.get(path)
    assert sure.says("Toestemming intrekken?", "Dan noteer je het hier")
    told = bram.follow(bram.submit(sure, path))
    assert told.says("De kaart en de woorden zijn gewist")
    assert _open(bram, referral_id).status == _open(hilde, referral_id).status == 403
    assert again(ContactCard, referral_id) is None
    assert notices(cast, "bram")[-1] == notices(cast, "hilde")[-1] == "agreement_withdrawn"
    assert "Bram" in hilde.get(f"/toeleidingen/{referral_id}").words
    late = hilde.post(path)
    assert late.status == 409


@pytest.mark.parametrize(
    ("who", "status"), [("pieter", 404), ("noor", 404), ("yara", 404), ("tine", 404), ("lena", 303)]
)
def test_only_who_is_involved_withdraws(browse: Browse, cast: Cast, who: str, status: int) -> None:
    referral_id = id_of(factories.agreed(cast))
    assert browse(who).post(f"/toeleidingen/{referral_id}/akkoord/intrekken").status == status


def _bytes_of_database(app: Flask) -> bytes:
    if db.engine.dialect.name != "sqlite":
        tables = [
            row[0] for row in db.session.execute(text("SELECT tablename FROM pg_tables WHERE schemaname='public'"))
        ]
        rows = [str(db.session.execute(text(f'SELECT * FROM "{one}"')).all()) for one in tables]  # noqa: S608 - names of tables
        db.session.rollback()
        return "".join(rows).encode()
    file = Path(str(db.engine.url.database))
    beside = [file.with_name(file.name + end) for end in ("", "-wal", "-shm")]
    return b"".join(one.read_bytes() for one in beside if one.exists())


def test_no_name_in_the_bytes_and_after_withdrawal_no_ciphertext_either(app: Flask, browse: Browse, cast: Cast) -> None:
    referral = factories.chosen(cast)
    actions_by = cast.actor("hilde")
    referral.own_words_sealed = sealed.seal(referral, "referral", "own_words", WORDS)
    agreements.record(referral, _said(), _card(), by=actions_by)
    db.session.commit()
    referral_id = referral.id
    row = db.session.get_one(ContactCard, referral_id)
    secrets = [one.encode() for one in (row.name_sealed, row.contact_sealed, referral.own_words_sealed,
                                        referral.data_key or "")]  # fmt: skip
    db.session.rollback()
    _open(browse("hilde"), referral_id)
    _open(browse("bram"), referral_id)
    written = _bytes_of_database(app)
    for canary in (*CANARIES, WORDS):
        assert canary.encode() not in written
    assert all(one in written for one in secrets)
    browse("hilde").post(f"/toeleidingen/{referral_id}/akkoord/intrekken")
    left = _bytes_of_database(app)
    assert not any(one in left for one in secrets)


def test_an_agreement_that_ran_out_ends_by_itself(cast: Cast) -> None:
    referral = factories.agreed(cast)
    with clock.at(clock.now() + timedelta(days=90)):
        agreements.wipe_what_ran_out()
        assert referral.has_agreement
    with clock.at(clock.now() + timedelta(days=91)):
        agreements.wipe_what_ran_out()
        agreements.wipe_what_ran_out()
        db.session.commit()
    assert not referral.has_agreement
    assert db.session.get(ContactCard, referral.id) is None
    assert notices(cast, "bram").count("agreement_withdrawn") == 1


def test_ninety_days_after_the_end_the_name_goes(cast: Cast) -> None:
    referral = factories.trying(cast)
    agreements.record(referral, _said(valid_until=clock.today() + timedelta(days=180)), _card(),
                      by=cast.actor("hilde"))  # fmt: skip
    actions.settle(referral, by=cast.actor("hilde"))
    db.session.commit()
    assert agreements.wiped_on(referral) == clock.local(referral.moved_at + timedelta(days=90)).date()
    with clock.at(clock.now() + timedelta(days=89)):
        agreements.wipe_what_ran_out()
        assert referral.has_agreement
    with clock.at(clock.now() + timedelta(days=91)):
        agreements.wipe_what_ran_out()
        assert not referral.has_agreement
