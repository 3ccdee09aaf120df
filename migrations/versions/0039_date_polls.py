"""Date polls: moments, who can when, and links for guests

Revision: 0039
After: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOTICE = sa.table("notice", sa.column("kind"))
LINK = sa.table("link", sa.column("purpose"))
BEFORE = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "answer_noted", "colleague_answered", "ask_expired",
    "call_back_due", "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded",
    "agreement_withdrawn", "welcome_planned", "check_in_due", "checked_in", "ended", "visit_asked", "visit_answered",
    "visit_ended", "help_offered", "support_decided", "written", "hand_over_asked", "hand_over_answered", "new_face",
    "brought_in", "let_go", "seat_asked", "seat_given", "seat_ended", "own_seat_ended", "crew_joined", "many_looks",
    "group_asked", "group_welcome", "group_not_now", "group_left", "action_given", "meeting_announced",
    "meeting_changed", "meeting_called_off", "minutes_ready", "action_due", "action_free",
)  # fmt: skip
NEW = ("poll_asked", "poll_nudged", "poll_chosen")
PURPOSES = ("in", "uit", "begin", "mee", "vr", "bz", "wk", "kl", "ac", "ml")
NEW_PURPOSES = ("dp", "da")


def limit(table: str, column: str, codes: tuple[str, ...]) -> None:
    """Let a column hold these codes and no others."""
    name = op.f(f"ck_{table}_{column}")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"{column} IN {codes}")


def coded(name: str, *codes: str) -> sa.Column[str]:
    """A column of one of a few codes."""
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=False)


def link(table: str, name: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """A foreign key under its usual name."""
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"), ondelete=ondelete)


def upgrade() -> None:
    """There were no polls yet."""
    op.create_table(
        "date_poll",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(160), nullable=False),
        sa.Column("link", sa.String(300), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        coded("status", "open", "closed", "chosen"),
        sa.Column("chosen_id", sa.Uuid(), nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("nudged_at", MOMENT, nullable=True),
        sa.Column("data_key", sa.String(200), nullable=True),
        sa.Column("token_sealed", sa.String(300), nullable=True),
        sa.Column("pulse", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'chosen') = (chosen_id IS NOT NULL)", name=op.f("ck_date_poll_chosen_has_moment")
        ),
        sa.CheckConstraint("minutes BETWEEN 15 AND 480", name=op.f("ck_date_poll_minutes_of_a_meeting")),
        link("date_poll", "group_id", "working_group", "CASCADE"),
        link("date_poll", "meeting_id", "meeting", "SET NULL"),
        link("date_poll", "made_by_id", "person", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_poll")),
    )
    op.create_index("ix_date_poll_group", "date_poll", ["group_id", "status", "closes_on", "id"])
    for column in ("closes_on", "meeting_id", "made_by_id"):
        op.create_index(f"ix_date_poll_{column}", "date_poll", [column])
    _answers()
    limit("notice", "kind", (*BEFORE, *NEW))
    limit("link", "purpose", (*PURPOSES, *NEW_PURPOSES))


def _answers() -> None:
    op.create_table(
        "poll_moment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        link("poll_moment", "poll_id", "date_poll", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_moment")),
    )
    op.create_index("ix_poll_moment_poll", "poll_moment", ["poll_id", "starts_at", "id"])
    op.create_table(
        "poll_reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("guest_name", sa.String(60), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("person_id IS NULL OR guest_name = ''", name=op.f("ck_poll_reply_member_or_guest")),
        link("poll_reply", "poll_id", "date_poll", "CASCADE"),
        link("poll_reply", "person_id", "person", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_reply")),
    )
    op.create_index("uq_poll_reply_poll_id_person_id", "poll_reply", ["poll_id", "person_id"], unique=True)
    op.create_index(op.f("ix_poll_reply_person_id"), "poll_reply", ["person_id"])
    op.create_table(
        "poll_choice",
        sa.Column("reply_id", sa.Uuid(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        coded("says", "yes", "maybe", "no"),
        link("poll_choice", "reply_id", "poll_reply", "CASCADE"),
        link("poll_choice", "moment_id", "poll_moment", "CASCADE"),
        sa.PrimaryKeyConstraint("reply_id", "moment_id", name=op.f("pk_poll_choice")),
    )
    op.create_index(op.f("ix_poll_choice_moment_id"), "poll_choice", ["moment_id"])


def downgrade() -> None:
    """Back to asking around."""
    op.execute(NOTICE.delete().where(NOTICE.c.kind.in_(NEW)))
    limit("notice", "kind", BEFORE)
    op.execute(LINK.delete().where(LINK.c.purpose.in_(NEW_PURPOSES)))
    limit("link", "purpose", PURPOSES)
    for table in ("poll_choice", "poll_reply", "poll_moment", "date_poll"):
        op.drop_table(table)
