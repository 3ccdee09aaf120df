"""The signed paper: for whoever guides alone, as a download after a fresh proof, and gone with the agreement."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests import factories
from tests.core.test_files import photo
from tests.people import Cast
from tests.referrals.steps import again, id_of
from tests.support.browse import Browse, Browser, Page
from webapp.core import clock, files
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.core.errors import NotAllowed, StepRefused
from webapp.referrals import agreements, scans
from webapp.referrals.models import AgreementScan, Referral

PAPER = b"%PDF-1.7\n% Zohrakanarie Handtekening\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def _bring(visitor: Browser, referral_id: object, data: bytes = PAPER, name: str = "Zohrakanarie.pdf") -> Page:
    path = f"/toeleidingen/{referral_id}/akkoord/blad"
    return visitor.submit(visitor.get(path), path, file=(io.BytesIO(data), name))


def _kept() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(AgreementScan)) or 0


def test_the_guide_keeps_it_and_downloads_it_and_the_association_never_sees_it(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    hilde, page = browse("hilde"), f"/toeleidingen/{referral_id}"
    assert _bring(hilde, referral_id).status == 303
    shown = hilde.get(page)
    assert f"{page}/akkoord/blad/openen" in shown.links()
    assert "Zohrakanarie" not in shown.text
    opened = hilde.post(f"{page}/akkoord/blad/openen").response
    assert opened.get_data() == PAPER
    assert opened.content_type == "application/pdf"
    assert opened.headers["Content-Disposition"] == "attachment; filename=akkoord.pdf"
    assert "sandbox" in opened.headers["Content-Security-Policy"]
    db.session.rollback()
    looks = db.session.scalars(select(Audit.actor_id).where(Audit.action == scans.LOOK)).all()
    assert looks == [cast.hilde]
    assert "akkoord/blad" not in browse("bram").get(page).text
    assert browse("bram").post(f"{page}/akkoord/blad/openen").status == 403
    assert browse("bram").get(f"{page}/akkoord/blad").status == 403
    assert browse("fatma").post(f"{page}/akkoord/blad/openen").status == 404


def test_it_asks_who_is_there_when_the_proof_is_old(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    hilde = browse("hilde")
    _bring(hilde, referral_id)
    with clock.at(clock.now() + timedelta(minutes=16)):
        later = hilde.post(f"/toeleidingen/{referral_id}/akkoord/blad/openen")
    assert later.status in (303, 401, 403)
    assert PAPER not in later.response.get_data()


def test_a_photo_of_it_is_drawn_anew(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    hilde = browse("hilde")
    assert _bring(hilde, referral_id, photo("PNG"), "blad.png").status == 303
    opened = hilde.post(f"/toeleidingen/{referral_id}/akkoord/blad/openen").response
    assert opened.content_type == "image/jpeg"
    assert b"Zohrakanarie" not in opened.get_data()


def test_a_bad_file_says_why_and_what_was_kept_stays(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    hilde = browse("hilde")
    _bring(hilde, referral_id)
    refused = _bring(hilde, referral_id, b"%PDF-1.7 /JavaScript %%EOF")
    assert refused.status == 422
    assert refused.says("Deze PDF kan iets doen op een computer")
    assert _kept() == 1


def test_the_papers_of_an_organisation_have_a_limit_too(
    browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (id_of(factories.agreed(cast)) for _ in range(2))
    hilde = browse("hilde")
    monkeypatch.setattr(files, "MOST_OF_ONE", 2 * len(PAPER) - 1)
    assert _bring(hilde, first).status == 303
    refused = _bring(hilde, second)
    assert (refused.status, refused.says("Jullie bewaren al 500 MB")) == (422, True)
    assert _kept() == 1


def test_no_agreement_no_paper(browse: Browse, cast: Cast) -> None:
    referral = factories.chosen(cast)
    with pytest.raises(StepRefused):
        scans.keep(referral, PAPER, by=cast.actor("hilde"))
    referral_id = id_of(referral)
    page = browse("hilde").get(f"/toeleidingen/{referral_id}/akkoord/blad")
    assert page.location == f"/toeleidingen/{referral_id}"


def test_it_goes_with_the_agreement_and_leaves_nothing_in_the_files(cast: Cast, tmp_path: Path) -> None:
    referral = factories.agreed(cast)
    scans.keep(referral, PAPER, by=cast.actor("hilde"))
    db.session.commit()
    sealed = again(AgreementScan, referral.id).file_sealed
    assert "Handtekening" not in sealed
    agreements.withdraw(again(Referral, referral.id), by=cast.actor("hilde"))
    db.session.commit()
    assert _kept() == 0
    with pytest.raises(NotAllowed):
        scans.read(again(Referral, referral.id), by=cast.actor("hilde"))


def test_the_wrong_paper_can_be_taken_away(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.agreed(cast))
    hilde, path = browse("hilde"), f"/toeleidingen/{referral_id}/akkoord/blad"
    _bring(hilde, referral_id)
    assert hilde.submit(hilde.get(path), f"{path}/weg").status == 303
    assert _kept() == 0
    assert hilde.post(f"{path}/openen").status == 409
