"""By what an offer can be found: the facets of the filters, and the words of the search."""

import enum


class Facet(enum.StrEnum):
    """One way to filter offers. A code of INTEREST is an interest, of DAY a weekday, of AGE a year of age, …"""

    INTEREST = "interest"
    DAY = "day"
    AREA = "area"
    ARRANGEMENT = "arrangement"
    WORD = "word"
