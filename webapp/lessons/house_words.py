"""House rules and flags in words: the sentences that a network begins with, and what is decided about a flag."""

from collections.abc import Iterable

from webapp.lessons import lists
from webapp.lessons.codes import Flagged, FlagOutcome
from webapp.vocabulary.words import _l
from webapp.web.i18n import DEFAULT_LANGUAGE, catalogue, sentences, word

FIRST_RULES: tuple[str, ...] = (
    _l("Nobody can be recognised: no names, no photos, no details that lead to one person."),
    _l("Speak of young people and families as if they read along."),
    _l("Write about what we did, not about what somebody is like."),
    _l("What didn't work is welcome too. Nobody gets blamed for it."),
    _l("Tell what you saw yourself, and say what you aren't sure of."),
    _l("Disagree with an idea as much as you like, and stay kind to whoever had it."),
    _l("No advertising, and nothing that is there to win votes."),
)
"""What holds until a network says it otherwise."""

FAULTS: dict[str, str] = {
    "one_rule_at_least": _l("Keep one sentence at least: a flag has to say what it is about."),
    "too_many_rules": _l("Twelve rules are enough. People read them all then."),
    "rule_too_long": _l("One of the rules is longer than 160 characters. Make it shorter, or make two of it."),
    "no_such_rule": _l("This rule was changed just now. Choose one of the rules as they are."),
    "why_needed": _l("Say in one line why. Whoever wrote it and whoever flagged it both read that."),
    "words_gone": _l("These words are gone: who wrote them took them back. There is nothing left to decide."),
}
FLAG_TITLES: dict[Flagged, str] = {
    Flagged.LESSON: _l("A lesson that was flagged"),
    Flagged.TRIED: _l("Words about trying a lesson, that were flagged"),
    Flagged.CONTRIBUTION: _l("A contribution that was flagged"),
    Flagged.RESULT: _l("What came of a session, that was flagged"),
}
DECISIONS: dict[FlagOutcome, str] = {
    FlagOutcome.KEPT: _l("Leave it as it is"),
    FlagOutcome.FOLDED: _l("Fold it away"),
}
DECISION_HINTS: dict[FlagOutcome, str] = {
    FlagOutcome.KEPT: _l("It breaks no rule. Whoever may read it goes on reading it."),
    FlagOutcome.FOLDED: _l("The network no longer sees it. Whoever wrote it still does, and so do you."),
}
OUTCOME_TAGS: dict[FlagOutcome, tuple[str, str]] = {
    FlagOutcome.KEPT: ("ja", "check"),
    FlagOutcome.FOLDED: ("steen", "eye-off"),
}


def first_rules() -> list[str]:
    """The first rules as they are kept: in the language of the network, whoever needs them first."""
    return [catalogue(DEFAULT_LANGUAGE).ugettext(sentence) for sentence in FIRST_RULES]


def rules_now() -> list[str]:
    """The house rules, also while none were kept yet."""
    return [row.words for row in lists.house_rules()] or first_rules()


def in_tongue(rules: Iterable[str]) -> list[str]:
    """Rules as they are read on this page: one of the first in its language, others as somebody wrote them."""
    known = dict(zip(first_rules(), FIRST_RULES, strict=True))
    return [word(known[rule]) if rule in known else rule for rule in rules]


in_words = sentences(FAULTS)
"""The errors of an action as sentences, by field."""
