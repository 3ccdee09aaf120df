"""The first time and after: the welcome plan, the page that the young person opens, arriving, and looking back."""

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.core import clock, links
from webapp.core.errors import Invalid, StepRefused
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals import card, card_words, moments, queries, sealed, welcome
from webapp.referrals.card_words import TONGUES, Tongue
from webapp.referrals.codes import Side
from webapp.referrals.forms.journey import CheckInForm, PlanForm
from webapp.referrals.labels import alias_words, in_words
from webapp.referrals.models import Referral, WelcomePlan
from webapp.referrals.routes.blueprint import bp, page_of
from webapp.vocabulary.aliases import ALIASES
from webapp.vocabulary.outcomes import Mood
from webapp.vocabulary.youth_work import EXPLAINERS
from webapp.web import qr as qr_codes
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import language_now
from webapp.web.limits import opened_too_often
from webapp.web.links import follow
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.route("/toeleidingen/<uuid:referral_id>/welkomstplan", methods=["GET", "POST"])
@requires(Can.PLAN_WELCOME, sees=Can.READ_REFERRAL, of=queries.journey)
def plan(referral: Referral) -> Response:
    """Who waits, where, when: written by either side, read by both."""
    ask = queries.ask(referral.chosen_ask_id) if referral.chosen_ask_id else None
    if ask is None:
        raise StepRefused("plan", referral.status)
    row = referral.plan
    form = PlanForm.showing(
        row or welcome.first_draft(ask, ask.offer.place, ask.organisation.young_contact_phone),
        row.version if row else 0,
    )
    wrote = "" if row or ask.first_moment else ask.moment_note
    form.for_side(welcome.side_of(referral, actor()))
    form.suggest(moments.in_words(wrote, clock.today()))
    shown: dict[str, Any] = {
        "referral": referral,
        "ask": ask,
        "alias": alias_words(referral.alias),
        "theirs": row,
        "wrote": wrote,
        "never": welcome.names_to_keep(referral) if can(actor(), Can.GUIDE_REFERRAL, referral) else [],
    }
    if form.submitted():
        with saving(form, _faults, row):
            welcome.plan(referral, form.plan(), by=actor(), version=form.version.data)
            return changed(page_of(referral), message=_("The welcome plan is saved. The other side can read it."))
    return form_page("referrals/plan.html", form, **shown)


def _faults(errors: Mapping[str, str]) -> dict[str, str]:
    """What an action refused, beside the fields of the form: a moment is its day."""
    return {"day" if name == "starts_at" else name: text for name, text in in_words(errors).items()}


@bp.post("/toeleidingen/<uuid:referral_id>/welkomstkaart")
@requires(Can.PLAN_WELCOME, sees=Can.READ_REFERRAL, of=queries.journey)
def share(referral: Referral) -> Response:
    """Make the link to the welcome page; an older one stops working."""
    Form().refuse_unknown()
    if referral.plan is None:
        raise StepRefused("share", referral.status)
    welcome.share(referral.plan, referral, by=actor())
    return changed(page_of(referral) + "#welkomstplan", message=_("The welcome page is open. Show the code."))


@bp.post("/toeleidingen/<uuid:referral_id>/welkomstkaart/sluiten")
@requires(Can.PLAN_WELCOME, sees=Can.READ_REFERRAL, of=queries.journey)
def close_welcome(referral: Referral) -> Response:
    """Close the welcome page for everybody who has its link."""
    Form().refuse_unknown()
    if referral.plan is None:
        raise StepRefused("revoke", referral.status)
    welcome.revoke(referral.plan, referral, by=actor())
    return changed(page_of(referral) + "#welkomstplan", message=_("The welcome page is closed."))


