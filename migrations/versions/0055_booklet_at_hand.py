"""Which booklet of somebody is at hand

Revision: 0055
After: 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """A booklet of before was chosen when it was made."""
    with op.batch_alter_table("booklet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chosen_at", MOMENT, nullable=True))
    op.execute("UPDATE booklet SET chosen_at = created_at")
    with op.batch_alter_table("booklet", schema=None) as batch_op:
        batch_op.alter_column("chosen_at", existing_type=MOMENT, nullable=False)


def downgrade() -> None:
    """An older Brug needs no booklet at hand."""
    with op.batch_alter_table("booklet", schema=None) as batch_op:
        batch_op.drop_column("chosen_at")
