"""What is missing in town

Revision: 0021
After: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

INTERESTS = (
    "sport", "football", "basketball", "dance", "cycling", "skating", "music", "singing", "theatre",
    "drawing", "crafts", "photo_video", "tinkering", "cooking", "outdoors", "play", "campfire", "camps",
    "nature", "board_games", "gaming", "reading", "hanging_out", "making_friends", "helping_others",
)  # fmt: skip
AGES = ("6-8", "9-11", "12-14", "15-17", "18-20", "21-25")


def _coded(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Nothing was missed yet."""
    op.create_table(
        "missing_signal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("status", _coded("status", "open", "picked_up"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("alike", sa.String(length=120), nullable=False),
        sa.Column("interest", _coded("interest", *INTERESTS), nullable=False),
        sa.Column("age_band", _coded("age_band", *AGES), nullable=True),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_week", sa.Date(), nullable=False),
        sa.Column("last_week", sa.Date(), nullable=False),
        sa.Column("told", sa.String(length=240), nullable=False),
        sa.Column("picked_up_on", sa.Date(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_missing_signal_heard_at_least_once")),
        sa.CheckConstraint(
            "(status = 'picked_up') = (picked_up_on IS NOT NULL)", name=op.f("ck_missing_signal_picked_up_has_day")
        ),
        sa.CheckConstraint("status != 'picked_up' OR told != ''", name=op.f("ck_missing_signal_picked_up_is_told")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_signal")),
    )
    op.create_index(
        "uq_missing_signal_alike",
        "missing_signal",
        ["alike"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index("ix_missing_signal_list", "missing_signal", ["status", "last_week", "id"], unique=False)
    op.create_table(
        "missing_signal_detail",
        sa.Column("signal_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["signal_id"],
            ["missing_signal.id"],
            name=op.f("fk_missing_signal_detail_signal_id_missing_signal"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("signal_id", "code", name=op.f("pk_missing_signal_detail")),
    )


def downgrade() -> None:
    """Forget what was missing."""
    op.drop_table("missing_signal_detail")
    op.drop_table("missing_signal")
