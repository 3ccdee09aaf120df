"""Flagging what hangs on the wall: from the desk and, without a name, from a phone; folded words show nowhere."""

from sqlalchemy import select

from tests.learning import makers
from tests.people import Cast
from tests.support.browse import Browse
from tests.support.rows import all_rows
from webapp.core.db import db
from webapp.learning import actions, deciding, placing, sharing
from webapp.learning.codes import ContributionKind
from webapp.learning.models import Contribution, Participant
from webapp.lessons import flagging, house_words, ruling
from webapp.lessons.codes import Flagged, FlagOutcome
from webapp.lessons.use_models import Flag
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import Notice

CANARY = "Kanarie gemeen"


def test_a_guest_flags_without_a_name_and_folded_words_show_nowhere(browse: Browse, cast: Cast) -> None:
    made = makers.running(cast)
    link, base, learning = makers.link(made), f"/mee/{made.id}", f"/leren/sessies/{made.id}"
    kept, held = makers.on_wall(cast, made, "Samen eten."), makers.note(made, "Wacht nog.")
    deciding.hold(held, by=cast.actor("frank"))
    held_path = f"/leren/bijdragen/{held.id}/melden"
    db.session.commit()
    giver, guest = browse("guest"), browse("guest")
    for one in (giver, guest):
        one.submit(one.follow(one.get(link)), f"{base}/binnen")
    giver.submit(giver.get(f"{base}/deel"), f"{base}/deel", words=CANARY)
    note = db.session.scalars(select(Contribution).where(Contribution.words == CANARY)).one()
    frank = browse("frank")
    put = f"/leren/bijdragen/{note.id}/plaats"
    for where in ("wall", "lesson"):
        frank.post(put, frank.get(f"{learning}/bureau").form(put) | {"to": where})
    path = f"/leren/bijdragen/{note.id}/melden"
    assert path in guest.get(f"{base}/muur").links()
    assert path in frank.get(f"{learning}/bureau").links()
    assert [one.get(held_path).status for one in (browse("frank"), guest)] == [404, 303]
    mark = ruling.mark_of([house_words.first_rules()[0]])
    thanks = guest.follow(guest.submit(guest.get(path), path, rule=mark, words="Dit kwetst."))
    assert thanks.says("Dank je. Iemand kijkt ernaar.")
    again = giver.get(path)
    assert "Dit kwetst." not in again.text
    giver.submit(again, path, rule=mark, words="Van mij.")
    row = db.session.scalars(select(Flag)).one()
    assert (row.person_id, row.words) == (None, "Dit kwetst.")
    tine, decide = browse("tine"), f"/leren/meldingen/{row.id}"
    assert tine.get(decide).says(CANARY, "Dit kwetst.")
    tine.submit(tine.get(decide), f"{decide}/beslissing", outcome="folded", why="Zo spreken we niet.")
    assert frank.get(f"{learning}/bureau").says("1 bijdrage is dichtgevouwen")
    own = giver.get(f"{base}/deel")
    assert own.says("Dichtgevouwen", "Waarom: Zo spreken we niet.", CANARY)
    assert own.form(f"{base}/eigen/0/terug")
    assert f"{base}/eigen/0" not in own.links()
    ways = ("muur", "bureau", "bureau/nu", "afronden", "resultaat")
    urls = [f"{learning}/{way}" for way in ways] + [f"/leren/bijdragen/{kept.id}/samen", "/leren/meldingen", "/"]
    leaks = [url for url in (*urls, path, f"/leren/bijdragen/{note.id}/woorden") if CANARY in frank.get(url).text]
    assert leaks == []
    assert CANARY not in guest.get(f"{base}/muur").text + guest.get(f"{base}/deel").text
    assert CANARY not in str(all_rows(but={"contribution", "sign_in_session"}))
    actions.close(makers.read(made.id), "Samen eten.", "", by=cast.actor("frank"))
    flagging.decide(row, FlagOutcome.KEPT, "Toch niet.", by=cast.actor("tine"))
    assert not db.session.get_one(Contribution, note.id).is_folded


def test_nobody_decides_about_what_they_gave_and_who_gave_it_is_not_told(browse: Browse, cast: Cast) -> None:
    made = makers.running(cast, is_named=True)
    frank = makers.guest(made, "Frank")
    db.session.scalars(select(Participant)).one().person_id = cast.frank
    note = sharing.share(made, ContributionKind.IDEA, CANARY, sharing.new_secret(), by=frank)
    placing.gather(note, None, (), by=cast.actor("noor"))
    flag = flagging.flag(Flagged.CONTRIBUTION, note.id, ruling.begin(["Mild."])[0], "", by=cast.actor("noor"))
    path = f"/leren/meldingen/{flag.id}"
    db.session.commit()
    assert browse("frank").get(path).says("Dit zijn je eigen woorden.")
    tine = browse("tine")
    page = tine.get(path)
    assert page.says(CANARY)
    assert "Frank" not in page.text
    tine.submit(page, f"{path}/beslissing", outcome="folded", why="Zo spreken we niet.")
    assert NoticeKind.WORDS_FOLDED not in db.session.scalars(select(Notice.kind)).all()
