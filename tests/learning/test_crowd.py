"""A room full of phones on one network: everybody comes in and shares, and one device alone is slowed down."""

from datetime import timedelta

from tests.accounts.test_other_limits import holds
from tests.learning import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.learning.models import Participant

PHONES = 121
"""One more than the changes that anybody else makes in a minute from one network."""


def test_a_room_on_one_network_comes_in_and_one_device_shares_so_often(browse: Browse, cast: Cast) -> None:
    made = makers.running(cast)
    words, link, base = made.word_code or "", makers.link(made), f"/mee/{made.id}"
    db.session.commit()
    sam = browse("guest")
    sam.get(link)
    token = sam.token()
    fresh = {one.key: one.value for one in sam.client._cookies.values()}

    def one_more_phone() -> int:
        for name, value in fresh.items():
            sam.carry(name, value)
        assert sam.post("/mee", {"csrf_token": token, "words": words}).status == 303
        return sam.post(f"{base}/binnen", {"csrf_token": token, "name": ""}).status

    assert {one_more_phone() for _ in range(PHONES)} == {303}
    assert db.session.query(Participant).count() == PHONES
    nothing = {"csrf_token": token, "words": "", "kind": "idea"}
    holds(lambda _: sam.post(f"{base}/deel", nothing).response, 30, within=timedelta(minutes=1))
    assert one_more_phone() == 303
    assert sam.post(f"{base}/deel", nothing).status == 422
