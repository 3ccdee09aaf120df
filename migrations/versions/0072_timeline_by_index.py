"""The first actions of a goal and the last that are done are found in an index alone

The timeline of a plan read every action of it to put those of each goal in their order, and every action that is done
to know the newest.

Revision: 0072
After: 0071
"""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

DONE = sa.text("status = 'done' AND plan_id IS NOT NULL")


def upgrade() -> None:
    """The index of a goal holds what its actions are ordered by; what is done in a plan has one of its own."""
    op.drop_index("ix_action_item_goal", "action_item")
    ordered = ["goal_id", "plan_id", "status", "starts_on", "due_on", "title", "id"]
    op.create_index("ix_action_item_goal", "action_item", ordered)
    op.create_index(
        "ix_action_item_done", "action_item", ["plan_id", "done_at"], sqlite_where=DONE, postgresql_where=DONE
    )


def downgrade() -> None:
    """As it was."""
    op.drop_index("ix_action_item_done", "action_item")
    op.drop_index("ix_action_item_goal", "action_item")
    op.create_index("ix_action_item_goal", "action_item", ["goal_id", "plan_id", "status"])
