"""What is written in a group about integrity is sealed

Revision: 0048
After: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

SEALED = {
    "meeting": {"summary": 1500},
    "decision": {"statement": 400, "objections": 1000},
    "topic": {"title": 160},
    "minute_line": {"words": 2000},
    "typing": {"words": 2000},
    "action_item": {"title": 160},
    "action_note": {"words": 280},
    "thread": {"title": 120},
    "thread_post": {"words": 2000},
}
"""What is sealed is longer than what was typed; SQLite keeps any length."""


def upgrade() -> None:
    """Room for a key and for what it seals. A group that is about integrity already gets its key from the clock."""
    op.add_column("working_group", sa.Column("data_key", sa.String(200), nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in SEALED.items():
            for name, length in columns.items():
                op.alter_column(
                    table, name, type_=sa.String(), existing_type=sa.String(length), existing_nullable=False
                )


def downgrade() -> None:
    """Only while nothing is sealed: an older Brug could not read it."""
    group = sa.table("working_group", sa.column("data_key"))
    if op.get_bind().execute(sa.select(sa.func.count()).where(group.c.data_key.is_not(None))).scalar():
        raise RuntimeError(
            "What groups about integrity wrote is sealed. Bring back the backup from before the upgrade."
        )
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in SEALED.items():
            for name, length in columns.items():
                op.alter_column(
                    table, name, type_=sa.String(length), existing_type=sa.String(), existing_nullable=False
                )
    with op.batch_alter_table("working_group", schema=None) as batch_op:
        batch_op.drop_column("data_key")
