"""Putting a question into words with the young person beside you: who, wishes, and what to check before it goes."""

import uuid
from dataclasses import replace
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.accounts.forms.public_names import public_names
from webapp.core.errors import StepRefused
from webapp.core.versions import expect
from webapp.policy.permissions import Can
from webapp.referrals import actions, candidates, crossing_words, queries, sealed, shortlist, state
from webapp.referrals.forms.asking import SendForm, WhoForm, WishesForm
from webapp.referrals.labels import alias_words, in_words
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.referrals.models import Referral
from webapp.referrals.proposals import proposals
from webapp.referrals.routes.blueprint import bp, page_of
from webapp.vocabulary.organisation_kinds import SECRECY_TRAITS
from webapp.vocabulary.reasons import REASONS
from webapp.web import once
from webapp.web.careful import SAYS_WHY
from webapp.web.forms import Form, as_id
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.settings import current_settings
from webapp.web.who import actor

GUIDED: dict[str, Any] = {"sees": Can.READ_REFERRAL, "of": queries.referral}


@bp.get("/toeleidingen/nieuw")
@requires(Can.START_REFERRAL)
def new() -> Response:
    """The first step: for whom, in an age and nothing that says who it is."""
    return page("referrals/new_who.html", form=_who_form(), referral=None, offer_id=offer_asked_for())


@bp.post("/toeleidingen/nieuw")
@requires(Can.START_REFERRAL)
def start() -> Response:
    """Make the draft; it gets its alias here."""
    form, offer_id = _who_form(), offer_asked_for()
    if form.submitted():
        referral = actions.start(by=actor(), organisation_id=form.organisation)
        actions.describe(referral, replace(actions.profile_of(referral), **form.profile()), by=actor())
        if offer_id:
            shortlist.judge(referral, offer_id, True, by=actor())
        return changed(url_for("referrals.wishes", referral_id=referral.id))
    return form_page("referrals/new_who.html", form, referral=None, offer_id=offer_id)


@bp.get("/toeleidingen/<uuid:referral_id>/wie")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def who(referral: Referral) -> Response:
    """The first step again."""
    actions.open_for_change(referral, by=actor())
    return page("referrals/new_who.html", form=_who_form(referral), referral=referral, offer_id=None)


@bp.post("/toeleidingen/<uuid:referral_id>/wie")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def save_who(referral: Referral) -> Response:
    """Keep the first step and go on."""
    form = _who_form(referral)
    if form.submitted():
        actions.describe(referral, replace(actions.profile_of(referral), **form.profile()), by=actor())
        return changed(url_for("referrals.wishes", referral_id=referral.id))
    return form_page("referrals/new_who.html", form, referral=referral, offer_id=None)


@bp.get("/toeleidingen/<uuid:referral_id>/wensen")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def wishes(referral: Referral) -> Response:
    """The second step: what the young person likes, and what helps."""
    actions.open_for_change(referral, by=actor())
    return page("referrals/new_wishes.html", form=_wishes_form(referral), **_writing(referral))


@bp.post("/toeleidingen/<uuid:referral_id>/wensen")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def save_wishes(referral: Referral) -> Response:
    """Keep the wishes and go on. What looks like a name or a number is shown once more first, with the reason."""
    form = _wishes_form(referral)
    is_careful = form.is_careful(public_names())  # said also when there is more to mend
    if form.submitted() and is_careful:
        if referral.status is ReferralStatus.DRAFT:
            _keep(referral, form)
            return changed(url_for("referrals.match", referral_id=referral.id))
        with saving(form, in_words, referral):
            expect(referral, form.version.data)
            _keep(referral, form)
            return changed(page_of(referral), message=_("The wishes are changed."))
    return form_page("referrals/new_wishes.html", form, **_writing(referral))


@bp.post("/toeleidingen/<uuid:referral_id>/bewaar")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def autosave(referral: Referral) -> Response:
    """Keep what is there of the wishes while somebody types, complete or not; not over what they sent meanwhile."""
    if not once.was_sent(url_for("referrals.wishes", referral_id=referral.id)):
        _keep_part(referral)
    return Response("", 204)


@bp.post("/toeleidingen/<uuid:referral_id>/klad")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def keep_draft(referral: Referral) -> Response:
    """Keep the wishes as they are, to go on another time."""
    _keep_part(referral)
    return changed(
        url_for("referrals.index"),
        message=_("%(alias)s is kept as a draft for 14 days.", alias=alias_words(referral.alias)),
    )


