"""Booklets: the lessons that somebody chose, in their order, to take along as a PDF or as a book."""

import re
import uuid
from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.core.errors import Invalid
from webapp.lessons import booklets, bundling, handouts, queries
from webapp.lessons.forms.booklets import CoverForm, PickForm, StartForm
from webapp.lessons.models import Lesson
from webapp.lessons.outside_words import in_words
from webapp.lessons.routes.blueprint import bp
from webapp.lessons.use_models import Booklet
from webapp.policy.permissions import Can
from webapp.web.epub import MIMETYPE
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.ordering import OrderForm, ShiftForm
from webapp.web.paging import behind, cut, moment
from webapp.web.redirects import inside
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.settings import current_settings
from webapp.web.who import actor

NOT_IN_NAMES = re.compile(r"[^\w -]+")


@bp.route("/leren/boekjes", methods=["GET", "POST"])
@requires(Can.MAKE_BOOKLET)
def own_booklets() -> Response:
    """The booklets of somebody, and beginning one."""
    form = StartForm()
    me = actor().person_id
    if form.submitted():
        with saving(form, in_words):
            made = bundling.start(form.title.data or "", by=actor())
            return changed(_to(made), message=_("Begun. Lessons go in this booklet from now on."))
    rows = booklets.own(me) if me else ()
    return form_page("lessons/booklets.html", form, rows=rows)


@bp.get("/leren/boekjes/<uuid:booklet_id>")
@requires(Can.KEEP_BOOKLET, of=booklets.booklet)
def booklet(booklet: Booklet) -> Response:
    """One booklet: its lessons, and taking it along."""
    at_hand = booklets.at_hand(booklet.person_id)
    is_at_hand = at_hand is not None and at_hand.id == booklet.id
    lines = booklets.lines(booklet.id)
    return page("lessons/booklet.html", booklet=booklet, lines=lines, is_at_hand=is_at_hand)


@bp.route("/leren/boekjes/<uuid:booklet_id>/omslag", methods=["GET", "POST"])
@requires(Can.KEEP_BOOKLET, of=booklets.booklet)
def cover(booklet: Booklet) -> Response:
    """The title and the foreword."""
    form = CoverForm(obj=booklet)
    if form.submitted():
        with saving(form, in_words, booklet):
            bundling.write(
                booklet, form.title.data or "", form.foreword.data or "", by=actor(), version=form.version.data
            )
            return changed(_to(booklet), message=_("Saved."))
    return form_page("lessons/cover.html", form, booklet=booklet)


@bp.route("/leren/boekjes/<uuid:booklet_id>/kiezen", methods=["GET", "POST"])
@requires(Can.KEEP_BOOKLET, of=booklets.booklet)
def choose(booklet: Booklet) -> Response:
    """Put several lessons of the log in it at once."""
    form = PickForm()
    if form.submitted():
        with saving(form, in_words):
            added = bundling.put_in(booklet, form.picked(), by=actor())
            return changed(_to(booklet), message=_put_in(added))
    rows = booklets.to_choose(behind(request.args.get("na"), moment))
    listed = cut(rows, lambda row: (row.published_at.isoformat(), row.id), booklets.AT_ONCE)
    next_url = url_for("lessons.choose", booklet_id=booklet.id, na=listed.next) if listed.next else ""
    shown: dict[str, Any] = {"booklet": booklet, "form": form, "rows": listed.rows, "next_url": next_url}
    shown["held"] = {place.lesson_id for place in booklets.places(booklet.id)}
    return form_page("lessons/choose.html", form, **shown)


def _put_in(number: int) -> str:
    return ngettext("%(num)s lesson is in it now.", "%(num)s lessons more are in it now.", number)


@bp.post("/leren/boekjes/<uuid:booklet_id>/verplaatsen")
@requires(Can.KEEP_BOOKLET, of=booklets.booklet)
def move(booklet: Booklet) -> Response:
    """Let a lesson go one place up or down."""
    bundling.move(booklet, _meant(), ShiftForm.sent().places, by=actor())
    return _in_order(booklet)


@bp.post("/leren/boekjes/<uuid:booklet_id>/volgorde")
@requires(Can.KEEP_BOOKLET, of=booklets.booklet)
def arrange(booklet: Booklet) -> Response:
    """Put the lessons in another order, all at once."""
    bundling.arrange(booklet, OrderForm.sent().ids(), by=actor())
    return _in_order(booklet)


