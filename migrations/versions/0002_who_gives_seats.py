"""Who gave a seat, from where, and since when it opens what others agreed

Revision: 0002
After: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
SPEAKING = ("contact_point", "referral_contact")
NOTICE = sa.table("notice", sa.column("kind"))
FUNCTION = sa.table("function", sa.column("person_id"), sa.column("organisation_id"), sa.column("kind"))
INVITATION = sa.table(
    "invitation",
    sa.column("invited_by_id"),
    sa.column("organisation_id"),
    sa.column("accepted_at"),
    sa.column("from_outside", sa.Boolean()),
)
OF_THE_HOUSE = sa.exists().where(
    FUNCTION.c.person_id == INVITATION.c.invited_by_id,
    FUNCTION.c.organisation_id == INVITATION.c.organisation_id,
    FUNCTION.c.kind.in_(SPEAKING),
)
BEFORE = (
    "ask_sent", "ask_answered", "answer_changed", "colleague_answered", "ask_expired", "chosen", "thanked",
    "recalled", "agreement_recorded", "agreement_withdrawn", "welcome_planned", "check_in_due", "checked_in",
    "ended", "help_offered",
)  # fmt: skip
AFTER = (*BEFORE, "seat_asked", "seat_given", "seat_ended", "own_seat_ended")


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


def upgrade() -> None:
    """From now on a seat remembers who gave it; an invitation from outside that still waits needs a yes."""
    with op.batch_alter_table("function", schema=None) as batch_op:
        batch_op.add_column(sa.Column("given_by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("given_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("from_outside", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("opens_from", MOMENT, nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_function_given_by_id_person"), "person", ["given_by_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("from_outside", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("agreed_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("agreed_by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("opens_from", MOMENT, nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_invitation_agreed_by_id_person"), "person", ["agreed_by_id"], ["id"], ondelete="SET NULL"
        )
    op.execute(sa.update(INVITATION).where(INVITATION.c.accepted_at.is_(None), ~OF_THE_HOUSE).values(from_outside=True))
    for table in ("function", "invitation"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("from_outside", existing_type=sa.Boolean(), server_default=None)
    limit_notices(AFTER)


def downgrade() -> None:
    """Back to seats of which nobody knows who gave them."""
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind.not_in(BEFORE)))
    limit_notices(BEFORE)
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_invitation_agreed_by_id_person"), type_="foreignkey")
        for name in ("opens_from", "agreed_by_id", "agreed_at", "from_outside"):
            batch_op.drop_column(name)
    with op.batch_alter_table("function", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_function_given_by_id_person"), type_="foreignkey")
        for name in ("opens_from", "from_outside", "given_at", "given_by_id"):
            batch_op.drop_column(name)
