"""The one blueprint that the modules of this folder add their pages to, and whose account they are about."""

from flask import Blueprint

from webapp.accounts import queries
from webapp.accounts.models import Person
from webapp.web.who import actor

bp = Blueprint("accounts", __name__)


def me() -> Person | None:
    """Whoever is signed in."""
    person_id = actor().person_id
    return queries.person(person_id) if person_id else None
