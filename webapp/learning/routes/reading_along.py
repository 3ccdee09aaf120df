"""Reading along on the phone what hangs on the wall; and saying of something there that it doesn't belong."""

from flask import Response, url_for

from webapp.learning import desk, queries
from webapp.learning.models import Contribution, LearningSession
from webapp.learning.routes.blueprint import bp, to_desk
from webapp.learning.routes.phone import shares
from webapp.lessons.codes import Flagged
from webapp.lessons.routes.flags import say
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.guard import requires
from webapp.web.respond import page
from webapp.web.who import actor


@bp.get("/mee/<uuid:learning_id>/muur")
@shares
def read_along(one: LearningSession) -> Response:
    """What the room reads, for whoever can't see it from their chair."""
    if not one.is_running:
        return page("learning/not_now.html", session=one)
    return page("learning/read_along.html", session=one, desk=desk.on_wall(one))


@bp.route("/leren/bijdragen/<uuid:contribution_id>/melden", methods=["GET", "POST"])
@requires(Can.FLAG_IN_SESSION, of=queries.contribution)
def flag(note: Contribution) -> Response:
    """This doesn't belong here: for whoever leads from the desk, for whoever takes part from the phone."""
    here = url_for("learning.flag", contribution_id=note.id)
    return say(Flagged.CONTRIBUTION, note.id, here, _back(note.session))


def _back(session: LearningSession) -> str:
    if can(actor(), Can.LEAD_SESSION, session):
        return to_desk(session)
    return url_for("learning.read_along", learning_id=session.id)
