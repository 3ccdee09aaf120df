"""Who is asking: the actor of this request, read from the database once, when first needed."""

from collections.abc import Callable

from flask import Flask, current_app, g

from webapp.policy.actor import Actor

Loader = Callable[[], Actor]


def init_app(app: Flask, loader: Loader) -> None:
    """Tell the kit how to recognise people; the accounts area brings the loader."""
    app.extensions["who"] = loader


def actor() -> Actor:
    """The actor of this request, with the rights they have at this moment."""
    if "actor" not in g:
        loader: Loader = current_app.extensions["who"]
        g.actor = loader()
    return g.actor  # type: ignore[no-any-return]


def forget() -> None:
    """Read the actor anew at the next question: who they are has just changed."""
    g.pop("actor", None)
