"""Plain Dutch words that are easy to say across a room and to type on a phone: none hurts anybody.
With a number they open a session: ZON 42."""

WORDS = (
    "ANKER", "APPEL", "BAL", "BANK", "BEER", "BEL", "BERG", "BIJ", "BLAD", "BLOEM", "BOEK", "BOOM", "BOOT", "BORD",
    "BRIL", "BROOD", "BRUG", "BUS", "CIRKEL", "DANS", "DOOS", "DORP", "DRAAK", "DRUIF", "DUIF", "EEND", "EGEL",
    "EMMER", "FEEST", "FIETS", "FLUIT", "GITAAR", "GRAS", "HAAN", "HAND", "HAVEN", "HEMEL", "HERT", "HOED", "HONING",
    "HUIS", "IGLO", "JAS", "KAARS", "KAMEEL", "KERS", "KIST", "KLOK", "KNOOP", "KOE", "KOFFER", "KRANT", "LADDER",
    "LAMP", "LEPEL", "LIED", "MAAN", "MAND", "MELK", "MEREL", "MOLEN", "MUUR", "MUTS", "NEST", "NOOT", "OLIJF",
    "PAARD", "PAD", "PARK", "PLEIN", "POORT", "REGEN", "RIVIER", "ROBOT", "ROOS", "RUGZAK", "SCHELP", "SCHIP",
    "SJAAL", "SLAK", "SLEUTEL", "SNEEUW", "SOEP", "SPEELPLEIN", "STER", "STOEL", "STRAND", "TAART", "TAK", "TENT",
    "TIJGER", "TOREN", "TREIN", "TROMMEL", "TULP", "UIL", "VIJVER", "VIOOL", "VIS", "VLAG", "VLIEGER", "VLINDER",
    "VOGEL", "VUUR", "WIEL", "WOLK", "WORTEL", "ZAND", "ZEBRA", "ZEE", "ZEIL", "ZON", "ZWAAN",
)  # fmt: skip
