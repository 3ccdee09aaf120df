"""The functions (seats) that people hold at organisations. Work belongs to a seat; people come and go."""

import enum

from webapp.vocabulary.words import _l


class FunctionKind(enum.StrEnum):
    """What somebody is at an organisation, from a first day to a last."""

    CONTACT_POINT = "contact_point"
    CREW = "crew"
    GUIDE = "guide"
    REFERRAL_CONTACT = "referral_contact"
    BRIDGE_BUILDER = "bridge_builder"
    COORDINATOR = "coordinator"
    FACILITATOR = "facilitator"
    ADMINISTRATOR = "administrator"


FUNCTION_LABELS: dict[FunctionKind, str] = {
    FunctionKind.CONTACT_POINT: _l("contact point"),
    FunctionKind.CREW: _l("crew"),
    FunctionKind.GUIDE: _l("guide"),
    FunctionKind.REFERRAL_CONTACT: _l("contact for referrals"),
    FunctionKind.BRIDGE_BUILDER: _l("bridge builder"),
    FunctionKind.COORDINATOR: _l("coordinator"),
    FunctionKind.FACILITATOR: _l("facilitator"),
    FunctionKind.ADMINISTRATOR: _l("administrator"),
}

FUNCTION_MEANINGS: dict[FunctionKind, str] = {
    FunctionKind.CONTACT_POINT: _l("Answers questions for the association and knows who waits at the door."),
    FunctionKind.CREW: _l("Helps run the association and keeps its offers right."),
    FunctionKind.GUIDE: _l("Walks along with young people on their way to an offer."),
    FunctionKind.REFERRAL_CONTACT: _l("Keeps an eye on every question that this organisation sent."),
    FunctionKind.BRIDGE_BUILDER: _l("Helps when a question is stuck or nobody answers."),
    FunctionKind.COORDINATOR: _l("Looks after the network as a whole, without seeing names."),
    FunctionKind.FACILITATOR: _l("Prepares learning sessions and keeps the lessons."),
    FunctionKind.ADMINISTRATOR: _l("Keeps the installation running. Sees the technical side, not young people."),
}
