"""Who is asking: the actor of this request, read from the database once, when first needed."""

import hashlib
import hmac
from collections.abc import Callable

from flask import Flask, current_app, g

from webapp.policy.actor import GUEST, Actor

Loader = Callable[[], Actor]


def init_app(app: Flask, loader: Loader) -> None:
    """Tell the kit how to recognise people; the accounts area brings the loader."""
    app.extensions["who"] = loader


def actor() -> Actor:
    """The actor of this request, with the rights they have at this moment."""
    try:
        return g.actor  # type: ignore[no-any-return]
    except AttributeError:
        loader: Loader = current_app.extensions["who"]
        g.actor = loader()
        return g.actor  # type: ignore[no-any-return]


def draft_owner() -> str:
    """A mark by which a browser knows whose drafts it keeps; says nothing to anybody else. Empty for guests."""
    person_id = actor().person_id
    if person_id is None:
        return ""
    key = current_app.config["SECRET_KEY"]
    return hmac.new(key, b"draft owner" + person_id.bytes, hashlib.sha256).hexdigest()[:24]


def be_a_guest() -> None:
    """Go on as for somebody whom we do not know: nothing is asked of the database any more."""
    g.actor = GUEST
    g.pop("words", None)


def forget() -> None:
    """Read the actor anew at the next question: who they are has just changed."""
    g.pop("actor", None)
