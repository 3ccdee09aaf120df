"""Small questions about a person and a thing; rules are made of these.

A thing may be an entity or a plain row: predicates only read attributes.
"""

from collections.abc import Callable
from typing import Any

from webapp.policy.actor import Actor, Key
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS

Predicate = Callable[[Actor, Any], bool]

GUIDES = (FunctionKind.GUIDE, FunctionKind.BRIDGE_BUILDER)
ANSWERING = (FunctionKind.CONTACT_POINT,)
WORKING_AT = (FunctionKind.CONTACT_POINT, FunctionKind.CREW, FunctionKind.GUIDE, FunctionKind.REFERRAL_CONTACT)
GUIDING = (*GUIDES, FunctionKind.REFERRAL_CONTACT)
SPEAKING = (FunctionKind.CONTACT_POINT, FunctionKind.REFERRAL_CONTACT)
HEARING = (FunctionKind.CONTACT_POINT, FunctionKind.GUIDE, FunctionKind.REFERRAL_CONTACT, FunctionKind.BRIDGE_BUILDER)
HOUSE = (*WORKING_AT, FunctionKind.BRIDGE_BUILDER)


def anyone(actor: Actor, thing: Any) -> bool:
    """Everybody, signed in or not."""
    return True


def known(actor: Actor, thing: Any) -> bool:
    """Signed in, and holding at least one seat today."""
    return actor.is_known and bool(actor.seats)


def person(actor: Actor, thing: Any) -> bool:
    """Signed in, even without a seat left."""
    return actor.is_known


def is_their_own(actor: Actor, thing: Any) -> bool:
    """The thing is about this very person."""
    return actor.person_id is not None and thing.person_id == actor.person_id


def followed_mail_link(actor: Actor, thing: Any) -> bool:
    """Came by the link at the foot of a mail to this very person."""
    return actor.has_key(Key.MAIL, thing.person_id)


def guides(actor: Actor, thing: Any) -> bool:
    """Holds a seat from which young people are accompanied."""
    return any(
        seat.function is FunctionKind.BRIDGE_BUILDER
        or (seat.function is FunctionKind.GUIDE and ORGANISATION_TRAITS[seat.organisation_kind].can_refer)
        for seat in actor.seats
    )


def hears_of_young_people(actor: Actor, thing: Any) -> bool:
    """Holds a seat from which young people's questions are read."""
    return actor.holds(*HEARING)


def works_there(actor: Actor, thing: Any) -> bool:
    """Holds a working seat at the organisation of the thing."""
    return actor.holds(*WORKING_AT, at=thing.organisation_id)


def speaks_for_it(actor: Actor, thing: Any) -> bool:
    """Is contact point (or contact for referrals) of the organisation of the thing."""
    return actor.holds(*SPEAKING, at=thing.organisation_id)


def is_of_the_house(actor: Actor, thing: Any) -> bool:
    """Works with or for young people at the organisation of the thing; whoever looks after the network does not."""
    return actor.holds(*HOUSE, at=thing.organisation_id)


def nobody_speaks_for_it(actor: Actor, invitation: Any) -> bool:
    """The organisation has no contact point and no contact for referrals today."""
    return bool(invitation.nobody_speaks)


def needs_a_yes(actor: Actor, invitation: Any) -> bool:
    """Somebody from outside invites, nobody of the house agreed yet, and it was not this person who invited."""
    return bool(invitation.needs_yes) and invitation.invited_by_id != actor.person_id


def coordinates(actor: Actor, thing: Any) -> bool:
    """Coordinates the network."""
    return actor.holds(FunctionKind.COORDINATOR)


def did_not_ask_it(actor: Actor, thing: Any) -> bool:
    """Somebody else asked for this: nobody decides about their own request."""
    return getattr(thing, "asked_by_id", None) != actor.person_id


def administers(actor: Actor, thing: Any) -> bool:
    """Keeps the installation running."""
    return actor.holds(FunctionKind.ADMINISTRATOR)


def facilitates(actor: Actor, thing: Any) -> bool:
    """Prepares moments at which the network learns."""
    return actor.holds(FunctionKind.FACILITATOR)


def builds_bridges(actor: Actor, thing: Any) -> bool:
    """Is a bridge builder."""
    return actor.holds(FunctionKind.BRIDGE_BUILDER)


def is_open_to_network(actor: Actor, thing: Any) -> bool:
    """The offer is no longer a draft."""
    return bool(thing.is_published)


def is_shared_with_everybody(actor: Actor, thing: Any) -> bool:
    """The association lets anybody read this offer."""
    return bool(thing.is_published and thing.is_public)


def guides_it(actor: Actor, thing: Any) -> bool:
    """Is the guide of this referral, and still works for the organisation that sent it."""
    return (
        actor.person_id is not None
        and thing.guide_id == actor.person_id
        and (thing.organisation_id in actor.organisations)
    )


def watches_over_it(actor: Actor, thing: Any) -> bool:
    """Is contact for referrals of the organisation that sent it."""
    return actor.holds(FunctionKind.REFERRAL_CONTACT, at=thing.organisation_id)


def receives_it(actor: Actor, thing: Any) -> bool:
    """Said yes for the association that the young person chose and still belongs there (or stood in for its empty
    seat, as bridge builder); when nobody is known to have said yes, its contact points."""
    if actor.person_id is None or thing.chosen_organisation_id is None:
        return False
    if thing.receiver_id is None:
        return actor.holds(*ANSWERING, at=thing.chosen_organisation_id)
    belongs = thing.chosen_organisation_id in actor.organisations or actor.holds(FunctionKind.BRIDGE_BUILDER)
    return thing.receiver_id == actor.person_id and belongs


