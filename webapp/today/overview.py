"""What the first page says around the things that need somebody: a greeting, a sentence, the bridge."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from webapp.core.numbers import Numbers
from webapp.lessons import search_news, weekly
from webapp.lessons.routes.searches import Shown, shown
from webapp.lessons.routes.weekly import PUT_AWAY
from webapp.lessons.weekly import OfWeek
from webapp.meetings import waiting as meetings
from webapp.meetings.needs import key_of
from webapp.meetings.waiting import NextMeeting
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.referrals import waiting
from webapp.referrals.labels import STATUS_LABELS
from webapp.vocabulary.aliases import ALIAS_ICONS
from webapp.vocabulary.functions import FunctionKind
from webapp.web.guard import allows
from webapp.web.i18n import word
from webapp.web.needs import Need, Urgency
from webapp.web.numbers import around

MOST_SHOWN = 12
HELP_AN_ASSOCIATION = (FunctionKind.CONTACT_POINT, FunctionKind.CREW)
NUMBER_WORDS = {
    2: _l("Two"),
    3: _l("Three"),
    4: _l("Four"),
    5: _l("Five"),
    6: _l("Six"),
    7: _l("Seven"),
    8: _l("Eight"),
    9: _l("Nine"),
    10: _l("Ten"),
}


@dataclass(frozen=True, slots=True)
class Bridge:
    """The bridge on the first page: columns are (word, count, icons above the arch)."""

    title: str
    link: str
    href: str
    columns: Sequence[tuple[str, str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Empty:
    """What to read and where to go when nothing needs anybody."""

    title: str
    text: str
    ways: Sequence[tuple[str, str, str]]


def greeting(actor: Actor) -> str:
    """ "Dag Hilde"."""
    return _("Hello %(name)s", name=actor.name.split()[0])


def summary(actor: Actor, found: Sequence[Need]) -> str:
    """How much waits, in one calm sentence."""
    if not found:
        return _("Nothing waits for you. Everything is running.")
    questions = sum(need.urgency is Urgency.ANSWER for need in found)
    stuck = sum(need.urgency is Urgency.STUCK and need.is_question for need in found)
    if stuck and stuck == sum(need.is_question for need in found):
        return ngettext(
            "One young person has been waiting long. The rest of the network is running.",
            "%(many)s young people have been waiting long. The rest of the network is running.",
            stuck,
            many=_many(stuck),
        )
    if questions and questions == len(found):
        return ngettext(
            "There's one question for you. That's all for today.",
            "There are %(num)d questions for you. That's all for today.",
            questions,
        )
    return ngettext(
        "One thing waits for you. The rest is running.",
        "%(many)s things wait for you. The rest is running.",
        len(found),
        many=_many(len(found)),
    )


def _many(number: int) -> str:
    """A number as somebody would say it: a word up to ten."""
    return str(NUMBER_WORDS.get(number, number))


def numbers(actor: Actor) -> Numbers:
    """What the bridge, the next meeting, the lesson of the week and the searches that somebody follows want to know."""
    lesson = weekly.drawn() if _has_lesson(actor) else Numbers()
    return _of_bridge(actor) | meetings.any_next(actor) | lesson | search_news.with_news(actor.person_id)


def beside(found: Sequence[Need]) -> NextMeeting | None:
    """The next meeting of somebody, unless it already stands on top as what they are asked first."""
    meeting = meetings.next_one(around().get(meetings.NEXT))
    return None if meeting and found and found[0].key == key_of(meeting.id) else meeting


def _has_lesson(actor: Actor) -> bool:
    return can(actor, Can.SEE_LOG) and request.cookies.get(PUT_AWAY) != weekly.week()


def lesson(actor: Actor) -> OfWeek | None:
    """The lesson of the week, unless this person put it away."""
    if not _has_lesson(actor):
        return None
    return weekly.among(around().get(weekly.DRAWN), (seat.function for seat in actor.seats))


def followed() -> list[Shown]:
    """The searches that somebody follows in which something came out."""
    return [shown(one) for one in search_news.news_in(around().get(search_news.NEWS))]


def _of_bridge(actor: Actor) -> Numbers:
    """Of the whole network for whoever coordinates it, of their own for guides."""
    if actor.holds(FunctionKind.COORDINATOR):
        return waiting.COUNTS_OF_NETWORK
    return waiting.counts_of(actor) if can(actor, Can.START_REFERRAL) else Numbers()


def bridge(actor: Actor) -> Bridge | None:
    """The bridge of this guide, or of the whole network for whoever coordinates it; nothing for others."""
    if actor.holds(FunctionKind.COORDINATOR):
        spans = waiting.bridge_of_network(around())
        counted = [(word(STATUS_LABELS[span.status]), waiting.coarse(span.count), ()) for span in spans]
        return Bridge(_("The whole network on the bridge"), "", "", counted)
    if can(actor, Can.START_REFERRAL):
        spans = waiting.bridge_of(around())
        columns = [
            (word(STATUS_LABELS[span.status]), str(span.count), [ALIAS_ICONS[alias] for alias in span.aliases])
            for span in spans
        ]
        return Bridge(_("Your young people on the bridge"), _("All referrals"), url_for("referrals.index"), columns)
    return None


def empty(actor: Actor) -> Empty:
    """A way on for each role when nothing waits."""
    ways = []
    if allows("referrals.new"):
        ways.append((_("New referral"), url_for("referrals.new"), "plus"))
    home = next((seat for seat in actor.seats if seat.function in HELP_AN_ASSOCIATION), None)
    if home:
        at_home = url_for("directory.organisation", organisation_id=home.organisation_id)
        ways.append((_("Look at your offers"), at_home, "tent"))
    if allows("directory.offers"):
        ways.append((_("Look at the offers"), url_for("directory.offers"), "map"))
    if actor.holds(FunctionKind.CONTACT_POINT):
        text = _("If somebody asks your association something, you'll find it here and in your mail.")
    elif actor.holds(FunctionKind.ADMINISTRATOR):
        text = _("If a mail or a task gets stuck, you'll read it here. You don't see young people's questions.")
    elif actor.holds(FunctionKind.COORDINATOR):
        text = _("If a young person has been waiting long, you'll read it here, without a name.")
    elif home:
        text = _("You help to keep what %(organisation)s offers right.", organisation=home.organisation_name)
    else:
        text = _("What needs you appears here by itself.")
    return Empty(_("All quiet"), text, ways)
