"""The signed paper of an agreement: kept sealed beside it, read by those who guide, gone when the agreement ends."""

from sqlalchemy import delete, func, select

from webapp.core import audit, clock, crypto, files
from webapp.core.crypto import Place
from webapp.core.db import db, erase_log_too
from webapp.core.errors import StepRefused
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.referrals.agreements import why_open
from webapp.referrals.models import AgreementScan, Referral

LOOK = "scan.open"


def keep(referral: Referral, data: bytes, *, by: Actor) -> None:
    """Keep the paper, sealed with the key of its referral; it takes the place of an older one. Raises NotTaken."""
    require(by, Can.GUIDE_REFERRAL, referral)
    if not referral.has_agreement or referral.data_key is None:
        raise StepRefused("scan", referral.status)
    kind, content = files.document(data)
    files.weigh_all(_kept_beside(referral), content)
    _delete(referral)
    sealed = crypto.ring().seal_bytes(referral.data_key, _place(referral), content)
    db.session.add(AgreementScan(referral_id=referral.id, kind=kind, file_sealed=sealed, written_at=clock.now()))
    db.session.flush()
    audit.write("scan.keep", by=by, thing_id=referral.id)


def remove(referral: Referral, *, by: Actor) -> None:
    """Take the paper away: it was the wrong one."""
    require(by, Can.GUIDE_REFERRAL, referral)
    _delete(referral)
    audit.write("scan.remove", by=by, thing_id=referral.id)


def read(referral: Referral, *, by: Actor) -> tuple[str, bytes]:
    """The paper: its kind and what is in it. The look is written to the audit log in the same transaction."""
    require(by, Can.OPEN_SCAN, referral)
    row = db.session.get(AgreementScan, referral.id)
    if row is None or referral.data_key is None:
        raise StepRefused("open_scan", referral.status)
    audit.write(LOOK, by=by, thing_id=referral.id, reason=why_open(referral, by).value)
    return row.kind, crypto.ring().open_bytes(referral.data_key, _place(referral), row.file_sealed)


def exists(referral: Referral) -> bool:
    """Whether the paper of this agreement is kept."""
    return db.session.scalar(select(AgreementScan.kind).where(AgreementScan.referral_id == referral.id)) is not None


def _kept_beside(referral: Referral) -> int:
    """How many signs the other papers of the same organisation take."""
    kept = select(func.coalesce(func.sum(func.length(AgreementScan.file_sealed)), 0))
    ours = kept.join(Referral, Referral.id == AgreementScan.referral_id)
    others = ours.where(Referral.organisation_id == referral.organisation_id, Referral.id != referral.id)
    return db.session.scalar(others) or 0


def _delete(referral: Referral) -> None:
    db.session.execute(delete(AgreementScan).where(AgreementScan.referral_id == referral.id))
    erase_log_too()


def _place(referral: Referral) -> Place:
    return Place("agreement_scan", "file", referral.id)
