"""The two banks of the bridge, and those who look after both."""

import enum

from webapp.vocabulary.words import _l


class Side(enum.StrEnum):
    """Where somebody stands, or who makes an effort."""

    DEMAND = "demand"
    SUPPLY = "supply"
    HOST = "host"


SIDE_LABELS: dict[Side, str] = {
    Side.DEMAND: _l("young people"),
    Side.SUPPLY: _l("youth associations"),
    Side.HOST: _l("youth service"),
}
