"""Pauses of associations, and reminders that are sent once

Revision: 0011
After: 0004
"""

import uuid
from datetime import UTC
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = ("nudge", "silence", "call_back", "call_back_late", "ask_again")
NOTICE = sa.table("notice", sa.column("kind"))
BEFORE = (
    "ask_sent", "ask_answered", "answer_changed", "colleague_answered", "ask_expired", "chosen", "thanked",
    "recalled", "agreement_recorded", "agreement_withdrawn", "welcome_planned", "check_in_due", "checked_in",
    "ended", "help_offered", "seat_asked", "seat_given", "seat_ended", "own_seat_ended",
)  # fmt: skip
AFTER = (*BEFORE, "ask_nudged", "call_back_due", "call_asked", "ask_again")
ASK = sa.table(
    "ask",
    sa.column("id", sa.Uuid()),
    sa.column("referral_id", sa.Uuid()),
    sa.column("status"),
    sa.column("sent_at", sa.DateTime(timezone=True)),
    sa.column("call_back_on", sa.Date()),
)
REFERRAL = sa.table("referral", sa.column("id", sa.Uuid()), sa.column("status"), sa.column("ask_again_on", sa.Date()))
REMINDER = sa.table(
    "reminder",
    sa.column("id", sa.Uuid()),
    sa.column("referral_id", sa.Uuid()),
    sa.column("ask_id", sa.Uuid()),
    sa.column("kind"),
    sa.column("counted_from", sa.Date()),
    sa.column("due_on", sa.Date()),
)


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


def upgrade() -> None:
    """What is already on its way gets its reminders; when each is really due, the sweep reckons."""
    op.create_table(
        "rest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("camp", "exams", "holiday", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_rest_days_in_order")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_rest_offer_id_offer"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_rest_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rest")),
    )
    op.create_index(op.f("ix_rest_offer_id"), "rest", ["offer_id"], unique=False)
    op.create_index("ix_rest_organisation", "rest", ["organisation_id", "last_day"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("counted_from", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_reminder_ask_id_ask"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_reminder_referral_id_referral"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index(
        "ix_reminder_due",
        "reminder",
        ["due_on"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_index("ix_reminder_referral", "reminder", ["referral_id"], unique=False)
    op.create_index("uq_reminder_once", "reminder", ["ask_id", "kind"], unique=True)
    limit_notices(AFTER)
    _begin_clocks()


def _begin_clocks() -> None:
    rows = []
    connection = op.get_bind()
    for ask in connection.execute(sa.select(ASK).where(ASK.c.status.in_(("sent", "waiting", "chosen")))):
        if ask.status == "sent":
            sent_at = ask.sent_at if ask.sent_at.tzinfo else ask.sent_at.replace(tzinfo=UTC)
            day, kinds = sent_at.astimezone(ZoneInfo("Europe/Brussels")).date(), ("nudge", "silence")
        else:
            day, kinds = ask.call_back_on, ("call_back", "call_back_late")
        rows += [(ask.referral_id, ask.id, kind, day) for kind in kinds if day]
    for one in connection.execute(sa.select(REFERRAL).where(REFERRAL.c.status == "paused")):
        rows.append((one.id, None, "ask_again", one.ask_again_on))
    for referral_id, ask_id, kind, day in rows:
        connection.execute(
            sa.insert(REMINDER).values(
                id=uuid.uuid4(), referral_id=referral_id, ask_id=ask_id, kind=kind, counted_from=day, due_on=day
            )
        )


def downgrade() -> None:
    """Back to deadlines alone."""
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind.not_in(BEFORE)))
    limit_notices(BEFORE)
    op.drop_table("reminder")
    op.drop_table("rest")
