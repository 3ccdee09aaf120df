"""What people share in a session, and what the desk does with it."""

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from tests.learning import makers
from tests.people import Cast
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.learning import actions, deciding, joining, placing, queries, sharing, stepping
from webapp.learning.codes import ContributionKind, Shown
from webapp.learning.models import Contribution, ContributionGiver, LearningSession, Participant
from webapp.policy.actor import Actor
from webapp.policy.rules import NotAllowed

KIND = ContributionKind.IDEA


@pytest.fixture
def made(cast: Cast) -> LearningSession:
    """An anonymous session that goes on now."""
    return makers.running(cast)


def test_an_anonymous_session_can_hold_no_giver(cast: Cast, made: LearningSession) -> None:
    shared = makers.note(made, "We stonden met twee aan de poort.")
    who = db.session.scalars(select(Participant.id)).one()
    assert db.session.scalar(select(func.count()).select_from(ContributionGiver)) == 0
    for is_named in (True, False):
        values = {"contribution_id": shared.id, "is_named": is_named, "participant_id": who, "shows_name": False}
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(insert(ContributionGiver).values(values))
    made.is_named = True
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    assert not {"person_id", "participant_id", "at"} & set(Contribution.__table__.columns.keys())


def test_a_named_session_knows_who_gave_what(cast: Cast) -> None:
    made = makers.running(cast, is_named=True)
    shared = makers.note(made, "Mama mocht ook binnen kijken.", by=makers.guest(made, "Sam"))
    giver = db.session.scalars(select(ContributionGiver)).one()
    assert (giver.contribution_id, giver.shows_name) == (shared.id, False)


def test_own_words_are_found_by_the_secret_of_a_device_alone(made: LearningSession) -> None:
    mine, other = sharing.new_secret(), sharing.new_secret()
    sam = makers.guest(made)
    first = makers.note(made, "Eerst samen eten.", by=sam, secret=mine)
    second = makers.note(made, "Een buddy kiezen.", by=sam, secret=mine)
    assert sharing.own_note(made, 1, mine) is second
    assert sharing.own_note(made, 0, other) is None
    sharing.take_back(made, first, by=sam)
    assert sharing.own_note(made, 0, mine) is None
    third = makers.note(made, "Een taak in het spel.", by=sam, secret=mine)
    assert sharing.own_note(made, 0, mine) is third


def test_words_changed_by_their_giver_come_to_the_desk_once_more(cast: Cast, made: LearningSession) -> None:
    sam = makers.guest(made)
    shared = makers.note(made, "Een buddy.", by=sam)
    placing.gather(shared, None, (), by=cast.actor("frank"))
    sharing.change(made, shared, KIND, "Een buddy kiezen.", by=sam)
    assert (shared.shown, shared.kind) == (Shown.NEW, KIND)


def test_other_words_need_a_yes_and_paper_needs_none(cast: Cast, made: LearningSession) -> None:
    sam, noor = makers.guest(made), cast.actor("noor")
    shared = makers.note(made, "Die van de chiro stond er.", by=sam)
    assert not deciding.reword(shared, "Iemand stond er.", by=noor)
    assert shared.words == "Die van de chiro stond er."
    sharing.agree(made, shared, by=sam)
    assert (shared.words, shared.other_words) == ("Iemand stond er.", "")
    assert deciding.type_in(made, KIND, ["Een eigen haakje.", ""], by=noor) == 1
    paper = db.session.scalars(select(Contribution).where(Contribution.is_from_paper)).one()
    assert deciding.reword(paper, "Een eigen kapstok.", by=noor)
    assert paper.words == "Een eigen kapstok."


def test_what_seems_to_point_to_somebody_waits(cast: Cast, made: LearningSession) -> None:
    frank = cast.actor("frank")
    shared = makers.note(made, "Bij ons bleef Ayoub staan tot iemand hem zag.")
    with pytest.raises(Invalid):
        placing.gather(shared, None, (), by=frank)
    group = placing.begin(made, "Aan de poort", by=frank)
    with pytest.raises(Invalid):
        placing.gather(shared, group, (), by=frank)
    deciding.take_out(shared, (), "een kind", by=frank)
    assert shared.words == "Bij ons bleef een kind staan tot iemand hem zag."
    placing.gather(shared, group, (), by=frank)
    assert (shared.shown, shared.cluster_id) == (Shown.SHOWN, group.id)


