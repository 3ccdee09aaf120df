"""One's own account: name and phone; and signing out, here or elsewhere."""

import uuid
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.accounts import actions, queries, recognise, sessions
from webapp.accounts.forms import AccountForm
from webapp.accounts.models import Person
from webapp.accounts.routes.blueprint import bp, me
from webapp.core import clock
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page
from webapp.web.who import actor


@bp.get("/account")
@requires(Can.USE_OWN_ACCOUNT, of=me)
def account(person: Person) -> Response:
    """What is known about you."""
    form = AccountForm(name=person.name, phone=person.phone)
    return page("accounts/account.html", form=form, **_words(person))


@bp.post("/account")
@requires(Can.USE_OWN_ACCOUNT, of=me)
def change_account(person: Person) -> Response:
    """Keep another name or phone number."""
    form = AccountForm()
    if form.submitted():
        actions.change_own_details(person, name=form.data["name"], phone=form.data["phone"], by=actor())
        return changed(url_for("accounts.account"), message=_("Saved."))
    return form_page("accounts/account.html", form, **_words(person))


@bp.get("/discretie")
@requires(Can.PROMISE_DISCRETION, of=me)
def discretion(person: Person) -> Response:
    """What discretion means here, and until when your promise holds."""
    promised = queries.promised_at(person.id)
    until = clock.local(promised + sessions.PROMISE_HOLDS).date() if promised else None
    return page("accounts/discretion.html", until=until)


@bp.post("/discretie")
@requires(Can.PROMISE_DISCRETION)
def promise_discretion() -> Response:
    """Promise it for a year."""
    Form().refuse_unknown()
    actions.promise_discretion(by=actor())
    return changed(url_for("today.today"), message=_("Thank you. We'll ask again in a year."))


@bp.post("/account/afmelden/<uuid:session_id>")
@requires(Can.USE_OWN_ACCOUNT)
def sign_out_there(session_id: uuid.UUID) -> Response:
    """Sign one other browser of yours out."""
    Form().refuse_unknown()
    actions.sign_out(session_id, by=actor())
    return changed(url_for("accounts.own_sign_in"), message=_("That device is signed out."))


@bp.post("/account/overal-afmelden")
@requires(Can.USE_OWN_ACCOUNT)
def sign_out_everywhere() -> Response:
    """Sign every browser of yours out, this one too."""
    Form().refuse_unknown()
    actions.sign_out_everywhere(by=actor())
    return recognise.back_to_the_door(_("You are signed out everywhere."))


def _words(person: Person) -> dict[str, Any]:
    return {
        "person": person,
        "seats": queries.seats_of(person.id),
    }
