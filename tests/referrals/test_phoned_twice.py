"""The same call, noted twice: after going back, or because there were two."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories
from tests.people import Cast
from tests.referrals.asking import only
from tests.referrals.steps import CALL, YES, call, id_of
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.referrals.models import Referral


def test_a_call_that_is_sent_again_after_going_back_is_noted_once(browse: Browse, cast: Cast) -> None:
    """The page that "back" shows comes with another key, so that sending it counts as something new."""
    offer_id, hilde = str(id_of(factories.offer(cast))), browse("hilde")
    assert hilde.post(CALL, call(hilde.get(CALL), offer=offer_id, **YES)).status == 303
    first = only()
    page = hilde.post(CALL, call(hilde.get(CALL), offer=offer_id, **YES))
    assert page.status == 422
    assert page.says("Je noteerde dit daarnet al.", "Dit is een andere jongere")
    assert f"/toeleidingen/{first.id}" in page.links()
    assert only().id == first.id
    assert hilde.post(CALL, call(page, offer=offer_id, **YES, is_another="y")).status == 303
    assert len(db.session.scalars(select(Referral)).all()) == 2


@pytest.mark.parametrize(
    ("who", "later", "said"),
    [("hilde", 0, {"age_band": "15-17"}), ("hilde", 0, {"friends": "1"}), ("hilde", 16, {}), ("pieter", 0, {})],
)
def test_another_call_is_never_taken_for_the_same(
    browse: Browse, cast: Cast, who: str, later: int, said: dict[str, str]
) -> None:
    offer_id = str(id_of(factories.offer(cast)))
    hilde = browse("hilde")
    assert hilde.post(CALL, call(hilde.get(CALL), offer=offer_id, **YES)).status == 303
    with clock.at(clock.now() + timedelta(minutes=later)):
        other = browse(who)
        assert other.post(CALL, call(other.get(CALL), offer=offer_id, **{**YES, **said})).status == 303
