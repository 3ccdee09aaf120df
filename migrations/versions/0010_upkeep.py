"""How duties went, and the ledger of what was erased

Revision: 0010
After: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0002"
branch_labels = None
depends_on = None

DUTIES = ("worker", "clocks", "backup", "rehearsal", "chain")

SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER erasure_no_{verb.lower()} BEFORE {verb} ON erasure "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is only ever added to'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRES_TRIGGERS = (
    "CREATE OR REPLACE FUNCTION erasure_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the ledger is only ever added to'; END $$",
    "CREATE TRIGGER erasure_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON erasure "
    "FOR EACH STATEMENT EXECUTE FUNCTION erasure_only_grows()",
)


def upgrade() -> None:
    op.create_table(
        "duty_run",
        sa.Column(
            "duty",
            sa.Enum(*DUTIES, name="duty", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("duty", name=op.f("pk_duty_run")),
    )
    op.create_table(
        "erasure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index("ix_erasure_at", ["at", "id"], unique=False)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if sqlite else POSTGRES_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_index("ix_erasure_at")
    op.drop_table("erasure")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION erasure_only_grows() CASCADE")
    op.drop_table("duty_run")
