"""My sign-in: passkeys, the app, recovery codes, and the devices on which one is signed in."""

import uuid
from typing import Any

from flask import Response, make_response, redirect, request, session, url_for
from flask_babel import gettext as _

from webapp.accounts import (
    actions,
    authenticator,
    devices,
    factors,
    labels,
    passkeys,
    recognise,
    recovery,
    sessions,
)
from webapp.accounts.forms import AppCodeForm, NameForm, OnwardForm, PasskeyForm
from webapp.accounts.models import Passkey, Person
from webapp.accounts.routes import key_site
from webapp.accounts.routes.blueprint import bp, me
from webapp.core.errors import Conflict, Invalid
from webapp.policy.permissions import Can
from webapp.web import qr as qr_codes
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.redirects import inside
from webapp.web.respond import changed, leave_message, page
from webapp.web.saving import form_page
from webapp.web.who import actor

CODES = "codes"


def _passkey(passkey_id: uuid.UUID) -> Passkey | None:
    person_id = actor().person_id
    return factors.passkey(person_id, passkey_id) if person_id else None


@bp.get("/account/aanmelding")
@requires(Can.USE_OWN_ACCOUNT, of=me)
def own_sign_in(person: Person) -> Response:
    """How you sign in, and where you are signed in."""
    app = factors.app_of(person.id)
    return page(
        "accounts/own_sign_in.html",
        passkeys=factors.passkeys_of(person.id),
        most_passkeys=factors.MOST_PASSKEYS,
        has_app=app is not None and app.confirmed_at is not None,
        codes_left=factors.codes_left(person.id),
        has_factor=actor().has_second_factor,
        browsers=sessions.of(person.id),
        this=actor().session_id,
        labels=labels,
        in_the_hand=devices.IN_THE_HAND,
        **_key_words(),
    )


@bp.get("/account/aanmelding/kiezen")
@requires(Can.USE_OWN_ACCOUNT, of=me, surely=True)
def choose_factor(person: Person) -> Response:
    """Choose a second factor: a passkey or an app, and go on to where you were going."""
    words = {"going_to": inside(request.args.get("next")), "is_first": "welkom" in request.args, **_key_words()}
    return page("accounts/choose_factor.html", **words)


@bp.post("/account/aanmelding/sleutel/vraag")
@requires(Can.USE_OWN_ACCOUNT, of=me, surely=True)
def ask_new_passkey(person: Person) -> Response:
    """What a browser needs to make a passkey."""
    Form().refuse_unknown()
    return key_site.asked(passkeys.ask_to_add(person, key_site.here(), by=actor()))


@bp.post("/account/aanmelding/sleutel")
@requires(Can.USE_OWN_ACCOUNT, of=me, surely=True)
def add_passkey(person: Person) -> Response:
    """Keep the passkey that the browser made."""
    form = PasskeyForm()
    form.submitted()
    browser, system = devices.recognised(request.user_agent.string)
    try:
        codes = passkeys.add(
            person,
            form.credential.data or "",
            key_site.here(),
            name=labels.device(browser, system),
            challenge_id=key_site.challenge(),
            by=actor(),
        )
    except Invalid as refusal:
        leave_message(labels.in_words(refusal.errors)["credential"], "error")
        return make_response(redirect(url_for("accounts.own_sign_in"), 303))
    return _added(codes, _("Your passkey is ready. From now on you sign in with it."), form.next.data)


@bp.post("/account/aanmelding/sleutel/<uuid:passkey_id>/naam")
@requires(Can.USE_OWN_ACCOUNT, of=_passkey)
def rename_passkey(row: Passkey) -> Response:
    """Call it as you like."""
    form = NameForm()
    if form.submitted():
        passkeys.rename(row, name=form.data["name"], by=actor())
        return changed(url_for("accounts.own_sign_in"), message=_("Saved."))
    return form_page("accounts/passkey.html", form, row=row)


@bp.get("/account/aanmelding/sleutel/<uuid:passkey_id>")
@requires(Can.USE_OWN_ACCOUNT, of=_passkey)
def passkey(row: Passkey) -> Response:
    """One passkey: another name, or away with it."""
    return page("accounts/passkey.html", form=NameForm(name=row.name), row=row)


