"""Calls, letters and files between a municipality and an insurer outside the system (電話・文書での連絡の記録)."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "correspondence",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("word", sa.String(16), nullable=False, comment="連絡の内容の区分"),
        sa.Column("way", sa.String(16), nullable=False, comment="電話・文書などの別"),
        sa.Column("number", sa.String(20), nullable=False, comment="かけた番号・かかってきた代表電話"),
        sa.Column("document_number", sa.String(60), nullable=False, comment="相手の文書番号"),
        sa.Column("document_on", sa.Date(), comment="相手の文書の日付"),
        sa.Column("said_ct", sa.LargeBinary(), nullable=False, comment="話した人・聞いた内容（暗号化）"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="連絡のあった日時"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_correspondence_inquiry_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name="fk_correspondence_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_correspondence"),
    )
    op.create_index("ix_correspondence_inquiry_id", "correspondence", ["inquiry_id"])


def downgrade() -> None:
    op.drop_table("correspondence")
