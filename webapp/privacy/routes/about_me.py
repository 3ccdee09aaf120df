"""What Brug keeps about one young person, given to them by whoever walks along."""

from flask import Response, url_for

from webapp.core import clock
from webapp.policy.permissions import Can
from webapp.privacy.export import about_me
from webapp.privacy.export.parts import as_json
from webapp.privacy.routes.blueprint import bp
from webapp.referrals import queries
from webapp.referrals.labels import alias_words
from webapp.referrals.models import Referral
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.respond import page
from webapp.web.who import actor


@bp.get("/toeleidingen/<uuid:referral_id>/over-mij")
@requires(Can.EXPORT_REFERRAL, sees=Can.READ_REFERRAL, of=queries.journey)
def about(referral: Referral) -> Response:
    """What is in it, and the two ways to give it."""
    return page("privacy/about.html", referral=referral, alias=alias_words(referral.alias))


@bp.post("/toeleidingen/<uuid:referral_id>/over-mij/blad")
@requires(Can.EXPORT_REFERRAL, sees=Can.READ_REFERRAL, of=queries.journey, fresh=True)
def on_paper(referral: Referral) -> Response:
    """A page to read together and to print; shown in this answer alone."""
    Form().refuse_unknown()
    return page(
        "privacy/on_paper.html",
        parts=about_me.gathered(referral, by=actor()),
        alias=alias_words(referral.alias),
        today=clock.today(),
        back_url=url_for("privacy.about", referral_id=referral.id),
    )


@bp.post("/toeleidingen/<uuid:referral_id>/over-mij/bestand")
@requires(Can.EXPORT_REFERRAL, sees=Can.READ_REFERRAL, of=queries.journey, fresh=True)
def as_file(referral: Referral) -> Response:
    """The same as a file. Its name says no more than the alias."""
    Form().refuse_unknown()
    text = as_json(about_me.gathered(referral, by=actor()))
    response = Response(text, content_type="application/json; charset=utf-8")
    return as_download(response, f"{alias_words(referral.alias)}-{clock.today().isoformat()}.json")
