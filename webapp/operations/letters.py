"""The nightly mail to the data protection officer: the head of the audit log, kept where nobody here can reach it."""

from flask_babel import gettext as _

from webapp.core.outbox import Claimed
from webapp.notifications.mail import Letter, letter
from webapp.web.settings import current_settings


@letter("mail.audit_head")
def audit_head(job: Claimed) -> Letter | None:
    """The number and the MAC of the newest entry; nothing when no address is set any more."""
    settings = current_settings()
    if not settings.privacy_mail:
        return None
    head = f"{job.payload['number']}:{job.payload['mac']}"
    subject = _("The audit log of %(network)s: keep this mail", network=settings.network)
    return Letter(settings.privacy_mail, _("data protection officer"), subject, "audit_head", {"head": head})
