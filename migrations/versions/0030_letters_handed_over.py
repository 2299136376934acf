"""Letters of an insurer that the municipality fetches in the system (文書の受渡し)."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("written_letter") as table:
        table.add_column(sa.Column("handed_over_at", sa.DateTime(timezone=True), comment="本システムで渡した時刻"))
        table.add_column(sa.Column("received_at", sa.DateTime(timezone=True), comment="最初に受け取られた時刻"))
        table.add_column(sa.Column("received_by_name", sa.String(100), comment="最初に受け取った担当者"))


def downgrade() -> None:
    with op.batch_alter_table("written_letter") as table:
        table.drop_column("received_by_name")
        table.drop_column("received_at")
        table.drop_column("handed_over_at")
