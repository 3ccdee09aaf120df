"""People hear what became of a word that they proposed

Revision: 0060
After: 0059
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

NOTICE = sa.table("notice", sa.column("kind"))
FRESH = ("tag_accepted", "tag_declined")
BEFORE = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "answer_noted", "colleague_answered", "ask_expired",
    "call_back_due", "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded",
    "agreement_withdrawn", "welcome_planned", "check_in_due", "checked_in", "ended", "visit_asked", "visit_answered",
    "visit_ended", "help_offered", "support_decided", "written", "hand_over_asked", "hand_over_answered", "new_face",
    "brought_in", "let_go", "seat_asked", "seat_given", "seat_ended", "own_seat_ended", "crew_joined", "many_looks",
    "group_asked", "group_welcome", "group_not_now", "group_left", "action_given", "meeting_announced",
    "meeting_changed", "meeting_called_off", "minutes_ready", "action_due", "action_free", "poll_asked", "poll_nudged",
    "poll_chosen", "asked_directly", "talked", "group_joined",
    "lesson_approved", "lesson_held", "flag_decided", "words_folded", "words_shown", "session_invited",
    "session_closed",
)  # fmt: skip


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


def upgrade() -> None:
    """Nobody heard of tags."""
    limit_notices((*BEFORE, *FRESH))


def downgrade() -> None:
    """Nobody hears of tags."""
    op.execute(NOTICE.delete().where(NOTICE.c.kind.in_(FRESH)))
    limit_notices(BEFORE)
