"""The mail about a group visit: that there is one, for which association, and one link."""

from datetime import datetime, time, timedelta

from flask import url_for
from flask_babel import gettext as _

from webapp.core import clock, links
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.mail import Letter
from webapp.notifications.models import Notice
from webapp.notifications.queries import Reader
from webapp.visits import queries
from webapp.visits.lifecycle import VisitStatus

AFTER_IT = timedelta(days=31)

for kind in (NoticeKind.VISIT_ASKED, NoticeKind.VISIT_ANSWERED, NoticeKind.VISIT_ENDED):
    registry.leads_to(kind, "visits.show", "visit_id")


@registry.letters_for(NoticeKind.VISIT_ASKED)
def asked(notice: Notice, reader: Reader) -> Letter | None:
    """A group would like to come; nothing when it was answered meanwhile, or is not this reader's to answer."""
    visit = queries.visit(notice.thing_id)
    if visit is None or visit.status is not VisitStatus.ASKED or reader.person_id not in visit.speakers:
        return None
    until = datetime.combine(visit.last_day, time(0), clock.BRUSSELS) + AFTER_IT
    token = links.issue(links.Purpose.VISIT, visit.id, expires_at=until, person_id=reader.person_id)
    place = visit.organisation.name
    context = {
        "url": url_for("visits.follow", token=token, _external=True),
        "organisation": place,
        "stands_in": visit.seat_is_empty,
    }
    subject = _("A group would like to visit %(organisation)s", organisation=place)
    return Letter(reader.email, reader.name, subject, "visit", context)
