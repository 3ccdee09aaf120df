"""Learning sessions: which there are."""

from flask import Flask

from webapp.learning import folding, forgetting, needs, waiting  # noqa: F401 - forgetting registers clocks
from webapp.learning.routes import closing, desk, desk_pages, inviting, phone, preparing, reading_along, sessions, wall
from webapp.learning.routes.blueprint import bp
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.web import menu
from webapp.web import needs as today

MODULES = (closing, desk, desk_pages, folding, inviting, phone, preparing, reading_along, sessions, wall)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.belongs(app, "learning", "lessons")
    today.add(app, needs.all_needs, waiting.numbers)


for kind in (NoticeKind.SESSION_INVITED, NoticeKind.LEAD_ASKED, NoticeKind.LEAD_ANSWERED):
    registry.leads_to(kind, "learning.show", "learning_id")
registry.leads_to(NoticeKind.SESSION_CLOSED, "learning.result", "learning_id")
