"""Lessons that fit what somebody is writing, beside its form, and the same as a page of its own.

What is asked comes by POST, so that it stands in no address and no log, and is kept nowhere.
"""

from collections.abc import Sequence

from flask import Response, url_for
from flask_babel import lazy_gettext as _l

from webapp.lessons import fitting
from webapp.lessons.fitting import Writing
from webapp.lessons.routes.blueprint import bp
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.seven_bs import B_LABELS, B
from webapp.web.forms import Line, RepeatableForm, SomeOf
from webapp.web.guard import requires
from webapp.web.i18n import language_now
from webapp.web.respond import page
from webapp.web.saving import form_page
from webapp.web.suggestions import About, Suggestion


class FittingForm(RepeatableForm):
    """What is being written about, by the names that the forms beside it use."""

    title = Line(_l("What is it about?"), most=400)
    distances = SomeOf(_l("Which B?"), tuple(B), B_LABELS)


@bp.route("/lessen/passend", methods=["GET", "POST"])
@requires(Can.SEE_LOG)
def fitting_lessons() -> Response:
    """At most three lessons that fit what somebody writes about."""
    form = FittingForm()
    if not form.submitted():
        return form_page("lessons/fitting.html", form, is_asked=False)
    writing = Writing(frozenset(form.distances.data or ()), form.title.data or "")
    return page(
        "lessons/fitting.html",
        fragment="lessons/_fitting.html",
        form=form,
        is_asked=bool(writing.codes or writing.words),
        fitting=fitting.lessons(writing, language=language_now()),
    )


def provider(about: About, who: Actor) -> Sequence[Suggestion]:
    """Lessons, among what may help beside the forms of other areas."""
    if not can(who, Can.SEE_LOG):
        return ()
    found = fitting.lessons(Writing(frozenset(about.codes)), language=language_now())
    return [Suggestion(row.title, row.line, url_for("lessons.lesson", lesson_id=row.id), "sprout") for row in found]
