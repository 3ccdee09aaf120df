"""Every endpoint says what it needs; one that says nothing does not run.

    @bp.post("/aanbod/<uuid:offer_id>")
    @requires(Can.EDIT_OFFER, sees=Can.READ_OFFER, of=queries.offer)
    def save(offer): ...

The loader gets the parts of the URL by name. What does not exist and what may not be seen are the same 404;
what may be seen but not done is 403; whoever is not signed in yet gets the chance to do so (401).
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, Response, abort, current_app, g, request
from flask.typing import ResponseReturnValue

from webapp.core import audit, clock
from webapp.core.db import db, own_transaction
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.predicates import anyone
from webapp.policy.rules import RULES, can
from webapp.web.errors import NeedsProof, NotSignedIn
from webapp.web.who import actor

View = Callable[..., ResponseReturnValue]
Load = Callable[..., Any]


VIEWS = {
    Can.READ_REFERRAL: "referral.view",
    Can.READ_ASK: "ask.view",
    Can.READ_HAND_OVER: "hand_over.view",
    Can.WALK_BESIDE: "beside.view",
}
"""What is written down whenever somebody reads it, on whichever page."""


BEFORE_THE_DOOR = {Can.ASK_TO_JOIN, Can.ANSWER_INVITATION}
"""What somebody does who is not inside a group yet."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What an endpoint needs: a permission, what must be visible first, a loader, and perhaps a fresh proof."""

    permission: Can
    sees: Can
    load: Load | None
    fresh: bool = False
    by_link: Callable[[], Response | None] | None = None
    surely: bool = False
    takes_file: bool = False
    went_on: Callable[[], Response | None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a visitor who is not signed in may come here."""
        return (anyone,) in RULES[self.permission]


def requires(
    permission: Can,
    *,
    sees: Can | None = None,
    of: Load | None = None,
    fresh: bool = False,
    by_link: Callable[[], Response | None] | None = None,
    surely: bool = False,
    takes_file: bool = False,
    went_on: Callable[[], Response | None] | None = None,
) -> Callable[[View], View]:
    """Declare what an endpoint needs. The view receives the loaded thing instead of the parts of the URL.

    `fresh` asks for a second factor shown at most 15 minutes ago; `surely`, for what people change about their own
    way in, does so too, or takes a code of the mail from whoever has no second factor yet. `by_link` is what a visitor
    without account reads on a page that a link opens, when theirs no longer does: to sign in would not help them.
    None when they had none. `takes_file` makes room for a file in the request. `went_on` is where somebody is sent who
    had this and let a colleague have it, so that what they were told of it before leads somewhere; None for all others.
    """
    declaration = Declaration(permission, sees or permission, of, fresh, by_link, surely, takes_file, went_on)

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(**parts: Any) -> ResponseReturnValue:
            if of is None:
                check(declaration, None)
                return view(**parts)
            thing = of(**parts)
            check(declaration, thing)
            g.loaded = thing
            return view(thing)

        guarded.declaration = declaration  # type: ignore[attr-defined]
        return guarded

    return declare


def check(declaration: Declaration, thing: Any) -> None:
    """Let the request pass, or answer 401, 403 or 404."""
    who = actor()
    missing = declaration.load is not None and thing is None
    if missing or not can(who, declaration.sees, thing):
        if not who.is_known and declaration.by_link and (ended := declaration.by_link()):
            abort(ended)
        if who.is_known and declaration.went_on and (elsewhere := declaration.went_on()):
            abort(elsewhere)
        if not who.is_known and not declaration.is_open:
            raise NotSignedIn
        _note_refusal(who, 404)
        abort(404)
    if not can(who, declaration.permission, thing):
        _note_refusal(who, 403)
        abort(403)
    if declaration.fresh and not who.proved_since(clock.now()):
        raise NeedsProof
    if declaration.surely and not who.proved_at_best(clock.now()):
        raise NeedsProof
    if not who.showed_second_factor and _lies_in_integrity_group(who, declaration, thing):
        raise NeedsProof
    if request.method == "GET" and declaration.sees in VIEWS and thing is not None:
        _note_view(who, VIEWS[declaration.sees], thing)


def _lies_in_integrity_group(who: Actor, declaration: Declaration, thing: Any) -> bool:
    """Whether this is inside a group about integrity, for which a mail alone is not enough. That it exists, and asking
    to join, is not. A link in a mail answers the one thing it was sent for; a plan is read by the whole network."""
    group = getattr(thing, "group", None)
    if not getattr(group, "is_about_integrity", False) or hasattr(thing, "plan"):
        return False
    if declaration.by_link and any(one.thing_id == thing.id for one in who.keys):
        return False
    if declaration.permission is Can.SEE_GROUP:
        return can(who, Can.READ_GROUP, thing)
    return declaration.permission not in BEFORE_THE_DOOR


def _note_view(who: Actor, action: str, thing: Any) -> None:
    """Write down that somebody reads about a young person's question, or raise Unavailable: then nothing is shown."""
    by = who if who.is_known else who.speaking_about(thing)
    with own_transaction() as beside:
        audit.write(action, by=by, thing_id=thing.id, reason=str(request.endpoint)[:40], beside=beside)


def _note_refusal(who: Actor, status: int) -> None:
    """Write down that somebody asked for a thing they may not have; the same for what does not exist at all."""
    named = next((part for part in (request.view_args or {}).values() if isinstance(part, uuid.UUID)), None)
    if not who.is_known or named is None:
        return
    db.session.rollback()  # nothing of this request is kept, and its lock must not stand in the way
    with own_transaction() as beside:
        reason = str(request.endpoint)[:40]
        audit.write("denied", by=who, thing_id=named, result=str(status), reason=reason, beside=beside)


def loaded() -> Any:
    """What the page of this request is about, as its loader found it; None when it is about nothing in particular."""
    return g.get("loaded")


def declaration_of(endpoint: str) -> Declaration | None:
    """What an endpoint declared, or None."""
    view = current_app.view_functions.get(endpoint)
    return getattr(view, "declaration", None)


def allows(endpoint: str, thing: Any = None) -> bool:
    """Whether the acting person may follow a link to this endpoint: menus and buttons ask this."""
    declaration = declaration_of(endpoint)
    return declaration is not None and can(actor(), declaration.permission, thing)


def init_app(app: Flask) -> None:
    """Refuse every endpoint that declares nothing."""

    @app.before_request
    def refuse_undeclared() -> None:
        if request.endpoint and declaration_of(request.endpoint) is None:
            raise RuntimeError(f"endpoint {request.endpoint} declares no permission")
