"""What the areas above say about their own notices: where a line leads, and what the mail about it says.

    leads_to(NoticeKind.CHOSEN, "referrals.show", "referral_id")

    @letters_for(NoticeKind.ASK_SENT)
    def ask(notice: Notice, reader: Reader) -> Letter | None: ...

A kind for which no letter is registered gets the plain one: "there is a message", and a link.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask import url_for

from webapp.notifications.kinds import NoticeKind
from webapp.notifications.mail import Letter
from webapp.notifications.models import Notice
from webapp.notifications.queries import Reader

Compose = Callable[[Notice, Reader], Letter | None]
Join = Callable[[Sequence[Notice], Reader], Letter | None]
Extra = Callable[[Reader], Sequence[tuple[str, str]]]

_PLACES: dict[NoticeKind, tuple[str, str]] = {}
_EXTRAS: list["Extra"] = []
_LETTERS: dict[NoticeKind, Compose] = {}
_JOINED: dict[NoticeKind, Join] = {}


def leads_to(kind: NoticeKind, endpoint: str, argument: str) -> None:
    """Say which page a notice of this kind is about; `argument` is the part of its URL that takes the thing's id, or
    `_anchor` for a place on a page."""
    _PLACES[kind] = (endpoint, argument)


def path_of(notice: Notice, *, external: bool = False) -> str:
    """Where a notice leads; the page under the bell when its area did not say."""
    if notice.kind not in _PLACES:
        return url_for("notifications.bell", _external=external)
    endpoint, argument = _PLACES[notice.kind]
    parts: dict[str, Any] = {argument: str(notice.thing_id)}
    return url_for(endpoint, _external=external, **parts)


def letters_for(*kinds: NoticeKind) -> Callable[[Compose], Compose]:
    """Register the function that writes the mail about notices of these kinds; None means: no mail."""

    def register(compose: Compose) -> Compose:
        _LETTERS.update(dict.fromkeys(kinds, compose))
        return compose

    return register


def composer_of(kind: NoticeKind) -> Compose | None:
    """The function that an area registered for a kind."""
    return _LETTERS.get(kind)


def letters_for_several(kind: NoticeKind) -> Callable[[Join], Join]:
    """Register the function that writes one mail about several notices of this kind; None means: no mail."""

    def register(join: Join) -> Join:
        _JOINED[kind] = join
        return join

    return register


def joiner_of(kind: NoticeKind) -> Join | None:
    """The function that an area registered for several notices of a kind."""
    return _JOINED.get(kind)


def goes_along(extra: Extra) -> None:
    """Let an area put something below the lines of a digest: words that everybody in the network may read, and where
    they lead."""
    if extra not in _EXTRAS:
        _EXTRAS.append(extra)


def extras_for(reader: Reader) -> list[tuple[str, str]]:
    """What goes along in the digest of somebody."""
    return [one for extra in _EXTRAS for one in extra(reader)]
