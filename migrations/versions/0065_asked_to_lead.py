"""Somebody is asked to lead a learning session along, or to take it over, and says yes first

Revision: 0065
After: 0064
"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

NOTICE = sa.table("notice", sa.column("kind"))
FRESH = ("lead_asked", "lead_answered")
BEFORE = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "answer_noted", "colleague_answered", "ask_expired",
    "call_back_due", "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded",
    "agreement_withdrawn", "welcome_planned", "check_in_due", "checked_in", "ended", "visit_asked", "visit_answered",
    "visit_ended", "help_offered", "support_decided", "written", "hand_over_asked", "hand_over_answered", "new_face",
    "brought_in", "let_go", "seat_asked", "seat_given", "seat_ended", "own_seat_ended", "crew_joined", "many_looks",
    "group_asked", "group_welcome", "group_not_now", "group_left", "action_given", "meeting_announced",
    "meeting_changed", "meeting_called_off", "minutes_ready", "action_due", "action_free", "poll_asked", "poll_nudged",
    "poll_chosen", "asked_directly", "talked", "group_joined", "lesson_approved", "lesson_asked", "lesson_held",
    "flag_decided", "words_folded", "words_shown", "session_invited", "session_closed", "tag_accepted",
    "tag_declined",
)  # fmt: skip


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


def upgrade() -> None:
    """Nobody is asked anything yet; who leads along goes on."""
    op.create_table(
        "session_ask",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "lead",
            sa.Enum("facilitator", "co", name="lead", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["learning_session.id"], name=op.f("fk_session_ask_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_session_ask_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_session_ask_asked_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_session_ask")),
    )  # fmt: skip
    with op.batch_alter_table("session_ask", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_ask_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_ask_asked_by_id"), ["asked_by_id"], unique=False)
    limit_notices((*BEFORE, *FRESH))


def downgrade() -> None:
    """An older Brug lets people lead along without asking them."""
    op.execute(NOTICE.delete().where(NOTICE.c.kind.in_(FRESH)))
    limit_notices(BEFORE)
    op.drop_table("session_ask")
