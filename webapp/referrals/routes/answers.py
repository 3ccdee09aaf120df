"""How an association answers, by the link in its mail or signed in: read, tap, done. Reading answers nothing."""

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.core import clock, links
from webapp.core.errors import Conflict, Invalid
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals import answering, moments, queries, reminding
from webapp.referrals.crossing_words import facts
from webapp.referrals.forms.answers import HintForm, IdeaForm, WaitForm, YesForm
from webapp.referrals.labels import ASK_STATUS_LABELS, ASK_TAGS, in_words
from webapp.referrals.lifecycle import ANSWERS, AskStatus
from webapp.referrals.models import Ask
from webapp.referrals.routes.blueprint import bp, page_of
from webapp.vocabulary.aliases import ALIASES
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.web.forms import Form, VersionedForm
from webapp.web.guard import requires
from webapp.web.i18n import word
from webapp.web.links import follow, followed
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page
from webapp.web.who import actor


@bp.get("/v/<token>")
@requires(Can.SIGN_IN)
def follow_answer(token: str) -> ResponseReturnValue:
    """The link in the mail: the token leaves the address bar at once, and nothing is answered."""
    link = links.find(links.Purpose.ANSWER, token)
    ask = queries.ask(link.subject_id) if link else None
    if link is None or ask is None:
        return invalid("referrals/answer_link.html", status=404, reason="unknown")
    if not link.works or link.person_id not in ask.speakers:
        return _ended(link)
    follow(link)
    return redirect(url_for("referrals.answer", ask_id=ask.id), 303)


def _ended(link: links.Link) -> Response:
    reason = "seat" if link.works else "revoked" if link.revoked_at else "expired"
    return invalid("referrals/answer_link.html", status=410, reason=reason)


def link_over() -> Response | None:
    """The page stayed open, or was kept, and its link has ended since. Whoever had no link may sign in."""
    link = followed(links.Purpose.ANSWER, (request.view_args or {})["ask_id"])
    return _ended(link) if link else None


@bp.get("/antwoord/<uuid:ask_id>")
@requires(Can.READ_ASK, of=queries.ask, by_link=link_over)
def answer(ask: Ask) -> Response:
    """The question; once answered, the answer; once it is over, how it ended. On the day to call back, the question
    once more."""
    if ask.status in ANSWERS and not _is_called_back(ask):
        return page("referrals/answered.html", **_about(ask), form=_hint(ask))
    asks = _is_called_back(ask) or (answering.is_open(ask) and ask.status is not AskStatus.CHOSEN)
    return page("referrals/answer.html" if asks else "referrals/answer_over.html", **_about(ask), form=_plain(ask))


@bp.get("/antwoord/<uuid:ask_id>/anders")
@requires(Can.ANSWER_ASK, sees=Can.READ_ASK, of=queries.ask, by_link=link_over)
def answer_again(ask: Ask) -> ResponseReturnValue:
    """The four answers once more, until the deadline."""
    if not answering.is_open(ask):
        return redirect(url_for("referrals.answer", ask_id=ask.id), 303)
    return page("referrals/answer.html", **_about(ask), form=_plain(ask))


@bp.post("/antwoord/<uuid:ask_id>/gezien")
@requires(Can.ANSWER_ASK, sees=Can.READ_ASK, of=queries.ask, by_link=link_over)
def see(ask: Ask) -> Response:
    """The page of the question tells that it was opened: nobody is nudged any more."""
    Form().refuse_unknown()
    reminding.see(ask, by=actor())
    return Response(status=204)


@bp.route("/antwoord/<uuid:ask_id>/ja", methods=["GET", "POST"])
@requires(Can.ANSWER_ASK, sees=Can.READ_ASK, of=queries.ask, by_link=link_over)
def say_yes(ask: Ask) -> Response:
    """Yes: who waits at the door, and when."""
    form = YesForm(version=ask.version)
    soon = moments.next_moments(queries.slots_of(ask), queries.rests_of(ask), clock.now())
    form.offer(queries.welcomers(ask), soon, actor().speaking_about(ask).person_id)
    return _step(
        ask,
        AskStatus.ACCEPTED,
        form,
        "referrals/answer_yes.html",
        lambda: answering.accept(ask, form.welcome(), by=actor(), version=form.version.data),
    )


@bp.route("/antwoord/<uuid:ask_id>/wachtlijst", methods=["GET", "POST"])
@requires(Can.ANSWER_ASK, sees=Can.READ_ASK, of=queries.ask, by_link=link_over)
def say_wait(ask: Ask) -> Response:
    """Waiting list: with a day on which the association calls back."""
    form = WaitForm(version=ask.version)
    form.offer(moments.call_back_days(clock.today(), queries.rests_of(ask)))
    return _step(
        ask,
        AskStatus.WAITING,
        form,
        "referrals/answer_wait.html",
        lambda: answering.put_on_waiting_list(ask, form.day(), by=actor(), version=form.version.data),
    )


