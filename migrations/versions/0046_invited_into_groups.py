"""One person is invited into a group by mail

Revision: 0046
After: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JOIN_LINK = sa.table("join_link", sa.column("door_id"))
INVITATION = sa.table("group_invitation", sa.column("id"))


def upgrade() -> None:
    """People came into groups by a shared link, or were added."""
    role = sa.Enum("chair", "secretary", "member", name="role", native_enum=False, create_constraint=True, length=40)
    of = sa.Enum("meeting", "thread", name="of", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "group_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("role", role, nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("of", of, nullable=True),
        sa.Column("thing_id", sa.Uuid(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("invited_by_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.Column("declined_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint("(of IS NULL) = (thing_id IS NULL)", name=op.f("ck_group_invitation_thing_has_kind")),
        sa.CheckConstraint("of IS NULL OR ends_on IS NOT NULL", name=op.f("ck_group_invitation_guest_has_last_day")),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["working_group.id"],
            name=op.f("fk_group_invitation_group_id_working_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_group_invitation_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["person.id"],
            name=op.f("fk_group_invitation_invited_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_invitation")),
    )
    op.create_index("ix_group_invitation_group", "group_invitation", ["group_id", "sent_at"])
    op.create_index("ix_group_invitation_email", "group_invitation", ["email"])
    op.create_index(op.f("ix_group_invitation_organisation_id"), "group_invitation", ["organisation_id"])
    op.create_index(op.f("ix_group_invitation_sent_at"), "group_invitation", ["sent_at"])


def downgrade() -> None:
    """The links of invitations go with them."""
    op.execute(JOIN_LINK.delete().where(JOIN_LINK.c.door_id.in_(sa.select(INVITATION.c.id))))
    op.drop_table("group_invitation")
