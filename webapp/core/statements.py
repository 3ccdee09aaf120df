"""Statements that are built once, executed without building and looking them up again."""

from functools import lru_cache
from typing import Any
from typing import cast as cast_type

from sqlalchemy import BindParameter, CompoundSelect, Select, bindparam, cast, false, null, select
from sqlalchemy.sql.expression import ClauseList, Grouping
from sqlalchemy.sql.visitors import replacement_traverse

Query = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
FEW = 3
"""Lists up to this length have a statement of their own."""
MOST_COMPILED = 2000


class Compiled(dict[Any, Any]):
    """What SQLAlchemy compiled of statements that are built once, found by the statement itself.

    It would look for them by all that stands in them, which for a long one takes as long as the database itself.
    """

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        """What was compiled for a dialect, a statement, the names of its values, and one row or several."""
        kept, compiled = super().get((id(key[0]), id(key[1]), key[-1]), ((None,) * len(key), default))
        return compiled if kept[0] is key[0] and kept[1] is key[1] and kept[2:] == key[2:] else default

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        if len(self) >= MOST_COMPILED:
            self.clear()
        super().__setitem__((id(key[0]), id(key[1]), key[-1]), (key, compiled))


BUILT_ONCE = {"compiled_cache": Compiled()}


@lru_cache(maxsize=1024)
def with_lists_of(statement: Query, sizes: tuple[tuple[str, int], ...]) -> Query:
    """The same statement for lists that are so long: most people work at one place. SQLAlchemy writes a list of any
    length into the text of the statement at every execution, which takes it longer than the database needs."""
    lengths = dict(sizes)

    def fixed(part: Any, **_options: Any) -> Any:
        if not isinstance(part, BindParameter) or not part.expanding or part.key not in lengths:
            return None
        members = [bindparam(f"{part.key}_{number}", type_=part.type) for number in range(lengths[part.key])]
        nothing = select(cast(null(), part.type)).where(false()).scalar_subquery()
        return Grouping(ClauseList(*members)) if members else nothing

    # its types do not know that what it takes apart may be any statement
    return cast_type(Query, replacement_traverse(statement, {}, fixed))  # type: ignore[call-overload]
