"""Flagging what came of a session: by whoever reads it, by the link without a name too; folded words show nowhere."""

import pytest
from sqlalchemy import select, update

from tests.learning import makers
from tests.people import Cast
from tests.support.browse import Browse, Browser
from tests.support.rows import all_rows
from webapp.core import links
from webapp.core.db import db
from webapp.core.errors import Invalid, NotAllowed
from webapp.core.history import History
from webapp.learning import actions, closing, joining
from webapp.learning.closing import Draft, Kept, Outcome
from webapp.learning.models import LearningSession, SessionLead
from webapp.lessons import flagging, house_words, opening, ruling
from webapp.lessons.codes import Flagged, FlagOutcome
from webapp.lessons.models import Lesson
from webapp.lessons.use_models import Flag
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import Notice
from webapp.policy.actor import Actor, Grant, Key

CANARY = "Kanarieveer"


def _closed(cast: Cast) -> LearningSession:
    made = makers.running(cast)
    closing.finish(made, Outcome(f"{CANARY} telt.\nEten helpt.", f"Merci {CANARY}!"), by=cast.actor("frank"))
    return made


def _flagged(cast: Cast, made: LearningSession, who: str = "jef") -> Flag:
    rule = ruling.begin(house_words.first_rules())[0]
    return flagging.flag(Flagged.RESULT, made.id, rule, "Dit wijst iemand aan.", by=cast.actor(who))


def _by_link(browse: Browse, made: LearningSession) -> Browser:
    """A browser that took part by the link."""
    token = joining.join(made, "Ans", by=Actor(keys=frozenset({Grant(Key.SESSION, made.id)}))).token
    link = links.find(links.Purpose.PARTICIPANT, token)
    assert link
    db.session.commit()
    guest = browse("guest")
    with guest.client.session_transaction(base_url=guest.base_url) as visit:
        visit["links"] = [link.id.hex]
    return guest


def _told(kind: NoticeKind) -> set[object]:
    return set(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))


def test_what_came_of_a_session_is_flagged_folded_and_shown_again(browse: Browse, cast: Cast) -> None:
    made = makers.running(cast)
    guest = _by_link(browse, made)
    closing.finish(makers.read(made.id), Outcome(f"{CANARY} telt.", "Dank je wel."), by=cast.actor("frank"))
    db.session.commit()
    page, path = f"/leren/sessies/{made.id}/resultaat", f"/leren/sessies/{made.id}/resultaat/melden"
    mark = ruling.mark_of([house_words.first_rules()[0]])
    for reader, thanks in ((guest, "Dank je. Iemand kijkt ernaar."), (browse("jef"), "en je hoort wat die beslist")):
        assert path in reader.get(page).links()
        form = reader.get(path)
        assert form.says(CANARY, "Dank je wel.")
        assert reader.post(path, {"words": "Dit wijst."}).says("Kies de regel waarover het gaat.", "Dit wijst.")
        assert reader.follow(reader.submit(form, path, rule=mark, words="Dit wijst.")).says(thanks)
    assert [row.person_id for row in db.session.scalars(select(Flag).order_by(Flag.at))] == [None, cast.jef]
    assert browse("jef").get(path).says("Dit meldde je al.", "Dit wijst.")
    assert "Dit wijst." not in guest.get(path).text
    row = db.session.scalars(select(Flag).where(Flag.person_id == cast.jef)).one()
    tine, decide = browse("tine"), f"/leren/meldingen/{row.id}"
    assert tine.get("/leren/meldingen").says("Wat er uit een sessie kwam")
    assert tine.get(decide).says("Wat er uit een sessie kwam, en gemeld werd", CANARY, "Dit wijst.")
    folded = tine.follow(tine.submit(tine.get(decide), f"{decide}/beslissing", outcome="folded", why="Te herkenbaar."))
    assert folded.says("Dichtgevouwen")
    for reader in (guest, browse("jef")):
        read = reader.get(page)
        assert read.says("De drie lijnen zijn dichtgevouwen")
        assert CANARY not in read.text
        assert "Te herkenbaar." not in read.text
        assert path not in read.links()
        assert reader.get(path).status == 303
        assert reader.post(path, {"rule": mark}).status == 409
    noor = browse("noor")
    assert noor.get(page).says("Waarom: Te herkenbaar.")
    (told,) = [one for one in noor.get(page).links() if one.startswith("/leren/meldingen/")]
    assert noor.get(told).says(CANARY, "Te herkenbaar.")  # one decision about both flags: either tells of it
    assert noor.get(decide).says(CANARY, "Te herkenbaar.", "wie de sessie leidt")
    assert _told(NoticeKind.FLAG_DECIDED) == {cast.jef}
    assert _told(NoticeKind.WORDS_FOLDED) == {cast.frank, cast.noor}
    again = tine.get(decide)
    tine.submit(again, f"{decide}/beslissing", outcome="kept", why="Toch niet.")
    assert guest.get(page).says(CANARY, "Dank je wel.")
    assert _told(NoticeKind.WORDS_SHOWN) == {cast.frank, cast.noor}
    steps = db.session.scalars(select(History.step).where(History.kind == "result").order_by(History.at)).all()
    assert steps == ["fold", "keep"]


