"""The kinds of organisations in a network, and the duty of silence under which they work."""

import enum
from typing import NamedTuple

from webapp.vocabulary.sides import Side
from webapp.vocabulary.words import _l


class OrganisationKind(enum.StrEnum):
    """What an organisation is."""

    YOUTH_MOVEMENT = "youth_movement"
    YOUTH_CLUB = "youth_club"
    PLAYGROUND = "playground"
    YOUTH_WELFARE_WORK = "youth_welfare_work"
    STREET_SPORT = "street_sport"
    ARTS = "arts"
    SPORT = "sport"
    RURAL_YOUTH = "rural_youth"
    MOBILE_PLAY = "mobile_play"
    WELFARE = "welfare"
    YOUTH_CARE = "youth_care"
    SCHOOL = "school"
    POVERTY_ASSOCIATION = "poverty_association"
    FAMILY_SERVICES = "family_services"
    DISABILITY_SERVICES = "disability_services"
    SUMMER_SCHOOL = "summer_school"
    YOUTH_SERVICE = "youth_service"
    YOUTH_COUNCIL = "youth_council"
    OTHER = "other"


class OrganisationTraits(NamedTuple):
    """How a kind reads, its icon, its side, whether it accompanies young people or offers something to join, and
    whether it receives minors in their free time: then it says how its integrity policy stands."""

    label: str
    icon: str
    side: Side
    can_refer: bool
    has_offers: bool
    receives_minors: bool = False


_D, _S, _H = Side.DEMAND, Side.SUPPLY, Side.HOST
_K = OrganisationKind

ORGANISATION_TRAITS: dict[OrganisationKind, OrganisationTraits] = {
    _K.YOUTH_MOVEMENT: OrganisationTraits(_l("youth movement"), "tent", _S, False, True, True),
    _K.YOUTH_CLUB: OrganisationTraits(_l("youth club"), "sofa", _S, False, True, True),
    _K.PLAYGROUND: OrganisationTraits(_l("playground scheme"), "toy-brick", _S, False, True, True),
    _K.YOUTH_WELFARE_WORK: OrganisationTraits(_l("open youth work"), "door-open", _D, True, True, True),
    _K.STREET_SPORT: OrganisationTraits(_l("street sport"), "volleyball", _S, True, True, True),
    _K.ARTS: OrganisationTraits(_l("arts and dance"), "palette", _S, False, True, True),
    _K.SPORT: OrganisationTraits(_l("sports club"), "medal", _S, False, True, True),
    _K.RURAL_YOUTH: OrganisationTraits(_l("rural youth"), "sprout", _S, False, True, True),
    _K.MOBILE_PLAY: OrganisationTraits(_l("mobile play"), "bike", _S, True, True, True),
    _K.WELFARE: OrganisationTraits(_l("welfare"), "heart-handshake", _D, True, False),
    _K.YOUTH_CARE: OrganisationTraits(_l("youth care"), "house", _D, True, False),
    _K.SCHOOL: OrganisationTraits(_l("school"), "school", _D, True, True),
    _K.POVERTY_ASSOCIATION: OrganisationTraits(_l("poverty association"), "hand-heart", _D, True, True, True),
    _K.FAMILY_SERVICES: OrganisationTraits(_l("family services"), "baby", _D, True, False),
    _K.DISABILITY_SERVICES: OrganisationTraits(_l("disability services"), "accessibility", _D, True, False),
    _K.SUMMER_SCHOOL: OrganisationTraits(_l("summer school"), "sun", _D, True, True, True),
    _K.YOUTH_SERVICE: OrganisationTraits(_l("youth service"), "landmark", _H, True, True),
    _K.YOUTH_COUNCIL: OrganisationTraits(_l("youth council"), "megaphone", _S, False, True),
    _K.OTHER: OrganisationTraits(_l("organisation"), "building-2", _S, False, True, True),
}

ORGANISATION_KIND_LABELS: dict[OrganisationKind, str] = {
    code: traits.label for code, traits in ORGANISATION_TRAITS.items()
}
ORGANISATION_KIND_ICONS: dict[OrganisationKind, str] = {
    code: traits.icon for code, traits in ORGANISATION_TRAITS.items()
}


class SecrecyRegime(enum.StrEnum):
    """The duty of silence that binds an organisation's people."""

    PROFESSIONAL = "professional"
    OFFICIAL = "official"
    DISCRETION = "discretion"
    NONE = "none"


class SecrecyTraits(NamedTuple):
    """How a regime reads, and the reminder that is shown while somebody writes."""

    label: str
    reminder: str


SECRECY_TRAITS: dict[SecrecyRegime, SecrecyTraits] = {
    SecrecyRegime.PROFESSIONAL: SecrecyTraits(
        _l("professional secrecy"),
        _l("You work under professional secrecy. Write what can be arranged, never what you were told in confidence."),
    ),
    SecrecyRegime.OFFICIAL: SecrecyTraits(
        _l("official secrecy"),
        _l("You work under official secrecy. Write what can be arranged, not what you know from your work."),
    ),
    SecrecyRegime.DISCRETION: SecrecyTraits(
        _l("duty of discretion"),
        _l("Handle with care what you hear. Share it only with whoever needs it to welcome somebody."),
    ),
    SecrecyRegime.NONE: SecrecyTraits(
        _l("no set duty"),
        _l("Also without a legal duty: what you hear about somebody stays here."),
    ),
}

SECRECY_LABELS: dict[SecrecyRegime, str] = {code: traits.label for code, traits in SECRECY_TRAITS.items()}
