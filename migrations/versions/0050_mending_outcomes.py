"""An outcome can be mended, and who is second to do so is told

Revision: 0050
After: 0049
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that are there begin at the first version."""
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.alter_column("version", server_default=None)


def downgrade() -> None:
    """Without versions again."""
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_column("version")
