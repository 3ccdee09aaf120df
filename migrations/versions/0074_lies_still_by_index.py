"""Questions of which the place was chosen long ago are found among the few that were told of, not among all of them

Revision: 0074
After: 0073
"""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

LATE = sa.text("sent_at IS NOT NULL AND kind = 'first_time_late'")


def upgrade() -> None:
    """Find the few by themselves."""
    op.create_index("ix_reminder_late", "reminder", ["referral_id"], sqlite_where=LATE, postgresql_where=LATE)


def downgrade() -> None:
    """As it was."""
    op.drop_index("ix_reminder_late", "reminder")
