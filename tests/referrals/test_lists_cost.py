"""What a list of questions asks the database: the same however long it is."""

from datetime import timedelta

import pytest

from tests import factories
from tests.referrals.states import many
from tests.referrals.steps import counted
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.db import db
from webapp.core.numbers import ask
from webapp.referrals import lists
from webapp.vocabulary.functions import FunctionKind

LIST = "/toeleidingen"


class TestStatements:
    """A list costs the same however long it is."""

    @pytest.mark.parametrize("whose", [lists.Whose.MINE, lists.Whose.ORGANISATION])
    def test_of_a_list(self, app, cast, whose):
        actor = cast.actor("hilde" if whose is lists.Whose.MINE else "lena")

        def read() -> None:
            rows = lists.referrals(actor, whose, lists.Filter())
            lists.answers(rows)
            ask(lists.counts(actor, (whose,)) | lists.under_way(actor))

        factories.sent(cast)
        with counted() as few:
            read()
        many(cast, 29)
        with counted() as much:
            read()
        assert len(much) == len(few) == 3

    @pytest.mark.parametrize("who", ["hilde", "lena", "noor", "bo"])
    def test_of_a_page(self, browse, cast, who):
        factories.sent(cast)
        visitor = browse(who)
        visitor.get(LIST)
        with counted() as few:
            visitor.get(LIST)
        many(cast, 15)
        for _ in range(14):
            factories.sent(cast)
        visitor.get(LIST)
        with counted() as much:
            visitor.get(LIST)
        assert len(much) == len(few) <= 4, few

    def test_of_the_first_of_several_lists(self, browse, cast):
        yesterday = clock.today() - timedelta(days=1)
        for kind in (FunctionKind.CONTACT_POINT, FunctionKind.REFERRAL_CONTACT):
            db.session.add(
                Function(person_id=cast.hilde, organisation_id=cast.zilverreiger, kind=kind, begins_on=yesterday)
            )
        db.session.commit()
        hilde = browse("hilde")

        def asked(path: str = LIST) -> list[str]:
            hilde.get(path)
            with counted() as found:
                hilde.get(path)
            return found

        assert len(asked()) <= 4
        factories.sent(cast, ("zilverreiger",), who="fatma")
        assert len(asked()) <= 4, "it opens on the last"
        factories.sent(cast)
        assert len(asked()) <= 4, "it opens on the first"
        assert all(len(asked(f"{LIST}?lijst={one}")) <= 4 for one in lists.Whose)

    def test_needs_are_one_statement(self, app, cast):
        factories.answered(cast)
        ask(lists.needs(cast.actor("hilde")))
        with counted() as asked:
            ask(lists.needs(cast.actor("hilde")))
        assert len(asked) == 1
