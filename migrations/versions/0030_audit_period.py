"""The audit log lets go of entries whose time is over, from its beginning on

Revision: 0030
After: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None

SQLITE = (
    "DROP TRIGGER audit_no_delete",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
    "WHEN OLD.number > coalesce((SELECT max(number) FROM audit_base), 0) "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END",
)
SQLITE_BACK = (
    "DROP TRIGGER audit_no_delete",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END",
)
POSTGRES = (
    "DROP TRIGGER audit_only_grows ON audit",
    "CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' THEN "
    "IF OLD.number <= (SELECT max(number) FROM audit_base) THEN RETURN OLD; END IF; END IF; "
    "RAISE EXCEPTION 'the audit log is only ever added to'; END $$",
    "CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
)
POSTGRES_BACK = (
    "DROP TRIGGER audit_no_truncate ON audit",
    "DROP TRIGGER audit_only_grows ON audit",
    "CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$",
    "CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
)


def say(sqlite: tuple[str, ...], postgres: tuple[str, ...]) -> None:
    """The statements for this database."""
    for statement in sqlite if op.get_bind().dialect.name == "sqlite" else postgres:
        op.execute(statement)


def upgrade() -> None:
    op.create_table(
        "audit_base",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.Column("proof", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_base")),
    )
    say(SQLITE, POSTGRES)


def downgrade() -> None:
    say(SQLITE_BACK, POSTGRES_BACK)
    op.drop_table("audit_base")
