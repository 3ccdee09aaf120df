"""What the crossing puts on the first page: questions, choices, first times, check-ins, and what is stuck."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.core import clock
from webapp.core.db import AnyRow
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.predicates import ANSWERING, GUIDES
from webapp.policy.rules import can
from webapp.referrals import overdue, waiting
from webapp.referrals.labels import ASK_TAGS
from webapp.referrals.lifecycle import AskStatus, ReferralStatus
from webapp.vocabulary.ages import AGE_LABELS
from webapp.vocabulary.aliases import ALIAS_ICONS, ALIAS_LABELS
from webapp.vocabulary.days import WEEKDAY_LABELS
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.interests import INTEREST_LABELS
from webapp.vocabulary.outcomes import MOOD_ICONS, MOOD_LABELS, Mood
from webapp.web.dates import long_day, moment
from webapp.web.i18n import capital, word
from webapp.web.needs import Need, Urgency, Way

Found = Iterator[Need]
MOST_TAGS = 6
"""So many answers stand by name on the card that is on top."""


def all_needs(actor: Actor) -> Found:
    """Everything in the crossing that needs this person."""
    if actor.holds(*ANSWERING, FunctionKind.BRIDGE_BUILDER):
        for row in waiting.asks_to_answer(actor):
            yield _answer(row) if row.status is AskStatus.SENT else _call_about_place(row)
    if actor.holds(*ANSWERING, *GUIDES):
        for row in waiting.steps_to_take(actor):
            yield from _next_step(row, actor)
        yield from (_check_in(row) for row in waiting.check_ins_due(actor))
    stuck, asked = can(actor, Can.SEE_STUCK), can(actor, Can.CALL_ASKED)
    if stuck or asked:
        rows = overdue.waits_long(actor, stuck=stuck, asked=asked)
        yield from (_stuck(row) if row.alias else _call(row) for row in rows)


def _alias(row: AnyRow) -> str:
    return word(ALIAS_LABELS[row.alias])


def _answer(row: AnyRow) -> Need:
    href = url_for("referrals.answer", ask_id=row.id)
    return Need(
        key=f"ask-{row.id}",
        urgency=Urgency.ANSWER,
        since=row.sent_at,
        overline=_("New question for %(organisation)s", organisation=row.organisation_name),
        title=_("%(alias)s is looking for a place", alias=_alias(row)),
        line=_("Answer by %(day)s. No is fine too.", day=long_day(row.deadline)),
        icon=ALIAS_ICONS[row.alias],
        facts=_profile(row),
        ways=(Way(_("Look and answer"), href),),
    )


def _call_about_place(row: AnyRow) -> Need:
    return Need(
        key=f"call-back-{row.id}",
        urgency=Urgency.MOMENT,
        since=row.sent_at,
        overline=_("Waiting list of %(organisation)s", organisation=row.organisation_name),
        title=_("Is there room for %(alias)s now?", alias=_alias(row)),
        line=_("You'd call back on %(day)s. Still full? Then say when you call again.", day=long_day(row.call_back_on)),
        icon=ALIAS_ICONS[row.alias],
        ways=(Way(_("Look and answer"), url_for("referrals.answer", ask_id=row.id)),),
    )


def _call(row: AnyRow) -> Need:
    """One call, however many wait there: the bridge builder need not know which questions they are."""
    lines = []
    if row.silent:
        line = ngettext(
            "A question has been waiting there for more than a week. A call often helps, and no is fine too.",
            "%(num)d questions have been waiting there for more than a week. A call often helps, and no is fine too.",
            row.silent,
        )
        lines.append(line)
    if row.call_back_on:
        day = long_day(row.call_back_on)
        lines.append(_("They'd call back about their waiting list on %(day)s. It may have slipped by.", day=day))
    heard = url_for("referrals.note_heard" if row.waiting == 1 else "referrals.choose_heard", ask_id=row.id)
    return Need(
        key=f"asked-{row.id}",
        urgency=Urgency.CHECK_IN,
        since=row.since,
        title=_("Could %(organisation)s use a call?", organisation=row.organisation_name),
        line=" ".join(lines),
        icon="phone",
        is_question=False,
        ways=(
            Way(_("I called them"), url_for("referrals.note_call", ask_id=row.id), "check", {}),
            Way(_("They answered"), heard),
            Way(_("How to reach them"), url_for("directory.organisation", organisation_id=row.organisation_id)),
        ),
    )


def _profile(row: AnyRow) -> tuple[tuple[str, str], ...]:
    facts = [("cake-slice", word(AGE_LABELS[row.age_band]))] if row.age_band else []
    if row.interests:
        facts.append(("sparkles", ", ".join(word(INTEREST_LABELS[one]) for one in row.interests[:3])))
    if row.days:
        facts.append(("calendar", ", ".join(word(WEEKDAY_LABELS[one]) for one in row.days[:3])))
    return tuple(facts)


def _next_step(row: AnyRow, actor: Actor) -> Found:
    if row.organisation_id in actor.places(*GUIDES) and row.guide_id == actor.person_id:
        step = _GUIDE_STEPS.get(row.status)
        if step and (need := step(row)):
            yield need
    elif row.status is ReferralStatus.WELCOMING and not _is_on_list(row):
        yield _welcome(
            row,
            _("The guide makes the agreement first. You can make the plan already."),
            _("Say who waits at the door, where and when. The guide reads along."),
        )
    elif row.status is ReferralStatus.WELCOMING and row.call_back_on <= clock.today():
        yield _call_back(row, _("You'd call back on %(day)s.", day=long_day(row.call_back_on)))


def _need(row: AnyRow, urgency: Urgency, title: str, line: str, label: str, href: str = "") -> Need:
    return Need(
        key=f"referral-{row.id}",
        urgency=urgency,
        since=row.moved_at,
        title=title,
        line=line,
        icon=ALIAS_ICONS[row.alias],
        ways=(Way(label, href or url_for("referrals.show", referral_id=row.id)),),
    )


def _choose(row: AnyRow) -> Need:
    said = waiting.said(row)
    number = Counter(status for status, _name in said)
    answers = [
        ngettext("%(num)d yes", "%(num)d yeses", number[AskStatus.ACCEPTED]),
        ngettext("%(num)d waiting list", "%(num)d waiting lists", number[AskStatus.WAITING]),
        ngettext("%(num)d other idea", "%(num)d other ideas", number[AskStatus.IDEA]),
    ]
    told = [text for text, status in zip(answers, waiting.TO_CHOOSE_FROM, strict=True) if number[status]]
    line = _("%(answers)s. Look at the answers together.", answers=", ".join(told))
    href = url_for("referrals.choose", referral_id=row.id)
    need = _need(row, Urgency.CHOICE, _("%(alias)s may choose", alias=_alias(row)), line, _("Choose together"), href)
    return replace(need, tags=tuple((ASK_TAGS[status], name) for status, name in said[:MOST_TAGS]))


def _draft(row: AnyRow) -> Need:
    return _need(
        row,
        Urgency.NEXT_STEP,
        _("%(alias)s's question hasn't been sent yet", alias=_alias(row)),
        _("It's waiting as a draft. After two weeks it disappears by itself."),
        _("Go on"),
    )


def _seeking(row: AnyRow) -> Need | None:
    if row.silent:
        return None
    if not row.asked_since:
        return _need(
            row,
            Urgency.CHOICE,
            _("%(alias)s is looking again", alias=_alias(row)),
            _("Nobody has been asked yet. Look together at what fits now."),
            _("Keep looking"),
        )
    return _need(
        row,
        Urgency.CHOICE,
        _("Nobody has room for %(alias)s yet", alias=_alias(row)),
        _("No more answers are coming. Look together for other offers."),
        _("Keep looking"),
    )


def _is_on_list(row: AnyRow) -> bool:
    """Whether the young person chose to wait: the association calls back, and there is no plan yet."""
    return row.call_back_on is not None and row.starts_at is None


def _on_list(row: AnyRow) -> Need | None:
    day = long_day(row.call_back_on)
    if row.call_back_on <= clock.today():
        return _call_back(row, _("%(place)s would call back on %(day)s.", place=row.place_name, day=day))
    if row.has_agreement:
        return None
    line = _("%(place)s calls back on %(day)s. The agreement comes first.", place=row.place_name, day=day)
    return _need(row, Urgency.MOMENT, _("%(alias)s is on the list", alias=_alias(row)), line, _("Open"))


def _call_back(row: AnyRow, line: str) -> Need:
    return _need(row, Urgency.MOMENT, _("Is there room for %(alias)s now?", alias=_alias(row)), line, _("Open"))


def _stopped(row: AnyRow) -> Need:
    line = _(
        "%(alias)s stopped at %(place)s. Look together at what comes now.", alias=_alias(row), place=row.place_name
    )
    return _need(row, Urgency.CHOICE, _("Stopped, and now?"), line, _("Open"))


def _guide_welcome(row: AnyRow) -> Need | None:
    if _is_on_list(row):
        return _on_list(row)
    return _welcome(
        row,
        _("%(place)s said yes. The agreement comes first.", place=row.place_name),
        _("Make the welcome plan together with %(place)s.", place=row.place_name),
    )


def _welcome(row: AnyRow, before: str, plan: str) -> Need:
    """What each side reads before the agreement, and before there is a plan, is its own."""
    if not row.has_agreement:
        return _need(row, Urgency.MOMENT, _("%(alias)s is welcome", alias=_alias(row)), before, _("Open"))
    if row.starts_at is None:
        return _need(
            row,
            Urgency.MOMENT,
            _("Who waits for %(alias)s at the door?", alias=_alias(row)),
            plan,
            _("Make the plan"),
        )
    if row.starts_at > clock.now():
        when = moment(row.starts_at)
        return _need(
            row,
            Urgency.MOMENT,
            _("%(alias)s's first time is coming up", alias=_alias(row)),
            _("%(when)s at %(place)s.", when=capital(when), place=row.place_name),
            _("Open"),
        )
    return _need(
        row,
        Urgency.MOMENT,
        _("How was the first time of %(alias)s?", alias=_alias(row)),
        _("It was planned for %(when)s at %(place)s.", when=moment(row.starts_at), place=row.place_name),
        _("Tell us"),
    )


def _ask_again(row: AnyRow) -> Need:
    return _need(
        row,
        Urgency.NEXT_STEP,
        _("Is this the moment for %(alias)s?", alias=_alias(row)),
        _("You agreed to ask again today.")
        if row.ask_again_on == clock.today()
        else _("You agreed to ask again on %(day)s.", day=long_day(row.ask_again_on)),
        _("Open"),
    )


_GUIDE_STEPS = {
    ReferralStatus.DRAFT: _draft,
    ReferralStatus.SEEKING: _seeking,
    ReferralStatus.CHOOSING: _choose,
    ReferralStatus.WELCOMING: _guide_welcome,
    ReferralStatus.TRYING: _stopped,
    ReferralStatus.PAUSED: _ask_again,
}


def _check_in(row: AnyRow) -> Need:
    href = url_for("referrals.check_in", check_in_id=row.id)
    return Need(
        key=f"check-in-{row.id}",
        urgency=Urgency.CHECK_IN,
        since=clock.now(),
        title=_("How is %(alias)s doing?", alias=_alias(row)),
        line=ngettext("%(num)d week at %(place)s.", "%(num)d weeks at %(place)s.", row.week, place=row.place_name),
        icon=ALIAS_ICONS[row.alias],
        ways=tuple(Way(word(MOOD_LABELS[mood]), href, MOOD_ICONS[mood], {"mood": mood.value}) for mood in Mood),
    )


def _stuck(row: AnyRow) -> Need:
    days = waiting.days_since(row.since)
    if row.asked is None:
        line = _("A place was chosen, but no first time is planned yet.")
    else:
        asked = ngettext("%(num)d group got the question.", "%(num)d groups got the question.", row.asked)
        line = _("%(asked)s No place yet.", asked=asked)
    return Need(
        key=f"stuck-{row.id}",
        urgency=Urgency.STUCK,
        since=row.since,
        title=_("%(alias)s has been waiting for %(days)d days", alias=_alias(row), days=days),
        line=line,
        icon=ALIAS_ICONS[row.alias],
        ways=(Way(_("Think along"), url_for("referrals.offer_help", referral_id=row.id), fields={}),),
    )
