"""Whatever hangs on a question is found by an index when it is erased

Revision: 0031
After: 0030
"""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ANEW = (("ix_history_thing", "history", "thing_id", "kind", "at"), ("ix_link_subject", "link", "subject_id", "purpose"))
BEFORE = (
    ("ix_history_thing", "history", "kind", "thing_id", "at"),
    ("ix_link_subject", "link", "purpose", "subject_id"),
)
ADDED = (
    ("ix_notice_thing", "notice", "thing_id"),
    ("ix_welcome_plan_ask_id", "welcome_plan", "ask_id"),
    ("ix_hand_over_referral", "hand_over", "referral_id"),
    ("ix_beside_referral", "beside", "referral_id"),
)


def upgrade() -> None:
    """Two indexes begin with the thing itself, and four are new."""
    _replace(ANEW)
    for name, table, *columns in ADDED:
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Back to looking through whole tables."""
    for name, table, *_ in ADDED:
        op.drop_index(name, table_name=table)
    _replace(BEFORE)


def _replace(indexes: tuple[tuple[str, ...], ...]) -> None:
    for name, table, *columns in indexes:
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns)
