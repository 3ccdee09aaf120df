"""Words that choose nobody: "everybody", "all children", "the whole town". They get a friendly question back."""

import re

_EVERYBODY = re.compile(r"\b(iedereen|everybody|everyone|alleman)\b")
_ALL = re.compile(
    r"(voor |for )?(alle|elk|elke|ieder|iedere|al onze|all|all the|every|each) "
    r"(kind|kinderen|jongere|jongeren|tiener|tieners|jeugd|kids|mensen|gezin|gezinnen|child|children|young people"
    r"|teenagers|teens|families)\b"
)
_MORE = re.compile(
    r"(en|and|of|or) (alle |all )?(kinderen|jongeren|tieners|ouders|gezinnen|children|young people|teens)\b"
)
_TOWN = re.compile(r"(in|uit|van|of) ((de|het|onze|heel|hele|gans|the|our|whole) ){0,3}\w+")
_WHOLE = re.compile(r"(de |the )?(hele|ganse|whole) (stad|gemeente|wijk|town|city)|heel [a-z]+")


def means_everybody(text: str) -> bool:
    """Whether a target is nobody in particular. "All children of the newcomers' class" is somebody; "all children",
    also "of Elsterveer", is everybody."""
    said = " ".join(re.sub(r"[^\w\s]", " ", text.lower()).split())
    if not said or _EVERYBODY.search(said) or _WHOLE.fullmatch(said):
        return True
    begins = _ALL.match(said)
    if begins is None:
        return False
    rest = said[begins.end() :].strip()
    if more := _MORE.match(rest):
        rest = rest[more.end() :].strip()
    return not rest or _is_town(rest)


def _is_town(rest: str) -> bool:
    """What is left only says where: one word, as the name of a town, or "the town"."""
    where = _TOWN.fullmatch(rest)
    return where is not None and not re.search(r"klas|school|groep|wijk|huis|class|group", rest)