def test_merging_keeps_the_words_of_the_other_and_taking_back_undoes_it(cast: Cast, made: LearningSession) -> None:
    frank, sam = cast.actor("frank"), makers.guest(made)
    one, two, three = (makers.note(made, words, by=sam) for words in ("Samen eten", "Eerst eten", "Eten"))
    placing.gather(one, None, (), by=frank)
    deciding.merge(three, two, by=frank)
    deciding.merge(two, one, by=frank)
    db.session.refresh(three)
    assert {three.merged_into_id, two.merged_into_id} == {one.id}
    sharing.take_back(made, one, by=sam)
    db.session.refresh(two)
    assert (two.shown, two.merged_into_id) == (Shown.NEW, None)


def test_who_was_second_is_told_and_changes_nothing(cast: Cast, made: LearningSession) -> None:
    shared = makers.note(made, "Samen koken.")
    seen = shared.version
    deciding.hold(shared, by=cast.actor("noor"), version=seen)
    with pytest.raises(Conflict):
        placing.gather(shared, None, (), by=cast.actor("frank"), version=seen)
    assert shared.shown is Shown.HELD


def test_nothing_is_shared_before_and_after_and_by_who_did_not_join(cast: Cast) -> None:
    made = makers.prepared(cast)
    with pytest.raises(Conflict):
        joining.join(made, "", by=cast.actor("jef"))
    joining.start(made, by=cast.actor("frank"))
    sam = makers.guest(made)
    with pytest.raises(NotAllowed):
        makers.note(made, "Van buiten", by=Actor())
    actions.close(made, "", "", by=cast.actor("noor"))
    with pytest.raises(Conflict):
        makers.note(made, "Te laat", by=sam)


def test_phases_move_on_and_can_be_left_out(cast: Cast, made: LearningSession) -> None:
    frank = cast.actor("frank")
    rows = queries.phases(made)
    assert made.phase_id == rows[0].id
    with pytest.raises(Invalid):
        stepping.skip(rows[0], is_skipped=True, by=frank)
    stepping.skip(rows[1], is_skipped=True, by=frank)
    stepping.go_to(rows[2], by=frank)
    assert (rows[0].is_done, made.phase_id, made.phase_until is not None) == (True, rows[2].id, True)
    stepping.shift(rows[3], -3, by=frank)
    assert [one.id for one in queries.phases(made)] == [rows[at].id for at in (3, 0, 1, 2)]


def test_two_words_lead_in_however_they_are_typed(made: LearningSession) -> None:
    words = made.word_code or ""
    letters, number = words.split()
    for typed in (words, words.lower(), f" {letters}{number} ", f"{letters}-{number}"):
        found = joining.found_by(typed)
        assert found is not None
        assert found.subject_id == made.id
    assert joining.found_by("ZON 1") is None


def test_a_device_shares_so_much_and_no_more(made: LearningSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "MOST_OWN", 2)
    sam, secret = makers.guest(made), sharing.new_secret()
    for number in range(2):
        makers.note(made, f"Nummer {number}", by=sam, secret=secret)
    with pytest.raises(Invalid):
        makers.note(made, "Nog een", by=sam, secret=secret)


def test_named_or_anonymous_is_chosen_before_the_start(cast: Cast) -> None:
    made = makers.prepared(cast)
    actions.edit(made, makers.about(cast, is_named=True), by=cast.actor("frank"))
    assert made.is_named
    with pytest.raises(NotAllowed):
        actions.edit(made, makers.about(cast), by=cast.actor("noor"))
    joining.start(made, by=cast.actor("frank"))
    with pytest.raises(Invalid):
        actions.edit(made, makers.about(cast), by=cast.actor("frank"))
