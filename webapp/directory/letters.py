"""The monthly mail to a contact point: which offers nobody looked at for a while, and one link to confirm them."""

import uuid

from flask import url_for
from flask_babel import gettext as _

from webapp.core import clock, links
from webapp.core.outbox import Claimed
from webapp.directory import upkeep
from webapp.notifications import queries
from webapp.notifications.kinds import Subject
from webapp.notifications.mail import Letter, letter, with_way_out

MOST_NAMED = 12


@letter("mail.still_right")
def still_right(job: Claimed) -> Letter | None:
    """Are these offers still right? Nothing when they were confirmed meanwhile, or when the seat ended."""
    seat = upkeep.seat(uuid.UUID(job.payload["seat"]))
    offers = upkeep.to_confirm(seat.organisation_id) if seat else ()
    if seat is None or not offers or not queries.wants_mail(seat.person_id, Subject.HOUSE):
        return None
    token = links.issue(
        links.Purpose.STILL_RIGHT,
        seat.organisation_id,
        expires_at=clock.now() + upkeep.ASK_AFTER,
        person_id=seat.person_id,
    )
    context: dict[str, object] = {
        "url": url_for("directory.follow_still_right", token=token, _external=True),
        "organisation": seat.organisation.name,
        "offers": [one.name for one in offers[:MOST_NAMED]],
    }
    subject = _("Are the offers of %(organisation)s still right?", organisation=seat.organisation.name)
    mail = Letter(seat.person.email, seat.person.name, subject, "still_right", context)
    return with_way_out(mail, seat.person_id, Subject.HOUSE)
