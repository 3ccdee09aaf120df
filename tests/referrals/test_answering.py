"""What an association says: each answer, who may give it, who hears of it, and how it closes."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories
from tests.people import Cast
from tests.referrals.steps import notices
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed, StepRefused
from webapp.core.history import History
from webapp.policy.actor import Actor, Grant, Key
from webapp.referrals import actions, answering, queries
from webapp.referrals.answering import Welcome
from webapp.referrals.codes import IdeaKind
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.models import Ask, Referral
from webapp.vocabulary.outcomes import NotNow, Outcome


def _sent(cast: Cast) -> tuple[Referral, Ask]:
    referral = factories.sent(cast)
    return referral, factories.ask_of(referral, cast.zilverreiger)


def _soon() -> Welcome:
    return Welcome("Noor", clock.now() + timedelta(days=5))


def test_yes_opens_the_choice_and_keeps_who_and_when(cast: Cast) -> None:
    referral, ask = _sent(cast)
    welcome = _soon()
    answering.accept(ask, welcome, by=cast.actor("noor"), version=ask.version)
    assert (ask.status, ask.welcomer, ask.first_moment) == (AskStatus.ACCEPTED, "Noor", welcome.moment)
    assert ask.answered_by_id == cast.noor
    assert referral.status is ReferralStatus.CHOOSING


def test_waiting_list_needs_a_day_to_come(cast: Cast) -> None:
    _referral, ask = _sent(cast)
    with pytest.raises(Invalid) as refusal:
        answering.put_on_waiting_list(ask, clock.today(), by=cast.actor("noor"))
    assert refusal.value.errors == {"call_back_on": "date_in_past"}
    answering.put_on_waiting_list(ask, clock.today() + timedelta(days=30), by=cast.actor("noor"))
    assert ask.status is AskStatus.WAITING


def test_not_now_leaves_the_question_seeking_and_may_add_a_hint(cast: Cast) -> None:
    referral, ask = _sent(cast)
    with pytest.raises(StepRefused):
        answering.give_hint(ask, [NotNow.FULL], by=cast.actor("noor"))
    answering.decline(ask, by=cast.actor("noor"))
    assert referral.status is ReferralStatus.SEEKING
    answering.give_hint(ask, [NotNow.FULL, NotNow.ASK_LATER], by=cast.actor("noor"))
    assert ask.not_now == (NotNow.FULL, NotNow.ASK_LATER)


def test_another_idea_needs_words(cast: Cast) -> None:
    _referral, ask = _sent(cast)
    with pytest.raises(Invalid):
        answering.suggest(ask, IdeaKind.COME_LOOK, "", by=cast.actor("noor"))
    answering.suggest(ask, IdeaKind.COME_LOOK, "Kom eens kijken op de jamavond.", by=cast.actor("noor"))
    assert (ask.status, ask.idea) == (AskStatus.IDEA, "come_look")


def test_a_yes_needs_somebody_at_the_door_and_a_moment_to_come(cast: Cast) -> None:
    _referral, ask = _sent(cast)
    for welcome in (Welcome(""), Welcome("Noor"), Welcome("Noor", clock.now() - timedelta(hours=1))):
        with pytest.raises(Invalid):
            answering.accept(ask, welcome, by=cast.actor("noor"))
    answering.accept(ask, Welcome("Noor", None, "in januari"), by=cast.actor("noor"))
    assert ask.moment_note == "in januari"


def test_another_answer_replaces_the_first_one_completely(cast: Cast) -> None:
    _referral, ask = _sent(cast)
    answering.accept(ask, _soon(), by=cast.actor("noor"))
    answering.decline(ask, by=cast.actor("noor"))
    assert (ask.status, ask.welcomer, ask.first_moment) == (AskStatus.DECLINED, "", None)
    answering.put_on_waiting_list(ask, clock.today() + timedelta(days=9), by=cast.actor("noor"))
    assert (ask.status, ask.not_now) == (AskStatus.WAITING, ())


@pytest.mark.parametrize("who", ["hilde", "pieter", "lena", "fatma", "jef", "bram", "tine", "bo", "ada", "guest"])
def test_nobody_else_answers(cast: Cast, who: str) -> None:
    _referral, ask = _sent(cast)
    with pytest.raises(NotAllowed):
        answering.decline(ask, by=cast.actor(who))
    assert ask.status is AskStatus.SENT


def test_the_bridge_builder_answers_for_an_empty_seat(cast: Cast) -> None:
    referral = factories.sent(cast, ["stil"])
    ask = queries.ask(factories.ask_of(referral, cast.stil).id)
    assert ask is not None
    answering.accept(ask, _soon(), by=cast.actor("bo"))
    actions.choose(referral, ask, by=cast.actor("hilde"))
    assert referral.receiver_id == cast.bo


def test_who_followed_the_link_is_written_down_as_the_person_it_was_sent_to(cast: Cast) -> None:
    _referral, ask = _sent(cast)
    guest = Actor(keys=frozenset({Grant(Key.ANSWER, ask.id, cast.noor)}))
    with pytest.raises(NotAllowed):
        answering.decline(ask, by=guest)  # not loaded with who may speak for the association
    loaded = queries.ask(ask.id)
    assert loaded is not None
    answering.decline(loaded, by=guest)
    assert loaded.answered_by_id == cast.noor
    told = db.session.scalars(select(History).where(History.thing_id == ask.id, History.step == "decline")).one()
    assert told.actor_id == cast.noor


def test_a_link_of_somebody_who_is_no_longer_contact_point_says_nothing(cast: Cast) -> None:
    _referral, ask = _sent(cast)
    loaded = queries.ask(ask.id)
    assert loaded is not None
    for who in ("gone", "bram", "jef"):
        with pytest.raises(NotAllowed):
            answering.decline(loaded, by=Actor(keys=frozenset({Grant(Key.ANSWER, ask.id, cast.people[who])})))


def test_an_older_page_loses_and_hears_who_was_first(cast: Cast) -> None:
    _referral, ask = _sent(cast)
    seen = ask.version
    answering.decline(ask, by=cast.actor("noor"), version=seen)
    with pytest.raises(Conflict) as lost:
        answering.accept(ask, _soon(), by=cast.actor("noor"), version=seen)
    assert lost.value.who == "Noor Vermeulen"
    assert lost.value.when == ask.answered_at


def test_the_same_answer_of_the_same_person_twice_is_one_answer(cast: Cast) -> None:
    _referral, ask = _sent(cast)
    seen, welcome = ask.version, _soon()
    answering.accept(ask, welcome, by=cast.actor("noor"), version=seen)
    first = ask.answered_at
    db.session.commit()
    answering.accept(ask, welcome, by=cast.actor("noor"), version=seen)
    assert ask.answered_at == first
    assert notices(cast, "hilde").count("ask_answered") == 1


def test_both_sides_hear_without_content(cast: Cast) -> None:
    referral = factories.sent(cast)
    ask = factories.ask_of(referral, cast.halvenoot)
    answering.accept(ask, Welcome("Bram", clock.now() + timedelta(days=4)), by=cast.actor("bram"))
    db.session.commit()
    assert notices(cast, "hilde") == ["ask_answered"]
    assert notices(cast, "bram") == ["ask_sent"]
    assert notices(cast, "yara") == ["ask_sent", "colleague_answered"]
    answering.decline(ask, by=cast.actor("yara"))
    db.session.commit()
    assert notices(cast, "hilde") == ["ask_answered", "answer_changed"]
    assert notices(cast, "bram") == ["ask_sent", "colleague_answered"]


def test_after_the_deadline_nothing_changes_and_the_clock_closes_quietly(cast: Cast) -> None:
    referral, ask = _sent(cast)
    other = factories.ask_of(referral, cast.halvenoot)
    answering.decline(other, by=cast.actor("bram"))
    db.session.commit()
    with clock.at(clock.now() + (ask.deadline - clock.today()) + timedelta(days=1)):
        with pytest.raises(StepRefused):
            answering.decline(ask, by=cast.actor("noor"))
        answering.close_quietly()
        answering.close_quietly()
        db.session.commit()
    assert ask.status is AskStatus.EXPIRED
    assert other.status is AskStatus.DECLINED
    assert notices(cast, "hilde").count("ask_expired") == 1
    assert notices(cast, "noor") == ["ask_sent"]


def test_on_the_last_day_an_answer_still_counts(cast: Cast, app: Flask) -> None:
    _referral, ask = _sent(cast)
    last = clock.now() + (ask.deadline - clock.today())
    with clock.at(last):
        answering.close_quietly()
        assert ask.status is AskStatus.SENT
        answering.decline(ask, by=cast.actor("noor"))
    assert ask.status is AskStatus.DECLINED


def test_answers_of_two_associations_both_count(cast: Cast) -> None:
    referral, ask = _sent(cast)
    answering.accept(ask, _soon(), by=cast.actor("noor"))
    other = factories.ask_of(referral, cast.halvenoot)
    answering.accept(other, Welcome("Bram", clock.now() + timedelta(days=4)), by=cast.actor("bram"))
    assert referral.status is ReferralStatus.CHOOSING


def test_everybody_who_waits_is_told_when_the_search_pauses(cast: Cast) -> None:
    referral, ask = _sent(cast)
    actions.pause(referral, clock.today() + timedelta(days=20), by=cast.actor("hilde"))
    db.session.commit()
    assert ask.status is AskStatus.RECALLED
    assert notices(cast, "noor") == ["ask_sent", "recalled"]


@pytest.mark.parametrize("way", ["choose", "stop", "pause"])
def test_a_no_cannot_become_a_yes_once_nobody_is_looking_any_more(cast: Cast, way: str) -> None:
    referral, hilde = factories.answered(cast), cast.actor("hilde")
    ask = factories.ask_of(referral, cast.zilverreiger)
    answering.decline(ask, by=cast.actor("noor"))
    assert answering.is_open(ask)
    if way == "choose":
        actions.choose(referral, factories.ask_of(referral, cast.halvenoot), by=hilde)
    elif way == "stop":
        actions.stop(referral, next(iter(Outcome)), by=hilde)
    else:
        actions.pause(referral, clock.today() + timedelta(days=9), by=hilde)
    assert not answering.is_open(ask)
    with pytest.raises(StepRefused):
        answering.accept(ask, Welcome("Noor", moment_note="zaterdag"), by=cast.actor("noor"))
