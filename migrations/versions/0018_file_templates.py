"""Insurers' own templates for their Word files (回答ファイルの様式)."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_template",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("insurer_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False, comment="回答・該当者なし"),
        sa.Column("number", sa.Integer(), nullable=False, comment="版"),
        sa.Column("content_ct", sa.LargeBinary(), nullable=False, comment="様式（暗号化）"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False, comment="変更の内容"),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.String(36), nullable=False),
        sa.Column("uploaded_by_name", sa.String(100), nullable=False),
        sa.Column("is_in_force", sa.Boolean(), nullable=False, comment="使用中"),
        sa.Column("chosen_at", sa.DateTime(timezone=True), comment="最後に使用を始めた時"),
        sa.Column("chosen_by_name", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_file_template_insurer_id"),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name="fk_file_template_uploaded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_file_template"),
    )
    op.create_index(
        "uq_file_template_insurer_id_kind_number", "file_template", ["insurer_id", "kind", "number"], unique=True
    )


def downgrade() -> None:
    op.drop_index("uq_file_template_insurer_id_kind_number", table_name="file_template")
    op.drop_table("file_template")
