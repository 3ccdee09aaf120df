"""What a code of the mail alone never reaches (security.md 2.2), and what a closed account reaches: nothing."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from tests.accounts.test_passkeys import by_mail
from tests.people import Cast
from tests.policy.matrix import EVERYBODY
from tests.policy.situations import SITUATIONS, Situation
from tests.policy.test_requests import CHANGES, READS, Asking, about, answer, expected
from tests.support.browse import Browser
from tests.support.rows import all_stored, changed
from webapp.accounts.models import Person
from webapp.core.db import db
from webapp.groups.models import WorkingGroup
from webapp.policy.permissions import Can
from webapp.web.attempts import Attempts, DatabaseStorage
from webapp.web.guard import declaration_of

# Contact cards, exports with persons, who is what, and administration.
BEHIND = {
    Can.OPEN_CARD,
    Can.OPEN_SCAN,
    Can.EXPORT_REFERRAL,
    Can.MANAGE_SEATS,
    Can.AGREE_TO_SEAT,
    Can.SHARE_JOIN_LINK,
    Can.ADD_ORGANISATION,
    Can.SEE_HEALTH,
    Can.RELEASE_BRAKE,
}
EXPLAINS = {"privacy.about"}
"""Says what an export holds, and holds nothing of it."""
IN_GROUPS = {"groups", "meetings", "talk", "shelf", "polls"}
OUTSIDE = {
    "groups.show": "says to the network that the group is there; whoever reads inside is asked (tests/integrity)",
    "shelf.add_file": "is for nobody there: it keeps no files",
    "shelf.add_version": "is for nobody there: it keeps no files",
    "groups.ask_to_join": "is for whoever is not inside",
    "groups.take_back": "is for whoever is not inside",
    "groups.answer": "is for whoever is not inside yet",
    "groups.say_yes": "is for whoever is not inside yet",
    "groups.say_no": "is for whoever is not inside yet",
}
ASKED_TO_PROVE = ("/bewijs", "/account/aanmelding/kiezen")


def test_everything_of_that_kind_asks_for_it(app: Flask) -> None:
    declared = {rule.endpoint: declaration_of(rule.endpoint) for rule in app.url_map.iter_rules()}
    behind = {name: one for name, one in declared.items() if one and one.permission in BEHIND}
    assert len(behind) > 15
    assert {name for name, one in behind.items() if not one.fresh} == EXPLAINS


def test_by_real_request(app: Flask, cast: Cast, browse: Callable[[str], Browser]) -> None:
    """Whoever came in by mail is led to their second factor, and nothing happens."""
    asking = {who: Asking(app, by_mail(browse, cast, who)) for who in EVERYBODY if who != "guest"}
    asked = 0
    for situation in SITUATIONS:
        parts = situation.make(cast)
        DatabaseStorage().reset()
        before = all_stored(but=[Attempts.__tablename__])
        for method in (READS, CHANGES):
            for endpoint, declaration in about(app, situation, method):
                who = next((one for one in asking if expected(one, declaration, situation) == "yes"), None)
                if declaration.permission in BEHIND and endpoint not in EXPLAINS and who:
                    response = asking[who].ask(endpoint, method, parts)
                    assert response.headers.get("Location", "").startswith(ASKED_TO_PROVE), (endpoint, who)
                    asked += 1
        assert changed(before, all_stored(but=[Attempts.__tablename__])) == []
    assert asked > 20


def test_inside_a_group_about_integrity(app: Flask, cast: Cast, browse: Callable[[str], Browser]) -> None:
    """Every page and every button of everything in such a group, as soon as it is about integrity."""
    asking = {who: Asking(app, by_mail(browse, cast, who)) for who in EVERYBODY if who != "guest"}
    asked = set()
    for situation in SITUATIONS:
        kinds = [(method, about(app, situation, method)) for method in (READS, CHANGES)]
        inside = [(verb, name, one) for verb, kind in kinds for name, one in kind if name.split(".")[0] in IN_GROUPS]
        if not inside:
            continue
        parts = situation.make(cast)
        db.session.execute(update(WorkingGroup).values(is_about_integrity=True))
        db.session.commit()
        DatabaseStorage().reset()
        before = all_stored(but=[Attempts.__tablename__])
        for method, endpoint, declaration in inside:
            who = next((one for one in asking if expected(one, declaration, situation) == "yes"), None)
            if endpoint in OUTSIDE or who is None:
                continue
            response = asking[who].ask(endpoint, method, parts)
            assert response.headers.get("Location", "").startswith(ASKED_TO_PROVE), (endpoint, who)
            asked.add(endpoint)
        assert changed(before, all_stored(but=[Attempts.__tablename__])) == []
    assert len(asked) > 80


def most_telling(app: Flask, who: str) -> dict[tuple[str, str], Situation]:
    """Each endpoint that is not for guests, each way to ask it: in a situation that lets `who` in, if there is one."""
    found: dict[tuple[str, str], Situation] = {}
    lets_in = set()
    for situation in SITUATIONS:
        for method in (READS, CHANGES):
            for endpoint, declaration in about(app, situation, method):
                asked = (endpoint, method)
                if asked in lets_in or expected("guest", declaration, situation) != "sign in":
                    continue
                if expected(who, declaration, situation) == "yes":
                    lets_in.add(asked)
                    found[asked] = situation
                found.setdefault(asked, situation)
    return found


@pytest.mark.parametrize("who", ["hilde", "noor"])
def test_a_closed_account_reaches_nothing_from_a_browser_that_was_signed_in(
    app: Flask, cast: Cast, browse: Callable[[str], Browser], who: str
) -> None:
    asking, telling = Asking(app, browse(who)), most_telling(app, who)
    parts = {situation: situation.make(cast) for situation in dict.fromkeys(telling.values())}
    db.session.execute(update(Person).where(Person.id == cast.people[who]).values(is_active=False))
    db.session.commit()
    let_in = []
    for (endpoint, method), situation in telling.items():
        DatabaseStorage().reset()  # so many changes in a minute would meet the limit
        got = answer(asking.ask(endpoint, method, parts[situation]))
        let_in += [f"{method} {endpoint}: {got}"] * (got != "sign in")
    assert len(telling) > 200
    assert let_in == []
