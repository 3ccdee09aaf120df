"""An action stands on a seat, or on somebody in their own name; a notice that one was given leads to that very action

Revision: 0045
After: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

KINDS = (
    "contact_point", "crew", "guide", "referral_contact", "bridge_builder", "coordinator", "facilitator",
    "administrator",
)  # fmt: skip
ITEM = sa.table("action_item", sa.column("owner_id", sa.Uuid()), sa.column("owner_organisation_id", sa.Uuid()))
NOTICE = sa.table("notice", sa.column("kind"))


def upgrade() -> None:
    """No action stands on a seat until somebody gives it to one. Notices that led to the group go: they were told."""
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind == "action_given"))
    kind = sa.Enum(*KINDS, name="owner_function", native_enum=False, create_constraint=True, length=40)
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_action_item_owner_has_organisation"), type_="check")
        batch_op.add_column(sa.Column("owner_function", kind, nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_action_item_seat_has_organisation"), "owner_function IS NULL OR owner_organisation_id IS NOT NULL"
        )
        batch_op.create_check_constraint(
            op.f("ck_action_item_seat_or_person"), "owner_function IS NULL OR owner_id IS NULL"
        )


def downgrade() -> None:
    """What stood on a seat stands on its organisation; what somebody carried in their own name, on nobody."""
    op.execute(sa.delete(NOTICE).where(NOTICE.c.kind == "action_given"))
    op.execute(sa.update(ITEM).where(ITEM.c.owner_organisation_id.is_(None)).values(owner_id=None))
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        for name in ("seat_or_person", "seat_has_organisation", "owner_function"):
            batch_op.drop_constraint(op.f(f"ck_action_item_{name}"), type_="check")
        batch_op.drop_column("owner_function")
        batch_op.create_check_constraint(
            op.f("ck_action_item_owner_has_organisation"), "owner_id IS NULL OR owner_organisation_id IS NOT NULL"
        )
