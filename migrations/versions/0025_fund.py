"""The solidarity fund

Revision: 0025
After: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NOTICE = sa.table("notice", sa.column("kind"))
MOMENT = sa.DateTime(timezone=True)
BEFORE = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "answer_noted", "colleague_answered", "ask_expired",
    "call_back_due", "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded",
    "agreement_withdrawn", "welcome_planned", "check_in_due", "checked_in", "ended", "visit_asked",
    "visit_answered", "visit_ended", "help_offered", "seat_asked", "seat_given", "seat_ended", "own_seat_ended",
    "crew_joined", "many_looks",
)  # fmt: skip
AFTER = (*BEFORE, "support_decided")


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


def _coded(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Nothing was asked of the fund yet."""
    limit_notices(AFTER)
    op.create_table(
        "support_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "purpose", _coded("purpose", "fee", "camp", "clothes", "gear", "outing", "travel", "ride"), nullable=False
        ),
        sa.Column("price", _coded("price", "lowest", "middle", "full"), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("status", _coded("status", "asked", "granted", "not_now", "paid", "taken_back"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_support_request_no_negative_amount")),
        sa.CheckConstraint(
            "status NOT IN ('granted', 'not_now', 'paid') OR decided_at IS NOT NULL",
            name=op.f("ck_support_request_decision_has_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_support_request_referral_id_referral"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_support_request_asked_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_support_request_decided_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_request")),
    )
    op.create_index("ix_support_request_referral", "support_request", ["referral_id", "created_at"], unique=False)
    op.create_index("ix_support_request_status", "support_request", ["status", "created_at", "id"], unique=False)
    op.create_table(
        "fund_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.Column("granted_cents", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("paid_cents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_fund_year")),
    )


def downgrade() -> None:
    """Without a fund."""
    op.drop_table("fund_year")
    op.drop_table("support_request")
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind.not_in(BEFORE)))
    limit_notices(BEFORE)
