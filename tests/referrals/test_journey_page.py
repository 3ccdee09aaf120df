"""The page of one question: the next step for each status and side, and what each side may and may not read."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories
from tests.factories import CANARY_NAME, CANARY_PHONE
from tests.people import PEOPLE, Cast
from tests.referrals.states import put
from tests.referrals.steps import again, answer_link, counted, id_of, notices, status_of
from tests.support.browse import Browse
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.notifications.models import Notice
from webapp.referrals import actions, answering, sealed
from webapp.referrals.lifecycle import REFERRAL, ReferralStatus
from webapp.referrals.models import Referral, Reminder
from webapp.vocabulary.outcomes import Outcome
from webapp.web.dates import long_day
from webapp.web.i18n import in_language

R = ReferralStatus


def _paused(cast: Cast) -> Referral:
    referral = factories.sent(cast)
    actions.pause(referral, clock.today() + timedelta(days=20), by=cast.actor("hilde"))
    db.session.commit()
    return referral


def _stopped(cast: Cast) -> Referral:
    referral = factories.trying(cast)
    actions.stop(referral, Outcome.FIT, by=cast.actor("hilde"))
    db.session.commit()
    return referral


def _settled(cast: Cast) -> Referral:
    referral = factories.trying(cast)
    actions.settle(referral, by=cast.actor("hilde"))
    db.session.commit()
    return referral


def _planned(cast: Cast) -> Referral:
    return db.session.get_one(Referral, factories.planned(cast).referral_id)


STAGES: dict[str, tuple[Callable[[Cast], Referral], str, str | None]] = {
    "draft": (factories.draft, "Nog niet verstuurd", None),
    "seeking": (factories.sent, "2 verenigingen denken na", None),
    "choosing": (factories.answered, "mag kiezen", None),
    "welcoming": (factories.chosen, "Eerst de toestemming", "komt naar jullie"),
    "agreed": (factories.agreed, "Wie wacht aan de deur?", "komt naar jullie"),
    "planned": (_planned, "De eerste keer:", "De eerste keer:"),
    "trying": (factories.trying, "We blikken terug op", "komt bij jullie proberen"),
    "settled": (_settled, "hoort erbij", "hoort erbij"),
    "paused": (_paused, "We vragen het opnieuw op", None),
    "stopped": (_stopped, "Gestopt", "Dit is afgelopen"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_each_side_reads_its_next_step(browse: Browse, cast: Cast, stage: str) -> None:
    make, for_guide, for_receiver = STAGES[stage]
    referral_id = id_of(make(cast))
    for who in ("hilde", "lena"):
        page = browse(who).get(f"/toeleidingen/{referral_id}")
        assert page.status == 200
        assert page.says(for_guide), page.words
    page = browse("bram").get(f"/toeleidingen/{referral_id}")
    assert page.status == (200 if for_receiver else 404)
    if for_receiver:
        assert page.says(for_receiver), page.words


@pytest.mark.parametrize("stage", STAGES)
def test_every_way_on_the_page_works_for_who_reads_it(browse: Browse, cast: Cast, stage: str) -> None:
    make, _guide, for_receiver = STAGES[stage]
    referral_id = id_of(make(cast))
    for who in ("hilde", "bram") if for_receiver else ("hilde",):
        visitor = browse(who)
        for href in visitor.get(f"/toeleidingen/{referral_id}").links():
            if str(referral_id) in href and "#" not in href:
                assert visitor.get(href).status in (200, 303, 405, 409), href


@pytest.mark.parametrize("stage", ["welcoming", "planned", "trying", "stopped"])
def test_the_receiving_side_reads_nothing_of_the_search(browse: Browse, cast: Cast, stage: str) -> None:
    referral = STAGES[stage][0](cast)
    referral.own_words_sealed = sealed.seal(referral, "referral", "own_words", "kanariewens")
    db.session.commit()
    page = browse("bram").get(f"/toeleidingen/{id_of(referral)}")
    for word in ("Scouts Zilverreiger", "kanariewens", "meteen drummen", "Antwoorden", "Afronden"):
        assert word not in page.words, word
    assert page.says("12 tot 14 jaar")
    assert browse("hilde").get(f"/toeleidingen/{referral.id}").says("kanariewens", "Scouts Zilverreiger")


def test_a_hidden_sender_stays_hidden_for_the_receiving_side(browse: Browse, cast: Cast) -> None:
    referral = factories.agreed(cast)
    referral.hides_sender = True
    db.session.commit()
    page = browse("bram").get(f"/toeleidingen/{id_of(referral)}")
    assert page.says("Een netwerkpartner")
    for word in ("Hilde", "De Lantaarn", "Maes"):
        assert word not in page.text


def test_a_hidden_sender_stays_hidden_whoever_of_them_acts(browse: Browse, cast: Cast) -> None:
    referral = factories.agreed(cast)
    referral.hides_sender = True
    db.session.commit()
    referral_id = id_of(referral)
    base = f"/toeleidingen/{referral_id}"
    for who in ("lena", "hilde", "bram"):
        assert browse(who).post(f"{base}/contactkaart").status == 200
    assert browse("lena").post(f"{base}/akkoord/intrekken").status == 303
    for receiver in ("bram", "yara"):
        if receiver == "yara":  # Bram leaves, his seat takes over
            put(referral_id, receiver_id=None)
        page = browse(receiver).get(base)
        assert page.says("Een netwerkpartner", "door een netwerkpartner")
        for word in ("Lena", "Smet", "Hilde", "Maes", "De Lantaarn"):
            assert word not in page.text, (receiver, word)
        assert ("Jij" if receiver == "bram" else "Bram") in page.words
    put(referral_id, guide_id=None)
    assert "Hilde" not in browse("yara").get(base).text


def test_the_card_shows_the_own_words_to_the_receiving_side(browse: Browse, cast: Cast) -> None:
    referral = factories.agreed(cast)
    referral.own_words_sealed = sealed.seal(referral, "referral", "own_words", "kanariewens")
    db.session.commit()
    opened = browse("bram").post(f"/toeleidingen/{id_of(referral)}/contactkaart")
    assert opened.says("kanariewens", CANARY_NAME)


def test_the_bridge_tells_when(browse: Browse, cast: Cast) -> None:
    page = browse("hilde").get(f"/toeleidingen/{id_of(factories.trying(cast))}")
    assert 'aria-label="Stap 5 van 6: Probeert"' in page.text
    assert page.says("sinds")


def test_settle_stop_pause_resume_and_seek_again(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.trying(cast))
    hilde, base = browse("hilde"), f"/toeleidingen/{referral_id}"
    assert hilde.post(f"{base}/afronden").status == 303
    assert status_of(referral_id) == "settled"
    assert hilde.post(f"{base}/afronden").status == 409
    asked = hilde.get(f"{base}/opnieuw")
    assert asked.says("Muziekhuis Halve Noot hoort dat het stopt.", "Ze komen niet terug.")
    assert status_of(referral_id) == "settled"
    assert hilde.submit(asked, f"{base}/opnieuw").status == 303
    assert status_of(referral_id) == "seeking"
    assert not hilde.get(f"{base}/pauzeren").says("hoort dat het stopt")  # nobody waits any more
    past = hilde.submit(hilde.get(f"{base}/pauzeren"), f"{base}/pauzeren", ask_again_on="2020-01-01")
    assert past.status == 422
    assert past.says("Die dag is voorbij.")
    assert hilde.submit(hilde.get(f"{base}/pauzeren"), f"{base}/pauzeren").status == 303
    assert status_of(referral_id) == "paused"
    assert hilde.post(f"{base}/hervatten").status == 303
    nothing = hilde.post(f"{base}/stoppen", {})
    assert nothing.status == 422
    assert nothing.says("Kies wat het best past.")
    assert hilde.submit(hilde.get(f"{base}/stoppen"), f"{base}/stoppen", outcome="fit").status == 303
    referral = again(Referral, referral_id)
    assert (referral.status, referral.outcome) == (R.STOPPED, Outcome.FIT)
    assert hilde.get(base).says("Het paste niet") or hilde.get(base).says("Gestopt")


@pytest.mark.parametrize("path", ["afronden", "opnieuw", "hervatten", "pauzeren", "stoppen", "kiezen/later"])
def test_ending_is_for_who_guides(browse: Browse, cast: Cast, path: str) -> None:
    referral_id = id_of(factories.trying(cast))
    for who in ("pieter", "fatma", "noor", "jef", "yara", "tine", "bo", "frank", "ada", "moved"):
        assert browse(who).post(f"/toeleidingen/{referral_id}/{path}").status == 404, who
    assert browse("bram").post(f"/toeleidingen/{referral_id}/{path}").status == 403
    assert browse("guest").post(f"/toeleidingen/{referral_id}/{path}").status == 401
    assert status_of(referral_id) == "trying"


def test_what_a_pause_takes_along_is_said_before(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    page = browse("hilde").get(f"/toeleidingen/{referral_id}/pauzeren")
    assert page.says("Muziekhuis Halve Noot hoort dat het stopt.", "de contactkaart")


def test_how_long_they_have_is_said_as_long_as_somebody_may_answer(browse: Browse, cast: Cast) -> None:
    referral = factories.sent(cast, ["zilverreiger"])
    page, ask = f"/toeleidingen/{referral.id}", factories.ask_of(referral, cast.zilverreiger)
    assert browse("hilde").get(page).says("veertien werkdagen")
    answering.decline(ask, by=cast.actor("noor"))
    db.session.commit()
    answered = browse("hilde").get(page)
    assert answered.status == 200
    assert not answered.says("veertien werkdagen")


def test_when_the_day_has_come_another_one_can_be_agreed(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.sent(cast))
    hilde, base = browse("hilde"), f"/toeleidingen/{referral_id}"
    first, second = (clock.today() + timedelta(days=days) for days in (7, 40))
    hilde.submit(hilde.get(f"{base}/pauzeren"), f"{base}/pauzeren", ask_again_on=first.isoformat())
    with in_language("nl"):
        assert hilde.get(base).says(f"We vragen het opnieuw op {long_day(first)}.", "Een andere dag")
        with clock.at(clock.now() + timedelta(days=8)):
            assert browse("hilde").get(base).says(f"Jullie spraken af om het op {long_day(first)} opnieuw te vragen.")
    asked = hilde.get(f"{base}/pauzeren")
    assert not asked.says("hoort dat wachten niet hoeft")  # nobody was asked since
    assert hilde.submit(asked, f"{base}/pauzeren", ask_again_on=second.isoformat()).status == 303
    assert again(Referral, referral_id).ask_again_on == second
    assert db.session.scalars(select(Reminder.counted_from).where(Reminder.ask_id.is_(None))).all() == [second]
    db.session.rollback()


def test_fields_that_are_not_ours_are_refused(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.trying(cast))
    for path in ("afronden", "opnieuw", "contactkaart", "gelukt", "welkomstkaart", "stoppen", "pauzeren"):
        assert browse("hilde").post(f"/toeleidingen/{referral_id}/{path}", {"status": "settled"}).status == 400, path
    assert status_of(referral_id) == "trying"


def test_the_buttons_are_the_steps_that_may_be_taken(cast: Cast) -> None:
    for make, *_rest in STAGES.values():
        referral = make(cast)
        for who in PEOPLE:
            if who != "gone":
                allowed = actions.allowed_steps(referral, by=cast.actor(who))
                assert allowed <= {one.name for one in REFERRAL.open_from(referral.status)}
                assert who in ("hilde", "lena", "bram") or not allowed


def test_the_name_stands_nowhere_but_on_the_opened_card(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    referral = again(Referral, plan.referral_id)
    ask = factories.ask_of(referral, cast.halvenoot)
    ids = {"referral": referral.id, "ask": ask.id, "plan": plan.id}
    db.session.rollback()
    paths = [
        "/vandaag", "/toeleidingen", "/meldingen", f"/toeleidingen/{ids['referral']}", f"/antwoord/{ids['ask']}",
        *(f"/toeleidingen/{ids['referral']}/{one}" for one in
          ("kiezen", "akkoord", "akkoord/intrekken", "welkomstplan", "pauzeren", "stoppen", "wie", "wensen", "match")),
    ]  # fmt: skip
    for who in ("hilde", "lena", "pieter", "bram", "yara", "noor", "tine", "bo", "ada"):
        visitor = browse(who)
        for path in paths:
            shown = visitor.client.get(path, base_url=visitor.base_url).get_data(as_text=True)
            assert CANARY_NAME not in shown, (who, path)
            assert CANARY_PHONE not in shown, (who, path)
    guest = browse("guest")
    guest.get(answer_link(ids["ask"], cast.bram))
    assert CANARY_NAME not in guest.get(f"/antwoord/{ids['ask']}").text
    told = [str(vars(one)) for kind in (Notice, outbox.Job) for one in db.session.scalars(select(kind))]
    assert told
    assert not any(CANARY_NAME in one or CANARY_PHONE in one for one in told)


def test_the_name_is_in_no_log(browse: Browse, cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    referral_id = id_of(factories.agreed(cast))
    browse("hilde").post(f"/toeleidingen/{referral_id}/contactkaart")
    written = "".join(str(vars(one)) for one in caplog.records)
    assert str(referral_id) in written
    assert CANARY_NAME not in written
    assert CANARY_PHONE not in written


def test_the_page_asks_little_and_always_the_same(browse: Browse, cast: Cast) -> None:
    referral = factories.trying(cast)
    few = id_of(referral)
    hilde = browse("hilde")
    hilde.get(f"/toeleidingen/{few}")
    with counted() as asked:
        hilde.get(f"/toeleidingen/{few}")
    assert len(asked) <= 8 + 2, asked  # two of them write down that somebody looked
    for _ in range(12):
        hilde.post(f"/toeleidingen/{few}/contactkaart")
    many = again(Referral, few)
    actions.seek_again(many, by=cast.actor("hilde"))
    for place in ("stil", "zilverreiger", "jeugddienst"):
        offer = factories.offer(cast, place)
        actions.send(many, [actions.Target(offer.id, offer.organisation_id)], by=cast.actor("hilde"))
    db.session.commit()
    with counted() as more:
        hilde.get(f"/toeleidingen/{few}")
    assert len(more) <= len(asked)


def test_everybody_hears_of_the_end(cast: Cast) -> None:
    referral = factories.trying(cast)
    actions.settle(referral, by=cast.actor("hilde"))
    db.session.commit()
    assert notices(cast, "bram")[-1] == "ended"


def test_what_was_asked_of_nobody_we_know_is_404(browse: Browse) -> None:
    assert browse("hilde").get(f"/toeleidingen/{uuid.uuid4()}").status == 404
