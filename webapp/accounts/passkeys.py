"""Passkeys: adding one, signing in with it, and proving with it who you are.

A device signs random bytes that we made, once, for our own address, after its owner showed a finger, a face or a
code. That makes two factors in one tap: the device, and its owner.
"""

import base64
import uuid
from dataclasses import dataclass
from datetime import timedelta

import webauthn
from sqlalchemy import delete, func, select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from webapp.accounts import factors, recovery, sessions
from webapp.accounts.models import Passkey, PasskeyChallenge, PasskeyUse, Person
from webapp.core import audit, clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.policy.actor import GUEST, Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

CHALLENGE_LIFE = timedelta(minutes=5)
UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError, RecursionError)
VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class Site:
    """For whom a passkey signs: the host name, and the address as browsers write it."""

    host: str
    origin: str
    name: str = "Brug"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser is to do, and the challenge that it answers."""

    options: str
    challenge_id: uuid.UUID


def ask_to_add(person: Person, site: Site, *, by: Actor) -> Asked:
    """Ask a device to make a passkey for us."""
    require(by, Can.USE_OWN_ACCOUNT)
    kept = factors.passkeys_of(person.id)
    if len(kept) >= factors.MOST_PASSKEYS:
        raise Conflict
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=person.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id)) for one in kept],
    )
    return Asked(webauthn.options_to_json(options), _remember(PasskeyUse.ADD, options.challenge, person.id))


def ask_to_use(use: PasskeyUse, site: Site, *, by: Actor) -> Asked:
    """Ask a device for any passkey that it has for us; or, as a proof, for one of the acting person."""
    own = factors.passkeys_of(by.person_id) if use is PasskeyUse.PROOF and by.person_id else ()
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        user_verification=VERIFIED,
        allow_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id)) for one in own],
    )
    return Asked(webauthn.options_to_json(options), _remember(use, options.challenge, by.person_id if own else None))


def _remember(use: PasskeyUse, challenge: bytes, person_id: uuid.UUID | None) -> uuid.UUID:
    row = PasskeyChallenge(
        use=use,
        person_id=person_id,
        challenge=bytes_to_base64url(challenge),
        expires_at=clock.now() + CHALLENGE_LIFE,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def _take(challenge_id: uuid.UUID | None, use: PasskeyUse, person_id: uuid.UUID | None) -> bytes | None:
    """The bytes of a challenge, which end here: nothing is signed twice. None for a strange or late one."""
    spent = db.session.execute(
        delete(PasskeyChallenge)
        .where(
            PasskeyChallenge.id == challenge_id,
            PasskeyChallenge.use == use,
            PasskeyChallenge.person_id == person_id if person_id else PasskeyChallenge.person_id.is_(None),
            PasskeyChallenge.expires_at > clock.now(),
        )
        .returning(PasskeyChallenge.challenge)
    ).first()
    return base64url_to_bytes(spent.challenge) if spent else None


def add(
    person: Person, credential: str, site: Site, *, name: str, challenge_id: uuid.UUID | None, by: Actor
) -> list[str]:
    """Keep a passkey that a device made, and end the other sessions; recovery codes for whoever has none yet.

    Raises Invalid when the device answered something else than we asked.
    """
    require(by, Can.USE_OWN_ACCOUNT)
    challenge = _take(challenge_id, PasskeyUse.ADD, person.id)
    if challenge is None:
        raise Invalid({"credential": "passkey_failed"})
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except UNREADABLE as error:
        raise Invalid({"credential": "passkey_failed"}) from error
    credential_id = bytes_to_base64url(made.credential_id)
    if db.session.scalar(select(func.count()).where(Passkey.credential_id == credential_id)):
        raise Invalid({"credential": "passkey_known"})
    row = Passkey(
        person_id=person.id,
        credential_id=credential_id,
        public_key=base64.b64encode(made.credential_public_key).decode(),
        sign_count=made.sign_count,
        name=name,
        last_used_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    audit.write("passkey.add", by=by, thing_id=row.id)
    sessions.end_all(person.id, but=by.session_id)
    return recovery.first_codes(person.id)


def use(
    credential: str, site: Site, use: PasskeyUse, *, challenge_id: uuid.UUID | None, by: Actor = GUEST
) -> uuid.UUID | None:
    """Whom a signed challenge signs in, or whose proof it is; None when it is not right."""
    wanted = by.person_id if use is PasskeyUse.PROOF else None
    challenge = _take(challenge_id, use, wanted)
    row = _named_in(credential)
    person = db.session.get(Person, row.person_id) if row else None
    known = row is not None and person is not None and person.is_active and wanted in (None, person.id)
    if challenge is None or row is None or person is None or not known:
        _refuse(person, by)
        return None
    try:
        shown = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64.b64decode(row.public_key),
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except UNREADABLE:
        _refuse(person, by)
        return None
    row.sign_count = shown.new_sign_count
    row.last_used_at = clock.now()
    db.session.flush()
    return person.id


def _named_in(credential: str) -> Passkey | None:
    """The passkey that an answer says it comes from; whether that is true, its signature must show."""
    try:
        named = webauthn.helpers.parse_authentication_credential_json(credential).raw_id
    except UNREADABLE:
        return None
    wanted = select(Passkey).where(Passkey.credential_id == bytes_to_base64url(named))
    return db.session.scalar(wanted.with_for_update())


def _refuse(person: Person | None, by: Actor) -> None:
    thing_id = person.id if person else None
    audit.write("proof" if by.is_known else "sign_in", by=by, thing_id=thing_id, result="refused", reason="passkey")


def rename(row: Passkey, *, name: str, by: Actor) -> None:
    """Call a passkey something else."""
    require(by, Can.USE_OWN_ACCOUNT)
    row.name = name
    db.session.flush()


def remove(row: Passkey, *, by: Actor) -> None:
    """Accept this passkey no longer, and end the other sessions."""
    require(by, Can.USE_OWN_ACCOUNT)
    audit.write("passkey.remove", by=by, thing_id=row.id)
    db.session.delete(row)
    db.session.flush()
    sessions.end_all(row.person_id, but=by.session_id)
    recovery.forget_without_factor(row.person_id)