def may_see_identity(actor: Actor, thing: Any) -> bool:
    """There is an agreement that has not been withdrawn, so the contact card may open."""
    return bool(thing.has_agreement)


def watched_it_then(actor: Actor, thing: Any) -> bool:
    """Watches over it from a seat that reaches back to the moment of its agreement."""
    return _reaches(actor, FunctionKind.REFERRAL_CONTACT, thing.organisation_id, thing.agreed_at)


def received_it_then(actor: Actor, thing: Any) -> bool:
    """Said yes in person, or is contact point from a seat that reaches back to the moment of the agreement."""
    personally = actor.person_id is not None and thing.receiver_id == actor.person_id
    return personally or _reaches(actor, FunctionKind.CONTACT_POINT, thing.chosen_organisation_id, thing.agreed_at)


def _reaches(actor: Actor, function: FunctionKind, place: Any, moment: Any) -> bool:
    return any(
        seat.function is function and seat.organisation_id == place and seat.reaches(moment) for seat in actor.seats
    )


def is_asked(actor: Actor, ask: Any) -> bool:
    """Is contact point of the association that was asked."""
    return actor.holds(*ANSWERING, at=ask.organisation_id)


def welcomes_there(actor: Actor, ask: Any) -> bool:
    """Welcomes whoever chose this association, which now also means saying what comes of the place."""
    return ask.id == ask.referral.chosen_ask_id and receives_it(actor, ask.referral)


def stands_in(actor: Actor, ask: Any) -> bool:
    """Is bridge builder, and the seat of contact point at that association is empty."""
    return bool(ask.seat_is_empty) and builds_bridges(actor, ask)


def calls_about_it(actor: Actor, ask: Any) -> bool:
    """Is bridge builder, and the question has waited so long that bridge builders call about it."""
    return bool(ask.waits_long) and builds_bridges(actor, ask)


def guides_its_question(actor: Actor, ask: Any) -> bool:
    """Is the guide of the question that was put to the association."""
    return guides_it(actor, ask.referral)


def watches_its_question(actor: Actor, ask: Any) -> bool:
    """Is contact for referrals of the organisation whose question was put to the association."""
    return watches_over_it(actor, ask.referral)


def followed_answer_link(actor: Actor, ask: Any) -> bool:
    """Came by the link in the mail about this question, sent to somebody who may still speak for the association."""
    return actor.has_key(Key.ANSWER, ask.id) and actor.holder_of(Key.ANSWER, ask.id) in ask.speakers


def followed_upkeep_link(actor: Actor, thing: Any) -> bool:
    """Came by the link in the monthly mail about these offers, sent to somebody who is still contact point there."""
    holder = actor.holder_of(Key.STILL_RIGHT, thing.organisation_id)
    return holder is not None and holder in getattr(thing, "speakers", ())


def leads_visit(actor: Actor, visit: Any) -> bool:
    """Asked for this group visit and still works there, or is contact for referrals of that organisation."""
    mine = actor.person_id is not None and visit.asked_by_id == actor.person_id
    still_there = mine and visit.from_organisation_id in actor.organisations
    return still_there or actor.holds(FunctionKind.REFERRAL_CONTACT, at=visit.from_organisation_id)


def followed_visit_link(actor: Actor, visit: Any) -> bool:
    """Came by the link in the mail about this group visit, sent to somebody who may still speak there."""
    return actor.has_key(Key.VISIT, visit.id) and actor.holder_of(Key.VISIT, visit.id) in visit.speakers


def followed_welcome_link(actor: Actor, plan: Any) -> bool:
    """Came by the welcome card of this first time."""
    return actor.has_key(Key.WELCOME, plan.id)


def saw_it_agreed(actor: Actor, thing: Any) -> bool:
    """Could open the contact card from here, or there is none: nobody gets at a card by handing a question round."""
    if not thing.has_agreement:
        return True
    personally = actor.person_id is not None and actor.person_id in (thing.guide_id, thing.receiver_id)
    return personally or watched_it_then(actor, thing) or received_it_then(actor, thing)


def works_where_it_was_chosen(actor: Actor, thing: Any) -> bool:
    """Holds a seat at the association that was chosen; who stands in for its empty seat does not."""
    return thing.chosen_organisation_id in actor.organisations


def is_asked_to_take_it_over(actor: Actor, hand_over: Any) -> bool:
    """The colleague who is asked, as long as their function there fits."""
    return hand_over.to_id == actor.person_id and actor.holds(*hand_over.fitting, at=hand_over.organisation_id)


def let_a_colleague_have_it(actor: Actor, hand_over: Any) -> bool:
    """Asked a colleague to take over, or had it until then, and still works there."""
    let = actor.person_id is not None and actor.person_id in (hand_over.proposed_by_id, hand_over.from_id)
    return let and hand_over.organisation_id in actor.organisations


def wrote_it(actor: Actor, post: Any) -> bool:
    """Wrote these words."""
    return actor.person_id is not None and post.author_id == actor.person_id


def was_brought_in(actor: Actor, beside: Any) -> bool:
    """Is the bridge builder whom one of the two sides brought in, until the day that was agreed."""
    return beside.person_id == actor.person_id and bool(beside.is_along) and builds_bridges(actor, beside)
