"""Group visits

Revision: 0024
After: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
AGES = ("6-8", "9-11", "12-14", "15-17", "18-20", "21-25")
STATUSES = ("asked", "agreed", "declined", "idea", "called_off", "done", "expired")
NOTICE = sa.table("notice", sa.column("kind"))
NOTICES = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "colleague_answered", "ask_expired", "call_back_due",
    "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded", "agreement_withdrawn",
    "welcome_planned", "check_in_due", "checked_in", "ended", "help_offered", "seat_asked", "seat_given", "seat_ended",
    "own_seat_ended", "crew_joined", "many_looks", "answer_noted",
)  # fmt: skip
NEW_NOTICES = ("visit_asked", "visit_answered", "visit_ended")
LINK = sa.table("link", sa.column("purpose"))
PURPOSES = ("in", "uit", "begin", "mee", "vr", "wk", "kl")


def limit(table: str, column: str, codes: tuple[str, ...]) -> None:
    """Let a column hold these codes and no others."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN {codes}")


def _coded(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """No group has asked yet."""
    limit("notice", "kind", (*NOTICES, *NEW_NOTICES))
    limit("link", "purpose", (*PURPOSES, "bz"))
    op.create_table(
        "group_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("from_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("status", _coded("status", *STATUSES), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("size", _coded("size", "up_to_10", "up_to_20", "up_to_30", "more"), nullable=False),
        sa.Column("age_band", _coded("age_band", *AGES), nullable=False),
        sa.Column("purpose", _coded("purpose", "look", "try", "meet", "other"), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("other_day", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=140), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=True),
        sa.Column("welcomer", sa.String(length=40), nullable=False),
        sa.Column("message", sa.String(length=280), nullable=False),
        sa.Column("mood", _coded("mood", "good", "could_be_better", "not_happened"), nullable=True),
        sa.Column("look_back", sa.String(length=140), nullable=False),
        sa.CheckConstraint(
            "status NOT IN ('agreed', 'done') OR starts_at IS NOT NULL", name=op.f("ck_group_visit_agreed_has_moment")
        ),
        sa.CheckConstraint("(status = 'done') = (mood IS NOT NULL)", name=op.f("ck_group_visit_done_has_mood")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_group_visit_asked_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["from_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_group_visit_from_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_group_visit_offer_id_offer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_group_visit_organisation_id_organisation"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_visit")),
    )
    for name, columns in {
        "ix_group_visit_asked": ["organisation_id", "status", "asked_at", "id"],
        "ix_group_visit_from": ["from_organisation_id", "status", "asked_at", "id"],
        "ix_group_visit_status": ["status", "moved_at"],
        "ix_group_visit_offer_id": ["offer_id"],
    }.items():
        op.create_index(name, "group_visit", columns, unique=False)


def downgrade() -> None:
    """Forget the groups that asked."""
    op.drop_table("group_visit")
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind.in_(NEW_NOTICES)))
    op.execute(sa.delete(LINK).where(LINK.c.purpose == "bz"))
    limit("link", "purpose", PURPOSES)
    limit("notice", "kind", NOTICES)
