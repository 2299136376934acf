"""One step taken for many inquiries in one go; a table that is sent behind its page (一括処理・一括照会の送信)."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulk_run",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("insurer_id", sa.String(36), nullable=False),
        sa.Column("task", sa.String(16), nullable=False, comment="照会者の確認・回答の作成・受け渡しの別"),
        sa.Column("municipality_code", sa.String(6)),
        sa.Column("number_dialled", sa.String(20), nullable=False, comment="かけた代表電話（名簿の番号）"),
        sa.Column("said_ct", sa.LargeBinary(), comment="応対した相手と内容（暗号化）"),
        sa.Column("channel", sa.String(16), nullable=False, comment="電話で決めた回答方法。空欄は照会のまま"),
        sa.Column("needed_by", sa.Date()),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_bulk_run_insurer_id"),
        sa.ForeignKeyConstraint(["municipality_code"], ["municipality.code"], name="fk_bulk_run_municipality_code"),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name="fk_bulk_run_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_run"),
    )
    op.create_index("ix_bulk_run_insurer_id_made_at", "bulk_run", ["insurer_id", "made_at"])
    op.create_table(
        "bulk_line",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("run_id", sa.String(36), nullable=False),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="選んだときの照会の版"),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("code", sa.String(60), nullable=False, comment="できない理由"),
        sa.ForeignKeyConstraint(["run_id"], ["bulk_run.id"], name="fk_bulk_line_run_id"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_bulk_line_inquiry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_line"),
    )
    op.create_index("uq_bulk_line_run_id_place", "bulk_line", ["run_id", "place"], unique=True)
    op.add_column("filing_batch", sa.Column("sending_at", sa.DateTime(timezone=True), comment="送信を始めた時刻"))
    code = sa.Column("code", sa.String(60), nullable=False, server_default="", comment="送信できなかった理由")
    op.add_column("filing_batch", code)


def downgrade() -> None:
    op.drop_column("filing_batch", "code")
    op.drop_column("filing_batch", "sending_at")
    op.drop_index("uq_bulk_line_run_id_place", table_name="bulk_line")
    op.drop_table("bulk_line")
    op.drop_index("ix_bulk_run_insurer_id_made_at", table_name="bulk_run")
    op.drop_table("bulk_run")
