"""What a lesson said before it was said anew

Revision: 0057
After: 0056
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of changes of before it is not known any more."""
    with op.batch_alter_table("lesson_change", schema=None) as batch_op:
        batch_op.add_column(sa.Column("was", sa.JSON(), nullable=True))


def downgrade() -> None:
    """An older Brug keeps what a lesson says now alone."""
    with op.batch_alter_table("lesson_change", schema=None) as batch_op:
        batch_op.drop_column("was")
