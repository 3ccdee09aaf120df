"""Which mail people want, how each notice was told, and links to want less of it

Revision: 0038
After: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

PURPOSES = ("in", "uit", "begin", "mee", "vr", "bz", "wk", "kl", "ac")
LINK = sa.table("link", sa.column("purpose"))
WAYS = ("at_once", "digest", "in_brug")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FOR_DIGEST = sa.text("way = 'digest' AND read_at IS NULL AND told_at IS NULL")


def limit_links(purposes: tuple[str, ...]) -> None:
    """Let a link be for these purposes and no others."""
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_link_purpose"), type_="check")
        batch_op.create_check_constraint(op.f("ck_link_purpose"), f"purpose IN {purposes}")


def coded(name: str, *codes: str, nullable: bool = False) -> sa.Column[str]:
    """A column of one of a few codes."""
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=nullable)


def upgrade() -> None:
    """Nobody chose yet; what stands under the bell was mailed when it came."""
    op.create_table(
        "mail_choice",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        *(coded(name, *WAYS) for name in ("questions", "groups", "house")),
        coded("day", *DAYS, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_choice_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_choice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("way", sa.String(40), nullable=False, server_default="at_once"))
        batch_op.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f("ck_notice_way"), f"way IN {WAYS}")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.alter_column("way", server_default=None, existing_type=sa.String(40), existing_nullable=False)
    op.create_index("ix_notice_digest", "notice", ["person_id"], sqlite_where=FOR_DIGEST, postgresql_where=FOR_DIGEST)
    limit_links((*PURPOSES, "ml"))


def downgrade() -> None:
    """Everything is mailed again when it comes."""
    op.execute(LINK.delete().where(LINK.c.purpose == "ml"))
    limit_links(PURPOSES)
    op.drop_index("ix_notice_digest", table_name="notice")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_way"), type_="check")
        batch_op.drop_column("told_at")
        batch_op.drop_column("way")
    op.drop_table("mail_choice")
