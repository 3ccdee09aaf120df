"""Asking once a month whether the offers are still right

Revision: 0012
After: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0006"
branch_labels = None
depends_on = None

BEFORE = ("in", "uit", "begin", "mee", "vr", "wk")
AFTER = (*BEFORE, "kl")


def limit_links(purposes: tuple[str, ...]) -> None:
    """Let a link be for these purposes and no others."""
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_link_purpose"), type_="check")
        batch_op.create_check_constraint(op.f("ck_link_purpose"), f"purpose IN {purposes}")


def upgrade() -> None:
    """Nobody was asked yet."""
    limit_links(AFTER)
    op.create_table(
        "upkeep_mail",
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["function.id"], name=op.f("fk_upkeep_mail_seat_id_function"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seat_id", name=op.f("pk_upkeep_mail")),
    )


def downgrade() -> None:
    op.drop_table("upkeep_mail")
    op.execute("DELETE FROM link WHERE purpose = 'kl'")
    limit_links(BEFORE)
