"""Looking after the log: tags, house rules, and words that were flagged."""

import pytest

from tests.lessons import makers
from tests.people import Cast
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed
from webapp.lessons import actions, around, flagging, lists, queries, ruling, tagging, trying
from webapp.lessons.actions import About
from webapp.lessons.codes import Flagged, FlagOutcome, Helped, Sureness, TagStatus
from webapp.lessons.models import Lesson
from webapp.lessons.trying import Saw
from webapp.lessons.use_models import Flag
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import Notice

RULES = ("Geen namen.", "Lach met niemand.")


def names(lesson: Lesson) -> list[str]:
    return [row.name for row in around.tags_of(lesson.id)]


def told(kind: NoticeKind) -> set[object]:
    return {one.person_id for one in db.session.query(Notice).filter_by(kind=kind)}


def flagged(cast: Cast, lesson: Lesson, who: str = "jef") -> Flag:
    return flagging.flag(Flagged.LESSON, lesson.id, ruling.begin(RULES)[0], " Een naam! ", by=cast.actor(who))


def test_a_word_is_proposed_and_counts_once_it_is_accepted(cast: Cast) -> None:
    lesson = makers.published(cast)
    tag = tagging.propose(lesson, " #Eerste  Dag, ", by=cast.actor("jef"))
    assert (tag.name, names(lesson)) == ("eerste dag", [])
    with pytest.raises(NotAllowed):
        tagging.accept(tag, by=cast.actor("jef"))
    tagging.accept(tag, by=cast.actor("frank"))
    assert names(lesson) == ["eerste dag"]
    tagging.take_off(lesson, tag, by=cast.actor("yara"))
    with pytest.raises(NotAllowed):
        tagging.take_off(lesson, tag, by=cast.actor("jef"))
    assert names(lesson) == []


def test_other_words_lead_to_a_tag_and_two_tags_become_one(cast: Cast) -> None:
    lesson, frank = makers.published(cast), cast.actor("frank")
    poort, deur = (tagging.propose(lesson, word, by=cast.actor("jef")) for word in ("poort", "deur"))
    tagging.accept(poort, by=frank)
    tagging.reword(poort, "poort", "gate", ["hek", "Hek ", "poort"], by=frank)
    with pytest.raises(Invalid):
        tagging.reword(deur, "deur", "", ["hek"], by=frank)
    tagging.merge(deur, poort, by=frank)
    assert names(lesson) == ["poort"]
    for word in ("deur", "hek", "POORT"):
        assert tagging.propose(makers.published(cast), word, by=cast.actor("jef")).id == poort.id


def test_a_word_that_was_not_taken_is_not_proposed_again(cast: Cast) -> None:
    lesson = makers.published(cast)
    tag = tagging.propose(lesson, "leuk", by=cast.actor("jef"))
    tagging.decline(tag, "Dat zegt niets.", by=cast.actor("tine"))
    assert (tag.status, around.tags_of(lesson.id, proposed=True)) == (TagStatus.DECLINED, [])
    for word in ("leuk", " ", "a" * 41):
        with pytest.raises(Invalid):
            tagging.propose(lesson, word, by=cast.actor("jef"))


def test_house_rules_are_kept_together_and_a_cited_one_stays(cast: Cast) -> None:
    flag = flagged(cast, makers.published(cast))
    mark = ruling.mark_of(RULES)
    kept = ruling.keep(["Lach met niemand.", "Schrijf kort.", " "], by=cast.actor("frank"), mark=mark)
    assert [row.words for row in lists.house_rules()] == [row.words for row in kept]
    found = queries.flag(flag.id)
    assert found
    assert found.rule.words == "Geen namen."
    with pytest.raises(Conflict):
        ruling.keep(RULES, by=cast.actor("tine"), mark=mark)
    with pytest.raises(Invalid):
        ruling.keep([" "], by=cast.actor("tine"))
    with pytest.raises(NotAllowed):
        ruling.keep(RULES, by=cast.actor("noor"))


def test_folded_words_stay_for_their_circle_and_are_shown_again(cast: Cast) -> None:
    lesson = makers.published(cast)
    flag, other = flagged(cast, lesson), flagged(cast, lesson, "noor")
    assert flagged(cast, lesson).id == flag.id
    with pytest.raises(NotAllowed):
        flagging.decide(flag, FlagOutcome.FOLDED, "Een naam.", by=cast.actor("noor"))
    with pytest.raises(Invalid):
        flagging.decide(flag, FlagOutcome.FOLDED, " ", by=cast.actor("tine"))
    flagging.decide(flag, FlagOutcome.FOLDED, "Er staat een naam in.", by=cast.actor("tine"))
    db.session.refresh(other)
    assert (lesson.is_out, makers.in_log(), other.outcome) == (False, [], FlagOutcome.FOLDED)
    assert told(NoticeKind.FLAG_DECIDED) == {cast.jef, cast.noor}
    assert told(NoticeKind.WORDS_FOLDED) == {cast.bram}
    with pytest.raises(NotAllowed):
        flagged(cast, lesson, "hilde")
    with pytest.raises(Conflict):
        flagging.decide(flag, FlagOutcome.FOLDED, "Nog eens.", by=cast.actor("frank"))
    flagging.decide(flag, FlagOutcome.KEPT, "De naam is weg.", by=cast.actor("frank"))
    assert (lesson.is_out, told(NoticeKind.WORDS_SHOWN)) == (True, {cast.bram})


def test_nobody_decides_about_words_of_their_own(cast: Cast) -> None:
    own = actions.write(makers.GATE, About(), cast.jeugddienst, by=cast.actor("frank"))
    actions.take_step(own, "offer", by=cast.actor("frank"))
    actions.approve(own, by=cast.actor("tine"))
    with pytest.raises(NotAllowed):
        flagging.decide(flagged(cast, own), FlagOutcome.KEPT, "Mooi toch.", by=cast.actor("frank"))


def test_folded_words_about_a_try_count_no_more(cast: Cast) -> None:
    lesson = makers.published(cast)
    row = trying.say(lesson, None, Saw(Helped.HELPED, "Zelfde poort"), by=cast.actor("noor"))
    flag = flagging.flag(Flagged.TRIED, row.id, ruling.begin(RULES)[1], "", by=cast.actor("jef"))
    flagging.decide(flag, FlagOutcome.FOLDED, "Dat is lachen met iemand.", by=cast.actor("frank"))
    assert (around.tried(lesson.id), lesson.sureness) == ([], Sureness.ONCE)
    assert [one.same for one in around.tried(lesson.id, folded=True)] == ["Zelfde poort"]


def test_what_is_not_out_is_flagged_by_nobody_outside_its_circle(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        flagged(cast, makers.draft(cast), "hilde")
