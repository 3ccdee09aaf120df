"""What a search everywhere finds in the log."""

from flask import url_for

from webapp.core import fulltext
from webapp.lessons import searching
from webapp.lessons.asked import Asked
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.words import _l
from webapp.web.context import beyond
from webapp.web.finding import MOST_SHOWN, Hit, Kind
from webapp.web.i18n import language_now


def _lessons(actor: Actor, words: str) -> list[Hit]:
    if not can(actor, Can.SEE_LOG) or not fulltext.words(words):
        return []
    asked = Asked(q=words)
    found = searching.lessons(asked, searching.around(asked), language=language_now())
    return [
        Hit(
            row.title,
            beyond(row.line, row.title),
            url_for("lessons.lesson", lesson_id=row.id),
            "sprout",
            "zon",
        )
        for row in found.rows[: MOST_SHOWN + 1]
    ]


LESSONS = Kind(_l("Lessons"), 50, _lessons, lambda words: url_for("lessons.index", q=words))
