"""Words that somebody flagged: saying so, and deciding about it."""

import uuid
from typing import Any

from flask import Response, make_response, redirect, request, url_for
from flask_babel import gettext as _

from webapp.core.errors import Conflict, Invalid
from webapp.lessons import flagging, house_words, lists, queries, ruling
from webapp.lessons.codes import Flagged, FlagOutcome
from webapp.lessons.flagging import Said
from webapp.lessons.forms.keeping import DecideForm, FlagForm
from webapp.lessons.models import Lesson
from webapp.lessons.routes.blueprint import bp
from webapp.lessons.use_models import Flag, HouseRule, Tried
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.guard import requires
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

PLACES = {Flagged.LESSON: ("lessons.lesson", "lesson_id"), Flagged.RESULT: ("learning.result", "learning_id")}
"""The pages on which words stand of which there is one, and how its address calls what it is about."""


@bp.route("/lessen/<uuid:lesson_id>/melden", methods=["GET", "POST"])
@requires(Can.FLAG_WORDS, sees=Can.READ_LESSON, of=queries.lesson)
def flag_lesson(lesson: Lesson) -> Response:
    """This lesson doesn't belong here."""
    here = url_for("lessons.flag_lesson", lesson_id=lesson.id)
    return say(Flagged.LESSON, lesson.id, here, url_for("lessons.lesson", lesson_id=lesson.id))


@bp.route("/leren/ook/<uuid:tried_id>/melden", methods=["GET", "POST"])
@requires(Can.FLAG_WORDS, of=queries.tried_shown)
def flag_tried(tried: Tried) -> Response:
    """What a team said about trying a lesson doesn't belong here."""
    here = url_for("lessons.flag_tried", tried_id=tried.id)
    return say(Flagged.TRIED, tried.id, here, url_for("lessons.lesson", lesson_id=tried.lesson_id))


def say(flagged: Flagged, thing_id: uuid.UUID, here: str, back: str) -> Response:
    """The page to flag words of any kind, at the address `here`; `back` is where they stand."""
    said, rules = flagging.words_of(flagged, thing_id), house_words.rules_now()
    if said is None or said.is_folded:
        if request.method == "POST":
            raise Conflict()
        return make_response(redirect(back, 303))
    is_known = bool(actor().person_id)
    before = lists.open_flag(thing_id, actor().person_id) if is_known else None
    form = FlagForm(rules) if request.method == "POST" else FlagForm(rules, **_said_before(before))
    if form.submitted():
        with saving(form, house_words.in_words):
            flagging.flag(flagged, thing_id, _rule(form.rule.data), form.words.data or "", by=actor())
            hears = _("Thank you. Somebody looks at it, and you hear what they decide.")
            return changed(back, message=hears if is_known else _("Thank you. Somebody looks at it."))
    return form_page(
        "lessons/flag_words.html",
        form,
        said=said,
        here=here,
        away=back,
        is_known=is_known,
        flagged=flagged,
        is_again=before is not None,
    )


def _said_before(flag: Flag | None) -> dict[str, str]:
    found = queries.house_rule(flag.rule_id) if flag else None
    return {"rule": ruling.mark_of([found.words]), "words": flag.words} if flag and found else {}


def _rule(mark: str) -> HouseRule:
    for row in ruling.begin(house_words.first_rules()):
        if ruling.mark_of([row.words]) == mark:
            return row
    raise Invalid({"rule": "no_such_rule"})


@bp.get("/leren/meldingen")
@requires(Can.KEEP_LOG)
def flags() -> Response:
    """What waits for a decision, and what was decided."""
    return page("lessons/flags.html", waiting=lists.flags(waiting=True), decided=lists.flags(waiting=False))


@bp.get("/leren/meldingen/<uuid:flag_id>")
@requires(Can.READ_FLAG, of=flagging.found)
def flag(flag: Flag) -> Response:
    """One flag: the words for whoever looks after the log and for whoever wrote them, and what was decided for all
    three."""
    return page("lessons/flag.html", **_shown(flag), form=DecideForm(flag.outcome, formdata=None), is_late=False)


@bp.post("/leren/meldingen/<uuid:flag_id>/beslissing")
@requires(Can.DECIDE_FLAG, sees=Can.READ_FLAG, of=flagging.found)
def decide(flag: Flag) -> Response:
    """Fold the words, or leave them."""
    form = DecideForm(flag.outcome)
    if form.is_late():
        return invalid("lessons/flag.html", status=409, **_shown(flag), form=form, is_late=True)
    if form.submitted():
        outcome = FlagOutcome(form.outcome.data)
        with saving(form, house_words.in_words):
            flagging.decide(flag, outcome, form.why.data or "", by=actor())
            folded = outcome is FlagOutcome.FOLDED
            return changed(
                url_for("lessons.flags"),
                message=_("Folded. Whoever wrote it reads why.")
                if folded
                else _("It stays. Whoever flagged it reads why."),
            )
    return form_page("lessons/flag.html", form, **_shown(flag), is_late=False)


def _shown(flag: Flag) -> dict[str, Any]:
    """What the acting person sees of a flag. Folded words are only for whoever wrote them and whoever looks after the
    log."""
    by = actor()
    keeps, wrote = can(by, Can.KEEP_LOG), by.person_id in flag.author_ids
    said = flagging.words_of(flag.flagged, flag.thing_id)
    return {
        "flag": flag,
        "said": said if keeps or wrote else None,
        "is_gone": said is None,
        "keeps": keeps,
        "is_mine": by.person_id == flag.person_id,
        "may_decide": said is not None and can(by, Can.DECIDE_FLAG, flag),
        "about_it": lists.said_of(flag.thing_id) if keeps else (),
        "alike": lists.decided_by_rule(flag) if keeps else (),
        "where": _where(flag, said),
    }


def _where(flag: Flag, said: Said | None) -> str:
    """The page on which the words stand, for whoever may read it there."""
    place = PLACES.get(flag.flagged)
    if place is None or said is None or not said.may_be_flagged_by(actor()):
        return ""
    endpoint, part = place
    parts: dict[str, Any] = {part: flag.thing_id}
    return url_for(endpoint, **parts)
