"""Showing once more who you are, before something that deserves it.

A passkey, a code of the app or a recovery code is a second factor. Whoever has none yet shows a code of the mail, and
then chooses one.
"""

from typing import Any

from flask import Response, current_app, make_response, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.accounts import actions, authenticator, factors, mailed_codes, passkeys, recognise, recovery, signing_in
from webapp.accounts.forms import AppCodeForm, PasskeyForm, ProofForm, RecoveryForm
from webapp.accounts.models import PasskeyUse, Person
from webapp.accounts.routes import key_site, visit
from webapp.accounts.routes.blueprint import bp, me
from webapp.accounts.routes.signing_in import wrong_code
from webapp.core import clock
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.redirects import inside
from webapp.web.respond import leave_message, page
from webapp.web.saving import form_page
from webapp.web.who import actor


@bp.get("/bewijs")
@requires(Can.USE_OWN_ACCOUNT, of=me)
def prove(person: Person) -> Response:
    """Show once more who you are. Whoever did so by mail and has no second factor is led to choosing one."""
    going_to = inside(request.args.get("next"))
    one_tap = "demo" in current_app.blueprints
    if not one_tap and not actor().has_second_factor and actor().proved_at_best(clock.now()):
        return make_response(redirect(url_for("accounts.choose_factor", next=going_to), 303))
    return page("accounts/prove.html", **_words(person, going_to))


@bp.get("/bewijs/terug")
@requires(Can.USE_OWN_ACCOUNT)
def back_to_form() -> Response:
    """The end of a tab that was opened to show who one is: the form that waits is in the other tab."""
    return page("accounts/back_to_form.html")


@bp.post("/bewijs/code")
@requires(Can.USE_OWN_ACCOUNT, of=me)
def send_proof_code(person: Person) -> Response:
    """Send a fresh code to the own address."""
    form = ProofForm()
    form.refuse_unknown()
    going_to = inside(form.next.data)
    visit.remember_request(signing_in.ask(person.email, browser=visit.browser()))
    return make_response(redirect(url_for("accounts.prove", next=going_to), 303))


@bp.post("/bewijs")
@requires(Can.USE_OWN_ACCOUNT, of=me)
def enter_proof(person: Person) -> Response:
    """The code of the mail was right: enough to choose a second factor, and for nothing else."""
    form, asked = ProofForm(), visit.request_for_code()
    form.refuse_unknown()
    going_to = inside(form.next.data)
    back = url_for("accounts.prove", next=going_to)
    if asked is None or mailed_codes.is_over(asked):
        return make_response(redirect(back, 303))
    if not form.submitted():
        return form_page("accounts/prove.html", form, **_words(person, going_to) | {"form": form})
    if signing_in.enter(asked, form.data["code"]) != person.id:
        return make_response(redirect(back, 303))
    return _proved("code", back, second_factor=False)


@bp.post("/bewijs/sleutel/vraag")
@requires(Can.USE_OWN_ACCOUNT)
def ask_passkey_proof() -> Response:
    """What a browser needs to ask its owner for one of their own passkeys."""
    Form().refuse_unknown()
    return key_site.asked(passkeys.ask_to_use(PasskeyUse.PROOF, key_site.here(), by=actor()))


@bp.post("/bewijs/sleutel")
@requires(Can.USE_OWN_ACCOUNT)
def prove_with_passkey() -> Response:
    """A passkey of the acting person."""
    form = PasskeyForm()
    form.submitted()
    going_to = inside(form.next.data)
    challenge = key_site.challenge()
    answer = form.credential.data or ""
    if passkeys.use(answer, key_site.here(), PasskeyUse.PROOF, challenge_id=challenge, by=actor()):
        return _proved("passkey", going_to)
    key_site.say_it_failed()
    return make_response(redirect(url_for("accounts.prove", next=going_to), 303))


@bp.post("/bewijs/app")
@requires(Can.USE_OWN_ACCOUNT, of=me)
def prove_with_app(person: Person) -> Response:
    """A code of the app."""
    form = AppCodeForm()
    going_to = inside(form.next.data)
    if not form.submitted():
        return form_page("accounts/prove.html", form, **_words(person, going_to) | {"app_form": form})
    if authenticator.is_right(person.id, form.app_code.data or ""):
        return _proved("app", going_to)
    return _wrong(_("That code isn't right, or you used it already. Wait for the next one."), "app", going_to)


@bp.post("/bewijs/herstelcode")
@requires(Can.USE_OWN_ACCOUNT, of=me)
def prove_with_recovery_code(person: Person) -> Response:
    """A recovery code; it works once."""
    form = RecoveryForm()
    going_to = inside(form.next.data)
    if not form.submitted():
        return form_page("accounts/prove.html", form, **_words(person, going_to) | {"recovery_form": form})
    if recovery.spend(person.id, form.recovery_code.data or ""):
        response = _proved("recovery", going_to)
        _say_how_many(factors.codes_left(person.id))
        return response
    return _wrong(
        _("That code isn't right, or you used it already. Take the next one on your list."), "recovery", going_to
    )


def _proved(reason: str, going_to: str, *, second_factor: bool = True) -> Response:
    response = make_response(redirect(going_to, 303))
    return recognise.set_cookie(response, actions.prove(by=actor(), reason=reason, second_factor=second_factor))


def _wrong(text: str, reason: str, going_to: str) -> Response:
    """Answered by a redirect, so that the try stays written down."""
    actions.refuse_proof(by=actor(), reason=reason)
    leave_message(text, "error")
    lost = "1" if reason == "recovery" else None
    return make_response(redirect(url_for("accounts.prove", next=going_to, kwijt=lost), 303))


def _say_how_many(left: int) -> None:
    text = ngettext("You have %(num)d recovery code left.", "You have %(num)d recovery codes left.", left)
    leave_message(text)


def _words(person: Person, going_to: str) -> dict[str, Any]:
    asked = visit.request_for_code()
    waits = asked is not None and not mailed_codes.is_over(asked)
    form = ProofForm(formdata=None, next=going_to)
    if asked and waits:
        form.take(wrong_code(asked))
    app = factors.app_of(person.id)
    return {
        "form": form,
        "asked": waits,
        "going_to": going_to,
        "has_factor": actor().has_second_factor,
        "lost": "kwijt" in request.args,
        "passkeys": factors.passkeys_of(person.id) if key_site.works() else (),
        "has_app": app is not None and app.confirmed_at is not None,
        "codes_left": factors.codes_left(person.id),
        "key_form": PasskeyForm(formdata=None, next=going_to),
        "app_form": AppCodeForm(formdata=None, next=going_to),
        "recovery_form": RecoveryForm(formdata=None, next=going_to),
    }
