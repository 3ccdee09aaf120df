"""Finding offers: the list with its filters, on paper and as a file."""

from typing import Any

from flask import Response, request, url_for

from webapp.core import clock
from webapp.directory import export, labels, listing
from webapp.directory.asked import Asked
from webapp.directory.forms import filters
from webapp.directory.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web import paging
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.numbers import around
from webapp.web.respond import page
from webapp.web.settings import current_settings
from webapp.web.who import actor

MOST_ON_PAPER = 500


def areas() -> tuple[str, ...]:
    """The areas of this town."""
    return current_settings().areas


def asked() -> Asked:
    """The search in this URL."""
    return filters.read(request.args, areas())


def url_of(search: Asked, endpoint: str = "directory.offers", **more: Any) -> str:
    """The address of a search, to go to or to share."""
    return url_for(endpoint, **search.parameters(), **more)


@bp.get("/aanbod")
@requires(Can.READ_ORGANISATION)
def offers() -> Response:
    """Everything a young person can choose from, narrowed down as they type and tap."""
    search = asked()
    start = paging.behind(request.args.get("after"), str)
    found = paging.cut(
        listing.offers(search, actor=actor(), after=start, limit=paging.PAGE_SIZE + 1),
        lambda row: (row.order_key, row.id),
    )
    form, who = filters.FilterForm.showing(search, areas()), actor()
    counts = listing.counts(search, around(listing.numbers(search, actor=who)), actor=who)
    response = page(
        "directory/offers.html",
        fragment="directory/_offers_swap.html",
        form=form,
        asked=search,
        rows=found.rows,
        counts=counts,
        most=listing.MOST_COUNTED,
        numbers=filters.numbers(form, counts),
        chosen=[(words, url_of(less)) for words, less in filters.chosen(search)],
        loosened=[(words, url_of(less)) for words, less in filters.loosened(search)] if not found.rows else [],
        first_url=url_of(search) if start else "",
        next_url=url_of(search, after=found.next) if found.next else "",
        print_url=url_of(search, "directory.on_paper"),
        file_url=url_of(search, "directory.as_file"),
    )
    response.headers["HX-Push-Url"] = url_of(search)  # a short address to share, without what was left empty
    return response


@bp.get("/aanbod/afdruk")
@requires(Can.READ_ORGANISATION)
def on_paper() -> Response:
    """The same list for paper: two columns, no offer broken in two."""
    search = asked()
    return page(
        "directory/on_paper.html",
        rows=listing.offers(search, actor=actor(), limit=MOST_ON_PAPER),
        chosen=[words for words, _less in filters.chosen(search)],
        asked=search,
        today=clock.today(),
        who=actor().name,
        back_url=url_of(search),
    )


@bp.get("/aanbod/bestand")
@requires(Can.READ_ORGANISATION)
def as_file() -> Response:
    """The same list for a spreadsheet."""
    rows = listing.offers(asked(), actor=actor())
    response = Response(export.as_csv(rows), content_type="text/csv; charset=utf-8")
    return as_download(response, f"{labels.file_name()}-{clock.today().isoformat()}.csv")
