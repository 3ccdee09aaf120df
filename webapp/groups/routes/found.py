"""What a search everywhere finds of working groups."""

from flask import url_for

from webapp.groups import queries
from webapp.policy.actor import Actor
from webapp.vocabulary.words import _l
from webapp.web.finding import MOST_SHOWN, Hit, Kind


def _groups(actor: Actor, words: str) -> list[Hit]:
    return [
        Hit(row.name, row.purpose, url_for("groups.show", group_id=row.id), row.icon, "zon")
        for row in queries.named(actor, words, MOST_SHOWN + 1)
    ]


GROUPS = Kind(_l("Working groups"), 40, _groups)
