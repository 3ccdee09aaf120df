"""What a search everywhere finds of the directory: people, offers and organisations."""

from flask import url_for

from webapp.directory import labels, listing, queries
from webapp.directory.asked import Asked
from webapp.directory.facets import words as folded
from webapp.directory.labels import search_words
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.functions import FUNCTION_LABELS
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.vocabulary.words import _l
from webapp.web.context import initials
from webapp.web.finding import MOST_SHOWN, Hit, Kind
from webapp.web.i18n import capital, word


def _offers(actor: Actor, words: str) -> list[Hit]:
    asked = Asked(q=words, words=search_words(words))
    if not asked.words:
        return []
    return [
        Hit(
            row.organisation_name,
            f"{row.name}, {labels.age_line(row)}",
            url_for("directory.offer", offer_id=row.id),
            labels.offer_icon(row),
            "aanbod",
        )
        for row in listing.offers(asked, actor=actor, limit=MOST_SHOWN + 1)
    ]


def _organisations(actor: Actor, words: str) -> list[Hit]:
    asked = sorted(folded(words))
    if not asked:
        return []
    rows = queries.organisations(asked[: queries.MOST_WORDS], actor=actor, limit=MOST_SHOWN + 1)
    return [
        Hit(
            row.name,
            ", ".join(part for part in (capital(word(ORGANISATION_TRAITS[row.kind].label)), row.area) if part),
            url_for("directory.organisation", organisation_id=row.id),
            ORGANISATION_TRAITS[row.kind].icon,
            ORGANISATION_TRAITS[row.kind].side,
        )
        for row in rows
    ]


def _people(actor: Actor, words: str) -> list[Hit]:
    if not can(actor, Can.READ_ORGANISATION):
        return []
    return [
        Hit(
            row.name,
            f"{word(FUNCTION_LABELS[row.kind])}, {row.organisation}",
            url_for("directory.organisation", organisation_id=row.organisation_id),
            "",
            ORGANISATION_TRAITS[row.organisation_kind].side,
            initials(row.name),
        )
        for row in queries.people_named(words, MOST_SHOWN + 1)
    ]


PEOPLE = Kind(_l("People"), 20, _people)
OFFERS = Kind(_l("Offers"), 30, _offers, lambda words: url_for("directory.offers", q=words))
ORGANISATIONS = Kind(_l("Organisations"), 35, _organisations, lambda words: url_for("directory.organisations", q=words))
