"""What Brug keeps about whoever is signed in."""

from flask import Response

from webapp.accounts import queries as accounts
from webapp.accounts.models import Person
from webapp.core import audit, clock
from webapp.policy.permissions import Can
from webapp.privacy.export import own
from webapp.privacy.export.parts import as_json
from webapp.privacy.routes.blueprint import bp
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.respond import page
from webapp.web.who import actor


def _me() -> Person | None:
    person_id = actor().person_id
    return accounts.person(person_id) if person_id else None


@bp.get("/account/gegevens")
@requires(Can.USE_OWN_ACCOUNT, of=_me)
def own_data(person: Person) -> Response:
    """All of it on a page."""
    return page("privacy/own.html", parts=own.gathered(person))


@bp.post("/account/gegevens/bestand")
@requires(Can.USE_OWN_ACCOUNT, of=_me)
def own_file(person: Person) -> Response:
    """The same as a file, with every row that is held under their id and the lines of the audit log."""
    Form().refuse_unknown()
    audit.write("own.export", by=actor(), thing_id=person.id)
    text = as_json(own.gathered(person), rows=own.rows(person), audit=own.entries(person))
    response = Response(text, content_type="application/json; charset=utf-8")
    return as_download(response, f"brug-{clock.today().isoformat()}.json")
