"""A date poll: begun, answered in one screen, looked after, chosen; and forgotten."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.groups import makers as groups
from tests.people import Cast
from tests.performance.pages import counted
from tests.polls import makers
from tests.referrals.steps import notices
from tests.support.browse import Browse, Browser, Page
from webapp.core import clock, numbers
from webapp.core.db import db
from webapp.core.errors import Conflict, NotAllowed
from webapp.groups.codes import Visibility
from webapp.polls import answering, forgetting, queries
from webapp.polls.codes import Says
from webapp.polls.models import DatePoll, PollChoice


def kept(poll: DatePoll) -> uuid.UUID:
    poll_id = poll.id
    db.session.commit()
    return poll_id


def again(poll_id: uuid.UUID) -> DatePoll:
    db.session.rollback()
    db.session.expire_all()
    return queries.poll(poll_id) or pytest.fail("gone")


def ids(poll: DatePoll) -> list[uuid.UUID]:
    return [one.id for one in queries.moments(poll)]


def sheet(poll: DatePoll, said: str) -> dict[uuid.UUID, Says]:
    """ "jmn" → what is said of each moment."""
    says = {"j": Says.YES, "m": Says.MAYBE, "n": Says.NO}
    return {one: says[letter] for one, letter in zip(ids(poll), said, strict=False) if letter in says}


def say(browser: Browser, poll_id: uuid.UUID, said: str, page: Page | None = None) -> Page:
    """Tick the answers on the page of a poll and save."""
    page = page or browser.get(f"/prikkers/{poll_id}")
    fields = {f"when-{one.hex}": says for one, says in sheet(again(poll_id), said).items()}
    db.session.rollback()
    return browser.submit(page, f"/prikkers/{poll_id}/antwoord", **fields)


def test_somebody_asks_the_group_and_everybody_hears_it(browse: Browse, cast: Cast) -> None:
    group_id = groups.group(cast).id
    db.session.commit()
    hilde, path = browse("hilde"), f"/werkgroepen/{group_id}/prikkers/nieuw"
    soon = clock.today() + timedelta(days=9)
    fields = {
        "title": "Wie helpt soep maken?",
        "minutes": "60",
        "closes_on": (clock.today() + timedelta(days=4)).isoformat(),
        "place": "Keuken",
        "link": "https://vergadering.example/soep",
        "moments-0-day": soon.isoformat(),
        "moments-0-hour": "19:30",
        "moments-1-day": (soon + timedelta(days=1)).isoformat(),
    }
    done = hilde.submit(hilde.get(path), path, **fields)
    assert done.status == 303
    assert hilde.get(done.location).says("Wie helpt soep maken?", "ongeveer een uur", "Keuken")
    made = db.session.scalars(select(DatePoll)).one()
    assert [clock.local(one.starts_at).strftime("%H:%M") for one in queries.moments(made)] == ["19:30", "19:30"]
    db.session.rollback()
    told = "poll_asked"
    assert told in notices(cast, "noor")
    assert told in notices(cast, "bram")
    assert told not in notices(cast, "hilde")
    assert browse("noor").get("/").says("Wie helpt soep maken?", "Zeg wanneer het past")
    assert browse("noor").get(f"/werkgroepen/{group_id}").says("Datumprikker", "Wie helpt soep maken?")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"moments-0-day": ""}, "Stel minstens één moment voor"),
        ({"moments-0-hour": ""}, "Zeg om hoe laat"),
        ({"moments-0-day": "2020-01-01"}, "moment is voorbij"),
        ({"closes_on": "2020-01-01"}, "Die dag is voorbij"),
        ({"title": " "}, "Zeg in een paar woorden"),
        ({"link": "ftp://vergadering.example"}, "Schrijf het hele adres"),
        ({"moments-0-day": "morgen"}, ""),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_typed_is_lost(
    browse: Browse, cast: Cast, change: dict[str, str], sentence: str
) -> None:
    group_id = groups.group(cast).id
    db.session.commit()
    noor, path = browse("noor"), f"/werkgroepen/{group_id}/prikkers/nieuw"
    soon = (clock.today() + timedelta(days=9)).isoformat()
    fields = {
        "title": "Soep",
        "minutes": "60",
        "closes_on": soon,
        "place": "Keuken van Merel",
        "moments-0-day": soon,
        "moments-0-hour": "19:30",
    }
    page = noor.submit(noor.get(path), path, **fields | change)
    assert page.status == 422
    assert page.says(sentence)
    assert 'value="Keuken van Merel"' in page.text
    assert db.session.scalars(select(DatePoll.id)).all() == []


def test_what_is_wrong_in_a_row_of_moments_is_said_on_top_too_and_in_words_of_ours(browse: Browse, cast: Cast) -> None:
    group_id = groups.group(cast).id
    db.session.commit()
    noor, path = browse("noor"), f"/werkgroepen/{group_id}/prikkers/nieuw"
    wrong = {"title": "", "moments-1-day": "ooit", "moments-1-hour": "half acht"}
    page = noor.submit(noor.get(path), path, **wrong)
    assert page.status == 422
    assert page.says("Welke momenten? Schrijf de dag als jaar, maand en dag", "Schrijf het uur in uren en minuten")
    assert "Not a valid" not in page.text


def test_a_member_answers_in_one_screen_and_changes_it(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    hilde = browse("hilde")
    asked = hilde.get(f"/prikkers/{poll_id}")
    assert asked.says("Nog niemand antwoordde.", "0 van de 3 antwoordden", "Nog geen antwoord van Noor en Bram.")
    done = say(hilde, poll_id, "jmn")
    assert done.status == 303
    page = hilde.follow(done)
    assert page.says("past voor iedereen die antwoordde", "Nog geen antwoord van Noor en Bram.")
    say(hilde, poll_id, "nnj")
    poll = again(poll_id)
    assert queries.board(poll).own(queries.board(poll).replies[0].id) == sheet(poll, "nnj")
    assert not browse("hilde").get("/").says("Zeg wanneer het past")


def test_the_best_moment_is_said_in_words_with_those_that_are_as_good(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    say(browse("hilde"), poll_id, "jjn")
    say(browse("bram"), poll_id, "jjm")
    page = browse("noor").get(f"/prikkers/{poll_id}")
    assert page.says("past voor iedereen die antwoordde", "Even goed:")
    say(browse("noor"), poll_id, "jmn")
    assert not browse("noor").get(f"/prikkers/{poll_id}").says("Even goed:")


def test_saying_nothing_is_asked_once_more(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    page = say(browse("hilde"), poll_id, "")
    assert page.status == 422
    assert page.says("Zeg van minstens één moment of het past.")


def test_strange_answers_count_for_nothing(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    hilde, path = browse("hilde"), f"/prikkers/{poll_id}/antwoord"
    page = hilde.get(f"/prikkers/{poll_id}")
    first = ids(again(poll_id))[0]
    db.session.rollback()
    for strange in ({f"when-{first.hex}": "perhaps"}, {"when-nonsense": "yes"}):
        assert hilde.submit(page, path, **strange).status == 422
    other = uuid.uuid4()
    assert hilde.submit(page, path, **{f"when-{other.hex}": "yes", f"when-{first.hex}": "no"}).status == 303
    assert [row.moment_id for row in db.session.scalars(select(PollChoice))] == [first]


def test_who_answers_after_it_closed_reads_so_and_keeps_what_was_ticked(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    hilde = browse("hilde")
    page = hilde.get(f"/prikkers/{poll_id}")
    browse("noor").post(f"/prikkers/{poll_id}/sluiten")
    late = say(hilde, poll_id, "jmn", page)
    assert late.status == 409
    assert late.says("De prikker sloot intussen.", "staat hier nog")
    assert late.text.count(" checked") == 3
    assert db.session.scalars(select(PollChoice)).all() == []


def test_it_closes_by_itself_after_its_last_day(cast: Cast) -> None:
    poll = makers.poll(cast)
    with clock.at(clock.now() + timedelta(days=6)):
        assert not poll.is_open
        with pytest.raises(Conflict):
            answering.answer(poll, sheet(poll, "j"), by=cast.actor("hilde"))
        assert not numbers.ask(queries.any_open(cast.actor("hilde")))[queries.OPEN_POLLS]


def test_a_page_asks_for_a_version_and_gets_304_until_somebody_answers(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    noor = browse("noor")
    path = f"/prikkers/{poll_id}/nieuws?sinds={again(poll_id).pulse}"
    db.session.rollback()
    with counted(db.engine) as asked:
        quiet = noor.client.get(path, base_url=noor.base_url)
    assert (quiet.status_code, quiet.data) == (304, b"")
    assert len(asked) <= 3, asked  # who asks, the poll with its group, and who sits there
    say(browse("hilde"), poll_id, "jjj")
    assert noor.get(path, partial=True).says("Er is nieuws in deze prikker.")


def test_only_who_sits_there_sees_who_can_when(browse: Browse, cast: Cast) -> None:
    poll_id = kept(makers.poll(cast))
    for who in ("pieter", "jef", "tine", "ada", "moved"):
        assert browse(who).get(f"/prikkers/{poll_id}").status == 404, who
    with pytest.raises(NotAllowed):
        answering.answer(again(poll_id), {}, by=cast.actor("pieter"))


def test_a_confidential_group_asks_without_a_trace(
    browse: Browse, cast: Cast, deliver: Callable[[], list[object]]
) -> None:
    poll_id = kept(makers.poll(cast, Visibility.CONFIDENTIAL))
    for who in ("lena", "tine"):
        for path in ("/", "/werkgroepen", "/meldingen"):
            assert makers.TITLE not in browse(who).get(path).text
    for mail in deliver():
        assert makers.TITLE not in str(mail)
        assert "Werkgroep Welkom" not in str(mail)
    assert browse("lena").get(f"/prikkers/{poll_id}").status == 404


def test_it_goes_a_year_after_its_last_day(cast: Cast) -> None:
    poll = makers.poll(cast)
    answering.answer(poll, sheet(poll, "jjj"), by=cast.actor("hilde"))
    db.session.flush()
    with clock.at(clock.now() + timedelta(days=5 + 365)):
        forgetting.forget_polls()
        assert db.session.scalars(select(DatePoll.id)).all() == [poll.id]
    with clock.at(clock.now() + timedelta(days=5 + 366)):
        forgetting.forget_polls()
        assert db.session.scalars(select(DatePoll.id)).all() == []
        assert db.session.scalars(select(PollChoice)).all() == []
