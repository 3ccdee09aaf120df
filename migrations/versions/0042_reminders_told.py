"""An index of the reminders that bridge builders read: what was told lately about silence and late calls

Revision: 0042
After: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

TOLD = sa.text("sent_at IS NOT NULL AND kind IN ('silence', 'call_back_late')")


def upgrade() -> None:
    """Find them in the order in which they were told."""
    op.create_index("ix_reminder_told", "reminder", ["sent_at", "ask_id"], sqlite_where=TOLD, postgresql_where=TOLD)


def downgrade() -> None:
    """Look through all reminders again."""
    op.drop_index("ix_reminder_told", table_name="reminder")
