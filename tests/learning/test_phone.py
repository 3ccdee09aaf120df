"""On the phone: coming in, sharing, and one's own words; of others nothing."""

from sqlalchemy import select

from tests.learning import makers
from tests.people import Cast
from tests.performance.pages import counted
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.learning import actions, deciding, queries
from webapp.learning.models import Contribution, ContributionGiver

CANARY = "Wij stonden met twee aan de poort."


def test_a_guest_comes_in_shares_changes_and_takes_back(browse: Browse, cast: Cast) -> None:
    made = makers.running(cast)
    link, words, base = makers.link(made), made.word_code or "", f"/mee/{made.id}"
    db.session.commit()
    sam, lou = browse("guest"), browse("guest")
    assert sam.submit(sam.get("/mee"), "/mee", words="AAP 11").status == 422
    door = sam.follow(sam.submit(sam.get("/mee"), "/mee", words=words.lower()))
    phone = sam.follow(sam.submit(door, f"{base}/binnen", name="Sam"))
    named = sam.submit(phone, f"{base}/deel", words="Toen kwam Ayoub Vandekanarie binnen.")
    assert named.status == 422
    assert named.says("Ayoub Vandekanarie", "Dit lijkt op een naam.")
    shared = sam.follow(sam.submit(phone, f"{base}/deel", words=CANARY))
    assert shared.says(CANARY, "Bij wie begeleidt")
    other = lou.follow(lou.submit(lou.follow(lou.get(link)), f"{base}/binnen"))
    assert CANARY not in other.text
    assert lou.get(f"{base}/eigen/0").status == 404
    changed = sam.follow(sam.submit(sam.get(f"{base}/eigen/0"), f"{base}/eigen/0", words="Met twee."))
    assert changed.says("Met twee.")
    gone = sam.follow(sam.submit(changed, f"{base}/eigen/0/terug"))
    assert "Met twee." not in gone.text


def test_a_phone_hears_of_its_own_words_and_of_the_phase(browse: Browse, cast: Cast) -> None:
    made = makers.running(cast)
    link, base, learning_id = makers.link(made), f"/mee/{made.id}", made.id
    db.session.commit()
    sam = browse("guest")
    phone = sam.follow(sam.submit(sam.follow(sam.get(link)), f"{base}/binnen"))
    sam.submit(phone, f"{base}/deel", words=CANARY)
    with counted(db.engine) as asked:
        seen = sam.get(f"{base}/stand").text
    assert len(asked) <= 2, asked  # who asks, and the answer
    again = makers.read(learning_id)
    makers.note(again, "Van iemand anders")
    db.session.commit()
    assert sam.get(f"{base}/stand", headers={"If-None-Match": f'"{seen}"'}).status == 304
    mine = db.session.query(Contribution).filter_by(words=CANARY).one()
    queries.session(learning_id)
    deciding.reword(mine, "Er stonden er twee.", by=cast.actor("noor"))
    db.session.commit()
    assert sam.get(f"{base}/stand").text != seen
    asked_page = sam.get(f"{base}/deel")
    assert asked_page.says("Er stonden er twee.")
    assert sam.follow(sam.submit(asked_page, f"{base}/eigen/0/ja")).says("Er stonden er twee.")
    actions.close(makers.read(learning_id), "", "", by=cast.actor("frank"))
    db.session.commit()
    parts = sam.get(f"{base}/nu", partial=True)
    assert parts.says("Deze sessie is voorbij.", "Er stonden er twee.")
    assert "/terug" not in parts.text
    late = sam.submit(asked_page, f"{base}/deel", words="Nog een laatste woord.")
    assert late.says("Deze sessie is voorbij.", "Je laatste woorden kwamen na het einde.", "Nog een laatste woord.")
    guest = browse("guest")
    for page in (guest.follow(guest.get(link)), sam.get(f"{base}/muur")):
        assert page.says("Deze sessie is voorbij.")


def test_a_name_stands_on_the_wall_where_its_owner_says_so_and_an_anonymous_session_asks_none(
    browse: Browse, cast: Cast
) -> None:
    named, silent = makers.running(cast, is_named=True), makers.running(cast)
    links, bases = (makers.link(named), makers.link(silent)), (f"/mee/{named.id}", f"/mee/{silent.id}")
    db.session.commit()
    sam = browse("guest")
    door = sam.follow(sam.get(links[1]))
    assert door.says("Anoniem: Brug bewaart geen naam", "zou die naast het logboek van de server kunnen leggen")
    unnamed = sam.follow(sam.submit(door, f"{bases[1]}/binnen", name="Sam"))
    assert "shows_name" not in unnamed.form(f"{bases[1]}/deel")
    assert sam.submit(unnamed, f"{bases[1]}/deel", words="Met twee.", shows_name="y").status == 400
    phone = sam.follow(sam.submit(sam.follow(sam.get(links[0])), f"{bases[0]}/binnen", name="Sam"))
    sam.submit(phone, f"{bases[0]}/deel", words="Zonder naam.")
    again = sam.get(f"{bases[0]}/deel")
    sam.submit(again, f"{bases[0]}/deel", words="Met naam.", shows_name="y")
    shown = select(Contribution.words, ContributionGiver.shows_name).join(
        ContributionGiver, ContributionGiver.contribution_id == Contribution.id
    )
    assert dict(map(tuple, db.session.execute(shown))) == {"Zonder naam.": False, "Met naam.": True}


def test_far_too_much_at_once_is_said_in_one_sentence_and_stays(browse: Browse, cast: Cast) -> None:
    made = makers.running(cast)
    link, base = makers.link(made), f"/mee/{made.id}"
    db.session.commit()
    sam = browse("guest")
    phone = sam.follow(sam.submit(sam.follow(sam.get(link)), f"{base}/binnen"))
    lines = "\n".join(f"Regel {number} van wat iemand plakte" for number in range(10_000))
    answer = sam.submit(phone, f"{base}/deel", words=lines)
    assert (answer.status, answer.says("Dit is te lang.", "Regel 0 van", "Regel 9999 van")) == (422, True)
    assert db.session.query(Contribution).count() == 0
