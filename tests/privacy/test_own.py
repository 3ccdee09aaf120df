"""Whoever signs in reads, and takes along, what Brug keeps about them."""

import json

from sqlalchemy import select

from tests import factories
from tests.factories import CANARY_NAME, CANARY_PHONE
from tests.people import PEOPLE, Cast
from tests.referrals.steps import id_of
from tests.support.browse import Browse
from webapp.core.audit import Audit
from webapp.core.db import db


def test_it_is_all_there_and_about_nobody_else(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    hilde = browse("hilde")
    hilde.post(f"/toeleidingen/{referral_id}/contactkaart")
    shown = hilde.get("/account/gegevens")
    assert shown.says("Hilde Maes", "hilde@brug.example", "0470 00 00 21", "begeleider, De Lantaarn")
    given = hilde.submit(shown, "/account/gegevens/bestand")
    told = json.loads(given.text)
    assert {"card.open", "agreement.record"} <= {entry["action"] for entry in told["audit"]}
    others = [name for who, (name, _) in PEOPLE.items() if who != "hilde"]
    for page in (shown.text, given.text):
        for secret in (CANARY_NAME, CANARY_PHONE, *others):
            assert secret not in page, secret
    assert given.response.headers["Content-Disposition"].startswith("attachment")
    assert db.session.scalars(select(Audit.actor_id).where(Audit.action == "own.export")).all() == [cast.hilde]


def test_the_aliases_of_their_questions_stand_in_it_and_of_nobody_elses(browse: Browse, cast: Cast) -> None:
    factories.agreed(cast)
    words = {who: browse(who).get("/account/gegevens").words for who in ("hilde", "bram", "noor")}
    assert "Vragen die je begeleidt" in words["hilde"]
    assert "Vragen waarbij je iemand ontvangt" in words["bram"]
    assert "Vragen" not in words["noor"].split("Je werk")[-1].split("Hoelang")[0]


def test_who_has_no_function_left_reads_it_too(browse: Browse) -> None:
    moved = browse("moved")
    assert moved.get("/account/gegevens").says("Mo Verhulst", "begeleider, De Lantaarn")
    assert "/account/gegevens" in moved.get("/account").links()


def test_nobody_else_reads_it(browse: Browse) -> None:
    assert browse("guest").get("/account/gegevens").status in (303, 401)
