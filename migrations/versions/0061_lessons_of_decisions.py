"""A decision can use a lesson

Revision: 0061
After: 0060
"""

from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

BEFORE = ("plan", "barrier", "action", "topic")


def limit_uses(kinds: tuple[str, ...]) -> None:
    """Let a lesson be used in these kinds of things and no others."""
    with op.batch_alter_table("lesson_use", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_lesson_use_used_in"), type_="check")
        batch_op.create_check_constraint(op.f("ck_lesson_use_used_in"), f"used_in IN {kinds}")


def upgrade() -> None:
    """No decision used one."""
    limit_uses((*BEFORE, "decision"))


def downgrade() -> None:
    """An older Brug links decisions to no lesson."""
    op.execute("DELETE FROM lesson_use WHERE used_in = 'decision'")
    limit_uses(BEFORE)
