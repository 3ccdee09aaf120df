"""Signing in and out, people and their seats."""

from flask import Flask

from webapp.accounts import forgetting, installation, needs  # noqa: F401 - forgetting registers a clock
from webapp.accounts.routes import demo, invitations, joining, own, own_sign_in, people, proof, roles, signing_in
from webapp.accounts.routes.blueprint import bp
from webapp.config import Settings
from webapp.vocabulary.functions import FUNCTION_LABELS, FUNCTION_MEANINGS
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.web import needs as today

MODULES = (signing_in, proof, invitations, joining, people, own, own_sign_in, roles)


def init_app(app: Flask) -> None:
    """Bring the pages of this area; trying as somebody else exists in the demo alone."""
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        installation.check(settings)
    app.register_blueprint(bp)
    if settings.demo:
        app.register_blueprint(demo.bp)
    today.add(app, needs.all_needs, needs.numbers)
    app.jinja_env.globals.update(
        function_labels=FUNCTION_LABELS,
        function_meanings=FUNCTION_MEANINGS,
        organisation_traits=ORGANISATION_TRAITS,
    )
