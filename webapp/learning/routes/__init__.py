"""Learning sessions: which there are."""

from flask import Flask

from webapp.learning import folding
from webapp.learning.routes import closing, desk, desk_pages, inviting, phone, preparing, reading_along, sessions, wall
from webapp.learning.routes.blueprint import bp
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.web import menu

MODULES = (closing, desk, desk_pages, folding, inviting, phone, preparing, reading_along, sessions, wall)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.belongs(app, "learning", "lessons")


registry.leads_to(NoticeKind.SESSION_INVITED, "learning.show", "learning_id")
registry.leads_to(NoticeKind.SESSION_CLOSED, "learning.result", "learning_id")
