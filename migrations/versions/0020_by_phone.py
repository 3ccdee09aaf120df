"""Answers and looks back that were heard by phone

Revision: 0020
After: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = ("ask", "check_in")
NOTICE = sa.table("notice", sa.column("kind"))
BEFORE = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "colleague_answered", "ask_expired", "call_back_due",
    "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded", "agreement_withdrawn",
    "welcome_planned", "check_in_due", "checked_in", "ended", "help_offered", "seat_asked", "seat_given", "seat_ended",
    "own_seat_ended", "crew_joined", "many_looks",
)  # fmt: skip
AFTER = (*BEFORE, "answer_noted")


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


def upgrade() -> None:
    """Everything until now was said by the association itself."""
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("by_phone", sa.Boolean(), nullable=False, server_default=sa.false()))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("by_phone", existing_type=sa.Boolean(), server_default=None)
    limit_notices(AFTER)


def downgrade() -> None:
    """Forget which were heard by phone."""
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind.not_in(BEFORE)))
    limit_notices(BEFORE)
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("by_phone")
