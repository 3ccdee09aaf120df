"""The photo of the door: who brings it, who sees it, what stays of the file, and that it goes with its offer."""

import io
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from tests import factories
from tests.core.test_files import CANARY, photo
from tests.people import Cast
from tests.referrals.steps import again
from tests.support.browse import Browse, Browser, Page
from webapp.core import crypto, files, keeping
from webapp.core.db import db
from webapp.core.errors import NotAllowed
from webapp.directory import photos
from webapp.directory.models import Offer, OfferPhoto
from webapp.referrals import welcome
from webapp.referrals.models import Ask, Referral

Disk = namedtuple("Disk", "total used free")


def _bring(visitor: Browser, offer_id: object, data: bytes, name: str = f"{CANARY}.jpg") -> Page:
    path = f"/aanbod/{offer_id}/deurfoto"
    return visitor.submit(visitor.get(path), path, file=(io.BytesIO(data), name))


def test_people_of_the_association_bring_a_photo_and_readers_of_the_offer_see_it(browse: Browse, cast: Cast) -> None:
    offer_id = factories.offer(cast).id
    jef = browse("jef")
    assert "deur.jpg" not in jef.get(f"/aanbod/{offer_id}").text
    assert jef.get(f"/aanbod/{offer_id}/deur.jpg").status == 404
    done = _bring(jef, offer_id, photo())
    assert done.status == 303, done.words
    assert f"/aanbod/{offer_id}/deur.jpg" in browse("hilde").get(f"/aanbod/{offer_id}").text
    shown = browse("hilde").get(f"/aanbod/{offer_id}/deur.jpg").response
    assert shown.content_type == "image/jpeg"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert CANARY not in str(shown.headers)
    assert CANARY.encode() not in shown.get_data()
    assert browse("guest").get(f"/aanbod/{offer_id}/deur.jpg").status == 303
    assert jef.submit(jef.get(f"/aanbod/{offer_id}/deurfoto"), f"/aanbod/{offer_id}/deurfoto/weg").status == 303
    assert jef.get(f"/aanbod/{offer_id}/deur.jpg").status == 404


def test_others_bring_none(browse: Browse, cast: Cast) -> None:
    offer = factories.offer(cast)
    for who in ("hilde", "bram", "tine", "ada"):
        with pytest.raises(NotAllowed):
            photos.keep(offer, photo(), by=cast.actor(who))
    db.session.rollback()
    assert browse("tine").get(f"/aanbod/{offer.id}/deurfoto").status == 403


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "Kies eerst een bestand."), (b"<html></html>", "Dit is geen foto"),
     (photo()[:300], "Dit bestand is beschadigd"),
     (b"%PDF-1.7 %%EOF", "Dit is een PDF.")],
)  # fmt: skip
def test_a_bad_file_is_refused_in_clear_words_and_the_old_photo_stays(
    browse: Browse, cast: Cast, data: bytes, says: str
) -> None:
    offer_id = factories.offer(cast).id
    jef = browse("jef")
    _bring(jef, offer_id, photo())
    refused = _bring(jef, offer_id, data, "deur.jpg" if data else "")
    assert refused.status == 422
    assert refused.says(says)
    assert jef.get(f"/aanbod/{offer_id}/deur.jpg").status == 200


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.jpg",
        "..\\\\..\\\\deur.jpg",
        "deur.php.jpg",
        "deur.jpg.exe",
        "/deur.jpg",
        "deur.jpg\x00.html",
        ".jpg",
    ],
)
def test_what_a_file_is_called_never_matters(browse: Browse, cast: Cast, tmp_path: Path, name: str) -> None:
    offer_id = factories.offer(cast).id
    jef = browse("jef")
    before = _files_around(jef)
    assert _bring(jef, offer_id, photo(), name).status == 303
    shown = jef.get(f"/aanbod/{offer_id}/deur.jpg").response
    assert (shown.content_type, shown.get_data()[:2]) == ("image/jpeg", b"\xff\xd8")
    assert _files_around(jef) == before, "no file came to lie anywhere"


def _files_around(visitor: Browser) -> set[Path]:
    settings = visitor.client.application.config["SETTINGS"]
    return {one for one in settings.data.rglob("*") if not one.name.startswith("brug.sqlite")}


