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
    """Ask for the words of the lessons that are in the log, if any: two that stand side by side are a token now."""
    now = sa.literal(datetime.now(UTC), sa.DateTime(timezone=True))
    job = {
        "id": sa.literal(uuid.uuid4(), sa.Uuid()),
        "task": sa.literal("put_lessons_anew"),
        "payload": sa.literal({}, sa.JSON()),
        "created_at": now,
        "run_at": now,
        "attempts": sa.literal(0),
    }
    there = sa.exists().select_from(sa.table("lesson_index"))
    jobs = sa.table("job", *map(sa.column, job))
    op.execute(sa.insert(jobs).from_select(list(job), sa.select(*job.values()).where(there)))


def _tell(statements: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements:
            op.execute(statement)
