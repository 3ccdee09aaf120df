"""Why somebody proposes a tag, and what they hear about it

Revision: 0058
After: 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

COLUMNS = ("why", "answer")


def upgrade() -> None:
    """Tags of before were proposed without a word why."""
    with op.batch_alter_table("tag", schema=None) as batch_op:
        for name in COLUMNS:
            batch_op.add_column(sa.Column(name, sa.String(length=240), nullable=False, server_default=""))
    with op.batch_alter_table("tag", schema=None) as batch_op:
        for name in COLUMNS:
            batch_op.alter_column(name, existing_type=sa.String(length=240), server_default=None)


def downgrade() -> None:
    """An older Brug asks nobody why."""
    with op.batch_alter_table("tag", schema=None) as batch_op:
        for name in reversed(COLUMNS):
            batch_op.drop_column(name)
