"""Tasks about addresses that no inquiry led to (メールの不達)."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("number_report") as table:
        table.alter_column("inquiry_id", existing_type=sa.String(36), nullable=True)
        table.alter_column("number", existing_type=sa.String(100), type_=sa.String(254), existing_nullable=False)


def downgrade() -> None:
    # What an earlier version has no place for: tasks without an inquiry, addresses that are too long.
    op.execute("DELETE FROM number_report WHERE inquiry_id IS NULL OR length(number) > 100")
    with op.batch_alter_table("number_report") as table:
        table.alter_column("number", existing_type=sa.String(254), type_=sa.String(100), existing_nullable=False)
        table.alter_column("inquiry_id", existing_type=sa.String(36), nullable=False)
