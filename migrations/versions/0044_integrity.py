"""Help lines, the state of integrity policies, and the group of integrity contact persons

Revision: 0044
After: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No group is that of the integrity contact persons until somebody says so."""
    op.add_column("working_group", sa.Column("is_about_integrity", sa.Boolean(), nullable=True))
    op.execute(sa.update(sa.table("working_group", sa.column("is_about_integrity"))).values(is_about_integrity=False))
    with op.batch_alter_table("working_group", schema=None) as batch_op:
        batch_op.alter_column("is_about_integrity", existing_type=sa.Boolean(), nullable=False)
    op.create_table(
        "help_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("url", sa.String(200), nullable=False),
        sa.Column("about", sa.String(160), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_help_line_checked_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_line")),
    )
    op.create_index("ix_help_line_place", "help_line", ["place", "name", "id"])
    op.create_table(
        "integrity_policy",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("has_protocol", sa.Boolean(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("lines_posted", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_integrity_policy_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_integrity_policy")),
    )


def downgrade() -> None:
    """Back to the poster on the wall."""
    for table in ("integrity_policy", "help_line"):
        op.drop_table(table)
    with op.batch_alter_table("working_group", schema=None) as batch_op:
        batch_op.drop_column("is_about_integrity")
