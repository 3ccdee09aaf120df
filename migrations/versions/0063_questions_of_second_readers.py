"""A second reader who asks something first is told apart from one who holds a lesson back

Revision: 0063
After: 0062
"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

NOTICE = sa.table("notice", sa.column("kind"))
KINDS = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "answer_noted", "colleague_answered", "ask_expired",
    "call_back_due", "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded",
    "agreement_withdrawn", "welcome_planned", "check_in_due", "checked_in", "ended", "visit_asked", "visit_answered",
    "visit_ended", "help_offered", "support_decided", "written", "hand_over_asked", "hand_over_answered", "new_face",
    "brought_in", "let_go", "seat_asked", "seat_given", "seat_ended", "own_seat_ended", "crew_joined", "many_looks",
    "group_asked", "group_welcome", "group_not_now", "group_left", "action_given", "meeting_announced",
    "meeting_changed", "meeting_called_off", "minutes_ready", "action_due", "action_free", "poll_asked", "poll_nudged",
    "poll_chosen", "asked_directly", "talked", "group_joined", "lesson_approved", "lesson_held", "flag_decided",
    "words_folded", "words_shown", "session_invited", "session_closed", "tag_accepted", "tag_declined",
)  # fmt: skip
READS = ("second_read", "lesson_change")

WAS_A_QUESTION = (
    "UPDATE second_read SET verdict = 'asked' WHERE verdict = 'held' AND change_id IS NULL AND 'send_back' = ("
    "SELECT step FROM history WHERE history.thing_id = second_read.lesson_id AND history.at <= second_read.at"
    " AND step IN ('send_back', 'hold') ORDER BY history.at DESC LIMIT 1)"
)
"""A step of a lesson is written down just before what its reader said."""


def limit(table: str, column: str, codes: tuple[str, ...]) -> None:
    """Let a column hold these codes and no others."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN {codes}")


def upgrade() -> None:
    """Whoever asked something said so."""
    limit("notice", "kind", (*KINDS, "lesson_asked"))
    for table in READS:
        limit(table, "verdict", ("approved", "asked", "held"))
    op.execute(WAS_A_QUESTION)


def downgrade() -> None:
    """An older Brug calls a question held back too."""
    op.execute(NOTICE.delete().where(NOTICE.c.kind == "lesson_asked"))
    op.execute("UPDATE second_read SET verdict = 'held' WHERE verdict = 'asked'")
    limit("notice", "kind", KINDS)
    for table in READS:
        limit(table, "verdict", ("approved", "held"))
