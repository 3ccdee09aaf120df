"""Organisations: who is in the network, who can help with what, and how to reach them."""

import uuid
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.directory import actions, labels, listing, queries, rests
from webapp.directory.facets import words
from webapp.directory.forms.filters import LONGEST_SEARCH, OrganisationFilterForm
from webapp.directory.forms.organisation import NewOrganisationForm, OrganisationForm
from webapp.directory.forms.versions import differences
from webapp.directory.routes.blueprint import bp
from webapp.directory.routes.offers import areas
from webapp.policy.permissions import Can
from webapp.vocabulary.functions import FUNCTION_LABELS
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS, SECRECY_TRAITS, OrganisationKind
from webapp.vocabulary.youth_work import EXPLAINERS
from webapp.web import paging, respond
from webapp.web.filters import line
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.get("/organisaties")
@requires(Can.READ_ORGANISATION)
def organisations() -> Response:
    """The members of the network, by name or by what they can help with."""
    q = line(request.args.get("q", ""), LONGEST_SEARCH)
    kind = next((one for one in OrganisationKind if one == request.args.get("kind")), None)
    start = paging.after(request.args.get("after"), 2)
    rows = queries.organisations(
        sorted(words(q))[: queries.MOST_WORDS],
        [kind] if kind else [],
        actor=actor(),
        after=_key(start),
        limit=paging.PAGE_SIZE + 1,
    )
    found = paging.cut(rows, lambda row: (row.key, row.id))
    search: dict[str, Any] = {name: value for name, value in (("q", q), ("kind", kind)) if value}
    return respond.page(
        "directory/organisations.html",
        fragment="directory/_organisations.html",
        form=OrganisationFilterForm.showing(q, kind),
        q=q,
        rows=found.rows,
        traits=ORGANISATION_TRAITS,
        next_url=url_for("directory.organisations", **search, after=found.next) if found.next else "",
        first_url=url_for("directory.organisations", **search) if start else "",
    )


def _key(start: tuple[str, ...] | None) -> tuple[str, uuid.UUID] | None:
    try:
        return (start[0], uuid.UUID(start[1])) if start else None
    except ValueError:
        return None


@bp.get("/organisaties/<uuid:organisation_id>")
@requires(Can.READ_ORGANISATION, of=queries.organisation)
def organisation(organisation: Organisation) -> Response:
    """One organisation: what it is, what it offers, and who to turn to."""
    return respond.page(
        "directory/organisation.html",
        organisation=organisation,
        traits=ORGANISATION_TRAITS[organisation.kind],
        explainer=EXPLAINERS.get(organisation.kind),
        rows=listing.of_organisation(organisation.id, actor=actor()),
        colleagues=queries.colleagues(organisation.id),
        function_labels=FUNCTION_LABELS,
        since=labels.since,
        secrecy=word(labels.SECRECY_LINES[organisation.secrecy]),
        reminder=SECRECY_TRAITS[organisation.secrecy].reminder,
        works_here=organisation.id in actor().organisations,
        rests_until=rests.of_organisation(organisation.id).last_day(clock.today()),
    )


@bp.route("/organisaties/nieuw", methods=["GET", "POST"])
@requires(Can.ADD_ORGANISATION, fresh=True)
def add_organisation() -> Response:
    """Add a member to the network."""
    form = NewOrganisationForm.of(None, areas())
    if form.submitted():
        with saving(form, labels.in_words):
            organisation = actions.add_organisation(form.values(), by=actor())
            return respond.changed(
                url_for("directory.organisation", organisation_id=organisation.id), message=_("Added to the network.")
            )
    return form_page("directory/edit_organisation.html", form, organisation=None, both=[])


@bp.route("/organisaties/<uuid:organisation_id>/wijzig", methods=["GET", "POST"])
@requires(Can.EDIT_ORGANISATION, sees=Can.READ_ORGANISATION, of=queries.organisation)
def edit_organisation(organisation: Organisation) -> Response:
    """Change what the network reads about an organisation."""
    form = OrganisationForm.of(organisation, areas())
    if form.submitted():
        with saving(form, labels.in_words, organisation):
            actions.edit_organisation(organisation, form.values(), version=form.version.data, by=actor())
            return respond.changed(
                url_for("directory.organisation", organisation_id=organisation.id), message=_("Saved.")
            )
    both = differences(form, OrganisationForm.of(organisation, areas(), formdata=None)) if form.is_stale else []
    return form_page("directory/edit_organisation.html", form, organisation=organisation, both=both)
