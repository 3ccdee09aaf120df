"""What few lessons have is found by an index of those few

Most lessons were made of nothing and wait for nobody. An index of all of them told a database that looks at averages
that each origin has thousands, so it read the lessons from one end to the other.

Revision: 0071
After: 0070
"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def only(condition: str) -> dict[str, sa.TextClause]:
    """An index of the rows for which this holds."""
    return {name: sa.text(condition) for name in ("sqlite_where", "postgresql_where")}


def upgrade() -> None:
    """Origins, lessons to look at again, and lessons and words that wait for a second reader."""
    op.drop_index("ix_lesson_origin_id", "lesson")
    op.create_index("ix_lesson_origin", "lesson", ["origin_id"], **only("origin_id IS NOT NULL"))
    look_again = "doubted_at IS NOT NULL OR review_on IS NOT NULL"
    op.create_index("ix_lesson_look_again", "lesson", ["organisation_id"], **only(look_again))
    op.create_index("ix_lesson_offered", "lesson", ["created_at", "id"], **only("status = 'offered'"))
    op.create_index("ix_lesson_change_waiting", "lesson_change", ["lesson_id"], **only("verdict IS NULL"))


def downgrade() -> None:
    """As it was."""
    op.drop_index("ix_lesson_change_waiting", "lesson_change")
    op.drop_index("ix_lesson_offered", "lesson")
    op.drop_index("ix_lesson_look_again", "lesson")
    op.drop_index("ix_lesson_origin", "lesson")
    op.create_index("ix_lesson_origin_id", "lesson", ["origin_id"])
