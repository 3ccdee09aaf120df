"""Members of an enum stand in a statement as text: SQLite prepares it once, and a partial index counts on it."""

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from webapp.core.db import given
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.models import Ask


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (Ask.status == AskStatus.SENT, "ask.status = 'sent'"),
        (Ask.status != AskStatus.SENT, "ask.status != 'sent'"),
        (Ask.status.in_((AskStatus.WAITING, AskStatus.SENT)), "ask.status IN ('sent', 'waiting')"),
        (Ask.status.not_in({AskStatus.SENT}), "(ask.status NOT IN ('sent'))"),
    ],
)
def test_members_are_text_of_the_statement(dialect, condition, text):
    made = select(Ask.id).where(condition).compile(dialect=dialect)
    assert str(made).endswith(f"WHERE {text}")
    assert made.params == {}


def test_what_comes_later_stays_a_value():
    made = select(Ask.id).where(Ask.status == given("status", Ask.status)).compile(dialect=sqlite.dialect())
    assert "'" not in str(made)
    assert list(made.params) == ["status"]
