"""Nothing runs that did not say what it needs; what may not be seen does not exist."""

import re
import uuid
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.referrals.steps import audit_unwritable
from tests.web import kit
from tests.web.conftest import Log, Visit
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import db


def words(text: str) -> str:
    """The page without the address it was asked under and the codes made anew each time."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]+ \d{4}|value=\"[^\"]+\"|content=\"[^\"]+\"", "", text)


@pytest.mark.parametrize("who", ["guest", "hilde", "ada"])
def test_an_endpoint_that_declares_nothing_does_not_run(visit: Visit, who: str) -> None:
    page = visit(who).get("/proef/niets")
    assert page.status == 500
    assert "never shown" not in page.text


@pytest.mark.parametrize(
    ("who", "published", "status"),
    [
        ("noor", True, 200),
        ("jef", False, 200),
        ("hilde", True, 403),
        ("bram", True, 403),
        ("ada", True, 403),
        ("hilde", False, 404),
        ("ada", False, 404),
        ("moved", True, 404),
    ],
)
def test_unseen_is_404_and_seen_but_refused_is_403(
    visit: Visit, cast: Cast, who: str, published: bool, status: int
) -> None:
    made = kit.new_thing(cast, published=published)
    visitor = visit(who)
    assert visitor.get(f"/proef/ding/{made}").status == status
    assert visitor.post(f"/proef/ding/{made}").status == status


@pytest.mark.parametrize("published", [True, False, None])
def test_who_is_not_signed_in_learns_nothing(visit: Visit, cast: Cast, published: bool | None) -> None:
    made = uuid.uuid4() if published is None else kit.new_thing(cast, published=published)
    guest = visit("guest")
    page = guest.get(f"/proef/ding/{made}")
    assert page.status == 303
    assert page.location.startswith("/aanmelden?next=")
    assert guest.post(f"/proef/ding/{made}").status == 401
    assert guest.get(f"/proef/ding/{made}", partial=True).status == 401


def test_what_is_not_yours_reads_exactly_as_what_does_not_exist(visit: Visit, cast: Cast) -> None:
    hilde = visit("hilde")
    hilde.get("/aanmelden/nog")
    hilde.token()
    hidden = hilde.get(f"/proef/ding/{kit.new_thing(cast, published=False)}")
    nothing = hilde.get(f"/proef/ding/{uuid.uuid4()}")
    assert (hidden.status, nothing.status) == (404, 404)
    assert words(hidden.text) == words(nothing.text)
    assert dict(hidden.response.headers).keys() == dict(nothing.response.headers).keys()


def test_old_proof_is_asked_for_again_only_of_who_may(visit: Visit, cast: Cast) -> None:
    made = kit.new_thing(cast, published=True)
    noor, hilde = visit("noor"), visit("hilde")
    path = f"/proef/ding/{made}/nieuw"
    now = clock.now()
    with clock.at(now + timedelta(minutes=14)):
        assert noor.get(path).status == 200
    with clock.at(now + timedelta(minutes=16)):
        page = noor.get(path)
        assert page.status == 303
        assert page.location.startswith("/bewijs?next=")
        assert hilde.get(path).status == 403


@pytest.mark.parametrize("header", [{"HX-Request": "true"}, {"HX-Request-Type": "partial"}, {"HX-Boosted": "true"}])
def test_headers_of_htmx_give_no_rights(visit: Visit, cast: Cast, header: dict[str, str]) -> None:
    made = kit.new_thing(cast, published=True)
    hidden = kit.new_thing(cast, published=False)
    hilde = visit("hilde")
    assert hilde.client.get(f"/proef/ding/{made}", headers=header, base_url=hilde.base_url).status_code == 403
    assert hilde.client.get(f"/proef/ding/{hidden}", headers=header, base_url=hilde.base_url).status_code == 404


def test_rights_are_read_at_every_request(visit: Visit, cast: Cast) -> None:
    from webapp.accounts.models import Person

    made = kit.new_thing(cast, published=True)
    noor = visit("noor")
    assert noor.get(f"/proef/ding/{made}").status == 200
    db.session.get_one(Person, cast.noor).is_active = False
    db.session.commit()
    assert noor.get(f"/proef/ding/{made}").status == 303


def test_a_refusal_is_in_the_log(visit: Visit, cast: Cast, log: Log) -> None:
    made = kit.new_thing(cast, published=True)
    visit("hilde").get(f"/proef/ding/{made}")
    assert [(line["status"], line["person"]) for line in log.lines if "status" in line] == [(403, str(cast.hilde))]


def test_a_refusal_is_in_the_audit_log_and_says_the_same_for_what_does_not_exist(visit: Visit, cast: Cast) -> None:
    hidden, seen, nothing = kit.new_thing(cast, published=False), kit.new_thing(cast, published=True), uuid.uuid4()
    hilde = visit("hilde")
    for one in (hidden, seen, nothing):
        hilde.get(f"/proef/ding/{one}")
        hilde.post(f"/proef/ding/{one}")
    visit("noor").get(f"/proef/ding/{seen}")
    visit("guest").get(f"/proef/ding/{hidden}")
    rows = db.session.scalars(select(Audit).where(Audit.action == "denied").order_by(Audit.number)).all()
    assert [(row.actor_id, row.thing_id, row.result) for row in rows] == [
        (cast.hilde, one, status) for one, status in ((hidden, "404"), (seen, "403"), (nothing, "404")) for _ in "12"
    ]


def test_no_answer_when_a_refusal_cannot_be_written_down(visit: Visit, cast: Cast) -> None:
    hilde = visit("hilde")
    hilde.get("/account")
    with audit_unwritable():
        assert hilde.get(f"/proef/ding/{uuid.uuid4()}").status == 503


def test_after_the_proof_one_comes_to_the_page_that_was_wanted(visit: Visit, cast: Cast) -> None:
    made = kit.new_thing(cast, published=True)
    noor, path = visit("noor"), f"/proef/ding/{made}/nieuw"
    with clock.at(clock.now() + timedelta(minutes=16)):
        page = noor.get(path)
    assert parse_qs(urlsplit(page.location).query) == {"next": [path]}