def test_only_who_reads_it_flags_it_and_only_once_it_is_there(browse: Browse, cast: Cast) -> None:
    made = makers.running(cast)
    db.session.commit()
    path = f"/leren/sessies/{made.id}/resultaat/melden"
    assert [browse(who).get(path).status for who in ("jef", "frank", "hilde")] == [403, 403, 404]
    with pytest.raises(NotAllowed):
        _flagged(cast, makers.read(made.id))
    actions.close(makers.read(made.id), "Eten helpt.", "", by=cast.actor("frank"))
    db.session.commit()
    assert [browse(who).get(path).status for who in ("jef", "frank", "hilde", "tine")] == [200, 200, 404, 404]
    with pytest.raises(NotAllowed):
        _flagged(cast, makers.read(made.id), "hilde")


def test_who_leads_or_wrote_it_decides_nothing_about_it(browse: Browse, cast: Cast) -> None:
    row = _flagged(cast, _closed(cast))
    db.session.commit()
    path = f"/leren/meldingen/{row.id}"
    assert browse("frank").get(path).says("Dit zijn je eigen woorden.")
    assert browse("frank").post(f"{path}/beslissing", {"outcome": "kept", "why": "Mag."}).status == 403
    assert browse("noor").get(path).status == 404  # until somebody decided, nobody is told
    db.session.execute(update(SessionLead).values(person_id=cast.lena).where(SessionLead.person_id == cast.frank))
    db.session.commit()
    assert browse("frank").get(path).says("Dit zijn je eigen woorden.")  # he wrote it, whoever leads it now
    actions.say_result(makers.read(row.thing_id), "Eten.", "", by=cast.actor("noor"))
    made = flagging.words_of(Flagged.RESULT, row.thing_id)
    assert made
    assert made.author_ids == {cast.frank, cast.noor, cast.lena}


