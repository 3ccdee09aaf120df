"""The solidarity fund: asking on a question, the page of the fund, and deciding."""

import uuid
from typing import Any

from flask import Blueprint, Flask, Response, url_for
from flask_babel import gettext as _

from webapp.core.errors import Invalid
from webapp.fund import actions, needs, queries
from webapp.fund.forms import DecisionForm, RequestForm, SupportForm
from webapp.fund.labels import STATUS_LABELS, STATUS_TAGS, amount, in_words, rough_amount, rough_count
from webapp.fund.lifecycle import SUPPORT
from webapp.fund.models import SupportRequest
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals import queries as referrals
from webapp.referrals.labels import alias_words
from webapp.referrals.models import Referral
from webapp.referrals.routes.handing import to_colleague
from webapp.vocabulary.aliases import ALIASES
from webapp.vocabulary.fund import PRICE_CHOICE_LABELS, SUPPORT_FOR_TRAITS
from webapp.web import alongside
from webapp.web import needs as today
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

bp = Blueprint("fund", __name__)
registry.leads_to(NoticeKind.SUPPORT_DECIDED, "fund.support", "referral_id")


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    today.add(app, needs.all_needs, needs.numbers)
    alongside.add(app, "question", needs.along, needs.card)


@bp.route("/toeleidingen/<uuid:referral_id>/steun", methods=["GET", "POST"])
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=referrals.journey, went_on=to_colleague)
def support(referral: Referral) -> Response:
    """What was asked of the fund for this question, and asking for more."""
    form = SupportForm()
    if form.submitted():
        with saving(form, in_words):
            actions.ask(referral, form.purpose.data, form.price.data, form.amount_cents.data or 0, by=actor())
            return changed(_to(referral), message=_("Asked. The youth service sees the alias and the amount."))
    return form_page("fund/support.html", form, **_about(referral, form))


@bp.post("/toeleidingen/<uuid:referral_id>/steun/terug")
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=referrals.journey)
def take_back(referral: Referral) -> Response:
    """It is not needed any more."""
    form = RequestForm()
    form.refuse_unknown()
    try:
        actions.take_back(referral, uuid.UUID(form.request.data or ""), by=actor())
    except (ValueError, Invalid) as error:
        raise Invalid(in_words({"request": "request_unknown"})) from error
    return changed(_to(referral), message=_("Taken back."))


@bp.get("/steunfonds")
@requires(Can.LOOK_AROUND)
def index() -> Response:
    """How the fund works, and what it did in numbers that point to nobody; whoever decides sees what waits."""
    decides = can(actor(), Can.DECIDE_SUPPORT)
    return page(
        "fund/index.html",
        years=[_year(row) for row in queries.years()],
        waiting=[_waiting(row) for row in queries.waiting()] if decides else [],
        decides=decides,
        form=DecisionForm(formdata=None),
    )


@bp.post("/steunfonds/<uuid:request_id>")
@requires(Can.DECIDE_SUPPORT, of=queries.request)
def decide(row: SupportRequest) -> Response:
    """Yes, not now, or paid: one tap."""
    form = DecisionForm()
    form.refuse_unknown()
    act = actions.DECISIONS.get(form.step.data or "")
    if act is None:
        raise Invalid({"step": _("Choose one of the buttons.")})
    act(row, by=actor())
    return changed(url_for("fund.index"), message=_("Noted. The guide hears that there is news."))


def _to(referral: Referral) -> str:
    return url_for("fund.support", referral_id=referral.id)


def _about(referral: Referral, form: SupportForm) -> dict[str, Any]:
    return {
        "referral": referral,
        "alias": alias_words(referral.alias),
        "form": form,
        "rows": [_asked(row) for row in queries.of_question(referral.id)],
        "is_open": referral.status in actions.OPEN_FOR,
        "icons": {code.value: traits.icon for code, traits in SUPPORT_FOR_TRAITS.items()},
    }


def _asked(row: Any) -> dict[str, Any]:
    traits = SUPPORT_FOR_TRAITS[row.purpose]
    return {
        "id": row.id,
        "icon": traits.icon,
        "title": word(traits.label),
        "line": ", ".join([amount(row.amount_cents), *([word(PRICE_CHOICE_LABELS[row.price])] if row.price else [])]),
        "status": word(STATUS_LABELS[row.status]),
        "tag": STATUS_TAGS[row.status],
        "steps": {one.name for one in SUPPORT.open_from(row.status)},
        "since": row.created_at,
    }


def _waiting(row: Any) -> dict[str, Any]:
    alias = ALIASES[row.alias]
    own = row.asked_by_id == actor().person_id
    return _asked(row) | {"alias": word(alias.label), "alias_icon": alias.icon, "own": own}


def _year(row: Any) -> dict[str, Any]:
    return {
        "year": row.year,
        "asked": rough_count(row.asked),
        "granted": rough_count(row.granted),
        "granted_sum": rough_amount(row.granted_cents, row.granted),
        "paid": rough_count(row.paid),
        "paid_sum": rough_amount(row.paid_cents, row.paid),
    }
