"""Answers fetched in the system: until when, how often, and their receipts (受渡しの期限・受領の記録)."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    days = sa.Column("days", sa.Integer(), nullable=False, server_default="7", comment="受け取れる業務日の数")
    times = sa.Column("times", sa.Integer(), nullable=False, server_default="5", comment="受け取れる回数")
    op.add_column("file_setting", days)
    op.add_column("file_setting", times)
    # What was fetched before counts against the limit; an answer that used it up is offered again.
    op.add_column("answer", sa.Column("offered_at", sa.DateTime(timezone=True), comment="もう一度渡した時"))
    earlier = sa.Column(
        "downloads_before", sa.Integer(), nullable=False, server_default="0", comment="その前に受け取られた回数"
    )
    op.add_column("answer", earlier)
    op.create_table(
        "receipt",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("answer_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="何回目の受領か"),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_by", sa.String(36), nullable=False),
        sa.Column("fetched_by_name", sa.String(100), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False, comment="受け取られたファイルのハッシュ"),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name="fk_receipt_answer_id"),
        sa.ForeignKeyConstraint(["fetched_by"], ["account.id"], name="fk_receipt_fetched_by"),
        sa.PrimaryKeyConstraint("id", name="pk_receipt"),
    )
    op.create_index("ix_receipt_answer_id", "receipt", ["answer_id"])


def downgrade() -> None:
    op.drop_index("ix_receipt_answer_id", table_name="receipt")
    op.drop_table("receipt")
    op.drop_column("answer", "downloads_before")
    op.drop_column("answer", "offered_at")
    op.drop_column("file_setting", "times")
    op.drop_column("file_setting", "days")
