"""Conversations of groups: what is said, who is asked, who reacts, and who has seen it

Revision: 0040
After: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOTICE = sa.table("notice", sa.column("kind"))
BEFORE = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "answer_noted", "colleague_answered", "ask_expired",
    "call_back_due", "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded",
    "agreement_withdrawn", "welcome_planned", "check_in_due", "checked_in", "ended", "visit_asked", "visit_answered",
    "visit_ended", "help_offered", "support_decided", "written", "hand_over_asked", "hand_over_answered", "new_face",
    "brought_in", "let_go", "seat_asked", "seat_given", "seat_ended", "own_seat_ended", "crew_joined", "many_looks",
    "group_asked", "group_welcome", "group_not_now", "group_left", "action_given", "meeting_announced",
    "meeting_changed", "meeting_called_off", "minutes_ready", "action_due", "action_free",
    "poll_asked", "poll_nudged", "poll_chosen",
)  # fmt: skip
FRESH = ("asked_directly", "talked")


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


def link(table: str, name: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """A foreign key under its usual name."""
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"), ondelete=ondelete)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """What makes a row one of a kind."""
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def coded(name: str, *codes: str, nullable: bool = False) -> sa.Column[str]:
    """A column of one of a few codes."""
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=nullable)


def upgrade() -> None:
    """Nobody said anything yet."""
    op.create_table(
        "thread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("begun_by_id", sa.Uuid(), nullable=True),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        link("thread", "group_id", "working_group", "CASCADE"),
        link("thread", "begun_by_id", "person", "SET NULL"),
        key("thread"),
    )
    op.create_index("ix_thread_group", "thread", ["group_id", "last_at", "id"])
    op.create_index(op.f("ix_thread_begun_by_id"), "thread", ["begun_by_id"])
    _posts()
    for table, column in (("thread_mention", None), ("thread_reaction", coded("kind", "read", "agree", "thanks"))):
        op.create_table(
            table,
            sa.Column("post_id", sa.Uuid(), nullable=False),
            sa.Column("person_id", sa.Uuid(), nullable=False),
            *([] if column is None else [column]),
            link(table, "post_id", "thread_post", "CASCADE"),
            link(table, "person_id", "person", "CASCADE"),
            key(table, "post_id", "person_id", *([] if column is None else ["kind"])),
        )
        op.create_index(op.f(f"ix_{table}_person_id"), table, ["person_id"])
    op.create_table(
        "thread_seen",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        link("thread_seen", "thread_id", "thread", "CASCADE"),
        link("thread_seen", "person_id", "person", "CASCADE"),
        key("thread_seen", "thread_id", "person_id"),
    )
    op.create_index(op.f("ix_thread_seen_person_id"), "thread_seen", ["person_id"])
    limit_notices((*BEFORE, *FRESH))


def _posts() -> None:
    op.create_table(
        "thread_post",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("answers_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(2000), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        coded("became", "topic", "lesson", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("withdrawn_at IS NULL OR words = ''", name=op.f("ck_thread_post_withdrawn_is_empty")),
        sa.CheckConstraint("answers_id IS NULL OR answers_id <> id", name=op.f("ck_thread_post_answers_another")),
        link("thread_post", "thread_id", "thread", "CASCADE"),
        link("thread_post", "answers_id", "thread_post", "CASCADE"),
        link("thread_post", "author_id", "person", "SET NULL"),
        link("thread_post", "withdrawn_by_id", "person", "SET NULL"),
        key("thread_post"),
    )
    op.create_index("ix_thread_post_thread", "thread_post", ["thread_id", "answers_id", "written_at", "id"])
    op.create_index("ix_thread_post_last", "thread_post", ["thread_id", "written_at"])
    op.create_index("ix_thread_post_answers", "thread_post", ["answers_id", "written_at", "id"])
    for column in ("author_id", "withdrawn_by_id"):
        op.create_index(op.f(f"ix_thread_post_{column}"), "thread_post", [column])


def downgrade() -> None:
    """Back to the chat group."""
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind.in_(FRESH)))
    limit_notices(BEFORE)
    for table in ("thread_seen", "thread_reaction", "thread_mention", "thread_post", "thread"):
        op.drop_table(table)
