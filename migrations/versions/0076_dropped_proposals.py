"""A proposal that did not go on is no decision that ended

Revision: 0076
After: 0075
"""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

DECISION = sa.table("decision", sa.column("id"), sa.column("status"))
HISTORY = sa.table("history", sa.column("thing_id"), sa.column("kind"), sa.column("step"))
BEFORE = "proposed", "in_force", "replaced", "ended"


def limit_status(status: tuple[str, ...]) -> None:
    """Let a decision stand so and not otherwise."""
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_decision_status"), type_="check")
        batch_op.create_check_constraint(op.f("ck_decision_status"), f"status IN {status}")


def upgrade() -> None:
    """What its history says was dropped, was never decided."""
    limit_status((*BEFORE, "dropped"))
    dropped = sa.select(HISTORY.c.thing_id).where(HISTORY.c.kind == "decision", HISTORY.c.step == "drop")
    op.execute(
        DECISION.update().where(DECISION.c.status == "ended", DECISION.c.id.in_(dropped)).values(status="dropped")
    )


def downgrade() -> None:
    """An older Brug knows it as a decision that does not hold any more."""
    op.execute(DECISION.update().where(DECISION.c.status == "dropped").values(status="ended"))
    limit_status(BEFORE)
