"""What came of a learning session can be flagged, and folded

Revision: 0069
After: 0068
"""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

FLAG = sa.table("flag", sa.column("flagged"))
SESSION = sa.table(
    "learning_session", *(sa.column(name) for name in ("result", "thanks")), sa.column("is_result_folded", sa.Boolean())
)
BEFORE = "lesson", "tried", "contribution"


def limit_flags(kinds: tuple[str, ...]) -> None:
    """Let these kinds of words be flagged and no others."""
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_flag_flagged"), type_="check")
        batch_op.create_check_constraint(op.f("ck_flag_flagged"), f"flagged IN {kinds}")


def upgrade() -> None:
    """Nothing was folded yet."""
    with op.batch_alter_table("learning_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_result_folded", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("learning_session", schema=None) as batch_op:
        batch_op.alter_column("is_result_folded", server_default=None)
    limit_flags((*BEFORE, "result"))


def downgrade() -> None:
    """An older Brug shows them to everybody, so what was folded goes."""
    op.execute(SESSION.update().where(SESSION.c.is_result_folded).values(result="", thanks=""))
    op.execute(FLAG.delete().where(FLAG.c.flagged == "result"))
    limit_flags(BEFORE)
    with op.batch_alter_table("learning_session", schema=None) as batch_op:
        batch_op.drop_column("is_result_folded")
