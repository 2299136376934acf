"""By which rules every finding of nobody was looked at again on a roster, so that what broke off is finished."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("roster_generation", sa.Column("rechecked_by", sa.String(100), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("roster_generation", "rechecked_by")
