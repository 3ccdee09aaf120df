"""Lessons, as the matrix needs them."""

import uuid

from tests.lessons import makers
from tests.people import Cast
from webapp.core.db import db
from webapp.lessons import bundling, flagging, following, opening, ruling, tagging, trying
from webapp.lessons.codes import Flagged, FlagOutcome, Helped
from webapp.lessons.trying import Saw

Parts = dict[str, uuid.UUID]


def in_log(cast: Cast) -> Parts:
    """A lesson that the network reads, and nobody outside."""
    parts = {"lesson_id": makers.published(cast).id}
    db.session.commit()
    return parts


def draft(cast: Cast) -> Parts:
    """One that only its circle reads."""
    parts = {"lesson_id": makers.draft(cast).id}
    db.session.commit()
    return parts


def folded(cast: Cast) -> Parts:
    """One that was out, and broke a house rule."""
    lesson = makers.published(cast)
    makers.fold(lesson)
    parts = {"lesson_id": lesson.id}
    db.session.commit()
    return parts


def open_to_all(cast: Cast) -> Parts:
    """One that everybody reads."""
    opening.open_to_all(by=cast.actor("tine"))
    return in_log(cast)


def booklet(cast: Cast) -> Parts:
    """A booklet of hilde."""
    made = bundling.put_in_hand(makers.published(cast).id, "De eerste keer", by=cast.actor("hilde"))
    parts = {"booklet_id": made.id}
    db.session.commit()
    return parts


def tried(cast: Cast) -> Parts:
    """Noor's team tried the lesson too."""
    row = trying.say(makers.published(cast), None, Saw(Helped.HELPED, "Zelfde poort"), by=cast.actor("noor"))
    db.session.commit()
    return {"tried_id": row.id}


def proposed(cast: Cast) -> Parts:
    """Jef misses a word."""
    row = tagging.propose_word(f"poort {uuid.uuid4().hex[:8]}", "Voor de eerste keer.", by=cast.actor("jef"))
    db.session.commit()
    return {"tag_id": row.id}


def flagged(cast: Cast) -> Parts:
    """Jef flagged a lesson of Bram."""
    rule = ruling.begin(["Geen namen."])[0]
    row = flagging.flag(Flagged.LESSON, makers.published(cast).id, rule, "", by=cast.actor("jef"))
    db.session.commit()
    return {"flag_id": row.id}


def decided(cast: Cast) -> Parts:
    """The same, and Frank folded it."""
    parts = flagged(cast)
    found = flagging.found(parts["flag_id"])
    assert found
    flagging.decide(found, FlagOutcome.FOLDED, "Er staat een naam in.", by=cast.actor("frank"))
    db.session.commit()
    return parts


def town(cast: Cast) -> Parts:
    """Another town that is followed."""
    following.switch_on(by=cast.actor("tine"))
    address = f"https://waterstede.example/{uuid.uuid4().hex}"
    parts = {"town_id": following.follow("Waterstede", address, by=cast.actor("tine")).id}
    db.session.commit()
    return parts


OF = {
    "town_id": {"town": ("-", town)},
    "booklet_id": {"booklet": ("booklet", booklet)},
    "lesson_id": {
        "lesson_in_log": ("lesson_in_log", in_log),
        "open_lesson": ("lesson_in_log", open_to_all),
        "draft_lesson": ("draft_lesson", draft),
        "folded_lesson": ("folded_lesson", folded),
    },
    "tried_id": {"tried_in_log": ("-", tried)},
    "tag_id": {"tag_proposed": ("-", proposed)},
    "flag_id": {"flag_waits": ("flag_of_jef", flagged), "flag_decided": ("flag_decided", decided)},
}
