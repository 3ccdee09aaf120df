"""Meetings, their agenda, who comes, the minutes and the decisions; and where an action began.

Revision: 0034
After: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOTICE = sa.table("notice", sa.column("kind"))
NEW = ("meeting_announced", "meeting_changed", "meeting_called_off", "minutes_ready")
BEFORE = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "answer_noted", "colleague_answered", "ask_expired",
    "call_back_due", "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded",
    "agreement_withdrawn", "welcome_planned", "check_in_due", "checked_in", "ended", "visit_asked", "visit_answered",
    "visit_ended", "help_offered", "support_decided", "written", "hand_over_asked", "hand_over_answered", "new_face",
    "brought_in", "let_go", "seat_asked", "seat_given", "seat_ended", "own_seat_ended", "crew_joined", "group_asked",
    "group_welcome", "group_not_now", "group_left", "action_given", "many_looks",
)  # fmt: skip


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


def coded(name: str, *codes: str, nullable: bool = False) -> sa.Column[str]:
    """A column of one of a few codes."""
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=nullable)


def link(table: str, name: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """A foreign key under its usual name."""
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"), ondelete=ondelete)


def key(table: str) -> sa.PrimaryKeyConstraint:
    """The id of a row is its key."""
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def upgrade() -> None:
    """There were no meetings yet."""
    _decisions()
    _meetings()
    _attendances()
    _topics()
    _lines()
    _typed()
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meeting_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("carried", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index("ix_action_item_meeting_id", ["meeting_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_action_item_meeting_id_meeting"), "meeting", ["meeting_id"], ["id"], ondelete="SET NULL"
        )
    limit_notices((*BEFORE, *NEW))


def _decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("statement", sa.String(length=400), nullable=False),
        coded("status", "proposed", "in_force", "replaced", "ended"),
        coded("way", "consent", "consensus", "advice", "vote", "other"),
        sa.Column("objections", sa.String(length=1000), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("replaced_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'proposed') = (decided_on IS NULL)", name=op.f("ck_decision_decided_has_day")),
        sa.CheckConstraint(
            "(status = 'replaced') = (replaced_by_id IS NOT NULL)", name=op.f("ck_decision_replaced_has_next")
        ),
        link("decision", "group_id", "working_group", "CASCADE"),
        link("decision", "replaced_by_id", "decision", "RESTRICT"),
        key("decision"),
    )
    op.create_index("ix_decision_group", "decision", ["group_id", "status", "decided_on", "id"])
    op.create_index("ix_decision_in_force", "decision", ["status", "decided_on", "id"])
    op.create_index("ix_decision_replaced_by_id", "decision", ["replaced_by_id"])
    op.create_index("ix_decision_review", "decision", ["status", "review_on"])


def _meetings() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        coded("status", "draft", "announced", "running", "closed"),
        coded("told", "members", "guests_too", "nobody"),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("tell_at", MOMENT, nullable=True),
        sa.Column("announced_at", MOMENT, nullable=True),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("called_off_at", MOMENT, nullable=True),
        sa.Column("head_count", sa.Integer(), nullable=True),
        sa.Column("summary", sa.String(length=1500), nullable=False),
        sa.Column("pulse", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_meeting_closed_has_moment")),
        sa.CheckConstraint("called_off_at IS NULL OR status = 'closed'", name=op.f("ck_meeting_called_off_is_closed")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meeting_ends_after_start")),
        link("meeting", "group_id", "working_group", "CASCADE"),
        key("meeting"),
    )
    op.create_index("ix_meeting_group", "meeting", ["group_id", "starts_at", "id"])
    op.create_index("ix_meeting_starts_at", "meeting", ["starts_at", "status"])
    op.create_index("ix_meeting_tell_at", "meeting", ["tell_at"])
    op.create_index("uq_meeting_code", "meeting", ["code"], unique=True)


def _attendances() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        coded("coming", "yes", "maybe", "no", nullable=True),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        link("attendance", "meeting_id", "meeting", "CASCADE"),
        link("attendance", "person_id", "person", "CASCADE"),
        key("attendance"),
    )
    op.create_index("ix_attendance_person_id", "attendance", ["person_id"])
    op.create_index("uq_attendance_meeting_id_person_id", "attendance", ["meeting_id", "person_id"], unique=True)


def _topics() -> None:
    op.create_table(
        "topic",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        coded("wish", "inform", "talk", "decide"),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("brought_by_id", sa.Uuid(), nullable=True),
        coded("status", "waiting", "running", "finished", "unfinished", "moved", "dropped"),
        sa.Column("begun_at", MOMENT, nullable=True),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("came_from_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "minutes IS NULL OR (minutes > 0 AND minutes <= 480)", name=op.f("ck_topic_minutes_in_a_day")
        ),
        link("topic", "brought_by_id", "person", "SET NULL"),
        link("topic", "came_from_id", "topic", "SET NULL"),
        link("topic", "decision_id", "decision", "SET NULL"),
        link("topic", "group_id", "working_group", "CASCADE"),
        link("topic", "meeting_id", "meeting", "CASCADE"),
        key("topic"),
    )
    op.create_index("ix_topic_agenda", "topic", ["meeting_id", "place", "id"])
    op.create_index("ix_topic_brought_by_id", "topic", ["brought_by_id"])
    op.create_index("ix_topic_came_from_id", "topic", ["came_from_id"])
    op.create_index("ix_topic_inbox", "topic", ["group_id", "status", "created_at", "id"])
    op.create_index("uq_topic_decision_id_review_on", "topic", ["decision_id", "review_on"], unique=True)


def _lines() -> None:
    op.create_table(
        "minute_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        coded("kind", "note", "decision", "action", "lesson"),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        link("minute_line", "author_id", "person", "SET NULL"),
        link("minute_line", "decision_id", "decision", "CASCADE"),
        link("minute_line", "item_id", "action_item", "CASCADE"),
        link("minute_line", "topic_id", "topic", "CASCADE"),
        key("minute_line"),
    )
    op.create_index("ix_minute_line_author_id", "minute_line", ["author_id"])
    op.create_index("ix_minute_line_decision_id", "minute_line", ["decision_id"])
    op.create_index("ix_minute_line_item_id", "minute_line", ["item_id"])
    op.create_index("ix_minute_line_topic", "minute_line", ["topic_id", "created_at", "id"])


def _typed() -> None:
    op.create_table(
        "typing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        link("typing", "person_id", "person", "CASCADE"),
        link("typing", "topic_id", "topic", "CASCADE"),
        key("typing"),
    )
    op.create_index("ix_typing_at", "typing", ["at"])
    op.create_index("ix_typing_person_id", "typing", ["person_id"])
    op.create_index("uq_typing_topic_id_person_id", "typing", ["topic_id", "person_id"], unique=True)


def downgrade() -> None:
    """Back to paper."""
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind.in_(NEW)))
    limit_notices(BEFORE)
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_action_item_meeting_id_meeting"), type_="foreignkey")
        batch_op.drop_index("ix_action_item_meeting_id")
        batch_op.drop_column("carried")
        batch_op.drop_column("meeting_id")
    for table in ("typing", "minute_line", "topic", "attendance", "meeting", "decision"):
        op.drop_table(table)
