"""New data keys: all that is sealed opens as before, with keys that open nothing of before."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories
from tests.core.test_files import photo
from tests.people import Cast
from tests.referrals.test_scans import PAPER
from webapp.accounts import authenticator, factors
from webapp.accounts.models import Person
from webapp.core import crypto, renewal, rotation
from webapp.core.db import Base, db
from webapp.core.errors import Unavailable
from webapp.directory import photos
from webapp.directory.models import OfferPhoto
from webapp.referrals import scans, sealed, talk, welcome
from webapp.referrals.between import Post
from webapp.referrals.codes import PostKind
from webapp.referrals.models import ContactCard, Referral

WORDS = "Ik wil drummen."


def test_every_sealed_column_has_a_key_that_opens_it(app: Flask) -> None:
    found = [one.value for owner, _, _ in rotation.wrapped() for one in renewal.sealed_by(owner)]
    named = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_sealed") or "sealed" in column.info
    ]
    assert sorted(map(str, found)) == sorted(map(str, named))
    assert len(found) >= 10


def _everything(cast: Cast) -> Referral:
    """A question, an offer and an account with something in every sealed column."""
    plan = factories.planned(cast)
    referral, hilde = db.session.get_one(Referral, plan.referral_id), cast.actor("hilde")
    referral.own_words_sealed = sealed.seal(referral, "referral", "own_words", WORDS)
    referral.choice_words_sealed = sealed.seal(referral, "referral", "choice_words", WORDS)
    welcome.share(plan, referral, by=hilde)
    scans.keep(referral, PAPER, by=hilde)
    talk.write(referral, PostKind.MESSAGE, WORDS, by=hilde)
    photos.keep(factories.offer(cast), photo(), by=cast.actor("noor"))
    authenticator.begin(db.session.get_one(Person, cast.noor), by=cast.actor("noor"))
    db.session.commit()
    return referral


def _opened(cast: Cast) -> list[object]:
    """All of it, unsealed."""
    db.session.expire_all()
    referral = db.session.scalars(select(Referral).where(Referral.data_key.is_not(None))).one()
    row, person = factors.app_of(cast.noor), db.session.get_one(Person, cast.noor)
    assert row
    offer_id = db.session.scalars(select(OfferPhoto.offer_id)).one()
    return [
        sealed.own_words(referral),
        sealed.choice_words(referral),
        sealed.card(referral, db.session.get_one(ContactCard, referral.id)),
        sealed.link_token(referral, referral.plan),
        [sealed.post_words(referral, one) for one in db.session.scalars(select(Post))],
        scans.read(referral, by=cast.actor("hilde")),
        photos.picture(offer_id),
        authenticator.shown(row, person),
    ]


def test_everything_opens_as_before_and_the_old_keys_open_nothing(app: Flask, cast: Cast) -> None:
    referral = _everything(cast)
    before, old_key = _opened(cast), referral.data_key
    assert all(before)
    kept = {str(one.value): set(db.session.scalars(select(one.value))) for owner, _, _ in rotation.wrapped()
            for one in renewal.sealed_by(owner)}  # fmt: skip
    assert renewal.renew_all() == 3
    db.session.commit()
    assert _opened(cast) == before
    for owner, _, _ in rotation.wrapped():
        for one in renewal.sealed_by(owner):
            assert not kept[str(one.value)] & (set(db.session.scalars(select(one.value))) - {None}), one.value
    assert old_key
    assert referral.data_key != old_key
    place = crypto.Place("referral", "own_words", referral.id)
    with pytest.raises(Unavailable):
        crypto.ring().open(old_key, place, str(referral.own_words_sealed))
