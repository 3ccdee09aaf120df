"""Flagging words and deciding about them, on pages; and that what was folded shows nowhere."""

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browse
from tests.support.rows import all_rows
from webapp.core.db import db
from webapp.lessons import flagging, house_words, lists, opening, ruling, trying
from webapp.lessons.codes import Flagged, FlagOutcome, Helped
from webapp.lessons.trying import Saw
from webapp.lessons.use_models import Flag
from webapp.notifications.models import Notice

CANARY = "ZilverKanarie"
FLAGS = "/leren/meldingen"


def test_a_flag_cites_a_rule_and_is_decided_with_a_reason(cast: Cast, browse: Browse) -> None:
    lesson = makers.published(cast)
    db.session.commit()
    url = f"/lessen/{lesson.id}/melden"
    jef = browse("jef")
    assert url in jef.get(f"/lessen/{lesson.id}").links()
    assert jef.post(url, {"words": "Te veel."}).says("Kies de regel waarover het gaat.", "Te veel.")
    mark = ruling.mark_of([house_words.first_rules()[0]])
    jef.post(url, {"rule": mark, "words": "Hier staat te veel."})
    assert jef.get(url).says("Dit meldde je al.", "Hier staat te veel.")
    frank = browse("frank")
    assert frank.get("/").says("1 gemelde tekst wacht op een beslissing")
    row = db.session.query(Flag).one()
    where = f"{FLAGS}/{row.id}"
    assert where in frank.get(FLAGS).links()
    page = frank.get(where)
    assert page.says(makers.GATE.title, "Hier staat te veel.", "Niemand is te herkennen")
    assert not page.says("Jef")
    assert frank.post(f"{where}/beslissing", {"outcome": "folded"}).says("Zeg in één zin waarom.")
    frank.post(f"{where}/beslissing", {"outcome": "folded", "why": "Je herkent de ploeg."})
    assert frank.get(FLAGS).says("Er wacht niets", "Dichtgevouwen")
    bram, jef_reads = browse("bram").get(where), jef.get(where)
    assert bram.says("Je herkent de ploeg.", makers.GATE.title)
    assert not bram.says("Hier staat te veel.")
    assert jef_reads.says("Je herkent de ploeg.", "Hier staat te veel.")
    assert not jef_reads.says(makers.GATE.title)


def test_the_other_language_keeps_what_was_typed_and_flags_nothing_yet(cast: Cast, browse: Browse) -> None:
    lesson = makers.published(cast)
    db.session.commit()
    url = f"/lessen/{lesson.id}/melden"
    mark = ruling.mark_of([house_words.first_rules()[0]])
    jef = browse("jef")
    page = jef.get(url)
    assert f'form="typed-in" formaction="{url}?taal=en"' in page.text
    page = jef.post(f"{url}?taal=en", page.form(url) | {"rule": mark, "words": "Hier staat te veel."})
    assert (page.status, page.says("What do you notice?")) == (200, True)
    kept = page.form(url)
    assert (kept["rule"], kept["words"], db.session.query(Flag).count()) == (mark, "Hier staat te veel.", 0)
    db.session.rollback()
    assert jef.get(url).says("What do you notice?")
    assert jef.post(url, kept).status == 303
    assert db.session.query(Flag).one().words == "Hier staat te veel."


def test_who_decides_after_somebody_else_reads_that_first(cast: Cast, browse: Browse) -> None:
    flag = makers.flagged(cast, makers.published(cast))
    db.session.commit()
    url = f"{FLAGS}/{flag.id}"
    frank = browse("frank")
    form = frank.get(url).form(f"{url}/beslissing")
    flagging.decide(flag, FlagOutcome.FOLDED, "Je herkent de ploeg.", by=cast.actor("tine"))
    db.session.commit()
    late = frank.post(f"{url}/beslissing", {**form, "outcome": "kept", "why": "Dat mag."})
    assert late.status == 409
    assert late.says("Iemand besliste intussen.", "Je herkent de ploeg.", "Dat mag.")
    frank.submit(late, f"{url}/beslissing", outcome="kept", why="Dat mag.")
    assert lists.said_of(flag.thing_id)[0].outcome is FlagOutcome.KEPT


def test_folded_words_show_nowhere(cast: Cast, browse: Browse) -> None:
    """On pages of the log, in search, feeds, notices, mails, the bell, history and audit."""
    opening.open_to_all(by=cast.actor("tine"))
    lesson = makers.out(cast, f"{CANARY} titel", f"{CANARY} lijn", words={"did": f"{CANARY} deed"}, source=CANARY)
    other = makers.out(cast, "Een poort")
    said = trying.say(other, None, Saw(Helped.HELPED, f"{CANARY} zelfde", f"{CANARY} anders"), by=cast.actor("noor"))
    flag = makers.flagged(cast, lesson)
    also = flagging.flag(Flagged.TRIED, said.id, ruling.begin([])[0], "", by=cast.actor("jef"))
    db.session.commit()
    public = f"/les/{lesson.id}"
    assert CANARY in browse("guest").get(public).text
    for one in (flag, also):
        flagging.decide(one, FlagOutcome.FOLDED, "Je herkent de ploeg.", by=cast.actor("frank"))
    db.session.commit()
    urls = (
        *(
            "/",
            "/meldingen",
            "/leren",
            "/leren?q=zilverk",
            f"/leren?bron={CANARY.lower()}",
            FLAGS,
            "/leren/trefwoorden",
        ),
        *(f"/lessen/{lesson.id}", f"/lessen/{other.id}", public, f"/les/{other.id}"),
        *("/leren/feed.atom", "/leren/feed.json", f"{FLAGS}/{flag.id}", f"{FLAGS}/{also.id}"),
        *(f"/lessen/{lesson.id}/melden", f"/leren/ook/{said.id}/melden", "/leren/sessies"),
    )
    for who in ("jef", "hilde", "guest"):
        browser = browse(who)
        assert [url for url in urls if CANARY in browser.get(url).text] == [], who
    kept = all_rows(but={"lesson", "tried", "sign_in_session"})
    assert CANARY not in str(kept)
    assert db.session.query(Notice).count() >= 2
