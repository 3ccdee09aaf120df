"""Who had a question before a colleague took it over

Revision: 0070
After: 0069
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From now on a hand-over remembers who had it, also when their contact for referrals asked in their place."""
    with op.batch_alter_table("hand_over", schema=None) as batch_op:
        batch_op.add_column(sa.Column("from_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_hand_over_from_id_person"), "person", ["from_id"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    """Forget it again."""
    with op.batch_alter_table("hand_over", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_hand_over_from_id_person"), type_="foreignkey")
        batch_op.drop_column("from_id")
