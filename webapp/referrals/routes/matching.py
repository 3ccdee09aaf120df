"""Looking for what fits: the match page for the guide, and the big screen for the young person's eyes."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.policy.permissions import Can
from webapp.referrals import queries, shortlist, state
from webapp.referrals.forms.asking import ChoiceForm, JudgeForm
from webapp.referrals.labels import FAULTS, alias_words
from webapp.referrals.models import Referral
from webapp.referrals.proposals import FIRST, proposals
from webapp.referrals.routes.blueprint import bp
from webapp.web import once
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.respond import changed, invalid, page
from webapp.web.who import actor

GUIDED: dict[str, Any] = {"sees": Can.READ_REFERRAL, "of": queries.referral}
SHOWN = FIRST
STEP = 50
MOST_SHOWN = 300
DOORS, MOST_DOORS = 3, 30


@bp.get("/toeleidingen/<uuid:referral_id>/match")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def match(referral: Referral) -> Response:
    """The offers that fit, with the reasons in words."""
    state.ready_for(referral, "send", by=actor())
    return page("referrals/match.html", faults=(), **_offered(referral))


@bp.post("/toeleidingen/<uuid:referral_id>/match")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def choose_offers(referral: Referral) -> Response:
    """Keep which offers are chosen, and go on when asked to."""
    state.ready_for(referral, "send", by=actor())
    form = ChoiceForm()
    found = proposals(referral, 0, named=form.offers.picked)
    form.offers.among(one.id for one in found.ranked)
    if not form.submitted():
        return invalid("referrals/match.html", faults=form.offers.errors, **_offered(referral))
    shortlist.keep(referral, form.offers.picked, by=actor())
    number = len(form.offers.picked)
    if form.then.data == "ask" and not 1 <= number <= found.room:
        form.offers.errors = [word(FAULTS["one_to_five"])]
        return invalid("referrals/match.html", faults=form.offers.errors, **_offered(referral))
    if form.then.data == "ask":
        return changed(url_for("referrals.check", referral_id=referral.id))
    if form.then.data == "draft":
        alias = alias_words(referral.alias)
        return changed(url_for("referrals.index"), message=_("Your choice for %(alias)s is saved.", alias=alias))
    once.stays_open()
    return changed(
        url_for("referrals.match", referral_id=referral.id),
        fragment="referrals/_match_bar.html",
        referral=referral,
        number=number,
        room=found.room,
    )


@bp.get("/toeleidingen/<uuid:referral_id>/samen")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def together(referral: Referral) -> Response:
    """The same offers, large and with pictures, to look at together."""
    state.ready_for(referral, "send", by=actor())
    return page("referrals/together.html", fragment="referrals/_together_doors.html", **_doors(referral))


@bp.post("/toeleidingen/<uuid:referral_id>/samen")
@requires(Can.GUIDE_REFERRAL, **GUIDED)
def judge(referral: Referral) -> Response:
    """Keep that the young person likes an offer, or passes it over."""
    state.ready_for(referral, "send", by=actor())
    form = JudgeForm()
    form.among(one.id for one in proposals(referral, 0, named=form.named).ranked)
    if not form.submitted():
        return invalid("referrals/together.html", fragment="referrals/_together_doors.html", **_doors(referral))
    shortlist.judge(referral, form.offer.data, {"yes": True, "no": False}.get(form.liked.data), by=actor())
    return changed(
        url_for("referrals.together", referral_id=referral.id, toon=_shown()),
        fragment="referrals/_together_doors.html",
        shows=lambda: _doors(referral),
    )


def _offered(referral: Referral) -> dict[str, Any]:
    """What the match page shows: the first offers, more when asked, and always those that were chosen."""
    first = min(max(request.args.get("toon", SHOWN, type=int), SHOWN), MOST_SHOWN)
    found = proposals(referral, first)
    shown = [one for number, one in enumerate(found.ranked) if number < first or one.is_liked]
    return {
        "referral": referral,
        "proposals": found,
        "shown": shown,
        "more": min(found.number - len(shown), STEP, MOST_SHOWN - first),
        "next": first + STEP,
        "number": len(found.liked),
        "room": found.room,
        "tap": Form(formdata=None) if found.few else None,
        "form": ChoiceForm(formdata=None),
    }


def _shown() -> int:
    """How many doors stand side by side: the first few, and more when asked."""
    return min(max(request.args.get("toon", DOORS, type=int), DOORS), MOST_DOORS)


def _doors(referral: Referral) -> dict[str, Any]:
    """A few offers side by side; those that were passed over come after all others."""
    shown = _shown()
    found = proposals(referral, shown + 1)
    in_order = sorted(found.ranked, key=lambda one: one.is_liked is False)
    return {
        "referral": referral,
        "proposals": found,
        "doors": in_order[:shown],
        "shown": shown,
        "has_more": shown < min(len(in_order), MOST_DOORS),
        "more": shown + DOORS,
    }
