"""Sealing and opening what identifies a young person, always tied to its own row and column."""

import uuid
from typing import Any

from webapp.core import crypto
from webapp.core.crypto import Place
from webapp.core.errors import Unavailable
from webapp.referrals.models import ContactCard, Referral, WelcomePlan


def seal(referral: Referral, table: str, column: str, text: str) -> str:
    """Encrypt a text with the referral's own key, making that key when it is the first text."""
    ring = crypto.ring()
    if referral.data_key is None:
        referral.data_key = ring.new_data_key(referral.id)
    return ring.seal(referral.data_key, Place(table, column, referral.id), text)


def seal_post(referral: Referral, post_id: uuid.UUID, words: str) -> str:
    """Encrypt a few words around a question, for the one row where they stand."""
    return seal(referral, "post", f"words:{post_id.hex}", words)


def own_words(referral: Referral) -> str:
    """The wish in the young person's own words; empty when there are none or they were erased."""
    return _open(referral.data_key, "referral", "own_words", referral.id, referral.own_words_sealed)


def choice_words(referral: Referral) -> str:
    """Why they chose, in their own words."""
    return _open(referral.data_key, "referral", "choice_words", referral.id, referral.choice_words_sealed)


def card(referral: Referral, row: ContactCard) -> tuple[str, str]:
    """The first name and the phone number or address on a contact card."""
    if referral.data_key is None:
        raise Unavailable("the card was erased")
    return (
        _open(referral.data_key, "contact_card", "name", referral.id, row.name_sealed),
        _open(referral.data_key, "contact_card", "contact", referral.id, row.contact_sealed),
    )


def link_token(referral: Referral, plan: WelcomePlan) -> str:
    """The token of the link to the welcome page; empty when there is none or its key was erased."""
    return _open(referral.data_key, "welcome_plan", "link", referral.id, plan.link_sealed)


def post_words(referral: Referral, row: Any) -> str:
    """A few words around a question; empty when they were erased."""
    return _open(referral.data_key, "post", f"words:{row.id.hex}", referral.id, row.words_sealed)


def _open(key: str | None, table: str, column: str, row: uuid.UUID, sealed: str | None) -> str:
    if key is None or not sealed:
        return ""
    return crypto.ring().open(key, Place(table, column, row), sealed)
