"""The bridge and the timeline of a large plan find what they show by an index, and count in one

Revision: 0068
After: 0067
"""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

IN_A_PLAN = {name: sa.text("plan_id IS NOT NULL") for name in ("sqlite_where", "postgresql_where")}
LATEST = "plan_id", "strategy", "status", "moved_at", "id"


def upgrade() -> None:
    """The B's of an action are read beside what is counted. PostgreSQL has no order of them, and keeps them aside."""
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.drop_index("ix_action_item_goal_id")
        batch_op.create_index("ix_action_item_goal", ["goal_id", "plan_id", "status"])
        doer = "owner_organisation_id", "group_id"
        batch_op.create_index("ix_action_item_doer", ["plan_id", "strategy", *doer, "status"], **IN_A_PLAN)
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("bridge_of_plan", "action_item", [*LATEST], postgresql_include=["bs"], **IN_A_PLAN)
    else:
        op.create_index("bridge_of_plan", "action_item", [*LATEST, "bs"], **IN_A_PLAN)


def downgrade() -> None:
    """As it was."""
    op.drop_index("bridge_of_plan", "action_item")
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.drop_index("ix_action_item_doer")
        batch_op.drop_index("ix_action_item_goal")
        batch_op.create_index("ix_action_item_goal_id", ["goal_id"])
