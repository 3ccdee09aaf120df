"""What this area forgets by itself: codes, sessions, invitations and functions that ended long ago. And what the clock
finds: seats that nobody holds."""

from sqlalchemy import delete, or_, select

from webapp.accounts import empty_seats
from webapp.accounts.models import (
    DiscretionPromise,
    EmptySeat,
    Function,
    Invitation,
    Joining,
    JoinLink,
    LoginCode,
    PasskeyChallenge,
    SignInSession,
)
from webapp.core import clock
from webapp.core.brake import forgets
from webapp.core.db import db
from webapp.core.sweeps import sweep
from webapp.vocabulary.retention import Keep, kept_for


@sweep
def forget_ended_accounts_work() -> None:
    """Rows that no longer do anything go."""
    now = clock.now()
    codes, sessions = now - kept_for(Keep.CODE), now - kept_for(Keep.SESSION)
    db.session.execute(delete(LoginCode).where(LoginCode.created_at < codes))
    db.session.execute(
        delete(SignInSession).where(or_(SignInSession.created_at < sessions, SignInSession.revoked_at < codes))
    )
    db.session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at < now))
    db.session.execute(delete(Joining).where(Joining.created_at < codes))
    db.session.execute(delete(JoinLink).where(JoinLink.expires_at < now - kept_for(Keep.LINK)))


@sweep
def note_empty_seats() -> None:
    """Look through the network for seats that nobody holds, so that Today need not."""
    rows = db.session.execute(empty_seats.everywhere(), {"today": clock.today()})
    found = {(row.organisation_id, row.kind) for row in rows}
    known = {(one.organisation_id, one.kind): one for one in db.session.scalars(select(EmptySeat))}
    for seat in known.keys() - found:
        db.session.delete(known[seat])
    db.session.add_all(EmptySeat(organisation_id=place, kind=kind) for place, kind in found - known.keys())


@forgets
def forget_ended_seats() -> None:
    """Who was invited, had a function or promised discretion, long ago, goes."""
    now = clock.now()
    db.session.execute(delete(DiscretionPromise).where(DiscretionPromise.at < now - kept_for(Keep.PROMISE)))
    db.session.execute(delete(Invitation).where(Invitation.sent_at < now - kept_for(Keep.INVITATION)))
    db.session.execute(delete(Function).where(Function.ends_on < clock.today() - kept_for(Keep.SEAT)))
