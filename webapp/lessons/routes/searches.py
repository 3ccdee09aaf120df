"""Following a search of the log, and the news of what one follows. The address of an action holds the search."""

from dataclasses import replace
from typing import NamedTuple

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.core.errors import Invalid
from webapp.lessons import following_searches, search_news
from webapp.lessons.routes import filters
from webapp.lessons.routes.blueprint import bp
from webapp.lessons.search_news import News
from webapp.notifications.queries import Reader
from webapp.policy.permissions import Can
from webapp.vocabulary.words import _l
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.redirects import inside
from webapp.web.respond import changed, page
from webapp.web.who import actor

FAULTS: dict[str, str] = {
    "nothing_asked": _l("Type a word or choose a filter first. Then you can follow that."),
    "search_too_long": _l("This is too much to follow. Take fewer words."),
    "many_searches": _l("You follow twenty searches already. Stop following one first."),
}


class Shown(NamedTuple):
    """A search that somebody follows: what it is called and how much is new, and where it, its news and the end of it
    are found."""

    name: str
    news: str
    href: str
    hear: str
    stop: str


def shown(news: News) -> Shown:
    """A search with its news, in words."""
    asked = replace(news.asked, sinds=None)
    terms = asked.parameters()
    stop = url_for("lessons.stop_search", naar=url_for("lessons.followed"), **terms)
    return Shown(
        filters.in_words(asked), _number(news.number), filters.address(asked), url_for("lessons.hear", **terms), stop
    )


def _number(number: int) -> str:
    if number > search_news.MOST_NEW:
        return _("More than %(number)s new lessons", number=search_news.MOST_NEW)
    return ngettext("%(num)d new lesson", "%(num)d new lessons", number) if number else ""


@bp.get("/leren/gevolgd")
@requires(Can.SEE_LOG)
def followed() -> Response:
    """What somebody follows, and what is new in it."""
    me = actor().person_id
    return page("lessons/followed.html", rows=[shown(one) for one in search_news.all_of(me)] if me else ())


@bp.post("/leren/gevolgd")
@requires(Can.SEE_LOG)
def follow() -> Response:
    """Hear of what comes out that fits this search."""
    Form().refuse_unknown()
    asked = filters.read()
    try:
        following_searches.follow(asked, by=actor())
    except Invalid as refusal:
        return changed(filters.address(asked), message=word(FAULTS[refusal.errors["q"]]))
    return changed(filters.address(asked), message=_("You follow this. New lessons stand on Today."))


@bp.post("/leren/gevolgd/stop")
@requires(Can.SEE_LOG)
def stop_search() -> Response:
    """Hear of it no longer."""
    Form().refuse_unknown()
    asked = filters.read()
    following_searches.stop(asked, by=actor())
    undo = url_for("lessons.follow", **asked.parameters())
    back = inside(request.args.get("naar"), filters.address(asked))
    return changed(back, message=_("You don't follow this any more."), undo=undo)


@bp.post("/leren/gevolgd/nieuw")
@requires(Can.SEE_LOG)
def hear() -> Response:
    """The lessons that came out since somebody heard of this search last."""
    Form().refuse_unknown()
    return changed(filters.address(following_searches.hear(filters.read(), by=actor())))


def in_digest(reader: Reader) -> list[tuple[str, str]]:
    """That there is news in what somebody follows: what they look for does not travel by mail."""
    if not search_news.has_news(reader.person_id):
        return []
    return [(_("There are new lessons in what you follow"), url_for("lessons.followed", _external=True))]
