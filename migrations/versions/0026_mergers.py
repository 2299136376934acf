"""A change of the directory may be a merger: which insurer takes over (保険者の合併・承継)."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("amendment", sa.Column("successor_id", sa.String(36), nullable=True, comment="承継する保険者"))


def downgrade() -> None:
    op.drop_column("amendment", "successor_id")
