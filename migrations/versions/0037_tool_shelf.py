"""The shelf of a group: tools with the versions of their files, what they are found by, and who uses them

Revision: 0037
After: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KINDS = ("pdf", "jpg", "docx", "xlsx", "odt", "ods", "txt", "csv")


def link(table: str, name: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """A foreign key under its usual name."""
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"), ondelete=ondelete)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """What makes a row one of a kind."""
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def upgrade() -> None:
    """Groups kept nothing yet."""
    op.create_table(
        "tool",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("purpose", sa.String(240), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("bs", sa.JSON(), nullable=False),
        sa.Column("strategies", sa.JSON(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("shared_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        link("tool", "group_id", "working_group", "CASCADE"),
        link("tool", "added_by_id", "person", "SET NULL"),
        key("tool"),
    )
    op.create_index("ix_tool_group", "tool", ["group_id", "title", "id"])
    shared = sa.text("shared_at IS NOT NULL")
    op.create_index("ix_tool_shared", "tool", ["shared_at", "id"], sqlite_where=shared, postgresql_where=shared)
    op.create_table(
        "tool_tag",
        sa.Column("tool_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        link("tool_tag", "tool_id", "tool", "CASCADE"),
        key("tool_tag", "tool_id", "code"),
    )
    op.create_index("ix_tool_tag_find", "tool_tag", ["code", "tool_id"])
    _files()
    _uses()


def _files() -> None:
    kind = sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "tool_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tool_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("kind", kind, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data_key", sa.String(), nullable=False),
        sa.Column("file_sealed", sa.String(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        link("tool_file", "tool_id", "tool", "CASCADE"),
        link("tool_file", "organisation_id", "organisation", "RESTRICT"),
        link("tool_file", "added_by_id", "person", "SET NULL"),
        key("tool_file"),
        sa.UniqueConstraint("tool_id", "number", name=op.f("uq_tool_file_tool_id_number")),
    )
    op.create_index(op.f("ix_tool_file_organisation_id"), "tool_file", ["organisation_id"])


def _uses() -> None:
    op.create_table(
        "tool_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tool_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.CheckConstraint("(organisation_id IS NULL) <> (group_id IS NULL)", name=op.f("ck_tool_use_one_user")),
        link("tool_use", "tool_id", "tool", "CASCADE"),
        link("tool_use", "organisation_id", "organisation", "CASCADE"),
        link("tool_use", "group_id", "working_group", "CASCADE"),
        key("tool_use"),
        sa.UniqueConstraint("tool_id", "organisation_id", name=op.f("uq_tool_use_tool_id_organisation_id")),
        sa.UniqueConstraint("tool_id", "group_id", name=op.f("uq_tool_use_tool_id_group_id")),
    )
    for column in ("organisation_id", "group_id"):
        op.create_index(op.f(f"ix_tool_use_{column}"), "tool_use", [column])


def downgrade() -> None:
    """Back to the shared folder."""
    for table in ("tool_use", "tool_file", "tool_tag", "tool"):
        op.drop_table(table)
