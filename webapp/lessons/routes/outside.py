"""What everybody may read, once the network opened its lessons: two feeds and a page for each lesson."""

from flask import Response, abort, request, url_for
from flask_babel import gettext as _

from webapp.lessons import feed_out, feeds, opening
from webapp.lessons.models import Lesson
from webapp.lessons.retelling import told
from webapp.lessons.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.i18n import DEFAULT_LANGUAGE, in_language
from webapp.web.respond import changed, page
from webapp.web.settings import current_settings
from webapp.web.who import actor


@bp.get("/leren/feed.atom")
@requires(Can.READ_FEED)
def atom_feed() -> Response:
    """The published lessons, for feed readers."""
    return _feed(feed_out.as_atom, feed_out.ATOM_TYPE, "lessen.atom")


@bp.get("/leren/feed.json")
@requires(Can.READ_FEED)
def json_feed() -> Response:
    """The same, for programs that would rather read JSON."""
    return _feed(feed_out.as_json, feed_out.JSON_TYPE, "lessen.json")


def _feed(write: feed_out.Write, content_type: str, filename: str) -> Response:
    opened = feeds.open_log()
    if opened is None:
        abort(404)
    rows = feeds.newest()
    about = feed_out.About(current_settings().network, opened.opened_at, len(rows) < feeds.MOST_IN_FEED)
    response = as_download(Response(content_type=content_type), filename)
    response.set_etag(feed_out.mark(rows, about))
    response.last_modified = feed_out.changed_at(rows, about)
    response.make_conditional(request)
    if response.status_code != 304:
        with in_language(DEFAULT_LANGUAGE):
            response.set_data(feed_out.that_fits(write, rows, about))
    return response


@bp.get("/les/<uuid:lesson_id>")
@requires(Can.READ_FEED, of=feeds.public_lesson)
def public_lesson(lesson: Lesson) -> Response:
    """One lesson, for everybody: its words and whose they are, and nobody's name."""
    whose = feeds.whose(lesson)
    return page("lessons/public.html", lesson=lesson, told=told(lesson, whose), whose=whose)


@bp.get("/leren/open")
@requires(Can.KEEP_LOG)
def openness() -> Response:
    """Whether everybody may read the lessons."""
    addresses = [
        ("Atom", url_for("lessons.atom_feed", _external=True), "atom"),
        ("JSON Feed", url_for("lessons.json_feed", _external=True), "json"),
    ]
    return page("lessons/openness.html", opened=feeds.open_log(), addresses=addresses)


@bp.post("/leren/open")
@requires(Can.KEEP_LOG)
def open_to_all() -> Response:
    """Open the published lessons to everybody."""
    Form().refuse_unknown()
    opening.open_to_all(by=actor())
    return changed(url_for("lessons.openness"), message=_("Open. Everybody can read and follow the lessons now."))


@bp.post("/leren/open/sluiten")
@requires(Can.KEEP_LOG)
def close_to_all() -> Response:
    """Close them again."""
    Form().refuse_unknown()
    opening.close(by=actor())
    return changed(url_for("lessons.openness"), message=_("Closed. Only the network reads the lessons now."))