def _in_order(booklet: Booklet) -> Response:
    to = url_for("lessons.booklet", booklet_id=booklet.id, _anchor="lessons-in-booklet")
    return changed(to, fragment="lessons/_in_booklet.html", booklet=booklet, lines=booklets.lines(booklet.id))


@bp.post("/leren/boekjes/<uuid:booklet_id>/eruit")
@requires(Can.KEEP_BOOKLET, of=booklets.booklet)
def take_out(booklet: Booklet) -> Response:
    """Take a lesson out of it."""
    Form().refuse_unknown()
    bundling.take_out(booklet, _meant(), by=actor())
    return changed(_to(booklet), message=_("Taken out. It still stands in the log."))


def _meant() -> uuid.UUID:
    """The lesson that a button is about; its address says so."""
    return request.args.get("les", type=uuid.UUID) or abort(400)


@bp.post("/leren/boekjes/<uuid:booklet_id>/voortaan")
@requires(Can.KEEP_BOOKLET, of=booklets.booklet)
def take_up(booklet: Booklet) -> Response:
    """Go on with this one."""
    Form().refuse_unknown()
    bundling.take_up(booklet, by=actor())
    return changed(_to(booklet), message=_("Lessons go in this booklet from now on."))


@bp.post("/leren/boekjes/<uuid:booklet_id>/weg")
@requires(Can.KEEP_BOOKLET, of=booklets.booklet)
def throw_away(booklet: Booklet) -> Response:
    """Throw it away."""
    Form().refuse_unknown()
    bundling.throw_away(booklet, by=actor())
    return changed(url_for("lessons.own_booklets"), message=_("Thrown away. The lessons still stand in the log."))


@bp.get("/leren/boekjes/<uuid:booklet_id>/pdf")
@requires(Can.KEEP_BOOKLET, of=booklets.booklet)
def booklet_as_pdf(booklet: Booklet) -> Response:
    """The booklet on paper."""
    made = handouts.as_pdf(booklet, booklets.whole(booklet.id), current_settings().network)
    return as_download(Response(made, content_type="application/pdf"), f"{_name(booklet)}.pdf")


@bp.get("/leren/boekjes/<uuid:booklet_id>/epub")
@requires(Can.KEEP_BOOKLET, of=booklets.booklet)
def booklet_as_book(booklet: Booklet) -> Response:
    """The booklet for a phone or an e-reader."""
    made = handouts.as_epub(booklet, booklets.whole(booklet.id), current_settings().network)
    return as_download(Response(made, content_type=MIMETYPE), f"{_name(booklet)}.epub")


def _name(booklet: Booklet) -> str:
    return " ".join(NOT_IN_NAMES.sub(" ", booklet.title).split()) or _("booklet")


@bp.post("/lessen/<uuid:lesson_id>/boekje")
@requires(Can.MAKE_BOOKLET, sees=Can.READ_LESSON, of=queries.lesson)
def put_in_booklet(lesson: Lesson) -> Response:
    """Put a lesson in the booklet at hand."""
    Form().refuse_unknown()
    try:
        made = bundling.put_in_hand(lesson.id, _("My lessons"), by=actor())
    except Invalid as refusal:
        return changed(_back(), message=next(iter(in_words(refusal.errors).values())))
    return changed(_back(), message=_("It is in “%(booklet)s” now.", booklet=made.title))


@bp.post("/lessen/<uuid:lesson_id>/boekje/eruit")
@requires(Can.MAKE_BOOKLET, sees=Can.READ_LESSON, of=queries.lesson)
def take_out_of_booklet(lesson: Lesson) -> Response:
    """Take it out of the booklet at hand."""
    Form().refuse_unknown()
    me = actor().person_id
    held = booklets.at_hand(me) if me else None
    if held is not None:
        bundling.take_out(held, lesson.id, by=actor())
    return changed(_back(), message=_("Taken out of your booklet."))


def _back() -> str:
    """Where somebody was: the log as they searched it, or the page of a lesson."""
    return inside(request.args.get("naar"), url_for("lessons.index"))


def _to(booklet: Booklet) -> str:
    return url_for("lessons.booklet", booklet_id=booklet.id)
