"""The log: searching what the network learned."""

from flask import Response, request

from webapp.core.numbers import Numbers
from webapp.lessons import booklets, reuse, search_news, searching
from webapp.lessons.routes import filters
from webapp.lessons.routes.blueprint import BEHIND_MORE, bp
from webapp.policy.permissions import Can
from webapp.web import numbers, paging
from webapp.web.guard import allows, requires
from webapp.web.i18n import language_now
from webapp.web.respond import page
from webapp.web.who import actor

HIGHEST = 1 << 62
"""No place in the log is higher or, below zero, lower."""


@bp.get("/leren")
@requires(Can.SEE_LOG)
def index() -> Response:
    """What the network learned, narrowed down as somebody types and taps."""
    asked, start = filters.read(), _behind(request.args.get("na"))
    is_whole = not asked.parameters() and not start
    me = actor().person_id
    counted = numbers.around(search_news.own(me) | (reuse.numbers() if is_whole else Numbers()))
    around = searching.around(asked)
    found = searching.lessons(asked, around, language=language_now(), after=start)
    signs = filters.only_signs(asked)
    listed = paging.cut(found.rows, searching.key, searching.PAGE_SIZE)
    response = page(
        "lessons/index.html",
        fragment="lessons/_found.html",
        form=filters.SearchForm(formdata=None, q=asked.q or signs),
        signs=signs,
        asked=asked,
        rows=listed.rows,
        in_booklet=booklets.in_hand(me, [row.id for row in listed.rows]) if me and listed.rows else (),
        count=found.count,
        most=searching.MOST_COUNTED,
        is_ranked=bool(asked.q) and found.count <= searching.MOST_RANKED,
        menus=filters.menus(asked, around),
        chosen=filters.chosen(asked),
        loosened=[] if listed.rows else filters.loosened(asked),
        first_url=filters.address(asked) if start else "",
        here=filters.address(asked),
        reuse=reuse.told(counted),
        followed=search_news.terms_in(counted[search_news.OWN]),
        next_url=filters.address(asked, na=listed.next) if listed.next else "",
    )
    response.headers["HX-Push-Url"] = filters.address(asked)  # a short address to share
    return response


@bp.get("/leren/meer")
@requires(Can.SEE_LOG)
def more() -> Response:
    """What one needs of the log now and then."""
    return page("lessons/more.html", tabs_behind=[tab for tab in BEHIND_MORE if allows(tab.endpoint)])


def _behind(text: str | None) -> searching.After | None:
    """How well the last lesson of the page before fits, and its number; the top for what makes no sense."""
    try:
        rank, number = map(int, paging.after(text, 2) or ())
    except ValueError:
        return None
    return (rank, number) if abs(rank) < HIGHEST and abs(number) < HIGHEST else None
