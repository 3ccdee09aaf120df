"""A few words around a question: who reads them, where they never show up, and when they go."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests import factories
from tests.people import Cast
from tests.referrals.steps import again, id_of, notices
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.core.errors import StepRefused
from webapp.core.history import History
from webapp.notifications.models import DemoMail
from webapp.policy.rules import NotAllowed
from webapp.referrals import actions, agreements, talk
from webapp.referrals.between import Post
from webapp.referrals.codes import PostKind
from webapp.referrals.models import Referral
from webapp.vocabulary.outcomes import Outcome

SAID, NOTED, NOTED_THERE = "Het gaat kanariegoed.", "Nog eens kanariebellen.", "Kanariedrumstok klaarleggen."


def spoken(cast: Cast) -> Referral:
    """Both sides said and noted something."""
    referral = factories.agreed(cast)
    talk.write(referral, PostKind.MESSAGE, SAID, by=cast.actor("bram"))
    talk.write(referral, PostKind.NOTE, NOTED, by=cast.actor("hilde"))
    talk.write(referral, PostKind.NOTE, NOTED_THERE, by=cast.actor("bram"))
    db.session.commit()
    return referral


def posts() -> int:
    db.session.rollback()
    return db.session.query(Post).count()


def test_both_sides_read_the_words_and_each_its_own_notes(browse: Browse, cast: Cast) -> None:
    path = f"/toeleidingen/{id_of(spoken(cast))}"
    reads = {who: browse(who).get(path).text for who in ("hilde", "lena", "bram")}
    assert {who: [SAID in page, NOTED in page, NOTED_THERE in page] for who, page in reads.items()} == {
        "hilde": [True, True, False],
        "lena": [True, True, False],
        "bram": [True, False, True],
    }


def test_words_are_sealed_and_show_up_nowhere_else(app: Flask, browse: Browse, cast: Cast) -> None:
    referral_id = id_of(spoken(cast))
    for who in ("hilde", "bram", "yara", "tine", "bo"):
        browser = browse(who)
        for path in ("/", "/toeleidingen", "/meldingen"):
            assert "anarie" not in browser.get(path).text, (who, path)
    sealed = list(db.session.scalars(select(Post.words_sealed).where(Post.referral_id == referral_id)))
    told = [one.step for one in db.session.scalars(select(History))] + list(db.session.scalars(select(Audit.reason)))
    mails = [one.subject + one.body for one in db.session.scalars(select(DemoMail))]
    assert len(sealed) == 3
    assert not [one for one in (*sealed, *map(str, told), *mails) if "anarie" in one]


def test_words_cannot_be_moved_to_another_row(cast: Cast) -> None:
    referral = spoken(cast)
    first, second = db.session.scalars(select(Post).order_by(Post.written_at).limit(2))
    first.words_sealed = second.words_sealed
    db.session.flush()
    with pytest.raises(Exception, match="could not be opened"):
        list(talk.opened(referral, talk.around.around(referral, [])))


def test_the_other_side_is_told_once_an_hour_without_the_words(cast: Cast) -> None:
    referral = spoken(cast)
    assert notices(cast, "hilde")[-1] == "written"
    before = len(notices(cast, "hilde"))
    referral = again(Referral, referral.id)
    talk.write(referral, PostKind.MESSAGE, "Nog iets.", by=cast.actor("bram"))
    db.session.commit()
    assert len(notices(cast, "hilde")) == before
    with clock.at(clock.now() + timedelta(hours=2)):
        talk.write(again(Referral, referral.id), PostKind.MESSAGE, "En dit.", by=cast.actor("bram"))
        db.session.commit()
    assert len(notices(cast, "hilde")) == before + 1
    assert "written" not in notices(cast, "bram")


def test_notes_tell_nobody(cast: Cast) -> None:
    referral = factories.chosen(cast)
    before = {who: notices(cast, who) for who in ("hilde", "lena", "bram", "yara")}
    talk.write(again(Referral, referral.id), PostKind.NOTE, NOTED, by=cast.actor("hilde"))
    db.session.commit()
    assert {who: notices(cast, who) for who in before} == before


def test_a_name_is_shown_once_more_before_it_is_sent(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.chosen(cast))
    bram = browse("bram")
    page = bram.get(f"/toeleidingen/{referral_id}")
    action = f"/toeleidingen/{referral_id}/gesprek"
    warned = bram.submit(page, action, message="Vandaag was Lukas er, bel 0470 12 34 56")
    assert warned.status == 422
    assert warned.says("Dit lijkt op een telefoonnummer.", "Dit lijkt op een naam.")
    assert "Lukas" in warned.text
    assert posts() == 0
    assert bram.submit(warned, action, keep_words="y").status == 303
    assert posts() == 1
    empty = bram.submit(bram.get(f"/toeleidingen/{referral_id}"), action, message="  ")
    assert (empty.status, posts()) == (422, 1)


def test_what_was_refused_is_not_folded_away_on_a_phone(browse: Browse, cast: Cast) -> None:
    path, hilde = f"/toeleidingen/{id_of(factories.agreed(cast))}", browse("hilde")
    for action, name, part, other in (
        ("gesprek", "message", "gesprek", "notities"),
        ("notities", "note", "notities", "gesprek"),
    ):
        page = hilde.submit(hilde.get(path), f"{path}/{action}", **{name: "Bel 0470 11 22 33."})
        assert page.status == 422
        folds = {node.get("id"): (node.get("open"), node.get("data-wide")) for node in page.nodes() if node.get("id")}
        assert folds[part] == ("", None)
        assert folds[other] == (None, "")


def test_words_that_say_why_are_shown_once_more(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.chosen(cast))
    bram, action = browse("bram"), f"/toeleidingen/{referral_id}/gesprek"
    page = bram.get(f"/toeleidingen/{referral_id}")
    assert 'data-care-message-never="Dit zegt misschien waarom' in page.text  # while somebody types
    warned = bram.submit(page, action, message="Is het door de medicatie?")
    assert (warned.status, posts()) == (422, 0)
    assert warned.says("Dit zegt misschien waarom")
    assert bram.submit(warned, action, keep_words="y").status == 303


def test_a_hidden_sender_stays_hidden_in_the_words(browse: Browse, cast: Cast) -> None:
    referral = factories.chosen(cast)
    referral.hides_sender = True
    db.session.commit()
    talk.write(referral, PostKind.MESSAGE, "Woensdag past.", by=cast.actor("hilde"))
    db.session.commit()
    referral_id = id_of(referral)
    page = browse("bram").get(f"/toeleidingen/{referral_id}")
    assert page.says("Woensdag past.")
    assert not [word for word in ("Hilde", "Maes", "De Lantaarn") if word in page.text]
    hilde = browse("hilde")
    told = hilde.submit(
        hilde.get(f"/toeleidingen/{referral_id}"),
        f"/toeleidingen/{referral_id}/gesprek",
        message="Wij van de lantaarn komen mee.",
    )
    assert told.status == 422


def test_who_has_no_part_in_it_writes_nothing(cast: Cast) -> None:
    referral = factories.chosen(cast)
    for who in ("pieter", "yara", "fatma", "noor", "bo", "tine", "ada"):
        for kind in PostKind:
            with pytest.raises(NotAllowed):
                talk.write(referral, kind, "Dag.", by=cast.actor(who))


def test_before_a_place_is_chosen_there_is_nobody_to_talk_to(cast: Cast) -> None:
    referral = factories.sent(cast)
    with pytest.raises(StepRefused):
        talk.write(referral, PostKind.MESSAGE, SAID, by=cast.actor("hilde"))
    talk.write(referral, PostKind.NOTE, NOTED, by=cast.actor("hilde"))


def test_a_withdrawal_wipes_and_closes(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(spoken(cast))
    agreements.withdraw(again(Referral, referral_id), by=cast.actor("bram"))
    db.session.commit()
    assert posts() == 0
    for who in ("hilde", "bram"):
        page = browse(who).get(f"/toeleidingen/{referral_id}")
        assert f"/toeleidingen/{referral_id}/gesprek" not in page.text
    for kind in PostKind:
        with pytest.raises(StepRefused):
            talk.write(again(Referral, referral_id), kind, "Dag.", by=cast.actor("hilde"))


def test_what_was_said_at_a_place_goes_with_it(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(spoken(cast))
    actions.seek_again(again(Referral, referral_id), by=cast.actor("hilde"))
    db.session.commit()
    page = browse("hilde").get(f"/toeleidingen/{referral_id}")
    assert [one in page.text for one in (SAID, NOTED, NOTED_THERE)] == [False, True, False]
    assert posts() == 1


def test_at_the_end_nothing_more_is_written(cast: Cast) -> None:
    referral = factories.sent(cast)
    actions.stop(referral, next(iter(Outcome)), by=cast.actor("hilde"))
    with pytest.raises(StepRefused):
        talk.write(referral, PostKind.NOTE, NOTED, by=cast.actor("hilde"))


def test_one_wipes_ones_own_words_and_they_are_gone_from_the_file(app: Flask, browse: Browse, cast: Cast) -> None:
    referral_id = id_of(spoken(cast))
    bram = browse("bram")
    page = bram.get(f"/toeleidingen/{referral_id}")
    wipe = [one.get("action") for one in page.nodes() if (one.get("action") or "").endswith("/wissen")]
    assert len(wipe) == 2
    assert bram.submit(page, wipe[0]).status == 303
    assert posts() == 2
    assert db.session.execute(text("SELECT count(*) FROM erasure WHERE kind = 'post'")).scalar() == 1