def test_below_half_a_gigabyte_no_file_is_taken_and_it_says_so(
    browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer_id = factories.offer(cast).id
    jef = browse("jef")
    for free, status in ((keeping.NO_ROOM - 1, 422), (keeping.NO_ROOM, 303)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, free=free: Disk(free, 0, free))
        done = _bring(jef, offer_id, photo())
        assert done.status == status
        assert done.says("te weinig plaats") is (status == 422)
        assert jef.get(f"/aanbod/{offer_id}/deur.jpg").status == (404 if status == 422 else 200)


def test_an_organisation_keeps_so_much_and_no_more(browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = factories.offer(cast).id, factories.offer(cast).id
    jef = browse("jef")
    monkeypatch.setattr(files, "MOST_OF_ONE", 2 * len(files.picture(photo())))
    assert _bring(jef, first, photo()).status == 303
    assert _bring(jef, first, photo()).status == 303, "one that takes the place of another adds nothing"
    monkeypatch.setattr(files, "MOST_OF_ONE", files.MOST_OF_ONE - 1)
    refused = _bring(jef, second, photo())
    assert refused.status == 422
    assert refused.says("Jullie bewaren al 500 MB")
    assert jef.get(f"/aanbod/{first}/deur.jpg").status == 200


def _send(visitor: Browser, path: str, data: bytes) -> int:
    """Bring a large file, as one body of bytes."""
    fields = {name: value for name, value in visitor.get(path).form(path).items() if isinstance(value, str)}
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    head = 'Content-Disposition: form-data; name="file"; filename="x.jpg"\r\nContent-Type: image/jpeg'
    body = "\r\n".join([*parts, f"--x\r\n{head}\r\n\r\n"]).encode() + data + b"\r\n--x--\r\n"
    db.session.rollback()
    response = visitor.client.post(
        path,
        base_url=visitor.base_url,
        headers={"Referer": f"{visitor.base_url}/"},
        data=body,
        content_type="multipart/form-data; boundary=x",
    )
    return response.status_code


def test_files_of_more_than_a_megabyte_are_taken_here_and_nowhere_else(browse: Browse, cast: Cast) -> None:
    offer_id = factories.offer(cast).id
    jef, path = browse("jef"), f"/aanbod/{offer_id}/deurfoto"
    large = photo() + b"\0" * 3_000_000
    assert _send(jef, path, large) == 303
    assert _send(jef, path, large * 6) == 413
    assert _send(jef, f"/aanbod/{offer_id}/plaats", large) == 413


def test_an_empty_file_is_not_called_a_forgotten_one(browse: Browse, cast: Cast) -> None:
    jef, path = browse("jef"), f"/aanbod/{factories.offer(cast).id}/deurfoto"
    sent = jef.client.post(
        path,
        base_url=jef.base_url,
        headers={"Referer": f"{jef.base_url}{path}"},
        data={"csrf_token": jef.get(path).form(path)["csrf_token"], "file": (io.BytesIO(b""), "deur.jpg")},
        content_type="multipart/form-data",
    )
    assert (sent.status_code, "In dit bestand staat niets." in sent.text) == (422, True)


def test_a_file_that_is_far_too_large_leads_back_to_the_form(browse: Browse, cast: Cast) -> None:
    jef, path = browse("jef"), f"/aanbod/{factories.offer(cast).id}/deurfoto"
    sent = jef.client.post(
        path,
        base_url=jef.base_url,
        headers={"Referer": f"{jef.base_url}{path}", "Sec-Fetch-Site": "same-origin"},
        data=b"x" * 17_000_000,
        content_type="multipart/form-data; boundary=x",
    )
    assert sent.status_code == 413
    assert "Terug naar het formulier" in sent.text
    assert f'href="{path}"' in sent.text


def test_it_is_sealed_in_its_own_place_and_goes_with_the_offer(cast: Cast) -> None:
    one, other = factories.offer(cast), factories.offer(cast)
    for offer in (one, other):
        photos.keep(offer, photo(), by=cast.actor("noor"))
    db.session.commit()
    row = db.session.get_one(OfferPhoto, one.id)
    assert b"JFIF" in photos.picture(one.id)
    assert "JFIF" not in row.picture_sealed
    db.session.get_one(OfferPhoto, other.id).picture_sealed = row.picture_sealed
    db.session.flush()
    with pytest.raises(crypto.Unavailable):
        photos.picture(other.id)
    db.session.rollback()
    db.session.execute(delete(Offer).where(Offer.id == one.id))
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(OfferPhoto).where(OfferPhoto.offer_id == one.id)) == 0


def test_the_welcome_page_and_its_card_show_it_until_the_page_is_closed(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    offer = again(Offer, again(Ask, plan.ask_id).offer_id)
    photos.keep(offer, photo(), by=cast.actor("bram"))
    db.session.commit()
    token = welcome.share(plan, again(Referral, plan.referral_id), by=cast.actor("bram"))
    plan_id, referral_id = plan.id, plan.referral_id
    db.session.commit()
    guest, bram = browse("guest"), browse("bram")
    guest.get(f"/w/{token}")
    assert f"/welkom/{plan_id}/deur.jpg" in guest.get(f"/welkom/{plan_id}?taal=fr").text
    assert guest.get(f"/welkom/{plan_id}/deur.jpg").response.get_data().startswith(b"\xff\xd8")
    pdf = guest.get(f"/welkom/{plan_id}/kaart.pdf").response.get_data()
    assert b"DCTDecode" in pdf
    bram.post(f"/toeleidingen/{referral_id}/welkomstkaart/sluiten")
    assert guest.get(f"/welkom/{plan_id}/deur.jpg").status == 410
    assert browse("guest").get(f"/welkom/{plan_id}/deur.jpg").status == 410
