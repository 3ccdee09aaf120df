"""Of a search that somebody follows, when the newest lesson that fits came out

Revision: 0066
After: 0065
"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody followed a search."""
    with op.batch_alter_table("followed_search", schema=None) as batch_op:
        batch_op.add_column(sa.Column("newest_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_followed_search_terms", ["terms", "told_until"], unique=False)


def downgrade() -> None:
    """Nobody follows a search."""
    with op.batch_alter_table("followed_search", schema=None) as batch_op:
        batch_op.drop_index("ix_followed_search_terms")
        batch_op.drop_column("newest_at")
