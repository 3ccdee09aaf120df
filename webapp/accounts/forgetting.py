"""What this area forgets by itself: codes, sessions, invitations and functions that ended long ago."""

from datetime import timedelta

from sqlalchemy import delete, or_

from webapp.accounts.models import (
    DiscretionPromise,
    Function,
    Invitation,
    Joining,
    JoinLink,
    LoginCode,
    PasskeyChallenge,
    SignInSession,
)
from webapp.core import clock
from webapp.core.db import db
from webapp.core.sweeps import sweep

KEEP_CODES = timedelta(days=1)
KEEP_SESSIONS = timedelta(days=30)
KEEP_INVITATIONS = timedelta(days=44)  # the two weeks they work, and thirty days
KEEP_SEATS = timedelta(days=365)
KEEP_PROMISES = timedelta(days=730)  # the year for which they hold, and one more


@sweep
def forget_ended_accounts_work() -> None:
    """Rows that no longer do anything go."""
    now = clock.now()
    db.session.execute(delete(LoginCode).where(LoginCode.created_at < now - KEEP_CODES))
    db.session.execute(
        delete(SignInSession).where(
            or_(SignInSession.created_at < now - KEEP_SESSIONS, SignInSession.revoked_at < now - KEEP_CODES)
        )
    )
    db.session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at < now))
    db.session.execute(delete(Joining).where(Joining.created_at < now - KEEP_CODES))
    db.session.execute(delete(JoinLink).where(JoinLink.expires_at < now - KEEP_SESSIONS))
    db.session.execute(delete(DiscretionPromise).where(DiscretionPromise.at < now - KEEP_PROMISES))
    db.session.execute(delete(Invitation).where(Invitation.sent_at < now - KEEP_INVITATIONS))
    db.session.execute(delete(Function).where(Function.ends_on < clock.today() - KEEP_SEATS))