@bp.post("/account/aanmelding/sleutel/<uuid:passkey_id>/weg")
@requires(Can.USE_OWN_ACCOUNT, of=_passkey, surely=True)
def remove_passkey(row: Passkey) -> Response:
    """Accept it no longer."""
    Form().refuse_unknown()
    passkeys.remove(row, by=actor())
    return changed(url_for("accounts.own_sign_in"), message=_("That passkey no longer opens Brug."))


@bp.post("/account/aanmelding/app/beginnen")
@requires(Can.USE_OWN_ACCOUNT, of=me, surely=True)
def begin_app(person: Person) -> Response:
    """Make a secret for an app."""
    form = OnwardForm()
    form.refuse_unknown()
    going_to = inside(form.next.data, otherwise="")
    authenticator.begin(person, by=actor())
    return make_response(redirect(url_for("accounts.set_up_app", next=going_to or None), 303))


@bp.get("/account/aanmelding/app")
@requires(Can.USE_OWN_ACCOUNT, of=me, surely=True)
def set_up_app(person: Person) -> Response:
    """Scan, and type the first code."""
    form = AppCodeForm(next=inside(request.args.get("next"), otherwise=""))
    words = _app_words(person)
    if words is None:
        return make_response(redirect(url_for("accounts.own_sign_in"), 303))
    return page("accounts/set_up_app.html", form=form, **words)


@bp.post("/account/aanmelding/app")
@requires(Can.USE_OWN_ACCOUNT, of=me, surely=True)
def confirm_app(person: Person) -> Response:
    """The first code: from now on the app counts."""
    form, row, words = AppCodeForm(), factors.app_of(person.id), _app_words(person)
    form.refuse_unknown()
    if row is None or words is None:
        raise Conflict
    if form.submitted():
        codes = authenticator.confirm(row, form.app_code.data or "", by=actor())
        if codes is not None:
            return _added(codes, _("Your app is ready."), form.next.data)
        form.take({"app_code": _("That code isn't right. Type the one that your app shows now.")})
    return form_page("accounts/set_up_app.html", form, **words)


@bp.post("/account/aanmelding/app/weg")
@requires(Can.USE_OWN_ACCOUNT, of=me, surely=True)
def remove_app(person: Person) -> Response:
    """Accept its codes no longer."""
    Form().refuse_unknown()
    row = factors.app_of(person.id)
    if row is None:
        raise Conflict
    authenticator.remove(row, by=actor())
    return changed(url_for("accounts.own_sign_in"), message=_("Codes of that app are no longer accepted."))


@bp.post("/account/aanmelding/herstelcodes")
@requires(Can.USE_OWN_ACCOUNT, of=me, fresh=True)
def renew_codes(person: Person) -> Response:
    """Ten new recovery codes."""
    Form().refuse_unknown()
    return _show_codes(recovery.renew(person.id, by=actor()), url_for("accounts.own_sign_in"))


@bp.get("/account/aanmelding/herstelcodes")
@requires(Can.USE_OWN_ACCOUNT)
def recovery_codes() -> Response:
    """The ten new codes, this once."""
    codes = session.pop(CODES, None)
    if not codes:
        return make_response(redirect(url_for("accounts.own_sign_in"), 303))
    then = inside(request.args.get("next"), otherwise=url_for("accounts.own_sign_in"))
    return page("accounts/recovery_codes.html", codes=codes, going_to=then)


def _show_codes(codes: list[str], then: str) -> Response:
    """Let the next page show them: they travel in the cookie of this visit and are nowhere else."""
    session[CODES] = codes
    return make_response(redirect(url_for("accounts.recovery_codes", next=then), 303))


def _added(codes: list[str], message: str, going_to: str | None) -> Response:
    """A second factor was added: this session goes on under a new id, proven by it."""
    then = inside(going_to, otherwise=url_for("accounts.own_sign_in"))
    response = make_response(redirect(then, 303))
    recognise.set_cookie(response, actions.prove(by=actor(), reason="new", second_factor=True))
    if codes:
        response.headers["Location"] = _show_codes(codes, then).headers["Location"]
    leave_message(message)
    return response


def _app_words(person: Person) -> dict[str, Any] | None:
    row = factors.app_of(person.id)
    if row is None or row.confirmed_at:
        return None
    shown = authenticator.shown(row, person)
    return {"shown": shown, "qr": qr_codes.code(shown.address)}


def _key_words() -> dict[str, Any]:
    return {"key_form": PasskeyForm(formdata=None), "keys_work": key_site.works()}
