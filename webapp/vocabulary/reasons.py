"""Words that say why, or what nobody has to know: of health, origin, faith, home, money and offences (GDPR art. 9, 10).

The association needs to know what helps, never what for. Words with another everyday meaning are left out, and so is
what an offer may be about by itself. It points, it never forbids.
"""

from collections.abc import Sequence

from webapp.vocabulary.care import says_one_of

REASONS: Sequence[str] = (
    # health
    "adhd", "autisme", "autistisch", "diagnose", "depressie", "depressief", "dyslexie", "eetstoornis", "epilepsie",
    "gehandicapt", "handicap", "hechtingsstoornis", "medicatie", "mentale beperking", "psychiater", "psychiatrie",
    "psychisch", "psycholoog", "psychose", "rilatine", "stoornis", "therapie", "trauma", "verslaafd", "verslaving",
    "verstandelijke beperking", "zelfdoding", "zelfmoord", "ziekte",
    # home and help
    "alcoholisme", "begeleidingstehuis", "echtscheiding", "huiselijk geweld", "instelling", "jeugdhulp",
    "jeugdrechtbank", "jeugdrechter", "jeugdzorg", "mishandeld", "mishandeling", "misbruik", "misbruikt", "pleeggezin",
    "pleegouders", "pleegzorg", "vechtscheiding", "verwaarlozing", "voogd",
    # origin, residence and faith
    "asiel", "asielzoeker", "illegaal", "islam", "joods", "moslim", "moslima", "papieren", "roma", "vluchteling",
    # money
    "budgetbegeleiding", "kansarm", "kansarmoede", "kansentarief", "leefloon", "ocmw", "schulden", "schuldbemiddeling",
    # love, and offences
    "biseksueel", "homo", "lesbisch", "transgender", "diefstal", "drugs", "gevangenis", "strafblad", "veroordeeld",
    # in English
    "asylum", "autism", "debt", "diagnosis", "foster care", "medication", "refugee", "therapy",
)  # fmt: skip


def says_why(text: str) -> bool:
    """Whether a text says one of these words, as a whole word."""
    return says_one_of(text, REASONS)
