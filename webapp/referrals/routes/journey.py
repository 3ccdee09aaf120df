"""The page of one question: the whole way, the next step, and every way to go on, wait or stop."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from webapp.core import clock
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals import actions, agreements, around, bringing, handing, queries, sealed, state, talk, welcome
from webapp.referrals.around import Around
from webapp.referrals.between_words import Between
from webapp.referrals.card_words import TONGUES
from webapp.referrals.codes import PostKind, Side
from webapp.referrals.crossing_words import WEEKS_BUSY, facts, not_now_words, short_line, support
from webapp.referrals.forms.between import MessageForm, NoteForm
from webapp.referrals.forms.journey import PauseForm, StopForm
from webapp.referrals.journey_words import Telling
from webapp.referrals.labels import ASK_STATUS_LABELS, ASK_TAGS, alias_words, in_words
from webapp.referrals.models import Referral
from webapp.referrals.routes.blueprint import bp, page_of
from webapp.referrals.routes.handing import to_colleague
from webapp.referrals.routes.welcome import card_of, is_page_open
from webapp.vocabulary.aliases import ALIASES
from webapp.vocabulary.organisation_kinds import ORGANISATION_KIND_ICONS
from webapp.vocabulary.outcomes import OUTCOME_LABELS
from webapp.vocabulary.reasons import REASONS
from webapp.web import alongside
from webapp.web.careful import SAYS_WHY
from webapp.web.dates import has_come
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.get("/toeleidingen/<uuid:referral_id>")
@requires(Can.READ_REFERRAL, of=queries.journey, went_on=to_colleague)
def show(referral: Referral) -> Response:
    """The story of a question and its next step."""
    return page("referrals/show.html", **shown(referral))


def shown(referral: Referral) -> dict[str, Any]:
    """What the page of a question shows to whoever is acting."""
    who = actor()
    side = welcome.side_of(referral, who)
    is_guide = side is Side.GUIDE
    asks = queries.asks_of(referral)
    looked_back = queries.check_ins(referral)
    card_link = card_of(referral)
    there = around.around(referral, talk.own_places(referral, who))
    story = queries.story(referral, [one.id for one in asks], agreements.LOOK)
    return {
        **_tables(),
        **_words_between(referral, there, side),
        **(_for_guide(referral, there, looked_back) if is_guide else _for_association(referral, asks)),
        "referral": referral,
        "alias": alias_words(referral.alias),
        "alias_icon": ALIASES[referral.alias].icon,
        "line": short_line(referral),
        "facts_of_question": [*facts(referral), support(referral)],
        "is_guide": is_guide,
        "steps": actions.allowed_steps(referral, by=who),
        "asks": asks,
        "rests": {one.id: rest for one in asks if one.status == "sent" and (rest := queries.rest_of(one))},
        "chosen": next((one for one in asks if one.id == referral.chosen_ask_id), None),
        "plan": referral.plan,
        "today": clock.today(),
        "agreement": referral.agreements[0] if referral.agreements else None,
        "wiped_on": agreements.wiped_on(referral),
        "due": queries.due(looked_back, side) if referral.status == "trying" else None,
        "check_ins": looked_back,
        "card_link": card_link,
        "open_without_code": card_link is None and is_page_open(referral),
        "needs_card": card_link is None and is_guide and _has_no_card(referral),
        "outcome": word(OUTCOME_LABELS[referral.outcome]) if referral.outcome else "",
        "own_place": _own_place(referral, asks, side),
        "told": Telling(referral, asks, story, who.person_id, is_guide=is_guide),
    }


def _tables() -> dict[str, Any]:
    """Words and pictures by their codes."""
    return {
        "tongues": TONGUES.values(),
        "weeks_busy": {week: word(label) for week, label in WEEKS_BUSY.items()},
        "kind_icons": ORGANISATION_KIND_ICONS,
        "ask_tags": ASK_TAGS,
        "ask_labels": {status: word(label) for status, label in ASK_STATUS_LABELS.items()},
        "not_now_words": not_now_words,
        "reasons": REASONS,
        "says_why": SAYS_WHY,
    }


def _words_between(referral: Referral, there: Sequence[Around], side: Side) -> dict[str, Any]:
    """What both sides write to each other and note for themselves, and who else may come along."""
    who = actor()
    may_talk = talk.is_open(referral, PostKind.MESSAGE)
    may_note = talk.is_open(referral, PostKind.NOTE) and can(who, Can.KEEP_NOTES, referral)
    return {
        "between": Between(referral, talk.opened(referral, there), there, who.person_id, side),
        "may_talk": may_talk,
        "may_note": may_note,
        "message_form": MessageForm(formdata=None) if may_talk else None,
        "note_form": NoteForm(formdata=None) if may_note else None,
        "may_hand_over": handing.is_open(referral, side) and can(who, Can.HAND_OVER, referral),
        "may_bring_in": bringing.is_open(referral),
    }


def _for_guide(referral: Referral, there: Sequence[Around], looked_back: Sequence[Any]) -> dict[str, Any]:
    return {
        "has_scan": referral.has_agreement and any(one.kind == "scan" for one in there),
        "to_call": None,
        "betrays": referral.plan is not None and welcome.betrays_sender(referral.plan, referral),
        "due_there": _due_there(referral, looked_back),
        "alongside": alongside.of("question", referral),
        "own_words": sealed.own_words(referral),
        "choice_words": sealed.choice_words(referral),
        "never": welcome.names_to_keep(referral),
    }


def _for_association(referral: Referral, asks: Sequence[Any]) -> dict[str, Any]:
    """Of what the guide reads, nothing; and whom to call about a place on the list."""
    return {
        "has_scan": False,
        "to_call": queries.caller(referral) if _is_on_list(referral, asks) else None,
        "betrays": False,
        "due_there": None,
        "alongside": [],
        "own_words": "",
        "choice_words": "",
        "never": [],
    }


def _has_no_card(referral: Referral) -> bool:
    """Whether the first time is still to come and nobody has a card for it: making it is the next step."""
    starts_at = referral.plan.starts_at if referral.plan else None
    return (
        referral.status == "welcoming"
        and referral.has_agreement
        and starts_at is not None
        and not has_come(starts_at)
        and not is_page_open(referral)
    )


def _due_there(referral: Referral, looked_back: Sequence[Any]) -> Any:
    """The check-in that the association has not answered: whoever walks along may have heard it by phone."""
    return queries.due(looked_back, Side.ASSOCIATION) if referral.status == "trying" else None


def _own_place(referral: Referral, asks: Sequence[Any], side: Side) -> str:
    """The organisation for which the acting person reads along, by name."""
    chosen = next((one.organisation for one in asks if one.id == referral.chosen_ask_id), "")
    return referral.organisation.name if side is Side.GUIDE else chosen


def _is_on_list(referral: Referral, asks: Sequence[Any]) -> bool:
    """Whether the association that was chosen calls back about a place."""
    chosen = next((one for one in asks if one.id == referral.chosen_ask_id), None)
    return referral.plan is None and chosen is not None and chosen.call_back_on is not None


@bp.post("/toeleidingen/<uuid:referral_id>/afronden")
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=queries.referral)
def settle(referral: Referral) -> Response:
    """The young person belongs."""
    return _tapped(referral, actions.settle, _("Settled. Thank you for walking along."))


@bp.route("/toeleidingen/<uuid:referral_id>/opnieuw", methods=["GET", "POST"])
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=queries.referral)
def seek_again(referral: Referral) -> Response:
    """Look for another place with the same question. What goes with the place that was chosen is said first."""
    if request.method == "GET":
        state.ready_for(referral, "seek_again", by=actor())
        return page("referrals/seek_again.html", **_leaving(referral))
    return _tapped(referral, actions.seek_again, _("We keep looking. The question is as it was."))


@bp.post("/toeleidingen/<uuid:referral_id>/hervatten")
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=queries.referral)
def resume(referral: Referral) -> Response:
    """The moment has come."""
    return _tapped(referral, actions.resume, _("We keep looking."))


@bp.route("/toeleidingen/<uuid:referral_id>/pauzeren", methods=["GET", "POST"])
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=queries.referral)
def pause(referral: Referral) -> Response:
    """First something else: until a day."""
    form = PauseForm()
    if form.submitted():
        with saving(form, in_words):
            actions.pause(referral, form.day, by=actor())
            return changed(page_of(referral), message=_("Paused. We remind you when the day comes."))
    else:
        state.ready_for(referral, "pause", by=actor())
        form.suggest()
    return form_page("referrals/pause.html", form, **_leaving(referral))


@bp.route("/toeleidingen/<uuid:referral_id>/stoppen", methods=["GET", "POST"])
@requires(Can.GUIDE_REFERRAL, sees=Can.READ_REFERRAL, of=queries.referral)
def stop(referral: Referral) -> Response:
    """Stopping is an answer too; only a code stays."""
    form = StopForm()
    if not form.submitted():
        state.ready_for(referral, "stop", by=actor())
        return form_page("referrals/stop.html", form, referral=referral, alias=alias_words(referral.alias))
    actions.stop(referral, form.outcome.data, by=actor())
    return changed(page_of(referral), message=_("Stopped. Seeking again is always possible."))


def _leaving(referral: Referral) -> dict[str, Any]:
    """What a page shows that lets go of the place that was chosen, if there is one."""
    place = queries.chosen_place(referral)
    return {"referral": referral, "alias": alias_words(referral.alias), "place": place.name if place else ""}


def _tapped(referral: Referral, act: Callable[..., None], message: str) -> Response:
    """A step of one tap: nothing is filled in."""
    Form().refuse_unknown()
    act(referral, by=actor())
    return changed(page_of(referral), message=message)
