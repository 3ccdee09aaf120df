"""What is said about lessons that are taken outside."""

from typing import Any

from flask_babel import gettext

from webapp.core.fetching import FetchFault
from webapp.vocabulary.words import _l
from webapp.web.dates import short_moment
from webapp.web.i18n import sentences, word

PRIVATE = _l("This address lies in a network that isn’t open to everybody. Brug doesn’t go there.")
FAULTS: dict[str, str] = {
    "many_booklets": _l("Thirty booklets are enough. Throw one away first."),
    "booklet_full": _l("A hundred lessons fit in one booklet. Begin a second one for the rest."),
    "no_feed_address": _l("This is no address of a feed. It begins with https:// and has no port or password in it."),
    "private_feed": PRIVATE,
    "known_town": _l("This feed is already in the list."),
    "many_towns": _l("Fifty towns are enough. Stop following one first."),
}

WENT_WRONG: dict[str, str] = {
    FetchFault.ADDRESS: _l("The feed leads to an address that Brug doesn’t follow: only https on its own port."),
    FetchFault.PRIVATE: PRIVATE,
    FetchFault.UNKNOWN: _l("Nobody knows this name. Look for a typing mistake."),
    FetchFault.UNREACHABLE: _l("Their server doesn’t answer."),
    FetchFault.NOT_TRUSTED: _l("Their server can’t prove that it is who it says: its certificate isn’t right."),
    FetchFault.SLOW: _l("Their server took too long."),
    FetchFault.LARGE: _l("The feed is larger than one megabyte. Brug read no further."),
    FetchFault.PACKED: _l("Their server sends the feed packed, though Brug asks for plain text."),
    FetchFault.ASTRAY: _l("Their server keeps sending Brug on to another address."),
    FetchFault.KIND: _l("What stands there is a page or a file, and no feed."),
    FetchFault.NOT_THERE: _l("There’s no feed at this address. Perhaps they closed their lessons."),
    FetchFault.GONE: _l("Their server says that this feed is gone for good."),
    FetchFault.REFUSED: _l("Their server doesn’t let Brug read the feed."),
    FetchFault.BROKEN: _l("Something is broken at their server."),
    "no_feed": _l("What stands there is no Atom feed and no JSON Feed."),
}
"""Why the feed of a town was not read, for each code that is kept."""


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""


def state_words(town: Any) -> str:
    """How it goes with a town, in a sentence."""
    if town.fault:
        return word(WENT_WRONG[town.fault])
    if town.fetched_at is None:
        return gettext("Its lessons come in a moment.")
    return gettext("Last read %(moment)s", moment=short_moment(town.fetched_at))
