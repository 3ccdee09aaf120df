"""The minutes on paper, the few words that go in a chat, and meetings as calendars have them."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from webapp.core import clock
from webapp.groups.codes import Visibility
from webapp.meetings import labels
from webapp.meetings.calendars import Feed
from webapp.meetings.codes import LineKind
from webapp.meetings.lifecycle import DecisionStatus, TopicStatus
from webapp.web import ical, paper
from webapp.web.dates import long_day, plain_day
from webapp.web.i18n import language_now, word

STRONG = (LineKind.DECISION, LineKind.ACTION, LineKind.LESSON)


def minutes(shown: Mapping[str, Any], town: str) -> bytes:
    """The minutes as a PDF that a screen reader reads too (PDF/UA)."""
    meeting, group = shown["meeting"], shown["group"]
    data: dict[str, Any] = {
        "lang": language_now(),
        "title": f"{group.name}, {plain_day(meeting.starts_at)}",
        "group": group.name,
        "name": meeting.title,
        "when": f"{long_day(meeting.starts_at)}, {labels.when_where(meeting)}",
        "summary": meeting.summary,
        "there": _people(gettext("There:"), shown["there"]),
        "heads": labels.head_words(meeting.head_count) if meeting.head_count else "",
        "excused": _people(gettext("Couldn't come:"), shown["not_there"]),
        "topics": [_topic(row, shown["lines"].get(row.id, ())) for row in shown["agenda"]],
        "nothing": gettext("Nothing was written down here."),
        "foot": f"Brug {town}, {plain_day(clock.now())}",
    }
    return paper.pdf("minutes", data)


def _people(before: str, names: list[str]) -> str:
    return f"{before} {', '.join(names)}" if names else ""


def _topic(row: Any, lines: Any) -> dict[str, Any]:
    went = word(labels.TOPIC_LABELS[row.status]) if row.status in (TopicStatus.UNFINISHED, TopicStatus.MOVED) else ""
    return {
        "title": row.title,
        "took": ", ".join(part for part in (labels.spent_words(row), went) if part),
        "lines": [printed(line) for line in lines],
    }


def printed(row: Any) -> dict[str, str]:
    """A line of the minutes on paper: what it is, what was said, and what stands below it."""
    said = row.statement or row.title or row.words
    heard = f"{gettext('Heard:')} {row.objections}" if row.objections else ""
    under = ". ".join(part for part in (labels.line_under(row), heard) if part)
    return {"kind": labels.line_word(row) if row.kind in STRONG else "", "said": said, "under": under}


def for_chat(shown: Mapping[str, Any]) -> str:
    """What to paste in a chat: which meeting, how much came of it, and the short link. No names, no content."""
    meeting, lines = shown["meeting"], [row for rows in shown["lines"].values() for row in rows]
    standing = [row.decision_status for row in lines if row.kind is LineKind.DECISION]
    proposed = standing.count(DecisionStatus.PROPOSED)
    decided = len(standing) - proposed - standing.count(DecisionStatus.DROPPED)
    actions = sum(row.kind is LineKind.ACTION for row in lines)
    counts = (
        (decided, ngettext("%(num)s decision", "%(num)s decisions", decided)),
        (proposed, ngettext("%(num)s proposal", "%(num)s proposals", proposed)),
        (actions, ngettext("%(num)s action", "%(num)s actions", actions)),
    )
    told = [part for number, part in counts if number]
    first = gettext("We met on %(day)s.", day=long_day(meeting.starts_at))
    came = gettext("It came to: %(what)s.", what=", ".join(told)) if told else ""
    last = gettext("The minutes: %(link)s", link=shown["short_url"])
    return " ".join(part for part in (first, came, last) if part)


def is_silent(group: Any) -> bool:
    """Whether calendars say nothing of a group: a confidential one, or one about integrity."""
    return group.visibility is Visibility.CONFIDENTIAL or group.is_about_integrity


def event(row: Any, group: str, *, silent: bool, **more: Any) -> ical.Event:
    """A meeting as calendars have it. Of some groups they hold that somebody is busy, and nothing else."""
    about: dict[str, Any] = {"title": gettext("Busy")}
    if not silent:
        url = url_for("meetings.show", meeting_id=row.id, _external=True)
        about = {
            "title": f"{group}: {row.title}" if row.title else group,
            "place": row.place,
            "words": gettext("The agenda, and saying whether you come: %(url)s", url=url),
            "url": url,
        }
    return ical.Event(
        uid=f"{row.id}@brug",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        sequence=row.sequence,
        **{"changed_at": row.announced_at or row.created_at} | about | more,
    )


def feed(followed: Feed) -> str:
    """Everything in a feed, as a calendar follows it."""
    group = followed.group
    events = (event(row, row.group, silent=is_silent(row)) for row in followed.meetings)
    name = group.name if group and not is_silent(group) else "Brug"
    return ical.calendar(*events, method=ical.Method.PUBLISH, name=name)
