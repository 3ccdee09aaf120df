"""The lesson of the week: putting it away, and what a digest says of it."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.accounts import queries as accounts
from webapp.lessons import weekly
from webapp.lessons.routes.blueprint import bp
from webapp.notifications.queries import Reader
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import remember
from webapp.web.respond import changed

PUT_AWAY = "lesson_week"


@bp.post("/leren/les-van-de-week/weg")
@requires(Can.SEE_LOG)
def put_away() -> Response:
    """Not this week any more, on this device."""
    Form().refuse_unknown()
    response = changed(url_for("today.today"), message=_("Put away until next week."))
    remember(response, PUT_AWAY, weekly.week())
    return response


def in_digest(reader: Reader) -> list[tuple[str, str]]:
    """The title of this week's lesson and where it stands, as it is when the mail is made."""
    found = weekly.lesson(seat.kind for seat in accounts.seats_of(reader.person_id))
    if found is None:
        return []
    where = url_for("lessons.lesson", lesson_id=found.id, _external=True)
    return [(_("Lesson of the week: %(title)s", title=found.title), where)]
