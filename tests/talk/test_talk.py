"""Conversations: said, answered, reacted to, changed and taken back with a trace; and who sees what of them."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from tests.groups.makers import group
from tests.people import Cast
from tests.referrals.steps import notices
from tests.support.browse import Browse, Browser, Page
from tests.talk.makers import WORDS, again, committed, first, post, thread
from webapp.accounts.models import Person
from webapp.core import clock, ledger
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed
from webapp.groups import actions as groups
from webapp.groups import guests, hosting
from webapp.groups.codes import Visibility
from webapp.groups.models import Membership
from webapp.meetings.models import Topic
from webapp.notifications.kinds import Attention, NoticeKind
from webapp.notifications.models import Notice
from webapp.notifications.queries import waits_for
from webapp.talk import actions, queries
from webapp.talk.codes import Mark, Reaction
from webapp.talk.models import LONGEST_POST, Thread, ThreadMention, ThreadPost, ThreadReaction

CANARY = "Zohrakanarie"


def say(visitor: Browser, thread_id: uuid.UUID, words: str, **fields: str) -> Page:
    path = f"/gesprekken/{thread_id}"
    return visitor.post(path, visitor.get(path).form(path) | {"words": words} | fields)


def says_new(page: Page) -> bool:
    """Whether a list says that there is one new post (the bell has words of its own)."""
    return bool(re.search("1 nieuw(?!e)", page.words))


def test_a_member_begins_a_conversation_and_the_network_reads_along(browse: Browse, cast: Cast) -> None:
    group_id = group(cast).id
    db.session.commit()
    hilde, path = browse("hilde"), f"/werkgroepen/{group_id}/gesprekken/nieuw"
    form = hilde.get(path).form(path) | {"title": "Halal op kamp?", "words": WORDS}
    done = hilde.post(path, form)
    assert done.status == 303
    page = browse("lena").get(done.location)
    assert page.says("Halal op kamp?", WORDS, "Hilde Maes", "Je leest hier mee.")
    assert browse("lena").post(done.location, {"words": "x"}).status == 403
    home = browse("lena").get(f"/werkgroepen/{group_id}")
    assert home.says("Gesprekken", "Halal op kamp?", f"Hilde: {WORDS}")
    empty = hilde.post(path, hilde.get(path).form(path) | {"title": " ", "words": WORDS})
    assert empty.status == 422
    assert empty.says("Zeg in een paar woorden waarover het gaat.", WORDS)


@pytest.mark.parametrize("words", ["x" * 10_000, "", "   "])
def test_too_long_or_nothing_is_said_and_the_text_is_still_there(browse: Browse, cast: Cast, words: str) -> None:
    thread_id = committed(thread(cast))
    refused = say(browse("hilde"), thread_id, words)
    assert refused.status == 422
    assert refused.says("Dit is te lang." if words.strip() else "Schrijf eerst een paar woorden.")
    assert refused.form(f"/gesprekken/{thread_id}")["words"].strip() == words.strip()
    assert say(browse("hilde"), thread_id, "x" * LONGEST_POST).status == 303


def test_hostile_words_are_harmless(browse: Browse, cast: Cast) -> None:
    thread_id = committed(thread(cast))
    hostile = "<script>alert(1)</script> [x](https://evil.example) <div data-hx-get=/ data-hx-trigger=load> {{ 7 }}"
    assert say(browse("hilde"), thread_id, hostile).status == 303
    page = browse("lena").get(f"/gesprekken/{thread_id}")
    assert page.says("<script>alert(1)</script>", "{{ 7 }}")
    assert "<script>alert" not in page.text
    assert not [node for node in page.nodes() if any(name.startswith("data-hx") for name in node.attrib)]


def test_whoever_is_asked_directly_hears_it_at_once_and_nobody_else(browse: Browse, cast: Cast) -> None:
    thread_id = committed(thread(cast, Visibility.CONFIDENTIAL, name=CANARY))
    assert say(browse("hilde"), thread_id, "@Noor kan jij dat? En @Mo Verhulst? @Lena niet.").status == 303
    assert "asked_directly" in notices(cast, "noor")
    assert "asked_directly" in notices(cast, "moved")
    assert "asked_directly" not in notices(cast, "lena") + notices(cast, "bram") + notices(cast, "hilde")
    assert f"/gesprekken/{thread_id}" in browse("noor").get("/meldingen").links()
    assert CANARY not in browse("noor").get("/meldingen").text
    own = post(db.session.scalars(select(ThreadPost.id).order_by(ThreadPost.written_at.desc())).first() or uuid.uuid4())
    actions.edit(own, "@Noor en @Bram, kunnen jullie dat?", by=cast.actor("hilde"))
    db.session.commit()
    assert notices(cast, "noor").count("asked_directly") == 1
    assert notices(cast, "bram").count("asked_directly") == 1


def test_the_others_hear_once_until_they_read_it_and_not_before_their_digest(browse: Browse, cast: Cast) -> None:
    thread_id = committed(thread(cast))
    for words in ("Eerst dit.", "Dan dat."):
        assert say(browse("hilde"), thread_id, words).status == 303
    lines = db.session.scalars(select(Notice).where(Notice.thing_id == thread_id)).all()
    told = {(line.person_id, line.kind, line.way) for line in lines if not line.read_at}
    wanted = {cast.noor, cast.bram, cast.moved}
    assert told == {(one, NoticeKind.TALKED, Attention.DIGEST) for one in wanted}
    path = f"/gesprekken/{thread_id}/gezien"
    noor = browse("noor")
    assert noor.post(path, noor.get(f"/gesprekken/{thread_id}").form(path)).status == 303
    assert say(browse("hilde"), thread_id, "En nog iets.").status == 303
    db.session.expire_all()
    assert waits_for(thread_id, NoticeKind.TALKED) == wanted
    about = select(Notice).where(Notice.thing_id == thread_id, Notice.person_id == cast.bram)
    assert len(db.session.scalars(about).all()) == 1


def test_two_people_with_one_first_name_are_asked_apart(browse: Browse, cast: Cast) -> None:
    db.session.get_one(Person, cast.hilde).name = "Noor Maes"
    thread_id = committed(thread(cast))
    refused = say(browse("bram"), thread_id, "@Noor kan jij dat?")
    assert refused.status == 422
    assert refused.says("Schrijf na het @ de hele naam.", "@Noor kan jij dat?")
    assert say(browse("bram"), thread_id, "@Noor Maes kan jij dat?").status == 303


def test_an_answer_stands_below_what_it_answers_one_level_deep(browse: Browse, cast: Cast) -> None:
    made = thread(cast)
    answer = actions.write(made, "Bij ons ook.", first(made).id, by=cast.actor("hilde"))
    deeper = actions.write(made, "En bij ons.", answer.id, by=cast.actor("noor"))
    assert answer.answers_id == deeper.answers_id == first(made).id
    thread_id, first_id = committed(made), first(again(made.id)).id
    hilde, path = browse("hilde"), f"/gesprekken/{thread_id}"
    page = hilde.get(f"{path}?antwoord={first_id}")
    assert page.form(path)["answers"] == str(first_id)
    assert hilde.post(path, page.form(path) | {"words": "Nog iets."}).status == 303
    lost = hilde.post(path, hilde.get(path).form(path) | {"words": "Nog iets.", "answers": str(uuid.uuid4())})
    assert lost.status == 422
    assert lost.says("staat niet meer in dit gesprek", "Nog iets.")
    other = actions.begin(group(cast), "Iets anders", "Ja.", by=cast.actor("bram"))
    with pytest.raises(Invalid):
        actions.write(again(thread_id), "Hier?", other.id, by=cast.actor("bram"))


def test_three_plain_reactions_that_a_second_tap_takes_back(browse: Browse, cast: Cast) -> None:
    made = thread(cast)
    post_id, thread_id = first(made).id, committed(made)
    hilde, path = browse("hilde"), f"/gesprekken/woorden/{post_id}/reactie"
    for kind in Reaction:
        assert hilde.post(path, {"kind": kind}).status == 303
    page = browse("noor").get(f"/gesprekken/{thread_id}")
    assert page.says("Gelezen 1: Hilde", "Eens 1: Hilde", "Dank je 1: Hilde")
    assert hilde.post(path, {"kind": "agree"}).status == 303
    assert not browse("noor").get(f"/gesprekken/{thread_id}").says("Eens 1")
    assert hilde.post(path, {"kind": "boos"}).status == 303
    assert len(db.session.scalars(select(ThreadReaction)).all()) == 2


def test_words_that_change_say_so(browse: Browse, cast: Cast) -> None:
    made = thread(cast)
    post_id, thread_id = first(made).id, committed(made)
    bram, path = browse("bram"), f"/gesprekken/woorden/{post_id}"
    late = bram.get(path).form(path)
    assert bram.submit(bram.get(path), path, words="Wij koken twee potten.").status == 303
    assert browse("lena").get(f"/gesprekken/{thread_id}").says("Wij koken twee potten.", "aangepast")
    refused = bram.post(path, late | {"words": "Uit het andere tabblad."})
    assert refused.status == 409
    assert refused.says("Uit het andere tabblad.")
    with pytest.raises(NotAllowed):
        actions.edit(post(post_id), "Van een ander.", by=cast.actor("noor"))


@pytest.mark.parametrize(("who", "name"), [("bram", "Bram Cools"), ("noor", "Noor Vermeulen")])
def test_words_that_are_taken_back_leave_a_trace_and_nothing_else(
    browse: Browse, cast: Cast, who: str, name: str
) -> None:
    made = thread(cast)
    secret = actions.write(made, f"{CANARY} woont in de Dorpsstraat. @Hilde", by=cast.actor("bram"))
    actions.react(post(secret.id), Reaction.AGREE, by=cast.actor("hilde"))
    post_id, thread_id = secret.id, committed(made)
    visitor, path = browse(who), f"/gesprekken/woorden/{post_id}/intrekken"
    assert visitor.submit(visitor.get(f"/gesprekken/{thread_id}"), path).status == 303
    for reader in ("bram", "hilde", "lena"):
        page = browse(reader).get(f"/gesprekken/{thread_id}")
        assert page.says(f"Ingetrokken door {name}")
        assert CANARY not in page.text
    for model in (ThreadMention, ThreadReaction):
        assert db.session.scalars(select(model)).all() == []
    with pytest.raises(Conflict):
        actions.edit(post(post_id), "Toch.", by=cast.actor("bram"))
    with pytest.raises(Conflict):
        actions.react(post(post_id), Reaction.READ, by=cast.actor("hilde"))
    assert browse("noor").post(f"/gesprekken/woorden/{post_id}/agenda").status == 303
    assert db.session.scalars(select(Topic)).all() == []


def test_a_backup_does_not_bring_them_back(cast: Cast) -> None:
    made = thread(cast)
    post_id, thread_id = first(made).id, committed(made)
    ledger.REPLAYS["thread_post"](post_id)
    db.session.commit()
    assert first(again(thread_id)).words == ""


def test_a_post_becomes_a_topic_once(browse: Browse, cast: Cast) -> None:
    made = thread(cast)
    long = actions.write(made, f"{'Moeten we dit samen bespreken? ' * 8}\nEn nog iets.", by=cast.actor("hilde"))
    post_id, thread_id = long.id, committed(made)
    for _twice in range(2):
        assert browse("noor").post(f"/gesprekken/woorden/{post_id}/agenda").status == 303
    (topic,) = db.session.scalars(select(Topic)).all()
    assert topic.title.startswith("Moeten we dit samen bespreken?")
    assert topic.title.endswith("…")
    assert topic.brought_by_id == cast.noor
    assert browse("lena").get(f"/gesprekken/{thread_id}").says("Wacht in de agendabus")


def test_a_post_may_become_a_lesson(browse: Browse, cast: Cast) -> None:
    made = thread(cast)
    post_id, thread_id = first(made).id, committed(made)
    assert browse("noor").post(f"/gesprekken/woorden/{post_id}/les").status == 303
    assert post(post_id).became is Mark.LESSON
    assert browse("lena").get(f"/gesprekken/{thread_id}").says("Kan een les worden")


def test_what_is_new_since_last_time_shows_until_it_is_seen(browse: Browse, cast: Cast) -> None:
    made = thread(cast)
    group_id, thread_id = made.group_id, committed(made)
    hilde, path = browse("hilde"), f"/gesprekken/{thread_id}/gezien"
    assert says_new(hilde.get(f"/werkgroepen/{group_id}/gesprekken"))
    page = hilde.get(f"/gesprekken/{thread_id}")
    assert page.says("Nieuw", "Ik heb alles gelezen")
    form = page.form(path)
    assert hilde.post(path, form, partial=True).status == 204
    assert not says_new(hilde.get(f"/werkgroepen/{group_id}/gesprekken"))
    assert not hilde.get(f"/gesprekken/{thread_id}").says("Ik heb alles gelezen")
    with clock.at(clock.now() + timedelta(minutes=5)):
        actions.write(again(thread_id), "Nog iets.", by=cast.actor("noor"))
        actions.write(again(thread_id), "Van mezelf.", by=cast.actor("hilde"))
        actions.write(again(thread_id), "En dit.", by=cast.actor("bram"))
        db.session.commit()
    assert hilde.post(path, form).status == 303  # what an older page saw takes nothing back
    assert hilde.post(path, {"until": "onzin"}).status == 303
    assert not says_new(browse("bram").get(f"/werkgroepen/{group_id}"))


def test_a_guest_of_one_conversation_reads_and_talks_there_and_nowhere_else(browse: Browse, cast: Cast) -> None:
    made = thread(cast, Visibility.CONFIDENTIAL, name=CANARY)
    other = actions.begin(made.group, "Iets anders", "Ja.", by=cast.actor("bram"))
    other_id, group_id, thread_id = other.thread_id, made.group_id, committed(made)
    guest = browse("moved")
    assert say(guest, thread_id, "Ik ook.").status == 303
    page = guest.get(f"/gesprekken/{thread_id}")
    assert page.says("Ik ook.", WORDS)
    assert f"/werkgroepen/{group_id}" not in page.links()
    own = post(db.session.scalars(select(ThreadPost.id).where(ThreadPost.author_id == cast.moved)).one()).id
    assert guest.post(f"/gesprekken/woorden/{own}/agenda").status == 403
    assert guest.post(f"/gesprekken/woorden/{own}/intrekken").status == 303
    for path in (f"/gesprekken/{other_id}", f"/werkgroepen/{group_id}/gesprekken"):
        assert guest.get(path).status == 404
    place = guests.place_of(thread_id, cast.moved) or pytest.fail("gone")
    hosting.end(guests.guest(place.id) or pytest.fail("gone"), by=cast.actor("noor"))
    db.session.commit()
    assert guest.get(f"/gesprekken/{thread_id}").status == 404


def test_a_member_leaves_and_the_words_stay(browse: Browse, cast: Cast) -> None:
    made = thread(cast)
    own = next(row.id for row in made.group.members if row.person_id == cast.bram)
    groups.end_membership(db.session.get_one(Membership, own), by=cast.actor("bram"))
    thread_id = committed(made)
    with pytest.raises(NotAllowed):
        actions.edit(first(again(thread_id)), "Anders.", by=cast.actor("bram"))
    db.session.execute(delete(Person).where(Person.id == cast.bram))
    db.session.commit()
    assert browse("noor").get(f"/gesprekken/{thread_id}").says(WORDS, "Iemand die vertrok")


def test_pages_follow_each_other_without_gap_or_double(browse: Browse, cast: Cast) -> None:
    made = thread(cast)
    now = clock.now()
    for number in range(2 * queries.PAGE_SIZE + 2):
        with clock.at(now + timedelta(seconds=number // 3)):
            actions.write(made, f"Bericht {number:03}", by=cast.actor("bram"))
    thread_id = committed(made)
    hilde, seen, url = browse("hilde"), "", f"/gesprekken/{thread_id}"
    for _page in range(3):
        page = hilde.get(url)
        seen += page.words
        url = next((one for one in page.links() if "voor=" in one), "")
    assert not url
    counts = {seen.count(f"Bericht {number:03}") for number in range(2 * queries.PAGE_SIZE + 2)}
    assert counts == {1}
    assert hilde.get(f"/gesprekken/{thread_id}?voor=onzin&antwoord=onzin").status == 200
    rows = [row.id for row in queries.of_group(made.group, cast.actor("hilde"))]
    assert rows == list(db.session.scalars(select(Thread.id)))
