"""The words of lessons that are out

Revision: 0051
After: 0050
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is out yet."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "lesson_index",
        sa.Column("number", sa.Integer() if on_sqlite else sa.BigInteger(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("weight", sa.SmallInteger(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Text() if on_sqlite else postgresql.TSVECTOR(), nullable=True),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_index_lesson_id_lesson"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lesson_index")),
        sa.UniqueConstraint("lesson_id", name=op.f("uq_lesson_index_lesson_id")),
    )
    with op.batch_alter_table("lesson_index", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_index_source"), ["source"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_index_year"), ["year"], unique=False)
    if on_sqlite:
        op.execute(
            "CREATE VIRTUAL TABLE lesson_words USING fts5"
            "(head, body, facets, tokenize=\"ascii tokenchars '_'\", prefix='2 3')"
        )
    else:
        op.create_index("lesson_words", "lesson_index", ["tokens"], postgresql_using="gin")


def downgrade() -> None:
    """Nothing can be looked for."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE lesson_words")
    op.drop_table("lesson_index")
