"""What a search everywhere finds on the shelves."""

from flask import url_for

from webapp.policy.actor import Actor
from webapp.shelf import labels, queries
from webapp.vocabulary.words import _l
from webapp.web.finding import MOST_SHOWN, Hit, Kind


def _tools(actor: Actor, words: str) -> list[Hit]:
    return [
        Hit(row.title, labels.line_words(row), url_for("shelf.tool", tool_id=row.id), labels.icon_of(row), "zon")
        for row in queries.named(actor, words, MOST_SHOWN + 1)
    ]


TOOLS = Kind(_l("Tools"), 45, _tools)
