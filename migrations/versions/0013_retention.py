"""The state of erasing, and what is left to count of a question that was erased

Revision: 0013
After: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATUSES = ("draft", "seeking", "choosing", "welcoming", "trying", "settled", "paused", "stopped")
AGES = ("6-8", "9-11", "12-14", "15-17", "18-20", "21-25")
OUTCOMES = (
    "reach",
    "availability",
    "affordability",
    "awareness",
    "trust",
    "clarity",
    "fit",
    "moved_away",
    "found_something_else",
    "not_the_moment",
    "not_said",
)


def code(name: str, *codes: str, nullable: bool) -> sa.Column[str]:
    """A column that holds one of these codes."""
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "counted_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        code("age_band", *AGES, nullable=True),
        sa.Column("interests", sa.JSON(), nullable=False),
        code("status", *STATUSES, nullable=False),
        code("outcome", *OUTCOMES, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_question")),
    )
    with op.batch_alter_table("counted_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counted_question_month"), ["month"], unique=False)
    op.create_table(
        "retention_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        code("held_why", "clock", "many", nullable=True),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["released_by_id"],
            ["person.id"],
            name=op.f("fk_retention_state_released_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_state")),
    )


def downgrade() -> None:
    op.drop_table("retention_state")
    with op.batch_alter_table("counted_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counted_question_month"))
    op.drop_table("counted_question")
