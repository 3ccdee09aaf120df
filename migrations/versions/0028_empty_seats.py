"""Where the clock found an empty seat, and seats by the day on which they end; organisations by their folded name

Revision: 0028
After: 0027
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KINDS = (
    "contact_point", "crew", "guide", "referral_contact", "bridge_builder", "coordinator", "facilitator",
    "administrator",
)  # fmt: skip
KEY = sa.String(250).with_variant(sa.String(250, collation="C"), "postgresql")
ORGANISATION = sa.table(
    "organisation", sa.column("id", sa.Uuid()), sa.column("name", sa.String()), sa.column("order_key", sa.String())
)
ENDS = sa.text("ends_on IS NOT NULL")


def upgrade() -> None:
    """The clock fills the table the first time that it runs."""
    op.create_table(
        "empty_seat",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind", sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_empty_seat_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "kind", name=op.f("pk_empty_seat")),
    )
    op.create_index(
        "ix_function_ending", "function", ["kind", "ends_on", "id"], sqlite_where=ENDS, postgresql_where=ENDS
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("order_key", KEY, nullable=False, server_default=""))
    connection = op.get_bind()
    for organisation in connection.execute(sa.select(ORGANISATION.c.id, ORGANISATION.c.name)).all():
        key = sa.update(ORGANISATION).where(ORGANISATION.c.id == organisation.id)
        connection.execute(key.values(order_key=fold(organisation.name)))
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.alter_column("order_key", server_default=None)
        batch_op.create_index("ix_organisation_list", ["order_key", "id"], unique=False)


def fold(name: str) -> str:
    """Without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))[:250]


def downgrade() -> None:
    """Back to looking everywhere."""
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index("ix_organisation_list")
        batch_op.drop_column("order_key")
    op.drop_index("ix_function_ending", table_name="function")
    op.drop_table("empty_seat")
