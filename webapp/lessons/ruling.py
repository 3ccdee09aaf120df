"""The house rules of this network: a few friendly sentences that a flag can cite."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence

from webapp.core import history
from webapp.core.db import db, new_id
from webapp.core.errors import Conflict, Invalid
from webapp.lessons import lists
from webapp.lessons.use_models import HouseRule
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

LONGEST = 160
MOST = 12
THE_HOUSE = uuid.UUID("6f6d1d3e-52f0-4a3b-8f8e-6f3b8d5a7c10")
"""What the history of the house rules is about: they are one thing together."""


def keep(sentences: Iterable[str], first: Sequence[str] = (), *, by: Actor, mark: str = "") -> list[HouseRule]:
    """Say all house rules anew, in their order. One that is left out stays for the flags that cite it. `mark` is that
    of the rules somebody had before them (`first`, as long as none were kept); raises Conflict when they are others
    by now."""
    require(by, Can.KEEP_LOG)
    words = list(dict.fromkeys(one.strip() for one in sentences if one.strip()))
    if not words:
        raise Invalid({"rules": "one_rule_at_least"})
    if len(words) > MOST:
        raise Invalid({"rules": "too_many_rules"})
    if any(len(one) > LONGEST for one in words):
        raise Invalid({"rules": "rule_too_long"})
    current = lists.house_rules()
    if mark and mark != mark_of([row.words for row in current] or first):
        raise Conflict()
    kept = _keep(current, words)
    history.record("house_rules", THE_HOUSE, "keep", by=by)
    return kept


def begin(sentences: Sequence[str]) -> list[HouseRule]:
    """The current rules. The first time that somebody needs them these are kept, so that a flag can cite one."""
    return lists.house_rules() or _keep([], sentences)


def mark_of(sentences: Iterable[str]) -> str:
    """A mark that tells one set of rules from another."""
    return hashlib.sha256("\x1f".join(sentences).encode()).hexdigest()[:16]


def _keep(current: Sequence[HouseRule], words: Sequence[str]) -> list[HouseRule]:
    known = {row.words: row for row in current}
    for row in current:
        row.is_current = row.words in words
    rows = [known.get(one) or HouseRule(id=new_id(), words=one) for one in words]
    for position, row in enumerate(rows):
        row.position, row.is_current = position, True
    db.session.add_all(rows)
    db.session.flush()
    return rows
