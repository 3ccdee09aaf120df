"""What the page of a question tells about its agreement: who said yes and how, and who looked at the card."""

from datetime import timedelta

import pytest

from tests import factories
from tests.people import Cast
from tests.referrals.steps import id_of
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.referrals import agreements
from webapp.referrals.agreements import Identity, Said
from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute


@pytest.mark.parametrize(
    ("by", "how", "words"),
    [
        (AgreedBy.SELF, AgreedHow.TOGETHER, ("zei ja op", "Samen afgesproken, onder vier ogen.")),
        (AgreedBy.PARENT, AgreedHow.BY_PHONE, ("Een ouder van", "zei ja op", "Afgesproken aan de telefoon.")),
        (AgreedBy.BOTH, AgreedHow.ON_PAPER, ("zei ja op", "Een ouder ook.", "Afgesproken op papier.")),
    ],
)
def test_both_sides_read_who_agreed_and_how(
    browse: Browse, cast: Cast, by: AgreedBy, how: AgreedHow, words: tuple[str, ...]
) -> None:
    referral = factories.chosen(cast)
    today = clock.today()
    said = Said(by, how, today, today + timedelta(days=60), understood=True)
    card = Identity("Kanarie", ContactRoute.GUIDE, "")
    agreements.record(referral, said, card, by=cast.actor("hilde"))
    db.session.commit()
    referral_id = id_of(referral)
    for who in ("hilde", "bram"):
        assert browse(who).get(f"/toeleidingen/{referral_id}").says(*words), who


def test_a_look_appears_at_once_in_the_list_beside_it(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    path = f"/toeleidingen/{referral_id}/contactkaart"
    assert browse("bram").post(path).status == 200
    opened = browse("hilde").post(path, partial=True)
    beside = opened.text.split('<div id="referrals-looks" class="stack-s" hx-swap-oob="true">')[1]
    assert beside.index("Jij") < beside.index("Bram")
    assert "We wissen de naam op" in beside
