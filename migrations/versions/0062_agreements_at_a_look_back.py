"""An agreement with a partner can be looked back on together with the plan

Revision: 0062
After: 0061
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each agreement has a day of its own."""
    with op.batch_alter_table("expectation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("review_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_expectation_review_id"), ["review_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_expectation_review_id_review"), "review", ["review_id"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    """The days stay."""
    with op.batch_alter_table("expectation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_expectation_review_id_review"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_expectation_review_id"))
        batch_op.drop_column("review_id")