def test_folded_lines_show_nowhere(browse: Browse, cast: Cast) -> None:
    """On pages of the session for whoever leads it and whoever took part, of the log, feeds, notices, mails and
    downloads."""
    opening.open_to_all(by=cast.actor("tine"))
    made = makers.running(cast)
    guest = _by_link(browse, made)
    shared = Kept(Draft("Met twee", "Met twee aan de poort."))
    closing.finish(
        makers.read(made.id), Outcome(f"{CANARY} telt.", f"Merci {CANARY}!", (shared,)), by=cast.actor("frank")
    )
    row = _flagged(cast, makers.read(made.id))
    db.session.commit()
    learning, here = f"/leren/sessies/{made.id}", f"/mee/{made.id}"
    lesson = db.session.scalars(select(Lesson.id)).one()
    pages = [
        f"{learning}{way}" for way in ("", "/resultaat", "/afronden", "/bureau", "/muur", "/uitnodigen", "/bewerken")
    ]
    pages += [
        "/leren/sessies",
        "/",
        "/meldingen",
        "/leren",
        "/leren?q=kanariev",
        "/leren/meldingen",
        "/leren/mijn-lessen",
    ]
    pages += [f"/lessen/{lesson}", "/leren/feed.atom", "/leren/feed.json", "/leren/huisregels", "/account"]
    pages += [f"{learning}/blad.pdf", f"{learning}/resultaat/melden", f"/leren/meldingen/{row.id}", "/werkgroepen"]
    heard = [url for url in pages if CANARY in browse("noor").get(url).text]
    assert heard == [f"{learning}/resultaat", f"{learning}/afronden", f"{learning}/resultaat/melden"]
    flagging.decide(row, FlagOutcome.FOLDED, "Te herkenbaar.", by=cast.actor("tine"))
    db.session.commit()
    by_link = [f"{learning}/resultaat", here, f"{here}/muur", f"{here}/deel", makers.link(makers.read(made.id))]
    assert [url for url in (*by_link, *pages) if CANARY in guest.get(url).text] == []
    assert [(who, url) for who in ("jef", "hilde") for url in pages if CANARY in browse(who).get(url).text] == []
    # whoever wrote it reads it where it was decided, and whoever looks after the log does
    for who in ("noor", "frank"):
        assert [url for url in pages if CANARY in browse(who).get(url).text] == [f"/leren/meldingen/{row.id}"]
    assert browse("tine").get(f"/leren/meldingen/{row.id}").says(CANARY)
    kept = all_rows(but={"learning_session"})
    assert CANARY not in str(kept)


def test_folded_lines_stay_as_they_were_decided_about(browse: Browse, cast: Cast) -> None:
    made = _closed(cast)
    row = _flagged(cast, made)
    db.session.commit()
    path = f"/leren/sessies/{made.id}/afronden"
    frank = browse("frank")
    before = frank.get(path)
    assert before.says(CANARY)
    flagging.decide(row, FlagOutcome.FOLDED, "Te herkenbaar.", by=cast.actor("tine"))
    db.session.commit()
    late = frank.submit(before, path, result="Andere lijnen.", thanks="Merci!", title_2="Eten", line_2="Eten helpt.")
    assert late.status == 409
    assert late.says("De drie lijnen zijn dichtgevouwen", "Waarom: Te herkenbaar.", "Andere lijnen.", "Merci!")
    assert CANARY not in late.text
    twice = frank.submit(late, path)
    assert twice.status == 422
    assert twice.says("Bewaar deze woorden elders", "Andere lijnen.", "Eten helpt.")
    assert not db.session.scalars(select(Lesson)).all()
    assert frank.submit(twice, path, result="", thanks="").status == 303
    assert db.session.scalars(select(Lesson.line)).one() == "Eten helpt."
    db.session.expire_all()
    found = db.session.get_one(LearningSession, made.id)
    assert (found.result, found.is_result_folded) == (f"{CANARY} telt.\nEten helpt.", True)
    empty = frank.get(path)
    assert "result" not in empty.form(path)
    assert frank.submit(empty, path).status == 303


def test_who_adds_to_a_closed_session_keeps_its_folded_lines(cast: Cast) -> None:
    made, frank = _closed(cast), cast.actor("frank")
    row = _flagged(cast, made)
    flagging.decide(row, FlagOutcome.FOLDED, "Te herkenbaar.", by=cast.actor("tine"))
    with pytest.raises(Invalid) as refused:
        actions.say_result(made, f"{CANARY} weer.", "", by=frank)
    assert refused.value.errors == {"result": "lines_folded"}
    made = makers.read(made.id)
    closing.finish(made, Outcome("", ""), by=frank)
    assert (made.result.startswith(CANARY), made.is_result_folded) == (True, True)
    flagging.decide(row, FlagOutcome.KEPT, "Toch niet.", by=cast.actor("tine"))
    actions.say_result(made, "Eten helpt.", "", by=frank)
    assert (made.result, made.is_result_folded) == ("Eten helpt.", False)
