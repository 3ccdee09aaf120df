"""Two more notices, and counting what one person looked at

Revision: 0006
After: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NOTICE = sa.table("notice", sa.column("kind"))
BEFORE = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "colleague_answered", "ask_expired", "call_back_due",
    "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded", "agreement_withdrawn",
    "welcome_planned", "check_in_due", "checked_in", "ended", "help_offered", "seat_asked", "seat_given", "seat_ended",
    "own_seat_ended",
)  # fmt: skip
AFTER = (*BEFORE, "crew_joined", "many_looks")


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


def upgrade() -> None:
    """The audit log gets an index; its rows stay as they are."""
    limit_notices(AFTER)
    op.create_index("ix_audit_actor", "audit", ["actor_id", "action", "at"], unique=False)


def downgrade() -> None:
    """Back to notices about seats alone."""
    op.drop_index("ix_audit_actor", table_name="audit")
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind.not_in(BEFORE)))
    limit_notices(BEFORE)
