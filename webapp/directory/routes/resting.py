"""Pauses: when a crew is away, no clock runs and nobody is reminded of anything."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.accounts.models import Organisation
from webapp.directory import labels, queries, resting, rests
from webapp.directory.forms.rest import RestForm
from webapp.directory.models import Rest
from webapp.directory.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.vocabulary.rests import REST_ICONS, REST_LABELS
from webapp.web import respond
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.route("/organisaties/<uuid:organisation_id>/rust", methods=["GET", "POST"])
@requires(Can.EDIT_ORGANISATION, sees=Can.READ_ORGANISATION, of=queries.organisation)
def rest(organisation: Organisation) -> Response:
    """The pauses ahead, and one more."""
    form = RestForm()
    form.among(rests.offers_that_may_rest(organisation.id, actor()), request.args.get("offer"))
    if form.submitted():
        with saving(form, labels.in_words):
            resting.set_rest(organisation, form.kind.data, *form.days, offer_id=form.offer_id, by=actor())
            return respond.changed(_to(organisation.id), message=_("Saved. Nobody is reminded of anything then."))
    return form_page(
        "directory/rest.html",
        form,
        organisation=organisation,
        rests=rests.rests_ahead(organisation.id),
        kinds=REST_LABELS,
        icons=REST_ICONS,
    )


@bp.post("/rust/<uuid:rest_id>/weg")
@requires(Can.EDIT_ORGANISATION, sees=Can.READ_ORGANISATION, of=rests.rest)
def end_rest(rest: Rest) -> Response:
    """The crew is back earlier, or the pause does not happen."""
    Form().refuse_unknown()
    resting.end_rest(rest, by=actor())
    return respond.changed(_to(rest.organisation_id), message=_("The pause is gone."))


def _to(organisation_id: object) -> str:
    return url_for("directory.rest", organisation_id=organisation_id)
