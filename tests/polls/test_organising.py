"""Looking after a date poll: its moments, closing and opening it, reminding, choosing."""

from datetime import timedelta

import pytest

from tests.people import Cast
from tests.polls import makers
from tests.polls.test_polls import again, ids, kept, say
from tests.referrals.steps import notices
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.meetings.models import Meeting
from webapp.polls import actions, queries
from webapp.polls.lifecycle import PollStatus


def test_moments_come_and_go_and_the_rest_counts(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    noor, hilde = browse("noor"), browse("hilde")
    open_page = hilde.get(f"/prikkers/{poll_id}")
    first = ids(again(poll_id))[0]
    db.session.rollback()
    gone = noor.post(f"/prikkers/{poll_id}/momenten/weg", {"moment": str(first)})
    assert noor.follow(gone).says("Dit moment vervalt.")
    fields = {f"when-{first.hex}": "yes"} | {f"when-{one.hex}": "yes" for one in ids(again(poll_id))}
    db.session.rollback()
    saved = hilde.submit(open_page, f"/prikkers/{poll_id}/antwoord", **fields)
    assert hilde.follow(saved).says("Een moment verviel intussen, de rest telt.")
    noor.post(f"/prikkers/{poll_id}/momenten/terug?moment={first}")
    assert len(ids(again(poll_id))) == 3
    db.session.rollback()
    assert hilde.get("/").says("Zeg wanneer het past")  # about that one alone
    path = f"/prikkers/{poll_id}/momenten"
    beheer = noor.get(f"/prikkers/{poll_id}/beheer")
    day = (clock.today() + timedelta(days=20)).isoformat()
    assert noor.submit(beheer, path, day=day, hour="20:00").status == 303
    twice = noor.submit(noor.get(f"/prikkers/{poll_id}/beheer"), path, day=day, hour="20:00")
    assert twice.says("Dit moment staat er al bij.")


def test_the_last_moment_stays_and_twenty_are_enough(cast: Cast) -> None:
    noor = cast.actor("noor")
    single = makers.poll(cast, moments=1)
    with pytest.raises(Invalid):
        actions.withdraw(single, queries.moment(single, ids(single)[0]), by=noor)
    many = makers.poll(cast, moments=20)
    with pytest.raises(Invalid) as refused:
        actions.add_moment(many, makers.evening(60), by=noor)
    assert refused.value.errors == {"day": "many_moments"}


def test_choosing_makes_the_meeting_and_invites(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    say(browse("hilde"), poll_id, "njn")
    noor = browse("noor")
    page = noor.get(f"/prikkers/{poll_id}")
    chosen = ids(again(poll_id))[1]
    db.session.rollback()
    done = noor.submit(page, f"/prikkers/{poll_id}/kies")
    assert noor.follow(done).says("Geprikt:")
    poll = again(poll_id)
    assert (poll.status, poll.chosen_id) == (PollStatus.CHOSEN, chosen)
    meeting = db.session.get_one(Meeting, poll.meeting_id)
    assert meeting.starts_at == queries.moments(poll)[1].starts_at
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=90)
    assert (meeting.place, meeting.status) == ("Zaal Merel", "announced")
    db.session.rollback()
    assert "meeting_announced" in notices(cast, "hilde")
    assert noor.post(f"/prikkers/{poll_id}/kies", {"moment": str(chosen)}).status == 409


def test_a_member_who_does_not_lead_chooses_and_who_leads_announces(cast: Cast) -> None:
    poll = makers.poll(cast, who="hilde")
    actions.choose(poll, queries.moment(poll, ids(poll)[0]), by=cast.actor("hilde"))
    assert db.session.get_one(Meeting, poll.meeting_id).status == "draft"
    db.session.commit()
    assert "poll_chosen" in notices(cast, "noor")


def test_a_moment_on_which_the_group_meets_already_is_refused_in_words(browse: Browse, cast: Cast) -> None:
    first = makers.poll(cast)
    second = actions.start(
        first.group, actions.About("Nog eens", 60, first.closes_on), [makers.evening(7)], by=cast.actor("noor")
    )
    actions.choose(first, queries.moment(first, ids(first)[0]), by=cast.actor("noor"))
    second_id, moment = kept(second), None
    moment = ids(again(second_id))[0]
    db.session.rollback()
    noor = browse("noor")
    page = noor.post(f"/prikkers/{second_id}/kies", {"moment": str(moment)})
    assert page.status == 422
    assert page.says("Dat lukte niet.", "De groep heeft dan al een vergadering.")
    assert again(second_id).status is PollStatus.OPEN


def test_close_and_open_again(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    noor = browse("noor")
    assert noor.follow(noor.post(f"/prikkers/{poll_id}/sluiten")).says("Gesloten.")
    assert browse("hilde").get(f"/prikkers/{poll_id}").says("Deze prikker is gesloten.")
    path = f"/prikkers/{poll_id}/heropenen"
    page = noor.get(f"/prikkers/{poll_id}/beheer")
    assert noor.submit(page, path, until="2020-01-01").says("Die dag is voorbij.")
    later = (clock.today() + timedelta(days=9)).isoformat()
    assert noor.submit(noor.get(f"/prikkers/{poll_id}/beheer"), path, until=later).status == 303
    assert again(poll_id).is_open


def test_a_friendly_reminder_once_a_day_to_who_is_silent(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    say(browse("hilde"), poll_id, "jjj")
    noor = browse("noor")
    noor.post(f"/prikkers/{poll_id}/duwtje")
    told = "poll_nudged"
    assert told in notices(cast, "bram")
    assert told not in notices(cast, "hilde")
    assert noor.post(f"/prikkers/{poll_id}/duwtje").status == 409
    assert not noor.get(f"/prikkers/{poll_id}").says("Geef een duwtje")
    with clock.at(clock.now() + timedelta(hours=25)):
        assert browse("noor").get(f"/prikkers/{poll_id}").says("Geef een duwtje")


def test_two_who_change_the_words_at_once_lose_nothing(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    noor, bram, path = browse("noor"), browse("bram"), f"/prikkers/{poll_id}/bewerken"
    pages = [one.get(f"/prikkers/{poll_id}/beheer") for one in (noor, bram)]
    assert noor.submit(pages[0], path, place="Zaal A").status == 303
    late = bram.submit(pages[1], path, place="Zaal B")
    assert late.status == 409
    assert late.says("Iemand veranderde dit intussen.")
    assert 'value="Zaal B"' in late.text
    assert bram.submit(late, path).status == 303
    assert again(poll_id).place == "Zaal B"


def test_an_answer_does_not_stand_in_the_way_of_who_changes_the_words(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    noor, path = browse("noor"), f"/prikkers/{poll_id}/bewerken"
    page = noor.get(f"/prikkers/{poll_id}/beheer")
    say(browse("hilde"), poll_id, "jjj")
    assert noor.submit(page, path, place="Zaal A").status == 303
    assert len(queries.board(again(poll_id)).said) == 3
