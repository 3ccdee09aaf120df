"""What was settled on the phone, written down in under a minute."""

import uuid
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.accounts.forms.public_names import public_names
from webapp.core import clock
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals import actions, answering, candidates, overdue, phoning, queries
from webapp.referrals.forms.phoning import CallForm, HeardForm
from webapp.referrals.labels import alias_words, in_words
from webapp.referrals.models import Ask
from webapp.referrals.routes.asking import offer_asked_for
from webapp.referrals.routes.blueprint import bp, page_of
from webapp.vocabulary.aliases import ALIAS_ICONS
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

CALL, NOTE = "referrals/call.html", "referrals/note_answer.html"


@bp.route("/toeleidingen/gebeld", methods=["GET", "POST"])
@requires(Can.START_REFERRAL)
def log_call() -> Response:
    """A question that was asked and answered in one call."""
    first = offer_asked_for()
    offers = candidates.pickable(first)
    form = CallForm()
    form.between(actions.places_to_ask_from(actor()))
    form.about(offers, first)
    is_cut = len(offers) == candidates.MOST_PICKABLE
    shown: dict[str, Any] = {"noted": None, "offer_id": first, "is_cut": is_cut, "today": clock.today()}
    if form.submitted() and form.is_careful(public_names()):
        chosen = next(one for one in offers if one.id == uuid.UUID(form.offer.data))
        profile = actions.Profile(age_band=form.age_band.data, friends=form.friends.data)
        target = actions.Target(chosen.id, chosen.organisation_id)
        noted = None if form.is_another.data else phoning.noted_just_now(profile, target, by=actor())
        if noted:
            form.is_refused = True
            shown |= {"noted": noted, "alias": alias_words(noted.alias)}
        else:
            with saving(form, in_words):
                referral = phoning.log(profile, target, form.heard(), by=actor(), organisation_id=form.organisation)
                message = _("Noted. We call this young person %(alias)s.", alias=alias_words(referral.alias))
                return changed(page_of(referral), message=message)
    return form_page(CALL, form, **shown)


@bp.route("/antwoord/<uuid:ask_id>/telefoon", methods=["GET", "POST"])
@requires(Can.NOTE_ANSWER, of=queries.ask)
def note_answer(ask: Ask) -> Response:
    """What the association said on the phone, written down for it."""
    return _note(ask)


@bp.route("/antwoord/<uuid:ask_id>/gehoord", methods=["GET", "POST"])
@requires(Can.NOTE_ANSWER, of=overdue.asked_long_ago)
def note_heard(ask: Ask) -> Response:
    """The same, by the bridge builder who called because the question waited long; they still read nothing of it."""
    return _note(ask)


@bp.get("/antwoord/<uuid:ask_id>/gehoord/welke")
@requires(Can.CALL_ASKED, of=overdue.asked_long_ago)
def choose_heard(ask: Ask) -> Response:
    """About which of the questions that wait at one association the bridge builder heard an answer."""
    return page(
        "referrals/choose_heard.html",
        place=ask.organisation.name,
        rows=overdue.waiting_there(ask),
        alias_words=alias_words,
        alias_icons=ALIAS_ICONS,
    )


def _note(ask: Ask) -> Response:
    form = HeardForm(version=ask.version)
    is_expected = answering.is_expected(ask)
    if is_expected:
        form.after_choice(is_on_list=answering.is_on_list(ask))
    shown: dict[str, Any] = {
        "ask": ask,
        "is_expected": is_expected,
        "alias": alias_words(ask.referral.alias),
        "is_open": is_expected or answering.is_open(ask),
        "back_to": _back_from(ask),
        "today": clock.today(),
    }
    if form.submitted() and form.is_careful(public_names()):
        with saving(form, in_words, ask):
            phoning.note_answer(ask, form.heard(), by=actor(), version=form.version.data)
            return changed(shown["back_to"], message=_noted(ask))
    return form_page(NOTE, form, **shown)


def _noted(ask: Ask) -> str:
    place = ask.organisation.name
    if answering.is_open(ask):
        return _("Noted. %(place)s hears of it, and can still correct it.", place=place)
    return _("Noted. %(place)s hears of it.", place=place)


def _back_from(ask: Ask) -> str:
    """The page from which somebody comes: the question; the answer when they stand in; Today when they just called."""
    if can(actor(), Can.READ_REFERRAL, ask.referral):
        return url_for("referrals.show", referral_id=ask.referral_id)
    stands_in = can(actor(), Can.READ_ASK, ask)
    return url_for("referrals.answer", ask_id=ask.id) if stands_in else url_for("today.today")
