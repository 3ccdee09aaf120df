"""Who promised discretion, and when

Revision: 0004
After: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody promised anything yet; everybody is asked."""
    op.create_table(
        "discretion_promise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_discretion_promise_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discretion_promise")),
    )
    op.create_index("ix_discretion_promise_person", "discretion_promise", ["person_id", "at"], unique=False)


def downgrade() -> None:
    """Forget who promised."""
    op.drop_table("discretion_promise")
