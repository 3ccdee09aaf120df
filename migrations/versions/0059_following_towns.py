"""That the network follows other towns, and where everybody reads a lesson of theirs

Revision: 0059
After: 0058
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody follows another town yet."""
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.add_column(sa.Column("link", sa.String(500), nullable=True))
    op.execute("UPDATE lesson SET link = ''")
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.alter_column("link", existing_type=sa.String(500), nullable=False)
    op.create_table(
        "follow_switch",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("began_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_follow_switch_one_row")),
        sa.ForeignKeyConstraint(
            ["began_by_id"], ["person.id"], name=op.f("fk_follow_switch_began_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_switch")),
    )
    with op.batch_alter_table("follow_switch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_switch_began_by_id"), ["began_by_id"], unique=False)


def downgrade() -> None:
    """An older Brug follows nobody."""
    op.drop_table("follow_switch")
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.drop_column("link")
