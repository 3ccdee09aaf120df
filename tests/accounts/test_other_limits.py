"""The limits beside those of signing in (security.md 2.2): each of them holds, and says when to try again."""

import io
import uuid
from datetime import timedelta

import pytest

from tests import factories
from tests.core.test_files import photo
from tests.lessons import situations as lessons
from tests.polls import makers as polls
from tests.referrals.test_handouts import _opened
from webapp.core import clock
from webapp.core.db import db
from webapp.polls import queries
from webapp.web import paper
from webapp.web.limits import LIMITS

HOUR = timedelta(hours=1)
NO_SUCH = uuid.UUID(int=7)


def test_the_table_is_exactly_this():
    assert {one.name: str(one.amount) for one in LIMITS} == {
        "changes": "120 per 1 minute",
        "changes in a session": "30 per 1 minute",
        "a session from one network": "1500 per 1 minute",
        "words of a session": "60 per 15 minute",
        "sign-in mails": "5 per 1 hour",
        "proof mails": "5 per 1 hour",
        "second factors": "10 per 15 minute",
        "looks at contact cards": "30 per 1 hour",
        "exports": "5 per 1 hour",
        "sign-in tries": "30 per 15 minute",
        "calendar feeds": "60 per 1 hour",
        "feeds of lessons": "60 per 1 hour",
        "wrong links": "20 per 1 hour",
        "forms of guests": "5 per 1 hour",
        "guests in a date poll": "60 per 1 hour",
        "searches": "30 per 1 minute",
        "searches in the log": "120 per 1 minute",
        "lists as a file": "5 per 1 hour",
        "files": "20 per 1 hour",
        "cards on paper": "60 per 1 hour",
        "booklets": "20 per 1 hour",
        "invitations": "10 per 1 hour",
        "invited people": "10 per 1 hour",
        "people invited into groups": "20 per 1 hour",
        "browser reports": "60 per 1 minute",
    }


def holds(ask, times, *, within):
    """The first `times` pass, the next one does not, and later it does again."""
    begun = clock.now()
    statuses = [ask(number).status_code for number in range(times)]
    assert max(statuses) < 429, statuses
    stopped = ask(times)
    assert stopped.status_code == 429
    assert 1 <= int(stopped.headers["Retry-After"]) <= within.total_seconds() + 1
    with clock.at(begun + within + timedelta(minutes=1)):
        assert ask(times + 1).status_code != 429


@pytest.mark.parametrize("path", ["/uitnodiging", "/beginnen"])
def test_ten_answers_to_invitations_an_hour_from_one_place(browse, path):
    guest = browse("guest")
    token = guest.token()
    holds(lambda _: guest.post(path, {"csrf_token": token}).response, 10, within=HOUR)


def test_ten_people_are_invited_an_hour_and_what_is_mistyped_costs_nothing(browse, cast):
    path = f"/organisaties/{cast.zilverreiger}/mensen/uitnodigen"
    noor = browse("noor")
    form = {**noor.get(path).form(path), "name": "Nieuw Gezicht", "kind": "crew"}
    form.pop("once")
    assert {noor.post(path, {**form, "email": "nobody"}).status for _ in range(11)} == {422}
    sent = [noor.post(path, {**form, "email": f"n{number}@brug.example"}) for number in range(11)]
    assert [page.status for page in sent] == [303] * 10 + [429]
    assert sent[-1].form(path)["email"] == "n10@brug.example"
    elsewhere = browse("noor")
    elsewhere.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    again = {**form, "email": "n10@brug.example", "csrf_token": elsewhere.token()}
    assert elsewhere.post(path, again).status == 303


def test_twenty_files_an_hour(browse, cast):
    path, jef = f"/aanbod/{factories.offer(cast).id}/deurfoto", browse("jef")
    form = jef.get(path).form(path)
    form.pop("once", None)
    data = photo()

    def bring(_number):
        return jef.post(path, {**form, "file": (io.BytesIO(data), "x.jpg")}).response

    holds(bring, 20, within=HOUR)


def test_sixty_reports_of_browsers_a_minute(browse):
    guest = browse("guest")

    def report(_number):
        return guest.client.post("/csp-report", json={"csp-report": {}}, base_url=guest.base_url)

    holds(report, 60, within=timedelta(minutes=1))


def test_twenty_booklets_an_hour(browse, cast, monkeypatch):
    monkeypatch.setattr(paper, "pdf", lambda *_: b"%PDF-")
    booklet = lessons.booklet(cast)["booklet_id"]
    hilde = browse("hilde")
    kinds = ("pdf", "epub")
    holds(lambda n: hilde.get(f"/leren/boekjes/{booklet}/{kinds[n % 2]}").response, 20, within=HOUR)


def test_sixty_cards_on_paper_an_hour(browse, cast, monkeypatch):
    monkeypatch.setattr(paper, "pdf", lambda *_: b"%PDF-")  # typesetting is another test's
    guest, plan = _opened(browse, cast)
    holds(lambda _: guest.get(f"/welkom/{plan.id}/kaart.pdf").response, 60, within=HOUR)


def test_five_exports_of_ones_own_data_an_hour(browse):
    hilde = browse("hilde")
    token = hilde.token()
    holds(lambda _: hilde.post("/account/gegevens/bestand", {"csrf_token": token}).response, 5, within=HOUR)


def test_sixty_answers_of_guests_to_one_poll_an_hour(browse, cast):
    made = polls.poll(cast)
    link, path = polls.link(cast, made), f"/prik/{made.id}/meedoen"
    said = {f"when-{one.id.hex}": "yes" for one in queries.moments(made)}
    db.session.commit()
    guest = browse("guest")
    guest.get(link)
    token = guest.token()
    assert guest.post(path, {"csrf_token": token, "name": ""}).status == 422  # what is mistyped costs nothing
    holds(lambda _: guest.post(path, {"csrf_token": token, "name": "Sam", **said}).response, 60, within=HOUR)


@pytest.mark.parametrize("path", ["/zoeken", "/toeleidingen/zoek", f"/werkgroepen/{NO_SUCH}/leden/zoek",
                                  f"/leren/sessies/{NO_SUCH}/begeleiders/zoek"])  # fmt: skip
def test_thirty_posted_searches_a_minute(browse, path):
    hilde = browse("hilde")
    token = hilde.token()
    look = {"csrf_token": token, "words": "anker"}
    holds(lambda _: hilde.post(path, look).response, 30, within=timedelta(minutes=1))
