"""On the phone: coming in, sharing, and one's own words; of others nothing."""

from collections.abc import Callable

from tests.learning import makers
from tests.people import Cast
from tests.support.browse import Browser
from webapp.core.db import db
from webapp.learning import actions, deciding, queries
from webapp.learning.models import Contribution

Browse = Callable[[str], Browser]
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
    seen = sam.get(f"{base}/stand").text
    again = makers.read(learning_id)
    makers.note(again, "Van iemand anders")
    db.session.commit()
    assert sam.get(f"{base}/stand").text == seen
    mine = db.session.query(Contribution).filter_by(words=CANARY).one()
    queries.session(learning_id)
    deciding.reword(mine, "Er stonden er twee.", by=cast.actor("noor"))
    db.session.commit()
    assert sam.get(f"{base}/stand").text != seen
    asked = sam.get(f"{base}/deel")
    assert asked.says("Er stonden er twee.")
    assert sam.follow(sam.submit(asked, f"{base}/eigen/0/ja")).says("Er stonden er twee.")
    actions.close(makers.read(learning_id), "", "", by=cast.actor("frank"))
    db.session.commit()
    assert sam.get(f"{base}/deel").says("Deze sessie is voorbij.")
