"""Small questions about a person and a lesson or a learning session; see `predicates`."""

from typing import Any

from webapp.policy.actor import Actor, Key
from webapp.policy.predicates import WORKING_AT
from webapp.vocabulary.functions import FunctionKind

NOT_IN_LOG = ("draft",)
SECOND_READERS = (FunctionKind.FACILITATOR, FunctionKind.COORDINATOR, FunctionKind.BRIDGE_BUILDER)
"""Who may be the second reader of what others wrote; the rules name them one by one."""


def is_out(actor: Actor, lesson: Any) -> bool:
    """A second person approved the lesson, and nothing in it was folded since."""
    return bool(lesson.is_out)


def left_its_circle(actor: Actor, lesson: Any) -> bool:
    """The lesson was offered to a second reader, or was so before."""
    return lesson.status not in NOT_IN_LOG


def never_left_its_circle(actor: Actor, lesson: Any) -> bool:
    """The lesson is a draft, and the network never read it."""
    return lesson.status in NOT_IN_LOG and lesson.published_at is None


def wrote_lesson(actor: Actor, lesson: Any) -> bool:
    """Wrote this lesson down."""
    return actor.person_id is not None and lesson.author_id == actor.person_id


def did_not_write_lesson(actor: Actor, lesson: Any) -> bool:
    """Somebody else wrote it, and the words that wait: nobody is the second reader of what they wrote themselves."""
    return actor.person_id not in {lesson.author_id, *lesson.reworded_by_ids}


def works_where_lesson_belongs(actor: Actor, lesson: Any) -> bool:
    """Holds a working seat at the organisation to which the lesson belongs; one of another town belongs to none."""
    return lesson.organisation_id is not None and actor.holds(*WORKING_AT, at=lesson.organisation_id)


def leads_its_session(actor: Actor, lesson: Any) -> bool:
    """Leads the learning session from which the lesson came."""
    return actor.person_id is not None and actor.person_id in lesson.circle_ids


def made_booklet(actor: Actor, booklet: Any) -> bool:
    """Made this booklet."""
    return actor.person_id is not None and booklet.person_id == actor.person_id


def flagged_it(actor: Actor, flag: Any) -> bool:
    """Said that these words break a house rule."""
    return actor.person_id is not None and flag.person_id == actor.person_id


def hears_of_own_words(actor: Actor, flag: Any) -> bool:
    """Wrote the words that were flagged, and somebody decided about them: until then nobody is told."""
    return actor.person_id is not None and actor.person_id in flag.author_ids and flag.outcome is not None


def did_not_write_what_was_flagged(actor: Actor, flag: Any) -> bool:
    """The words that were flagged are those of somebody else: nobody decides about their own."""
    return actor.person_id not in flag.author_ids


def facilitates_session(actor: Actor, thing: Any) -> bool:
    """Is the facilitator of this learning session."""
    return actor.person_id in thing.session.facilitator_ids


def leads_session(actor: Actor, thing: Any) -> bool:
    """Is the facilitator of this learning session, or helps at its desk."""
    return actor.person_id in thing.session.leading_ids


def is_asked_to_lead(actor: Actor, thing: Any) -> bool:
    """Is asked to help at the desk of this learning session, or to take it over."""
    return actor.person_id in thing.session.asked_ids


def nobody_facilitates_session(actor: Actor, thing: Any) -> bool:
    """The learning session has no facilitator who still takes part in the network."""
    return not thing.session.facilitator_ids


def hangs_on_wall(actor: Actor, note: Any) -> bool:
    """The room reads these words: they were shown, and nobody folded them."""
    return note.shown == "shown" and not note.is_folded


def tells_what_came(actor: Actor, thing: Any) -> bool:
    """The learning session is over, and its page tells what came of it."""
    return bool(thing.session.status == "closed")


def is_in_its_circle(actor: Actor, thing: Any) -> bool:
    """Was invited to this learning session, or took part in it."""
    return actor.person_id is not None and actor.person_id in thing.session.circle_ids


def followed_session_link(actor: Actor, thing: Any) -> bool:
    """Came by the link or the QR code of this learning session."""
    return actor.has_key(Key.SESSION, thing.session.id)


def takes_part(actor: Actor, thing: Any) -> bool:
    """Joined this learning session on this device."""
    return actor.has_key(Key.PARTICIPANT, thing.session.id)
