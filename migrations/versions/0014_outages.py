"""Outages of the network, and files of many inquiries (障害・一括照会)."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outage",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), comment="復旧の見込み。空欄は未定"),
        sa.Column("reason", sa.String(200), nullable=False, comment="全員に表示する理由"),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_by", sa.String(36), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.String(36)),
        sa.ForeignKeyConstraint(["declared_by"], ["account.id"], name="fk_outage_declared_by"),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name="fk_outage_ended_by"),
        sa.PrimaryKeyConstraint("id", name="pk_outage"),
    )
    op.create_table(
        "filing_batch",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("municipality_code", sa.String(6), nullable=False),
        sa.Column("account_id", sa.String(36), nullable=False),
        sa.Column("content_ct", sa.LargeBinary(), comment="送信前のファイル（暗号化）"),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True)),
        sa.Column("numbers", sa.JSON(), nullable=False, comment="行ごとの受付番号"),
        sa.ForeignKeyConstraint(["municipality_code"], ["municipality.code"], name="fk_filing_batch_municipality_code"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_filing_batch_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_filing_batch"),
    )
    op.create_index("ix_filing_batch_municipality_code_kept_at", "filing_batch", ["municipality_code", "kept_at"])


def downgrade() -> None:
    op.drop_table("filing_batch")
    op.drop_table("outage")
