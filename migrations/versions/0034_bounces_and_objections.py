"""Tasks about addresses that no inquiry led to, and what a successor says of a merger (メールの不達、承継への異議)."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def _of_amendment() -> list[sa.Column]:
    return [
        sa.Column("objected_at", sa.DateTime(timezone=True)),
        sa.Column("objected_by", sa.String(36)),
        sa.Column("objected_ct", sa.LargeBinary(), comment="承継する保険者の異議（暗号化）"),
        sa.Column("overruled_at", sa.DateTime(timezone=True)),
        sa.Column("overruled_by", sa.String(36)),
        sa.Column("overruled_ct", sa.LargeBinary(), comment="異議があっても進める理由（暗号化）"),
    ]


def upgrade() -> None:
    for column in _of_amendment():
        op.add_column("amendment", column)
    with op.batch_alter_table("number_report") as table:
        table.alter_column("inquiry_id", existing_type=sa.String(36), nullable=True)
        table.alter_column("number", existing_type=sa.String(100), type_=sa.String(254), existing_nullable=False)


def downgrade() -> None:
    # What an earlier version has no place for: tasks without an inquiry, addresses that are too long.
    op.execute("DELETE FROM number_report WHERE inquiry_id IS NULL OR length(number) > 100")
    with op.batch_alter_table("number_report") as table:
        table.alter_column("number", existing_type=sa.String(254), type_=sa.String(100), existing_nullable=False)
        table.alter_column("inquiry_id", existing_type=sa.String(36), nullable=False)
    for column in reversed(_of_amendment()):
        op.drop_column("amendment", column.name)
