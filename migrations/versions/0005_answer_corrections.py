"""Answers that were taken back (回答の取消し)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retraction",
        sa.Column("answer_id", sa.String(36), nullable=False),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("cause", sa.String(20), nullable=False, comment="理由区分"),
        sa.Column("reason_ct", sa.LargeBinary(), nullable=False, comment="取り消した理由（暗号化）"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(36), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True)),
        sa.Column("acknowledged_by", sa.String(36)),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name="fk_retraction_answer_id"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_retraction_inquiry_id"),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name="fk_retraction_made_by"),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["account.id"], name="fk_retraction_acknowledged_by"),
        sa.PrimaryKeyConstraint("answer_id", name="pk_retraction"),
    )
    op.create_index("ix_retraction_inquiry_id", "retraction", ["inquiry_id"])


def downgrade() -> None:
    op.drop_index("ix_retraction_inquiry_id", table_name="retraction")
    op.drop_table("retraction")
