"""A group that may not come on one day asks for another."""

from datetime import timedelta

import pytest

from tests.people import Cast
from tests.referrals.steps import id_of, notices
from tests.support.browse import Browse
from tests.visits.test_visits import again, asked
from webapp.core import clock
from webapp.core.db import db
from webapp.visits.lifecycle import VisitStatus


@pytest.mark.parametrize("said", [{"answer": "declined"}, {"answer": "idea", "message": "kom liever in de lente"}])
def test_after_another_idea_or_a_no_the_group_asks_for_another_day(
    browse: Browse, cast: Cast, said: dict[str, str]
) -> None:
    visit_id = id_of(asked(cast))
    noor, path = browse("noor"), f"/bezoeken/{visit_id}"
    noor.post(f"{path}/antwoord", {**noor.get(path).form(f"{path}/antwoord"), **said})
    hilde, to = browse("hilde"), f"{path}/opnieuw"
    page = hilde.get(path)
    assert page.says("Vraag opnieuw, voor een andere dag")
    for who in ("noor", "bram"):
        assert browse(who).post(to, {"version": "2"}).status in (403, 404)
    past = hilde.submit(page, to, first_day="2020-01-01", note="we komen met de tram")
    assert past.says("Die dag is voorbij. Kies een latere dag.", "we komen met de tram")
    day = clock.today() + timedelta(days=20)
    assert hilde.submit(past, to, first_day=day.isoformat()).status == 303
    visit = again(visit_id)
    assert (visit.status, visit.first_day, visit.note) == (VisitStatus.ASKED, day, "we komen met de tram")
    db.session.rollback()
    assert notices(cast, "noor") == ["visit_asked", "visit_asked"]
    assert not hilde.get(path).says("Vraag opnieuw")
    assert not hilde.get(path).says("kom liever in de lente")
    assert hilde.post(to, {"version": "2", "first_day": day.isoformat()}).status == 409


def test_an_empty_page_says_what_each_may_do(browse: Browse, cast: Cast) -> None:
    assert browse("hilde").get("/bezoeken").says("Open een aanbod", "Bekijk al het aanbod")
    asked = browse("noor").get("/bezoeken")
    assert asked.says("Vraagt een klas of een groep of ze mag langskomen")
    assert not asked.says("Open een aanbod")
