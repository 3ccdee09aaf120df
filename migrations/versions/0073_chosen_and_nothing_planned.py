"""A place that was chosen and has no first time yet: both sides are asked once, and then it shows among what lies still

Revision: 0073
After: 0072
"""

import uuid
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

NOTICE = sa.table("notice", sa.column("kind"))
FRESH = ("first_time_open",)
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
    "tag_declined", "lead_asked", "lead_answered",
)  # fmt: skip
KINDS = ("nudge", "silence", "call_back", "call_back_late", "ask_again")
CLOCKS = ("first_time", "first_time_late")
TOLD = sa.text("sent_at IS NOT NULL AND kind IN ('silence', 'call_back_late', 'first_time_late')")
TOLD_BEFORE = sa.text("sent_at IS NOT NULL AND kind IN ('silence', 'call_back_late')")
ASK = sa.table("ask", sa.column("id", sa.Uuid()), sa.column("status"), sa.column("call_back_on", sa.Date()))
REFERRAL = sa.table("referral", sa.column("id", sa.Uuid()), sa.column("status"), sa.column("chosen_ask_id", sa.Uuid()))
PLAN = sa.table("welcome_plan", sa.column("referral_id", sa.Uuid()))
REMINDER = sa.table(
    "reminder",
    sa.column("id", sa.Uuid()),
    sa.column("referral_id", sa.Uuid()),
    sa.column("ask_id", sa.Uuid()),
    sa.column("kind"),
    sa.column("counted_from", sa.Date()),
    sa.column("due_on", sa.Date()),
)


def limit(table: str, kinds: tuple[str, ...]) -> None:
    """Let rows of a table be of these kinds and no others."""
    name = op.f(f"ck_{table}_kind")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"kind IN {kinds}")


def index(told: sa.TextClause) -> None:
    """Find what was told in the order in which it was told."""
    op.create_index("ix_reminder_told", "reminder", ["sent_at", "ask_id"], sqlite_where=told, postgresql_where=told)


def upgrade() -> None:
    """What was chosen before is counted from today; when each is really due, the sweep reckons."""
    limit("notice", (*BEFORE, *FRESH))
    op.drop_index("ix_reminder_told", table_name="reminder")
    limit("reminder", (*KINDS, *CLOCKS))
    index(TOLD)
    planned = sa.exists().where(PLAN.c.referral_id == REFERRAL.c.id)
    waits = (REFERRAL.c.status == "welcoming", ASK.c.status == "chosen", ASK.c.call_back_on.is_(None), ~planned)
    chosen = sa.select(REFERRAL.c.id, REFERRAL.c.chosen_ask_id).join(ASK, ASK.c.id == REFERRAL.c.chosen_ask_id)
    today = datetime.now(UTC).astimezone(ZoneInfo("Europe/Brussels")).date()
    rows = [
        {
            "id": uuid.uuid4(),
            "referral_id": row.id,
            "ask_id": row.chosen_ask_id,
            "kind": kind,
            "counted_from": today,
            "due_on": today,
        }
        for row in op.get_bind().execute(chosen.where(*waits))
        for kind in CLOCKS
    ]
    if rows:
        op.bulk_insert(REMINDER, rows)


def downgrade() -> None:
    """An older Brug waits for as long as it takes."""
    op.execute(NOTICE.delete().where(NOTICE.c.kind.in_(FRESH)))
    op.execute(REMINDER.delete().where(REMINDER.c.kind.in_(CLOCKS)))
    limit("notice", BEFORE)
    op.drop_index("ix_reminder_told", table_name="reminder")
    limit("reminder", KINDS)
    index(TOLD_BEFORE)
