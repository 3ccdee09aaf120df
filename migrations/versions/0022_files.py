"""Photos of doors and signed papers, sealed

Revision: 0022
After: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There are none yet."""
    op.create_table(
        "offer_photo",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.String(), nullable=False),
        sa.Column("picture_sealed", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_photo_offer_id_offer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offer_photo")),
    )
    op.create_table(
        "agreement_scan",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("file_sealed", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_agreement_scan_referral_id_referral"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_agreement_scan")),
    )


def downgrade() -> None:
    """The files are gone."""
    op.drop_table("agreement_scan")
    op.drop_table("offer_photo")