@bp.route("/antwoord/<uuid:ask_id>/ander-idee", methods=["GET", "POST"])
@requires(Can.ANSWER_ASK, sees=Can.READ_ASK, of=queries.ask, by_link=link_over)
def say_idea(ask: Ask) -> Response:
    """Another idea, in a few words."""
    form = IdeaForm(version=ask.version)
    return _step(
        ask,
        AskStatus.IDEA,
        form,
        "referrals/answer_idea.html",
        lambda: answering.suggest(ask, form.kind.data, form.message.data or "", by=actor(), version=form.version.data),
    )


@bp.route("/antwoord/<uuid:ask_id>/nu-niet", methods=["GET", "POST"])
@requires(Can.ANSWER_ASK, sees=Can.READ_ASK, of=queries.ask, by_link=link_over)
def say_no(ask: Ask) -> ResponseReturnValue:
    """Not now: one tap, no reason. Whoever chose the place loses it by that: what goes with it is said first."""
    form = VersionedForm(version=ask.version)
    is_expected = answering.is_expected(ask)
    if request.method == "GET" and not is_expected:
        return redirect(url_for("referrals.answer", ask_id=ask.id), 303)
    return _step(
        ask,
        AskStatus.DECLINED,
        form,
        "referrals/answer_no_place.html" if is_expected else "referrals/answer.html",
        lambda: answering.decline(ask, by=actor(), version=form.version.data),
    )


@bp.post("/antwoord/<uuid:ask_id>/nu-niet/waarom")
@requires(Can.ANSWER_ASK, sees=Can.READ_ASK, of=queries.ask, by_link=link_over)
def give_hint(ask: Ask) -> Response:
    """After a "not now", something to pass on for whoever wants to."""
    form = HintForm()
    if form.submitted():
        answering.give_hint(ask, form.not_now.data or (), by=actor())
        return changed(url_for("referrals.answer", ask_id=ask.id), message=_("Thank you, we'll keep it in mind."))
    return form_page("referrals/answered.html", form, **_about(ask))


def _step(ask: Ask, said: AskStatus, form: VersionedForm, template: str, act: Callable[[], None]) -> Response:
    """Show a step, or take it: once over the page says so, and whoever was first is named kindly."""
    was_chosen = ask.status is AskStatus.CHOSEN
    if form.submitted():
        try:
            act()
        except Invalid as refusal:
            form.take(in_words(refusal.errors))
            return form_page(template, form, **_about(ask))
        except Conflict as other:
            return invalid(
                "referrals/answer_taken.html",
                status=409,
                **_about(ask),
                who=other.who,
                when=other.when,
                mine=ask.answered_by_id == actor().speaking_about(ask).person_id,
            )
        return _after(ask, was_chosen=was_chosen)
    if not answering.can_say(ask, said):
        return invalid("referrals/answer_over.html", status=409, **_about(ask))
    return form_page(template, form, **_about(ask))


def _after(ask: Ask, *, was_chosen: bool) -> Response:
    """Where an answer leads: what was said; for whoever welcomes, to the question that goes on. When it goes on without
    them and they are no contact point, to Today."""
    thanks = _("Thank you for saying so. The guide reads it too.")
    if was_chosen and can(actor(), Can.READ_REFERRAL, ask.referral):
        return changed(page_of(ask.referral), message=thanks)
    if not can(actor(), Can.READ_ASK, ask):
        return changed(url_for("today.today"), message=thanks)
    return changed(url_for("referrals.answer", ask_id=ask.id))


def _is_called_back(ask: Ask) -> bool:
    """Whether the association promised to call back by today, and still can."""
    came = ask.call_back_on is not None and ask.call_back_on <= clock.today()
    return came and ask.status in (AskStatus.WAITING, AskStatus.CHOSEN) and answering.is_open(ask)


def _plain(ask: Ask) -> Form:
    return VersionedForm(formdata=None, version=ask.version)


def _hint(ask: Ask) -> Form:
    return HintForm(formdata=None, not_now=ask.not_now)


def _about(ask: Ask) -> dict[str, Any]:
    """What these pages show. After a "not now" or the end, nothing of the question but its alias."""
    alias = ALIASES[ask.referral.alias]
    place = ask.organisation
    traits = ORGANISATION_TRAITS[place.kind]
    readable = answering.is_open(ask) and ask.status is not AskStatus.DECLINED
    return {
        "ask": ask,
        "alias": word(alias.label),
        "alias_icon": alias.icon,
        "host": {"name": place.name, "icon": ask.offer.icon or traits.icon, "side": "supply"},
        "facts_of_question": facts(ask.referral) if readable else [],
        "to_call": queries.caller(ask.referral) if readable else None,
        "can_change": answering.is_open(ask),
        "is_called_back": _is_called_back(ask),
        "is_on_list": answering.is_on_list(ask),
        "is_expected": answering.is_expected(ask),
        "goes_on": _goes_on(ask),
        "answer_label": word(ASK_STATUS_LABELS[ask.status]),
        "answer_tag": ASK_TAGS[ask.status],
    }


def _goes_on(ask: Ask) -> bool:
    """Whether this reader welcomes the young person: signed in, or as the person to whom the link was sent."""
    who = actor()
    if who.is_known:
        return can(who, Can.READ_REFERRAL, ask.referral)
    return ask.referral.receiver_id == who.speaking_about(ask).person_id
