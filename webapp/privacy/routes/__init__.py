"""What is kept how long; what is kept about me; who of us looked."""

from flask import Flask

from webapp.privacy import needs
from webapp.privacy.routes import about_me, erasing, incident, looks, own, periods
from webapp.privacy.routes.blueprint import bp
from webapp.web import needs as today

MODULES = (periods, about_me, looks, own)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    app.cli.add_command(incident.group)
    app.cli.add_command(erasing.erase_question)
    today.add(app, needs.all_needs, needs.numbers)
