"""Searching texts by their words: the same hits on SQLite (FTS5) and on PostgreSQL (tsvector), because folding and
stemming happen here and both are given the same tokens.

A word stands in the index as it was written, folded, at its place among the others (so that "a few words" in quotes are
found in that order), and as a stem per language: `n_begeleid`, `e_help`. What a text can be filtered by stands beside
them as tokens too: `b_trust`. So words and filters are one question to one index. A folded word has no underscore, and
the part before it is one letter, so the beginning of a word that somebody types never meets a stem or a filter.

PostgreSQL reads every text that has all words of a quote to see whether they stand side by side. So each two that do
are a token of their own there: `2_de_poort`. It would read texts for what stands on top too; that has `h_poort`.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from threading import local

import snowballstemmer

DUTCH, ENGLISH = "n", "e"
"""The languages, by the letter before their stems."""

LONGEST_WORD = 40
MOST_WORDS = 10
MOST_TYPED = 200
SHORTEST_BEGINNING = 2
SHORTEST = 3
ENDINGS = (("er", 4), ("ing", 5))
"""Endings that Porter leaves, as in begeleider and training; so many letters at least stay without them."""

ON_TOP = "h_"
"""Before the tokens of what stands on top, on PostgreSQL."""

GAP = "_"
"""Stands between two texts, so that no words in quotes are found across them."""

_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r'"([^"]*)"?|([^"]+)')
_DOUBLE = re.compile(r"([bdfgklmnprst])\1$")
_LONG = re.compile(r"(?<=[^aeiou])([aeou])\1(?=[^aeiouy]$)")
_HARD = {"z": "s", "v": "f"}
_SMALL_WORDS = """
    de het een en van in op te dat die is er ook aan om voor met als bij of naar dan maar wat je we ze zijn was niet
    the a an and of to in on at for with as is are was it we you they that this not but or
"""
COMMON = frozenset(_SMALL_WORDS.split())
"""Words that say nothing about what somebody looks for; among others they are not asked for."""


def fold(text: str) -> str:
    """A text without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The folded words of a text, in its order."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """What the forms of a folded word share."""
    return _english(word) if language == ENGLISH else _dutch(word)


def _english(word: str) -> str:
    return str(_stems("english").stemWord(word))


def _dutch(word: str) -> str:
    """Porter's stem, and what it misses: huizen and huis, brieven and brief, begeleiders and begeleiding."""
    while (shorter := _shorter(word)) != word and len(shorter) >= SHORTEST:
        word = shorter
    return word


def _shorter(word: str) -> str:
    word = str(_stems("dutch_porter").stemWord(word))
    for ending, left in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            word = word.removesuffix(ending)
    word = _DOUBLE.sub(r"\1", word)
    word = word[:-1] + _HARD.get(word[-1:], word[-1:])
    return _LONG.sub(r"\1", word)


_STEMMERS: dict[str, Callable[[], "snowballstemmer.Stemmer"]] = {
    "english": lambda: snowballstemmer.stemmer("english"),
    "dutch_porter": lambda: snowballstemmer.stemmer("dutch_porter"),
}
_own = local()
"""A stemmer keeps the word it works on, so each thread has its own."""


def _stems(name: str) -> "snowballstemmer.Stemmer":
    mine: dict[str, snowballstemmer.Stemmer] = _own.__dict__
    if name not in mine:
        mine[name] = _STEMMERS[name]()
    return mine[name]


