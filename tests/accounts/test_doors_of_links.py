"""Every link opens one door: a token of one purpose is nothing anywhere else (security.md 2.2)."""

import uuid
from datetime import timedelta

from sqlalchemy import delete

from webapp.core import clock, links
from webapp.core.db import db
from webapp.core.links import Purpose
from webapp.web.attempts import Attempts

OPENS = {
    "/aanmelden": Purpose.SIGN_IN,
    "/uitnodiging": Purpose.INVITATION,
    "/beginnen": Purpose.SETUP,
    "/meedoen": Purpose.JOIN,
    "/v": Purpose.ANSWER,
    "/b": Purpose.VISIT,
    "/w": Purpose.WELCOME,
    "/k": Purpose.STILL_RIGHT,
    "/g": Purpose.ACTION,
    "/u": Purpose.MAIL,
    "/prik": Purpose.POLL,
    "/prik/eigen": Purpose.POLL_REPLY,
    "/mee": Purpose.SESSION,
    "/kalender": Purpose.FEED,
}
CLOSED = (Purpose.PARTICIPANT,)
"""No page follows this one: the device that joined keeps it, and it stands in no address."""


def test_every_purpose_has_one_door_or_none():
    assert sorted([*OPENS.values(), *CLOSED]) == sorted(Purpose)


def test_a_token_works_for_its_own_purpose_alone(browse, app, cast):
    until = clock.now() + timedelta(days=1)
    tokens = {
        purpose: links.issue(purpose, uuid.uuid4(), expires_at=until, person_id=cast.hilde) for purpose in Purpose
    }
    db.session.commit()
    for purpose, token in tokens.items():
        for other in Purpose:
            assert (links.find(other, token) is not None) is (other is purpose)
    db.session.rollback()
    doors = [rule.rule for rule in app.url_map.iter_rules() if "token" in rule.arguments]
    assert {rule.removesuffix("/<token>"): OPENS[rule.removesuffix("/<token>")] for rule in doors} == OPENS
    for path, own in OPENS.items():
        db.session.execute(delete(Attempts))  # so many wrong tokens from one place would meet the limit
        db.session.commit()
        for purpose, token in tokens.items():
            page = browse("guest").get(f"{path}/{token}")
            if purpose is not own:
                assert page.status == 404, (path, purpose)
            elif own in (Purpose.SIGN_IN, Purpose.INVITATION, Purpose.SETUP, Purpose.JOIN):
                assert page.status == 303  # the others look at their thing first, and have tests beside it
