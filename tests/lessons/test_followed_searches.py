"""Following a search of the log: what came out since stands on Today, in the list and, without words, in a mail."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.lessons import actions, following_searches, search_news, tagging
from webapp.lessons.asked import Asked
from webapp.lessons.models import Lesson
from webapp.lessons.routes import searches
from webapp.lessons.use_models import FollowedSearch
from webapp.notifications.queries import Reader
from webapp.vocabulary.seven_bs import B
from webapp.web.i18n import in_language

GATE = Asked(q="poort")
FOLLOW, LIST = "/leren/gevolgd?q=poort", "/leren/gevolgd"


def tomorrow() -> datetime:
    return clock.now() + timedelta(days=1)


def followed(cast: Cast, asked: Asked = GATE, who: str = "jef") -> None:
    following_searches.follow(asked, by=cast.actor(who))


def night() -> None:
    """What the worker does each night."""
    db.session.commit()
    outbox.enqueue(following_searches.LOOK, {})
    db.session.commit()
    while outbox.run_due("night"):
        pass


def test_new_lessons_stand_on_today_until_somebody_looks(cast: Cast, browse: Browse) -> None:
    with clock.at(clock.now() - timedelta(minutes=1)):
        makers.out(cast, "Oud nieuws van de poort")
    db.session.commit()
    jef = browse("jef")
    log = jef.get("/leren?q=poort")
    followed_it = jef.follow(jef.submit(log, LIST, to=FOLLOW))
    assert followed_it.says("Je volgt dit. Nieuwe lessen lees je op Vandaag.", "Je volgt dit · stop")
    assert jef.get(LIST).says("“poort”", "Niets nieuws")
    with clock.at(tomorrow()):
        makers.out(cast, "Sta aan de poort")
        makers.out(cast, "Eet samen")
        night()
        assert not browse("noor").get("/").says("Nieuw bij wat je volgt")
        jef = browse("jef")
        today = jef.get("/")
        assert today.says("Nieuw bij wat je volgt", "1 nieuwe les", "“poort”")
        assert jef.get(LIST).says("1 nieuwe les")
    with clock.at(tomorrow() + timedelta(minutes=1)):
        found = jef.follow(jef.submit(today, "/leren/gevolgd/nieuw?q=poort"))
        assert found.says("Sta aan de poort", "Uitgekomen sinds")
        assert not found.says("Oud nieuws")
        assert not jef.get("/").says("Nieuw bij wat je volgt")
        stop = f"/leren/gevolgd/stop?naar={LIST}&q=poort"
        assert jef.follow(jef.submit(jef.get(LIST), stop)).says("Je volgt nog niets")


def test_what_is_not_out_is_told_to_nobody(cast: Cast, browse: Browse) -> None:
    frank, jef = cast.actor("frank"), cast.people["jef"]
    followed(cast)
    followed(cast, Asked(b=B.TRUST))
    with clock.at(tomorrow()):
        makers.offered(cast, "Wacht aan de poort", bs=(B.TRUST,))
        night()
        assert not search_news.has_news(jef)
        came: list[Lesson] = [makers.out(cast, f"Aan de poort {number}", bs=(B.TRUST,)) for number in range(3)]
        night()
        assert search_news.has_news(jef)
        actions.hold(came[0], "Er staat iemand in.", by=frank)
        makers.fold(came[1])
        actions.outdate(came[2], "De poort is weg.", by=frank)
        db.session.commit()
        reader = browse("jef")
        assert not reader.get("/").says("Nieuw bij wat je volgt")
        assert not reader.get(LIST).says("nieuwe les")
        night()
        assert {row.newest_at for row in db.session.query(FollowedSearch)} == {None}


def test_a_mail_says_that_there_is_news_and_never_of_what(app: Flask, cast: Cast) -> None:
    followed(cast, Asked(q="yusuf poort"))
    reader = Reader(cast.people["jef"], "Jef", "jef@example.org", "")
    assert searches.in_digest(reader) == []
    with clock.at(tomorrow()):
        makers.out(cast, "Yusuf aan de poort")
        night()
        with app.test_request_context(base_url=app.config["SETTINGS"].base_url), in_language("nl"):
            ((words, where),) = searches.in_digest(reader)
    assert (words, where.partition("/leren")[2]) == ("Er zijn nieuwe lessen bij wat je volgt", "/gevolgd")
    assert "usuf" not in words + where


def test_many_searches_are_looked_in_a_few_at_a_time_and_no_job_holds_what_somebody_looks_for(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following_searches, "BATCH", 1)
    following_searches._each_once.cache_clear()
    tagging.accept(tagging.propose_word("hek", "", by=cast.actor("jef")), by=cast.actor("frank"))
    for who, asked in (("jef", GATE), ("noor", GATE), ("hilde", Asked(q="hek")), ("bram", Asked(q="niets zo"))):
        followed(cast, asked, who)
    with clock.at(tomorrow()):
        lesson = makers.out(cast, "Aan de poort")
        tagging.propose(lesson, "hek", by=cast.actor("bram"))
        night()
        news = {who: search_news.has_news(cast.people[who]) for who in ("jef", "noor", "hilde", "bram")}
    following_searches._each_once.cache_clear()
    assert news == {"jef": True, "noor": True, "hilde": True, "bram": False}
    looks = db.session.query(outbox.Job).filter_by(task=following_searches.LOOK)
    assert {"behind"} >= {name for job in looks for name in job.payload}
    assert looks.count() == 4


def test_there_is_an_end_to_what_somebody_follows(cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following_searches, "MOST", 1)
    for asked in (Asked(), Asked(q="!!"), Asked(q="é" * 200)):
        with pytest.raises(Invalid):
            followed(cast, asked)
    for _twice in range(2):
        followed(cast)
    db.session.commit()
    jef = browse("jef")
    log = jef.get("/leren?q=poort&b=trust")
    refused = jef.follow(jef.submit(log, LIST, to=f"{FOLLOW}&b=trust"))
    assert refused.says("Je volgt al twintig zoekopdrachten. Stop er eerst met één.", "Volg deze zoekopdracht")
    assert db.session.query(FollowedSearch).count() == 1
