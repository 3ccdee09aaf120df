"""Who of an organisation looked at the cards of young people."""

from flask import Response, request, url_for

from webapp.accounts import queries as accounts
from webapp.accounts.models import Organisation
from webapp.policy.permissions import Can
from webapp.privacy import labels, queries
from webapp.privacy.routes.blueprint import bp
from webapp.referrals.labels import alias_words
from webapp.web import paging
from webapp.web.guard import requires
from webapp.web.respond import page


@bp.get("/organisaties/<uuid:organisation_id>/inzage")
@requires(Can.READ_ACCESS_LOG, sees=Can.READ_ORGANISATION, of=accounts.organisation)
def looks(organisation: Organisation) -> Response:
    """Each look of our own people: who, whose card (by alias), when and as what."""
    listed = paging.cut(
        queries.looks(organisation.id, before=_before(), limit=paging.PAGE_SIZE + 1), lambda row: (row.number,)
    )
    here = url_for("privacy.looks", organisation_id=organisation.id)
    return page(
        "privacy/looks.html",
        organisation=organisation,
        rows=[
            (row.name, alias_words(row.alias), row.at, labels.looked_words(row.reason, row.action))
            for row in listed.rows
        ],
        first_url=here if _before() else "",
        next_url=f"{here}?na={listed.next}" if listed.next else "",
    )


def _before() -> int | None:
    key = paging.after(request.args.get("na"), 1)
    return int(key[0]) if key and key[0].isdecimal() and len(key[0]) < 16 else None