@bp.get("/w/<token>")
@requires(Can.SIGN_IN)
def follow_welcome(token: str) -> ResponseReturnValue:
    """The code on the welcome card: the token leaves the address bar at once."""
    link = links.find(links.Purpose.WELCOME, token)
    if link is None:
        return _no_card("unknown", status=404)
    if not link.works:
        return _no_card("revoked" if link.revoked_at else "expired")
    if opened_too_often(link, welcome.MOST_OPENED):
        return _no_card("often")
    follow(link)
    return redirect(
        url_for("referrals.welcome_page", welcome_plan_id=link.subject_id, taal=request.args.get("taal")), 303
    )


def tongue() -> Tongue:
    """The language of the card: the one in the address, else that of this browser. It is kept nowhere."""
    return card_words.tongue(request.args.get("taal") or language_now())


def link_over() -> Response:
    """The page stayed open, or was kept, and its link has ended since."""
    return _no_card("revoked")


def _no_card(reason: str, *, status: int = 410) -> Response:
    """Why the card does not open, and what now: in the languages of the card, for its reader may know no other."""
    chosen, dutch = tongue(), TONGUES[card_words.DUTCH]
    said: dict[str, Any] = {"reason": reason, "tongue": chosen, "dutch": dutch, "tongues": TONGUES.values()}
    return invalid("referrals/welcome_link.html", status=status, **said)


@bp.get("/welkom/<uuid:welcome_plan_id>")
@requires(Can.READ_WELCOME, of=queries.plan, by_link=link_over)
def welcome_page(row: WelcomePlan) -> Response:
    """What a young person wants to know before a first time. Nobody's name but that of whoever waits."""
    shown = card.of(row, tongue())
    explainer = EXPLAINERS.get(shown.place.kind)
    return page("referrals/welcome.html", card=shown, tongues=TONGUES.values(), explainer=explainer)


@bp.post("/toeleidingen/<uuid:referral_id>/gelukt")
@requires(Can.PLAN_WELCOME, sees=Can.READ_REFERRAL, of=queries.journey)
def arrive(referral: Referral) -> Response:
    """The first time happened."""
    Form().refuse_unknown()
    welcome.arrive(referral, by=actor())
    return changed(page_of(referral), message=_("Nice. We ask both sides how it goes after 2, 6 and 12 weeks."))


@bp.post("/terugblik/<uuid:check_in_id>")
@requires(Can.CHECK_IN, sees=Can.READ_REFERRAL, of=queries.looked_back_on)
def check_in(referral: Referral) -> Response:
    """How it goes, in one tap. "Stopped" is an answer too."""
    form = CheckInForm()
    if not form.submitted():
        raise Invalid({"mood": _("Choose one of the three.")})
    one = queries.check_in((request.view_args or {})["check_in_id"])
    if one is None:
        raise StepRefused("check_in", referral.status)
    welcome.check_in(one, referral, form.mood.data, by=actor(), by_phone=form.by_phone.data)
    if one.by_phone:
        return changed(page_of(referral), message=_("Noted, as heard by phone. The association can read it too."))
    return changed(page_of(referral), message=_what_now(form.mood.data, one.side))


def _what_now(mood: Mood, side: Side) -> str:
    if mood is not Mood.STOPPED:
        return _("Thank you. The other side can read it too.")
    if side is Side.GUIDE:
        return _("Stopping is an answer too. Will you keep looking together?")
    return _("Thank you for saying so. The guide keeps looking, together with the young person.")


def is_page_open(referral: Referral) -> bool:
    """Whether somebody can open the welcome page, also when its code can no longer be shown."""
    return referral.plan is not None and links.is_open(links.Purpose.WELCOME, referral.plan.id)


def card_of(referral: Referral) -> dict[str, Any] | None:
    """The link to the welcome page and its QR code, for the section of the plan; None while there is none."""
    token = sealed.link_token(referral, referral.plan) if referral.plan else ""
    if not token:
        return None
    url = url_for("referrals.follow_welcome", token=token, _external=True)
    return {"url": url, "qr": qr_codes.code(url), "alias_icon": ALIASES[referral.alias].icon}
