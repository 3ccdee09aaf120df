"""A crew may rest because it has too few leaders

Revision: 0075
After: 0074
"""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

REST = sa.table("rest", sa.column("kind"))
BEFORE = "camp", "exams", "holiday"


def limit_kinds(kinds: tuple[str, ...]) -> None:
    """Let a crew rest for these reasons and no others."""
    with op.batch_alter_table("rest", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_rest_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_rest_kind"), f"kind IN {kinds}")


def upgrade() -> None:
    """One reason more."""
    limit_kinds((*BEFORE, "few_leaders"))


def downgrade() -> None:
    """An older Brug leaves the crew in peace all the same, as on a holiday."""
    op.execute(REST.update().where(REST.c.kind == "few_leaders").values(kind="holiday"))
    limit_kinds(BEFORE)
