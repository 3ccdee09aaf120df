"""Links into groups, for members and for guests

Revision: 0043
After: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOTICE = sa.table("notice", sa.column("kind"))
JOIN_LINK = sa.table("join_link", sa.column("organisation_id"))
BEFORE = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "answer_noted", "colleague_answered", "ask_expired",
    "call_back_due", "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded",
    "agreement_withdrawn", "welcome_planned", "check_in_due", "checked_in", "ended", "visit_asked", "visit_answered",
    "visit_ended", "help_offered", "support_decided", "written", "hand_over_asked", "hand_over_answered", "new_face",
    "brought_in", "let_go", "seat_asked", "seat_given", "seat_ended", "own_seat_ended", "crew_joined", "many_looks",
    "group_asked", "group_welcome", "group_not_now", "group_left", "action_given", "meeting_announced",
    "meeting_changed", "meeting_called_off", "minutes_ready", "action_due", "action_free", "poll_asked", "poll_nudged",
    "poll_chosen", "asked_directly", "talked",
)  # fmt: skip


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


def upgrade() -> None:
    """Every link led into a crew."""
    of = sa.Enum("meeting", "thread", name="of", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "group_door",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("of", of, nullable=True),
        sa.Column("thing_id", sa.Uuid(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint("(of IS NULL) = (thing_id IS NULL)", name=op.f("ck_group_door_thing_has_kind")),
        sa.CheckConstraint("(of IS NULL) = (until IS NULL)", name=op.f("ck_group_door_guest_has_last_day")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_group_door_group_id_working_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_door")),
    )
    op.create_index("ix_group_door_group", "group_door", ["group_id", "thing_id", "made_at"])
    op.create_index(op.f("ix_group_door_made_at"), "group_door", ["made_at"])
    with op.batch_alter_table("join_link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("door_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("organisation_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_check_constraint(
            op.f("ck_join_link_leads_to_one"), "(organisation_id IS NULL) != (door_id IS NULL)"
        )
        batch_op.create_index("ix_join_link_door_id", ["door_id"])
    limit_notices((*BEFORE, "group_joined"))


def downgrade() -> None:
    """Only crews have links."""
    op.execute(NOTICE.delete().where(NOTICE.c.kind == "group_joined"))
    limit_notices(BEFORE)
    op.execute(JOIN_LINK.delete().where(JOIN_LINK.c.organisation_id.is_(None)))
    with op.batch_alter_table("join_link", schema=None) as batch_op:
        batch_op.drop_index("ix_join_link_door_id")
        batch_op.drop_constraint(op.f("ck_join_link_leads_to_one"), type_="check")
        batch_op.alter_column("organisation_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("door_id")
    op.drop_table("group_door")
