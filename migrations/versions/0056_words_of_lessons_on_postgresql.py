"""The words of lessons stand where PostgreSQL knows what it costs to read them, and it counts more of them

Revision: 0056
After: 0055
"""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

NOW = (
    "ALTER TABLE lesson_index ALTER COLUMN tokens SET STORAGE main",
    "ALTER TABLE lesson_index ALTER COLUMN tokens SET STATISTICS 1000",
    "ALTER INDEX lesson_words SET (fastupdate = off)",
)
BEFORE = (
    "ALTER INDEX lesson_words RESET (fastupdate)",
    "ALTER TABLE lesson_index ALTER COLUMN tokens SET STATISTICS -1",
    "ALTER TABLE lesson_index ALTER COLUMN tokens SET STORAGE extended",
)


def upgrade() -> None:
    """SQLite has nothing to learn."""
    _tell(NOW)
    if op.get_bind().dialect.name == "postgresql":
        _put_anew()


def downgrade() -> None:
    """As it is by itself."""
    _tell(BEFORE)


def _put_anew() -> None:
    """Ask for the words of the lessons that are in the log: two that stand side by side are a token now."""
    now = datetime.now(UTC)
    job = sa.table(
        "job",
        sa.column("id", sa.Uuid()),
        sa.column("task"),
        sa.column("payload", sa.JSON()),
        sa.column("created_at"),
        sa.column("run_at"),
        sa.column("attempts"),
    )
    asked = {"id": uuid.uuid4(), "task": "put_lessons_anew", "payload": {}, "created_at": now, "run_at": now}
    op.execute(sa.insert(job).values(**asked, attempts=0))


def _tell(statements: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements:
            op.execute(statement)
