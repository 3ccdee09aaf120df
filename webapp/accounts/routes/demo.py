"""Trying the demo as somebody else, with one tap. These pages exist in the demo alone, and only on this machine."""

import ipaddress
from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.accounts import actions, queries, recognise
from webapp.accounts.forms import OnwardForm
from webapp.accounts.routes import visit
from webapp.config import LOOPBACK
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.redirects import inside
from webapp.web.who import actor

bp = Blueprint("demo", __name__)


@dataclass(frozen=True, slots=True)
class Role:
    """One of the people that a visitor of the demo can be."""

    code: str
    label: LazyString
    icon: str
    tint: str
    email: str


ROLES = (
    Role("vrijwilliger", _l("volunteer"), "tent", "aanbod", "noor@roerdomp.example"),
    Role("welzijnswerker", _l("welfare worker"), "heart-handshake", "vraag", "ilse@hetbaken.example"),
    Role("jeugdraad", _l("youth council"), "messages-square", "vraag", "jutta@jeugdraad.example"),
    Role("jeugddienst", _l("youth service"), "map", "zon", "tine@jeugd.elsterveer.example"),
    Role("facilitator", _l("facilitator"), "presentation", "zon", "wout@jeugd.elsterveer.example"),
    Role("beheerder", _l("administrator"), "key", "idee", "griet@jeugd.elsterveer.example"),
)


@bp.before_request
def only_on_this_machine() -> None:
    """Who is elsewhere gets nothing, whatever the settings say."""
    host = request.host.rsplit(":", 1)[0].strip("[]")
    if host not in LOOPBACK or not ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104
        abort(404)


@bp.post("/demo/als/<role>")
@requires(Can.USE_DEMO)
def try_as(role: str) -> Response:
    """Be one of them."""
    Form().refuse_unknown()
    chosen = next((one for one in ROLES if one.code == role), None)
    person = queries.person_by_email(chosen.email) if chosen else None
    if person is None:
        abort(404)
    return visit.come_in(person.id, shared=False, reason="demo", to=url_for("today.today"), second_factor=True)


@bp.post("/demo/bewijs")
@requires(Can.USE_OWN_ACCOUNT)
def prove() -> Response:
    """One tap counts as a fresh proof."""
    form = OnwardForm()
    form.refuse_unknown()
    response = make_response(redirect(inside(form.next.data), 303))
    return recognise.set_cookie(response, actions.prove(by=actor(), reason="demo", second_factor=True))
