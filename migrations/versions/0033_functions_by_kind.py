"""Who holds a function anywhere in the network is found by an index

Revision: 0033
After: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

COLUMNS = ["kind", "ends_on", "id"]
ENDS = sa.text("ends_on IS NOT NULL")


def upgrade() -> None:
    """Every function, and not those with an end alone."""
    op.drop_index("ix_function_ending", table_name="function")
    op.create_index("ix_function_ending", "function", COLUMNS)


def downgrade() -> None:
    """Those with an end alone."""
    op.drop_index("ix_function_ending", table_name="function")
    op.create_index("ix_function_ending", "function", COLUMNS, sqlite_where=ENDS, postgresql_where=ENDS)
