"""What goes along on paper or in a calendar: for whoever opened the welcome page by its link, and for both sides."""

import segno
from flask import Response, request, url_for

from webapp.core.errors import StepRefused
from webapp.policy.permissions import Can
from webapp.referrals import card, handouts, queries, sealed
from webapp.referrals.models import Referral, WelcomePlan
from webapp.referrals.routes.blueprint import bp
from webapp.referrals.routes.welcome import is_page_open, link_over, tongue
from webapp.web.guard import requires
from webapp.web.headers import as_download, as_picture

CARD_FILE = "welkomstkaart.pdf"
CALENDAR_FILE = "eerste-keer.ics"


@bp.get("/welkom/<uuid:welcome_plan_id>/kaart.pdf")
@requires(Can.READ_WELCOME, of=queries.plan, by_link=link_over)
def welcome_card(row: WelcomePlan) -> Response:
    """The welcome card to print, for whoever has its link."""
    return _card(row)


@bp.get("/welkom/<uuid:welcome_plan_id>/eerste-keer.ics")
@requires(Can.READ_WELCOME, of=queries.plan, by_link=link_over)
def welcome_calendar(row: WelcomePlan) -> Response:
    """The first time for a calendar, for whoever has the link."""
    return _calendar(row)


@bp.get("/welkom/<uuid:welcome_plan_id>/deur.jpg")
@requires(Can.READ_WELCOME, of=queries.plan, by_link=link_over)
def welcome_door(row: WelcomePlan) -> Response:
    """The photo of the door, for whoever has the link."""
    return as_picture(card.of(row, tongue()).photo)


@bp.get("/toeleidingen/<uuid:referral_id>/welkomstkaart.pdf")
@requires(Can.PLAN_WELCOME, sees=Can.READ_REFERRAL, of=queries.journey)
def print_card(referral: Referral) -> Response:
    """The welcome card to print and hand over, while its page is open."""
    return _card(_open_plan(referral))


@bp.get("/toeleidingen/<uuid:referral_id>/eerste-keer.ics")
@requires(Can.PLAN_WELCOME, sees=Can.READ_REFERRAL, of=queries.journey)
def save_first_time(referral: Referral) -> Response:
    """The first time for the calendar of whoever guides or welcomes. It says nothing that the welcome page does not."""
    return _calendar(_open_plan(referral))


def _open_plan(referral: Referral) -> WelcomePlan:
    if referral.plan is None or not is_page_open(referral):
        raise StepRefused("print", referral.status)
    return referral.plan


def _card(row: WelcomePlan) -> Response:
    made = handouts.on_paper(card.of(row, tongue()), _qr(row), four=request.args.get("per") == "4")
    return as_download(Response(made, content_type="application/pdf"), CARD_FILE)


def _calendar(row: WelcomePlan) -> Response:
    made = handouts.for_calendar(card.of(row, tongue()))
    return as_download(Response(made, content_type="text/calendar; charset=utf-8"), CALENDAR_FILE)


def _qr(row: WelcomePlan) -> str:
    """The code of the page, in the language of the card; none when its token was erased."""
    token = sealed.link_token(queries.question_of(row), row)
    if not token:
        return ""
    code = tongue().code
    url = url_for("referrals.follow_welcome", token=token, taal=None if code == "nl" else code, _external=True)
    return str(segno.make(url, error="m").svg_inline(border=0, omitsize=True))
