"""Kinds of locked files, and what insurers set about them (パスワード付きファイルの種類)."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Before this every locked file was a Word file.
_MADE = "UPDATE answer SET file_kind = 'docx' WHERE channel = 'file' AND file_ct IS NOT NULL"


def upgrade() -> None:
    kind = sa.Column(
        "file_kind", sa.String(8), nullable=False, server_default="", comment="パスワード付きファイルの種類"
    )
    op.add_column("answer", kind)
    op.execute(_MADE)
    op.create_table(
        "file_setting",
        sa.Column("insurer_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="版"),
        sa.Column("kind", sa.String(8), nullable=False, comment="ふだんの種類"),
        sa.Column("passwords", sa.String(8), nullable=False, comment="パスワードの形"),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_file_setting_insurer_id"),
        sa.PrimaryKeyConstraint("insurer_id", name="pk_file_setting"),
    )


def downgrade() -> None:
    op.drop_table("file_setting")
    op.drop_column("answer", "file_kind")
