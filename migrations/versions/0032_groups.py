"""Working groups, who sits in them, who asks to, and what they set themselves to do

Revision: 0032
After: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
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
)  # fmt: skip
AFTER = (*BEFORE, "group_asked", "group_welcome", "group_not_now", "group_left", "action_given")


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


def key(table: str) -> sa.PrimaryKeyConstraint:
    """The id of a row is its key."""
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def upgrade() -> None:
    """There were no groups yet."""
    op.create_table(
        "working_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("purpose", sa.String(240), nullable=False),
        sa.Column("rhythm", sa.String(80), nullable=False),
        sa.Column("icon", sa.String(40), nullable=False),
        coded("visibility", "open", "members", "confidential"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        key("working_group"),
    )
    op.create_index("ix_working_group_list", "working_group", ["visibility", "name", "id"])
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        coded("role", "chair", "secretary", "member"),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= begins_on", name=op.f("ck_membership_ends_after_begin")),
        link("membership", "group_id", "working_group", "CASCADE"),
        link("membership", "person_id", "person", "CASCADE"),
        link("membership", "organisation_id", "organisation", "CASCADE"),
        key("membership"),
    )
    op.create_index("ix_membership_group", "membership", ["group_id", "person_id"])
    op.create_index("ix_membership_person", "membership", ["person_id", "group_id"])
    op.create_index(op.f("ix_membership_organisation_id"), "membership", ["organisation_id"])
    op.create_table(
        "join_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        coded("status", "asked", "welcome", "not_now", "taken_back"),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        link("join_request", "group_id", "working_group", "CASCADE"),
        link("join_request", "person_id", "person", "CASCADE"),
        link("join_request", "organisation_id", "organisation", "CASCADE"),
        key("join_request"),
    )
    op.create_index("uq_join_request_group_id_person_id", "join_request", ["group_id", "person_id"], unique=True)
    for column in ("person_id", "organisation_id", "moved_at"):
        op.create_index(op.f(f"ix_join_request_{column}"), "join_request", [column])
    _actions()
    limit_notices(AFTER)


def _actions() -> None:
    op.create_table(
        "action_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        coded("status", "to_start", "moving", "stuck", "done"),
        sa.Column("owner_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "owner_id IS NULL OR owner_organisation_id IS NOT NULL", name=op.f("ck_action_item_owner_has_organisation")
        ),
        sa.CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name=op.f("ck_action_item_done_has_moment")),
        link("action_item", "group_id", "working_group", "CASCADE"),
        link("action_item", "owner_organisation_id", "organisation", "RESTRICT"),
        link("action_item", "owner_id", "person", "SET NULL"),
        key("action_item"),
    )
    op.create_index("ix_action_item_group", "action_item", ["group_id", "status", "due_on", "id"])
    op.create_index("ix_action_item_owner", "action_item", ["owner_id", "status", "due_on"])
    op.create_index("ix_action_item_owner_organisation", "action_item", ["owner_organisation_id", "status"])
    op.create_table(
        "action_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        coded("status", "to_start", "moving", "stuck", "done"),
        sa.Column("words", sa.String(280), nullable=False),
        link("action_note", "item_id", "action_item", "CASCADE"),
        link("action_note", "person_id", "person", "SET NULL"),
        key("action_note"),
    )
    op.create_index("ix_action_note_item", "action_note", ["item_id", "at", "id"])


def downgrade() -> None:
    """Back to the shared folder."""
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind.not_in(BEFORE)))
    limit_notices(BEFORE)
    for table in ("action_note", "action_item", "join_request", "membership", "working_group"):
        op.drop_table(table)
