"""We tried this too: what was seen elsewhere makes a lesson surer, and a lesson is used in something."""

import uuid

import pytest

from tests.lessons import makers
from tests.people import Cast
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed
from webapp.core.numbers import ask
from webapp.lessons import actions, around, lookbacks, trying, using
from webapp.lessons.codes import Helped, Sureness, UsedIn
from webapp.lessons.trying import Saw
from webapp.vocabulary.functions import FunctionKind

BY = (("noor", "zilverreiger"), ("hilde", "lantaarn"), ("tine", "jeugddienst"))


def test_three_places_where_it_helped_confirm_a_lesson(cast: Cast) -> None:
    lesson, sure = makers.published(cast), []
    for who, place in BY:
        trying.say(lesson, cast.organisations[place], Saw(Helped.ADAPTED, "Zelfde uur"), by=cast.actor(who))
        sure.append(lesson.sureness)
    assert sure == [Sureness.FEW, Sureness.FEW, Sureness.OFTEN]
    trying.say(lesson, cast.zilverreiger, Saw(Helped.NOT, different="Geen volk"), by=cast.actor("noor"))
    assert lesson.sureness is Sureness.FEW
    assert len(around.tried(lesson.id)) == 3
    trying.take_back(lesson, cast.lantaarn, by=cast.actor("hilde"))
    trying.take_back(lesson, None, by=cast.actor("tine"))
    assert lesson.sureness is Sureness.ONCE


def test_one_that_mostly_did_not_help_is_asked_about_until_somebody_looks(cast: Cast) -> None:
    lesson = makers.published(cast)

    def who_is_asked() -> set[str]:
        asked = {who: ask(lookbacks.numbers(cast.actor(who))).get(lookbacks.DOUBTED) for who in cast.people}
        return {who for who, found in asked.items() if lookbacks.doubted(found)}

    for (who, _place), helped in zip(BY, (Helped.HELPED, Helped.NOT, Helped.NOT), strict=True):
        assert not who_is_asked()
        trying.say(lesson, None, Saw(helped), by=cast.actor(who))
    assert who_is_asked() == {"bram", "yara"}
    lesson.owner_function = FunctionKind.COORDINATOR  # nobody is that there: whoever works there is asked
    db.session.flush()
    assert who_is_asked() == {"bram", "yara"}
    actions.look_again(lesson, None, by=cast.actor("bram"))
    trying.say(lesson, None, Saw(Helped.NOT, "Nog altijd niet"), by=cast.actor("hilde"))
    assert not who_is_asked()
    trying.say(lesson, None, Saw(Helped.NOT), by=cast.actor("noor"))
    assert who_is_asked() == {"bram", "yara"}
    actions.outdate(lesson, "Er is geen poort meer.", by=cast.actor("frank"))
    assert not who_is_asked()


def test_that_it_did_not_help_is_welcome_and_makes_nothing_surer(cast: Cast) -> None:
    lesson = makers.published(cast)
    trying.say(lesson, None, Saw(Helped.NOT), by=cast.actor("noor"))
    assert (lesson.sureness, [row.helped for row in around.tried(lesson.id)]) == (Sureness.ONCE, [Helped.NOT])


def test_somebody_speaks_for_their_own_place_and_not_for_that_of_the_lesson(cast: Cast) -> None:
    lesson = makers.published(cast)
    for who, place in (("noor", "lantaarn"), ("bram", "halvenoot")):
        with pytest.raises(Invalid):
            trying.say(lesson, cast.organisations[place], Saw(Helped.HELPED), by=cast.actor(who))
    with pytest.raises(NotAllowed):
        trying.say(makers.draft(cast), None, Saw(Helped.HELPED), by=cast.actor("noor"))


def test_two_of_one_place_at_once(cast: Cast) -> None:
    lesson = makers.published(cast)
    row = trying.say(lesson, None, Saw(Helped.HELPED), by=cast.actor("noor"))
    seen = row.version
    trying.say(lesson, None, Saw(Helped.ADAPTED), by=cast.actor("jef"), version=seen)
    with pytest.raises(Conflict):
        trying.say(lesson, None, Saw(Helped.NOT), by=cast.actor("noor"), version=seen)


def test_a_use_is_noted_once_and_never_of_what_is_not_out(cast: Cast) -> None:
    lesson, thing = makers.published(cast), uuid.uuid4()
    assert using.note(lesson.id, UsedIn.ACTION, thing, "Borden", by=cast.actor("noor"))
    assert not using.note(lesson.id, UsedIn.ACTION, thing, "Borden", by=cast.actor("tine"))
    assert not using.note(makers.draft(cast).id, UsedIn.ACTION, thing, "Borden", by=cast.actor("bram"))
    assert not using.note(uuid.uuid4(), UsedIn.ACTION, thing, "Borden", by=cast.actor("noor"))
    assert [row.used_in for row in makers.uses(lesson.id)] == [UsedIn.ACTION]
