"""Links by which calendars follow meetings

Revision: 0041
After: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

PURPOSES = ("in", "uit", "begin", "mee", "vr", "bz", "wk", "kl", "ac", "ml", "dp", "da")
LINK = sa.table("link", sa.column("purpose"))


def limit_links(purposes: tuple[str, ...]) -> None:
    """Let a link be for these purposes and no others."""
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_link_purpose"), type_="check")
        batch_op.create_check_constraint(op.f("ck_link_purpose"), f"purpose IN {purposes}")


def upgrade() -> None:
    """No calendar follows anything yet."""
    limit_links((*PURPOSES, "ag"))


def downgrade() -> None:
    """Calendars follow nothing any more."""
    op.execute(LINK.delete().where(LINK.c.purpose == "ag"))
    limit_links(PURPOSES)
