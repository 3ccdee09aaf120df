"""An organisation sees who of its own people opened which card, and nothing about anybody else's."""

import pytest

from tests import factories
from tests.factories import CANARY_NAME, CANARY_PHONE
from tests.people import Cast
from tests.referrals.steps import again, counted, id_of
from tests.referrals.test_scans import PAPER
from tests.support.browse import Browse
from webapp.core import audit
from webapp.core.db import db
from webapp.referrals import scans
from webapp.referrals.models import Referral


def _looked(browse: Browse, cast: Cast, *who: str) -> str:
    """An agreed question whose card these people opened; its alias."""
    referral = factories.agreed(cast)
    alias, referral_id = referral.alias, id_of(referral)
    for one in who:
        assert browse(one).post(f"/toeleidingen/{referral_id}/contactkaart").status == 200
    return alias


def _log(browse: Browse, cast: Cast, who: str, organisation: str) -> str:
    found = browse(who).get(f"/organisaties/{cast.organisations[organisation]}/inzage")
    assert found.status == 200
    return found.words


def test_each_organisation_reads_its_own_looks_with_alias_and_reason(browse: Browse, cast: Cast) -> None:
    _looked(browse, cast, "hilde", "lena", "bram")
    sender = _log(browse, cast, "lena", "lantaarn")
    assert "Hilde Maes" in sender
    assert "als begeleider" in sender
    assert "als contact voor toeleidingen" in sender
    assert "Bram" not in sender
    receiver = _log(browse, cast, "bram", "halvenoot")
    assert "Bram Cools" in receiver
    assert "om die jongere te ontvangen" in receiver
    assert "Hilde" not in receiver
    for page in (sender, receiver):
        assert CANARY_NAME not in page
        assert CANARY_PHONE not in page


def test_a_look_at_the_signed_paper_is_a_look(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    scans.keep(again(Referral, referral_id), PAPER, by=cast.actor("hilde"))
    db.session.commit()
    assert browse("hilde").post(f"/toeleidingen/{referral_id}/akkoord/blad/openen").status == 200
    told = _log(browse, cast, "lena", "lantaarn")
    assert "Hilde Maes" in told
    assert "het getekende papier" in told
    given = browse("hilde").post(f"/toeleidingen/{referral_id}/over-mij/blad")
    assert given.says("Je getekende papier", "het getekende papier")


def test_a_sender_that_stays_unknown_is_not_given_away(browse: Browse, cast: Cast) -> None:
    referral = factories.agreed(cast)
    referral.hides_sender = True
    db.session.commit()
    referral_id = id_of(referral)
    for one in ("hilde", "bram"):
        browse(one).post(f"/toeleidingen/{referral_id}/contactkaart")
    assert "De Lantaarn" not in _log(browse, cast, "bram", "halvenoot"), "an alias may be a lantern too"


def test_a_look_stays_in_the_log_of_an_association_that_is_no_longer_chosen(browse: Browse, cast: Cast) -> None:
    _looked(browse, cast, "bram")
    referral_id = db.session.scalars(db.select(Referral.id)).one()
    db.session.rollback()
    assert browse("hilde").post(f"/toeleidingen/{referral_id}/opnieuw").status == 303
    assert "Bram Cools" in _log(browse, cast, "bram", "halvenoot")


@pytest.mark.parametrize(("who", "status"), [("tine", 403), ("ada", 403), ("hilde", 403), ("jef", 403), ("noor", 200)])
def test_only_who_speaks_for_the_organisation_reads_it(browse: Browse, cast: Cast, who: str, status: int) -> None:
    page = browse(who).get(f"/organisaties/{cast.zilverreiger}/inzage")
    assert page.status == status
    leads = (
        f"/organisaties/{cast.zilverreiger}/inzage" in browse(who).get(f"/organisaties/{cast.zilverreiger}/mensen").text
    )
    assert leads is (status == 200)


def test_thirty_looks_take_as_many_statements_as_one_and_come_in_pages(browse: Browse, cast: Cast) -> None:
    _looked(browse, cast, "bram")
    path = f"/organisaties/{cast.halvenoot}/inzage"
    bram = browse("bram")
    with counted() as few:
        bram.get(path)
    referral_id = db.session.scalars(db.select(Referral.id)).one()
    for _ in range(29):
        audit.write("card.open", by=cast.actor("bram"), thing_id=referral_id, reason="welcome")
    db.session.commit()
    with counted() as many:
        first = bram.get(path)
    assert len(many) == len(few)
    assert first.text.count("<tr>") == 26
    following = next(link for link in first.links() if "na=" in link)
    assert bram.get(following).text.count("<tr>") == 6
    assert bram.get(f"{path}?na=onzin").status == 200
