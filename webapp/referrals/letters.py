"""The mail about a question: that there is one, for which association, and one link. Nothing of the question itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from webapp.core import clock, links
from webapp.notifications import registry
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.mail import Letter
from webapp.notifications.models import Notice
from webapp.notifications.queries import Reader
from webapp.referrals import answering, queries, reminding
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.models import Ask

ABOUT_ASKS = (
    NoticeKind.ASK_SENT, NoticeKind.ASK_NUDGED, NoticeKind.CALL_BACK_DUE, NoticeKind.ANSWER_NOTED,
    NoticeKind.COLLEAGUE_ANSWERED,
    NoticeKind.THANKED, NoticeKind.RECALLED,
)  # fmt: skip
ABOUT_REFERRALS = (
    NoticeKind.ASK_ANSWERED, NoticeKind.ANSWER_CHANGED, NoticeKind.ASK_EXPIRED, NoticeKind.CHOSEN,
    NoticeKind.AGREEMENT_RECORDED, NoticeKind.AGREEMENT_WITHDRAWN, NoticeKind.WELCOME_PLANNED,
    NoticeKind.CHECK_IN_DUE, NoticeKind.CHECKED_IN, NoticeKind.ENDED, NoticeKind.ASK_AGAIN,
    NoticeKind.WRITTEN, NoticeKind.NEW_FACE, NoticeKind.FIRST_TIME_OPEN,
)  # fmt: skip

for kind in ABOUT_ASKS:
    registry.leads_to(kind, "referrals.answer", "ask_id")
for kind in ABOUT_REFERRALS:
    registry.leads_to(kind, "referrals.show", "referral_id")
for kind in (NoticeKind.HAND_OVER_ASKED, NoticeKind.HAND_OVER_ANSWERED):
    registry.leads_to(kind, "referrals.hand_over", "hand_over_id")
registry.leads_to(NoticeKind.BROUGHT_IN, "referrals.walk_beside", "referral_id")
registry.leads_to(NoticeKind.CALL_ASKED, "directory.organisation", "organisation_id")


CALL_BACK_LINK = timedelta(days=28)


@registry.letters_for(NoticeKind.ASK_SENT, NoticeKind.ASK_NUDGED)
def ask(notice: Notice, reader: Reader) -> Letter | None:
    """A question (still) waits; nothing when it was answered meanwhile, or is no longer this reader's to answer."""
    asked = _still_waits(notice, reader)
    if asked is None:
        return None
    place = asked.organisation.name
    subject = (
        _("A question still waits for %(organisation)s", organisation=place)
        if notice.kind == NoticeKind.ASK_NUDGED
        else _("There is a question for %(organisation)s", organisation=place)
    )
    return Letter(reader.email, reader.name, subject, "ask", _ways_to_answer(asked, reader))


@registry.letters_for_several(NoticeKind.ASK_NUDGED)
def asks(told: Sequence[Notice], reader: Reader) -> Letter | None:
    """Several questions still wait, each with its own link; those that were answered meanwhile are left out."""
    waiting = [(one, asked) for one in told if (asked := _still_waits(one, reader))]
    if len(waiting) < 2:
        return ask(waiting[0][0], reader) if waiting else None
    places = {asked.organisation.name for _one, asked in waiting}
    subject = (
        _("%(num)d questions still wait for %(organisation)s", num=len(waiting), organisation=places.pop())
        if len(places) == 1
        else _("%(num)d questions still wait for you", num=len(waiting))
    )
    context: dict[str, Any] = {"asks": [_ways_to_answer(asked, reader) for _one, asked in waiting]}
    return Letter(reader.email, reader.name, subject, "asks", context)


def _still_waits(notice: Notice, reader: Reader) -> Ask | None:
    """The question of a notice, unless it was answered meanwhile or is no longer this reader's to answer."""
    asked = queries.ask(notice.thing_id)
    if asked is None or asked.answered_at or not answering.is_open(asked) or reader.person_id not in asked.speakers:
        return None
    return asked


@registry.letters_for(NoticeKind.CALL_BACK_DUE)
def call_back(notice: Notice, reader: Reader) -> Letter | None:
    """The day to call back has come; nothing when another answer came meanwhile."""
    asked = queries.ask(notice.thing_id)
    waits = asked is not None and asked.status in (AskStatus.WAITING, AskStatus.CHOSEN)
    if asked is None or not waits or asked.call_back_on is None:
        return None
    place = asked.organisation.name
    url = url_for("referrals.answer", ask_id=asked.id, _external=True)
    if reader.person_id in asked.speakers:
        url = _own_link(asked, reader, clock.now() + CALL_BACK_LINK)
    subject = _("Is there room at %(organisation)s now?", organisation=place)
    context = {"url": url, "organisation": place, "day": asked.call_back_on}
    return Letter(reader.email, reader.name, subject, "call_back", context)


@registry.letters_for(NoticeKind.ANSWER_NOTED)
def noted(notice: Notice, reader: Reader) -> Letter | None:
    """An answer was noted by phone; nothing when the association said it itself since, or can change nothing more. What
    came of a waiting list that was chosen is told anyhow: there is a page that says whom to call."""
    asked = queries.ask(notice.thing_id)
    if asked is None or not asked.by_phone or reader.person_id not in asked.speakers:
        return None
    is_open = answering.is_open(asked)
    came_of_list = asked.status is AskStatus.CHOSEN or (asked.status is AskStatus.DECLINED and not is_open)
    if not (came_of_list or is_open):
        return None
    ways = _ways_to_answer(asked, reader)
    if came_of_list:
        ways |= {"url": _own_link(asked, reader, clock.now() + CALL_BACK_LINK), "deadline": None}
    subject = _("An answer was noted for %(organisation)s", organisation=asked.organisation.name)
    return Letter(reader.email, reader.name, subject, "noted", ways)


def _ways_to_answer(asked: Ask, reader: Reader) -> dict[str, Any]:
    """What a mail about a question says: whom it is for, until when, and where this reader answers."""
    return {
        "url": _own_link(asked, reader, reminding.end_of(asked.deadline)),
        "organisation": asked.organisation.name,
        "deadline": asked.deadline,
        "stands_in": asked.seat_is_empty,
    }


def _own_link(asked: Ask, reader: Reader, expires_at: datetime) -> str:
    """Where this reader answers without signing in."""
    token = links.issue(links.Purpose.ANSWER, asked.id, expires_at=expires_at, person_id=reader.person_id)
    return url_for("referrals.follow_answer", token=token, _external=True)
