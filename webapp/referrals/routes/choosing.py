"""Choosing together: the screen for the young person, with every answer as a door."""

from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from webapp.core.errors import StepRefused
from webapp.policy.permissions import Can
from webapp.referrals import actions, queries, state
from webapp.referrals.forms.journey import PickForm
from webapp.referrals.labels import alias_words
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.models import Referral
from webapp.referrals.routes.blueprint import bp, page_of
from webapp.vocabulary.aliases import ALIASES
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.saving import form_page
from webapp.web.who import actor

DOORS = (AskStatus.ACCEPTED, AskStatus.IDEA, AskStatus.WAITING)
"""The answers that give a way on, in the order in which the doors stand."""


@bp.route("/toeleidingen/<uuid:referral_id>/kiezen", methods=["GET", "POST"])
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=queries.referral)
def choose(referral: Referral) -> Response:
    """The answers that give a way on; the young person picks one."""
    if request.method == "GET":
        state.ready_for(referral, "hear", by=actor())
    doors = sorted((one for one in queries.asks_of(referral) if one.status in DOORS), key=_door_order)
    form = PickForm()
    form.among([one.id for one in doors])
    if form.submitted():
        ask = queries.ask(form.ask_id)
        if ask is None:
            raise StepRefused("choose", referral.status)
        try:
            actions.choose(referral, ask, form.words.data or "", by=actor())
            to = page_of(referral)
            return changed(to, message=_("Chosen. The others were thanked."))
        except StepRefused:
            form.is_stale = True
    return form_page(
        "referrals/choose.html",
        form,
        referral=referral,
        doors=doors,
        alias=alias_words(referral.alias),
        alias_icon=ALIASES[referral.alias].icon,
    )


def _door_order(one: Any) -> int:
    return DOORS.index(one.status)


@bp.post("/toeleidingen/<uuid:referral_id>/kiezen/later")
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=queries.referral)
def choose_later(referral: Referral) -> Response:
    """The young person does not know yet; the answers stay."""
    Form().refuse_unknown()
    actions.not_yet(referral, by=actor())
    to = page_of(referral)
    return changed(to, message=_("That's fine. The answers stay here, take your time."))
