"""Reading the fund: what was asked for one question, what waits for a decision, and the years in numbers."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from webapp.core.db import AnyRow, db, given, read
from webapp.core.numbers import Numbers, counted, moment_of, packed, unpacked
from webapp.core.statements import Prepared
from webapp.fund.lifecycle import SupportStatus
from webapp.fund.models import FundYear, SupportRequest
from webapp.referrals.models import Referral
from webapp.vocabulary.fund import SupportFor

MOST_SHOWN = 50
MOST_YEARS = 5
SMALLEST_TOLD = 5

_OF_QUESTION = Prepared(lambda: (
    select(
        SupportRequest.id, SupportRequest.purpose, SupportRequest.price, SupportRequest.amount_cents,
        SupportRequest.status, SupportRequest.created_at, SupportRequest.decided_at,
    )
    .where(SupportRequest.referral_id == given("referral", SupportRequest.referral_id))
    .order_by(SupportRequest.created_at.desc(), SupportRequest.id)
))  # fmt: skip
_WAITING = Prepared(lambda: (
    select(
        SupportRequest.id, Referral.alias, SupportRequest.purpose, SupportRequest.price, SupportRequest.amount_cents,
        SupportRequest.status, SupportRequest.created_at, SupportRequest.asked_by_id,
    )
    .join(Referral, Referral.id == SupportRequest.referral_id)
    .where(SupportRequest.status.in_((SupportStatus.ASKED, SupportStatus.GRANTED)))
    .order_by(SupportRequest.status, SupportRequest.created_at, SupportRequest.id)
    .limit(MOST_SHOWN)
))  # fmt: skip
SUPPORTED = "supported"
_ALONG = packed(
    select(
        SupportRequest.created_at, SupportRequest.decided_at, SupportRequest.purpose, SupportRequest.amount_cents,
        SupportRequest.status,
    ).where(SupportRequest.referral_id == given(SUPPORTED, SupportRequest.referral_id))
)  # fmt: skip
UNDECIDED = counted(select(SupportRequest.id).where(SupportRequest.status == SupportStatus.ASKED), MOST_SHOWN)
"""How many requests wait for a decision, as a column."""
PROMISED = counted(select(SupportRequest.id).where(SupportRequest.status == SupportStatus.GRANTED), MOST_SHOWN)
"""How many were promised and are not arranged yet, as a column."""
UNDECIDED_SINCE = select(func.min(SupportRequest.created_at)).where(
    SupportRequest.status == SupportStatus.ASKED
).scalar_subquery()  # fmt: skip
"""Since when the first of them waits."""
_YEARS = Prepared(
    lambda: (
        select(
            FundYear.year, FundYear.asked, FundYear.granted, FundYear.granted_cents, FundYear.paid, FundYear.paid_cents
        )
        .order_by(FundYear.year.desc())
        .limit(MOST_YEARS)
    )
)


class Asked(NamedTuple):
    """What was asked for one question, as it stands beside its page."""

    asked_at: datetime
    decided_at: datetime | None
    purpose: SupportFor
    cents: int
    status: SupportStatus


def along(referral_id: uuid.UUID) -> Numbers:
    """What was asked for one question, to come along with the numbers around its page."""
    return Numbers({SUPPORTED: _ALONG}, {SUPPORTED: referral_id})


def told(found: str | None) -> list[Asked]:
    """What came along, the newest first."""
    rows = (
        Asked(asked, moment_of(decided), SupportFor(purpose), int(cents), SupportStatus(status))
        for at, decided, purpose, cents, status in unpacked(found)
        if (asked := moment_of(at))
    )
    return sorted(rows, reverse=True)


def of_question(referral_id: uuid.UUID) -> Sequence[AnyRow]:
    """What was asked for one question, the newest first."""
    return read(_OF_QUESTION, {"referral": referral_id})


def waiting() -> Sequence[AnyRow]:
    """What waits to be decided or paid, by alias; nobody's name, no organisation."""
    return read(_WAITING, {})


def years() -> Sequence[AnyRow]:
    """The last budget years. Numbers here are exact and must be coarsened before anybody sees them."""
    return read(_YEARS, {})


def request(request_id: uuid.UUID) -> SupportRequest | None:
    """One request with its question."""
    wanted = select(SupportRequest).where(SupportRequest.id == request_id)
    return db.session.scalar(wanted.options(joinedload(SupportRequest.referral)))
