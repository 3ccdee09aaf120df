"""What a search everywhere finds on the bridge: questions by their alias, of whoever may see them."""

from flask import url_for

from webapp.policy.actor import Actor
from webapp.referrals import lists
from webapp.referrals.labels import STATUS_LABELS, alias_words
from webapp.referrals.lists import Filter, Turn, Whose
from webapp.vocabulary.aliases import ALIAS_ICONS, ALIASES
from webapp.vocabulary.words import _l
from webapp.web.finding import MOST_SHOWN, Hit, Kind
from webapp.web.i18n import word


def aliases_with(words: str) -> tuple[str, ...]:
    """The aliases in which these words stand, in the language of the page."""
    return tuple(alias for alias in ALIASES if words.casefold() in alias_words(alias).casefold())


def _questions(actor: Actor, words: str) -> list[Hit]:
    aliases, found = aliases_with(words), {}
    if not aliases:
        return []
    for whose in lists.lists_of(actor):
        found.update(_asked(actor, aliases) if whose is Whose.ASKED else _on_the_bridge(actor, whose, aliases))
    return [*found.values()][: MOST_SHOWN + 1]


def _on_the_bridge(actor: Actor, whose: Whose, aliases: tuple[str, ...]) -> dict[object, Hit]:
    return {
        row.id: Hit(
            alias_words(row.alias),
            word(STATUS_LABELS[row.status]),
            url_for("referrals.show", referral_id=row.id),
            ALIAS_ICONS[row.alias],
        )
        for row in lists.referrals(actor, whose, Filter(aliases=aliases))
    }


def _asked(actor: Actor, aliases: tuple[str, ...]) -> dict[object, Hit]:
    return {
        row.referral_id: Hit(
            alias_words(row.alias),
            row.organisation,
            url_for("referrals.answer", ask_id=row.id),
            ALIAS_ICONS[row.alias],
        )
        for turn in Turn
        for row in lists.asks(actor, turn, aliases)
    }


YOUNG_PEOPLE = Kind(_l("Young people"), 10, _questions)
