"""Days on which whoever carries an action is reminded of it

Revision: 0035
After: 0034
"""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

NOTICE = sa.table("notice", sa.column("kind"))
ITEM = sa.table("action_item", sa.column("id", sa.Uuid()), sa.column("status"), sa.column("due_on", sa.Date()))
BEFORE = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "answer_noted", "colleague_answered", "ask_expired",
    "call_back_due", "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded",
    "agreement_withdrawn", "welcome_planned", "check_in_due", "checked_in", "ended", "visit_asked", "visit_answered",
    "visit_ended", "help_offered", "support_decided", "written", "hand_over_asked", "hand_over_answered", "new_face",
    "brought_in", "let_go", "seat_asked", "seat_given", "seat_ended", "own_seat_ended", "crew_joined", "many_looks",
    "group_asked", "group_welcome", "group_not_now", "group_left", "action_given", "meeting_announced",
    "meeting_changed", "meeting_called_off", "minutes_ready",
)  # fmt: skip
AFTER = (*BEFORE, "action_due", "action_free")


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


PURPOSES = ("in", "uit", "begin", "mee", "vr", "bz", "wk", "kl")
LINK = sa.table("link", sa.column("purpose"))


def limit_links(purposes: tuple[str, ...]) -> None:
    """Let a link be for these purposes and no others."""
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_link_purpose"), type_="check")
        batch_op.create_check_constraint(op.f("ck_link_purpose"), f"purpose IN {purposes}")


def upgrade() -> None:
    """Open actions get the days around their own that are still to come."""
    reminder = op.create_table(
        "action_reminder",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["action_item.id"], name=op.f("fk_action_reminder_item_id_action_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "on", name=op.f("pk_action_reminder")),
    )
    op.create_index("ix_action_reminder_on", "action_reminder", ["on"])
    limit_notices(AFTER)
    limit_links((*PURPOSES, "ac"))
    is_open = sa.select(ITEM.c.id, ITEM.c.due_on).where(ITEM.c.status != "done", ITEM.c.due_on.is_not(None))
    days = [
        {"item_id": item_id, "on": due_on + timedelta(days=distance)}
        for item_id, due_on in op.get_bind().execute(is_open).all()
        for distance in (-3, 0, 3)
    ]
    if coming := [one for one in days if one["on"] > date.today()]:  # noqa: DTZ011 - a day more or less does no harm
        op.bulk_insert(reminder, coming)


def downgrade() -> None:
    """Nobody is reminded."""
    op.execute(NOTICE.delete().where(NOTICE.c.kind.in_(["action_due", "action_free"])))
    limit_notices(BEFORE)
    op.execute(LINK.delete().where(LINK.c.purpose == "ac"))
    limit_links(PURPOSES)
    op.drop_table("action_reminder")
