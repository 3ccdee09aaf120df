"""Whether everybody may read the lessons, and when each of them changed last

Revision: 0054
After: 0053
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """A lesson of before changed last when it came out; nobody opened the lessons yet."""
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_at", MOMENT, nullable=True))
    op.execute("UPDATE lesson SET changed_at = published_at")
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.create_index("ix_lesson_changed", ["changed_at", "id"], unique=False)
    op.create_table(
        "open_log",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_open_log_one_row")),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name=op.f("fk_open_log_opened_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_log")),
    )
    with op.batch_alter_table("open_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_log_opened_by_id"), ["opened_by_id"], unique=False)


def downgrade() -> None:
    """Nothing of it is needed by an older Brug."""
    op.drop_table("open_log")
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.drop_index("ix_lesson_changed")
        batch_op.drop_column("changed_at")