@dataclass(frozen=True, slots=True)
class Part:
    """Texts of one language: what stands on top counts more than the rest."""

    language: str
    head: tuple[str, ...]
    body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What is found together: its texts, and the tokens it can be filtered by."""

    parts: tuple[Part, ...]
    facets: tuple[str, ...] = ()

    def columns(self) -> dict[str, str]:
        """The columns of FTS5: a folded text, then its stems."""
        return {
            "head": " ".join(self._tokens("head")),
            "body": " ".join(self._tokens("body")),
            "facets": " ".join(sorted(self.facets)),
        }

    def _tokens(self, name: str) -> Iterator[str]:
        stems: set[str] = set()
        for part, text in self._texts(name):
            found = words(text)
            yield from found
            yield GAP
            stems.update(f"{part.language}_{stem(word, part.language)}" for word in found)
        yield from sorted(stems)

    def _texts(self, name: str) -> Iterator[tuple[Part, str]]:
        return ((part, text) for part in self.parts for text in getattr(part, name) if text)

    def vector(self) -> str:
        """The tsvector of PostgreSQL: the same tokens, words at their places, and what stands on top once more."""
        places: dict[str, list[str]] = {facet: [] for facet in self.facets}
        place = 0
        said = [(("", ON_TOP), *one) for one in self._texts("head")] + [(("",), *one) for one in self._texts("body")]
        for prefixes, part, text in said:
            for before, word in pairwise(("", *words(text))):
                place += 1
                pair = [_pair(before, word)] if before else []
                for prefix in prefixes:
                    places.setdefault(prefix + word, []).append(str(place))
                    for token in (f"{part.language}_{stem(word, part.language)}", *pair):
                        places.setdefault(prefix + token, [])
            place += 2
        return " ".join(_vector_token(token, found) for token, found in sorted(places.items()))


def _pair(word: str, following: str) -> str:
    return f"2_{word}_{following}"


def _vector_token(token: str, places: list[str]) -> str:
    quoted = "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
    return f"{quoted}:{','.join(places)}" if places else quoted


@dataclass(frozen=True, slots=True)
class Term:
    """Something that can stand in a text: a token, the beginning of a word, or words in this order."""

    tokens: tuple[str, ...]
    is_beginning: bool = False


Group = tuple[Term, ...]
"""One of these has to stand there."""


def looked_for(typed: str, also: Mapping[str, Collection[str]] | None = None) -> tuple[Group, ...]:
    """What somebody looks for: each word in any of its forms, the last one from its beginning too, and what stands in
    quotes as it stands. `also` says by which tokens a word is found besides: those of tags it is another word for."""
    also = also or {}
    plain: list[str] = []
    quoted: list[Group] = []
    ends_in_word = bool(typed) and (typed[-1].isalnum())
    for in_quotes, outside in _PARTS.findall(typed[:MOST_TYPED]):
        if in_quotes:
            if found := words(in_quotes)[:MOST_WORDS]:
                quoted.append((Term(tuple(found)),))
        else:
            plain += words(outside)
    if typed.count('"') % 2:
        ends_in_word = False
    last = plain[-1] if plain and ends_in_word else None
    telling = [word for word in dict.fromkeys(plain) if word not in COMMON] or list(dict.fromkeys(plain))
    groups = [_forms(word, word == last, also.get(word, ())) for word in telling[:MOST_WORDS]]
    return (*groups, *quoted)


def _forms(word: str, is_last: bool, also: Collection[str]) -> Group:
    """Its stems stand wherever the word itself does."""
    stems = (Term((f"{language}_{stem(word, language)}",)) for language in (DUTCH, ENGLISH))
    begun = [Term((word,), is_beginning=True)] if is_last and len(word) >= SHORTEST_BEGINNING else []
    return (*begun, *stems, *(Term((token,)) for token in sorted(also)))


def any_of(tokens: Iterable[str]) -> Group:
    """One of these tokens has to stand there."""
    return tuple(Term((token,)) for token in sorted(tokens))


def for_fts5(groups: Iterable[Group], *, on_top: bool = False) -> str:
    """The groups as FTS5 asks for them; `on_top` only in what counts more."""
    asked = " AND ".join(f"({' OR '.join(map(_fts5, group))})" for group in groups)
    return f"head : ({asked})" if on_top and asked else asked


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.tokens)}"{" *" if term.is_beginning else ""}'


def for_tsquery(groups: Iterable[Group], *, on_top: bool = False) -> str:
    """The groups as PostgreSQL asks for them."""
    return " & ".join(f"({' | '.join(_tsquery(term, on_top) for term in group)})" for group in groups)


def _tsquery(term: Term, on_top: bool) -> str:
    prefix = ON_TOP if on_top else ""
    words = [_lexeme(prefix + word, is_beginning=term.is_beginning) for word in term.tokens]
    pairs = [_lexeme(prefix + _pair(*two)) for two in pairwise(term.tokens)]
    side_by_side = [f"({' <-> '.join(words)})"] if len(words) > 2 else []
    parts = [*pairs, *side_by_side] or words
    return f"({' & '.join(parts)})" if len(parts) > 1 else parts[0]


def _lexeme(token: str, *, is_beginning: bool = False) -> str:
    return f"'{token}'{':*' if is_beginning else ''}"
