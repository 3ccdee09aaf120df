"""PostgreSQL looks through the words of lessons from span to span

Revision: 0067
After: 0066
"""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

NOW = (
    "ALTER TABLE lesson_index ALTER COLUMN tokens SET STORAGE extended",
    "ALTER TABLE lesson_index ALTER COLUMN tokens SET STATISTICS -1",
    "ALTER TABLE lesson_index SET (toast_tuple_target = 128)",
)
"""The words stand beside the rows, which are small then: a search reads the index and the rows, hardly ever words."""
BEFORE = (
    "ALTER TABLE lesson_index RESET (toast_tuple_target)",
    "ALTER TABLE lesson_index ALTER COLUMN tokens SET STATISTICS 1000",
    "ALTER TABLE lesson_index ALTER COLUMN tokens SET STORAGE main",
)
WITH_SPANS = (
    """INSERT INTO lesson_span (begin) SELECT -4611686018427387904 UNION ALL SELECT number FROM
        (SELECT number, row_number() OVER (ORDER BY number) AS place FROM lesson_index) AS each
        WHERE place % 16384 = 0""",
    """UPDATE lesson_index SET tokens = tokens || CAST('''p_' ||
        (SELECT max(lesson_span.begin) FROM lesson_span WHERE lesson_span.begin <= number) || '''' AS tsvector)""",
)
WITHOUT_SPANS = (
    """UPDATE lesson_index SET tokens = ts_delete(tokens, 'p_' ||
        (SELECT max(lesson_span.begin) FROM lesson_span WHERE lesson_span.begin <= number))""",
)


def upgrade() -> None:
    """SQLite has nothing to learn but the table, which stays empty there."""
    op.create_table(
        "lesson_span",
        sa.Column("begin", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("begin", name=op.f("pk_lesson_span")),
    )
    _tell(*NOW, *WITH_SPANS)
    if op.get_bind().dialect.name == "postgresql":
        _put_anew()


def downgrade() -> None:
    """The tokens of what stands on top stay: nobody asks for them."""
    _tell(*WITHOUT_SPANS, *BEFORE)
    op.drop_table("lesson_span")


def _put_anew() -> None:
    """Ask for the words of the lessons that are in the log, if any: what stands on top has tokens of its own now."""
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


def _tell(*statements: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements:
            op.execute(statement)
