"""The wall of a session: what the room reads together, large, for a projector. Nothing on it can be pressed."""

from flask import Response, make_response, redirect

from webapp.learning import desk
from webapp.learning.labels import seconds_left
from webapp.learning.models import LearningSession
from webapp.learning.routes.blueprint import bp, to
from webapp.learning.routes.desk import leads
from webapp.learning.routes.way_in import way_in
from webapp.web.respond import changed, page, wants_fragment


@bp.get("/leren/sessies/<uuid:learning_id>/muur")
@leads
def wall(session: LearningSession) -> Response:
    """The wall."""
    if not session.is_running:
        return changed(to(session)) if wants_fragment() else make_response(redirect(to(session), 303))
    return page(
        "learning/wall.html",
        fragment="learning/_wall.html",
        session=session,
        desk=desk.on_wall(session),
        left=seconds_left(session),
        **way_in(session),
    )
