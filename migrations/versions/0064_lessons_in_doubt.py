"""A lesson that mostly did not help where it was tried is in doubt, until somebody looks at it

Revision: 0064
After: 0063
"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lessons come in doubt from what is said from now on."""
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.add_column(sa.Column("doubted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("doubts_heard", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.alter_column("doubts_heard", server_default=None)


def downgrade() -> None:
    """An older Brug asks nobody."""
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.drop_column("doubts_heard")
        batch_op.drop_column("doubted_at")
