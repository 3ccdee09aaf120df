"""Words around a question, handing over to a colleague, and a bridge builder who was brought in

Revision: 0026
After: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOTICE = sa.table("notice", sa.column("kind"))
BEFORE = (
    "ask_sent", "ask_nudged", "ask_answered", "answer_changed", "colleague_answered", "ask_expired", "call_back_due",
    "call_asked", "ask_again", "chosen", "thanked", "recalled", "agreement_recorded", "agreement_withdrawn",
    "welcome_planned", "check_in_due", "checked_in", "ended", "help_offered", "seat_asked", "seat_given",
    "seat_ended", "own_seat_ended", "crew_joined", "many_looks", "answer_noted",
    "visit_asked", "visit_answered", "visit_ended", "support_decided",
)  # fmt: skip
AFTER = (
    *BEFORE, "written", "hand_over_asked", "hand_over_answered", "new_face", "brought_in", "let_go",
)  # fmt: skip


def limit_notices(kinds: tuple[str, ...]) -> None:
    """Let a notice be of these kinds and no others."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_kind"), f"kind IN {kinds}")


def coded(name: str, *codes: str) -> sa.Column[str]:
    """A column of one of a few codes."""
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=False)


def link(table: str, name: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """A foreign key under its usual name."""
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"), ondelete=ondelete)


def upgrade() -> None:
    """Nothing was said, handed over or brought in yet."""
    op.create_table(
        "post",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        coded("kind", "message", "note"),
        coded("side", "guide", "association"),
        sa.Column("words_sealed", sa.String(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        link("post", "author_id", "person", "SET NULL"),
        link("post", "organisation_id", "organisation", "RESTRICT"),
        link("post", "referral_id", "referral", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index("ix_post_referral", "post", ["referral_id", "kind", "written_at"], unique=False)
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        coded("side", "guide", "association"),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        coded("status", "proposed", "accepted", "declined", "taken_back"),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        link("hand_over", "organisation_id", "organisation", "RESTRICT"),
        link("hand_over", "proposed_by_id", "person", "SET NULL"),
        link("hand_over", "referral_id", "referral", "CASCADE"),
        link("hand_over", "to_id", "person", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index("ix_hand_over_to", "hand_over", ["to_id", "status"], unique=False)
    _one_at_a_time("uq_hand_over_open", "hand_over", ["referral_id", "side"], "status = 'proposed'")
    op.create_table(
        "beside",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        coded("side", "guide", "association"),
        sa.Column("brought_by_id", sa.Uuid(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        coded("status", "along", "let_go"),
        sa.Column("brought_at", MOMENT, nullable=False),
        link("beside", "brought_by_id", "person", "SET NULL"),
        link("beside", "person_id", "person", "CASCADE"),
        link("beside", "referral_id", "referral", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beside")),
    )
    op.create_index("ix_beside_person", "beside", ["person_id", "status"], unique=False)
    _one_at_a_time("uq_beside_one", "beside", ["referral_id"], "status = 'along'")
    limit_notices(AFTER)


def _one_at_a_time(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    """Back to the telephone."""
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind.not_in(BEFORE)))
    limit_notices(BEFORE)
    op.drop_table("beside")
    op.drop_table("hand_over")
    op.drop_table("post")
