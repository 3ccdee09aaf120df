"""Guests of one meeting or thread, and members in their own name

Revision: 0036
After: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

MEMBERSHIP = sa.table("membership", sa.column("organisation_id"))


def link(name: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """A foreign key under its usual name."""
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_guest_{name}_{to}"), ondelete=ondelete)


def upgrade() -> None:
    """There were no guests yet, and everybody sat in a group for an organisation."""
    of = sa.Enum("meeting", "thread", name="of", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "guest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("of", of, nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("invited_by_id", sa.Uuid(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("ck_guest_ends_after_begin")),
        link("group_id", "working_group", "CASCADE"),
        link("person_id", "person", "CASCADE"),
        link("invited_by_id", "person", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest")),
    )
    op.create_index("uq_guest_thing_id_person_id", "guest", ["thing_id", "person_id"], unique=True)
    for column in ("group_id", "person_id", "ends_on"):
        op.create_index(op.f(f"ix_guest_{column}"), "guest", [column])
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.alter_column("organisation_id", existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    """Nobody sits anywhere in their own name, and guests stay home."""
    op.drop_table("guest")
    op.execute(sa.delete(MEMBERSHIP).where(MEMBERSHIP.c.organisation_id.is_(None)))
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.alter_column("organisation_id", existing_type=sa.Uuid(), nullable=False)
