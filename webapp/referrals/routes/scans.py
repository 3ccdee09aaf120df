"""The signed paper of an agreement: bringing it, opening it as a download, taking it away."""

from flask import Response
from flask_babel import gettext as _

from webapp.core.errors import StepRefused
from webapp.policy.permissions import Can
from webapp.referrals import queries, scans
from webapp.referrals.labels import alias_words
from webapp.referrals.models import Referral
from webapp.referrals.routes.blueprint import bp, page_of
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.respond import changed
from webapp.web.saving import form_page
from webapp.web.uploads import FileForm
from webapp.web.who import actor

TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg"}


@bp.route("/toeleidingen/<uuid:referral_id>/akkoord/blad", methods=["GET", "POST"])
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=queries.journey, takes_file=True)
def keep_scan(referral: Referral) -> Response:
    """Bring the paper on which somebody signed."""
    if not referral.has_agreement:
        raise StepRefused("scan", referral.status)
    form = FileForm()
    if form.submitted():
        with form.taking():
            scans.keep(referral, form.read(), by=actor())
            return changed(page_of(referral), message=_("The paper is kept, sealed. It goes when the agreement ends."))
    return form_page(
        "referrals/scan.html",
        form,
        referral=referral,
        alias=alias_words(referral.alias),
        has_scan=scans.exists(referral),
    )


@bp.post("/toeleidingen/<uuid:referral_id>/akkoord/blad/openen")
@requires(Can.OPEN_SCAN, sees=Can.READ_REFERRAL, of=queries.journey, fresh=True)
def open_scan(referral: Referral) -> Response:
    """The paper as a download. The look is written down in the same breath."""
    Form().refuse_unknown()
    kind, content = scans.read(referral, by=actor())
    return as_download(Response(content, content_type=TYPES[kind]), f"akkoord.{kind}")


@bp.post("/toeleidingen/<uuid:referral_id>/akkoord/blad/weg")
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=queries.journey)
def remove_scan(referral: Referral) -> Response:
    """Take the paper away."""
    Form().refuse_unknown()
    scans.remove(referral, by=actor())
    return changed(page_of(referral), message=_("The paper is wiped."))
