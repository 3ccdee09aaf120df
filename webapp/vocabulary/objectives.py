"""The objectives that a town can choose, each on one side of the bridge."""

import enum
from typing import NamedTuple

from webapp.vocabulary.sides import Side
from webapp.vocabulary.words import _l


class Objective(enum.StrEnum):
    """What a town wants to reach."""

    INDIVIDUAL_GUIDANCE = "individual_guidance"
    STRENGTHENING = "strengthening"
    SPECIFIC_OFFER = "specific_offer"
    SUPPORT_ASSOCIATIONS = "support_associations"
    INFORMING = "informing"
    SOLIDARITY_FUND = "solidarity_fund"
    PARTNERSHIPS = "partnerships"


class ObjectiveTraits(NamedTuple):
    """How an objective reads and on which side it works."""

    label: str
    side: Side


OBJECTIVE_TRAITS: dict[Objective, ObjectiveTraits] = {
    Objective.INDIVIDUAL_GUIDANCE: ObjectiveTraits(_l("Guide young people one by one"), Side.DEMAND),
    Objective.STRENGTHENING: ObjectiveTraits(_l("Strengthen young people who have it harder"), Side.DEMAND),
    Objective.SPECIFIC_OFFER: ObjectiveTraits(_l("An offer for one group in particular"), Side.DEMAND),
    Objective.SUPPORT_ASSOCIATIONS: ObjectiveTraits(_l("Support associations"), Side.SUPPLY),
    Objective.INFORMING: ObjectiveTraits(_l("Inform and raise awareness"), Side.SUPPLY),
    Objective.SOLIDARITY_FUND: ObjectiveTraits(_l("A solidarity fund"), Side.SUPPLY),
    Objective.PARTNERSHIPS: ObjectiveTraits(_l("Start and support partnerships"), Side.SUPPLY),
}

OBJECTIVE_LABELS: dict[Objective, str] = {code: traits.label for code, traits in OBJECTIVE_TRAITS.items()}
