"""The one blueprint that the modules of this folder add their pages to, and where most of them lead back to."""

from flask import Blueprint, url_for

from webapp.referrals.models import Referral

bp = Blueprint("referrals", __name__)


def page_of(referral: Referral) -> str:
    """The page of a question, where its story stands."""
    return url_for("referrals.show", referral_id=referral.id)