@bp.get("/toeleidingen/<uuid:referral_id>/nakijken")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def check(referral: Referral) -> Response:
    """The last step: the question exactly as associations will see it."""
    state.ready_for(referral, "send", by=actor())
    return page("referrals/new_check.html", form=SendForm(), **_checking(referral))


@bp.post("/toeleidingen/<uuid:referral_id>/nakijken")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def send(referral: Referral) -> Response:
    """Put the question to the offers on the page."""
    form = SendForm()
    known = candidates.candidates(form.offers.picked)
    form.offers.among(known)
    if form.submitted():
        targets = [actions.Target(one, known[one].facts.organisation_id) for one in form.offers.picked]
        with saving(form, in_words):
            asks = actions.send(referral, targets, by=actor())
            shortlist.keep(referral, [], by=actor())
            alias = alias_words(referral.alias)
            message = ngettext(
                "%(alias)s's question is on its way to %(num)s place.",
                "%(alias)s's question is on its way to %(num)s places.",
                len(asks),
                alias=alias,
            )
            return changed(url_for("referrals.sent", referral_id=referral.id), message=message)
    return form_page("referrals/new_check.html", form, **_checking(referral))


@bp.get("/toeleidingen/<uuid:referral_id>/gevraagd")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def sent(referral: Referral) -> Response:
    """What happens now that the question is out, as long as an answer may come."""
    state.ready_for(referral, "hear", by=actor())
    waiting = [one for one in proposals(referral, 0).asked if one.status is AskStatus.SENT]
    if not waiting:
        raise StepRefused("hear", referral.status)
    return page("referrals/new_sent.html", referral=referral, waiting=waiting)


@bp.get("/toeleidingen/<uuid:referral_id>/weggooien")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def confirm_throw_away(referral: Referral) -> Response:
    """Ask before a draft goes."""
    actions.open_as_draft(referral, by=actor())
    return page("referrals/new_throw_away.html", referral=referral)


@bp.post("/toeleidingen/<uuid:referral_id>/weggooien")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def throw_away(referral: Referral) -> Response:
    """Delete a draft with everything in it."""
    Form().refuse_unknown()
    alias = alias_words(referral.alias)
    actions.throw_away(referral, by=actor())
    return changed(url_for("referrals.index"), message=_("%(alias)s's draft is gone.", alias=alias))


def _who_form(referral: Referral | None = None) -> WhoForm:
    form = WhoForm(obj=referral)
    if referral is None:
        form.between(actions.places_to_ask_from(actor()))
    else:
        del form.organisation_id
    return form


def offer_asked_for() -> uuid.UUID | None:
    """The offer from whose page somebody came to ask, when it is open."""
    offer_id = as_id(request.args.get("offer"))
    return offer_id if offer_id and candidates.is_open(offer_id) else None


def _wishes_form(referral: Referral) -> WishesForm:
    form = WishesForm(obj=referral, data={"own_words": sealed.own_words(referral)})
    form.near(current_settings().areas)
    return form


def _writing(referral: Referral) -> dict[str, Any]:
    """What the page of the wishes shows beside its form."""
    return {
        "referral": referral,
        "allowed": public_names(),
        "reasons": REASONS,
        "says_why": SAYS_WHY,
        "reminder": SECRECY_TRAITS[referral.organisation.secrecy].reminder,
    }


def _keep(referral: Referral, form: WishesForm) -> None:
    actions.describe(referral, replace(actions.profile_of(referral), **form.profile()), by=actor())
    if not form.own_words.errors and (form.own_words.data or "") != sealed.own_words(referral):
        actions.put_in_words(referral, form.own_words.data or "", by=actor())


def _keep_part(referral: Referral) -> None:
    actions.open_as_draft(referral, by=actor())
    form = _wishes_form(referral)
    form.submitted()  # what is missing may come later; only what cannot be read is left as it was
    _keep(referral, form)


def _checking(referral: Referral) -> dict[str, Any]:
    """What the page to check shows beside its form."""
    found = proposals(referral, 0)
    return {
        "referral": referral,
        "proposals": found,
        "missing": in_words(actions.faults(referral)),
        "own_words": sealed.own_words(referral),
        "shown": crossing_words.facts(referral),
    }
