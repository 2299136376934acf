"""Desks of the ministry and waiting times of an escalation, in versions (所管課・待ち時間)."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "escalation_rules",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="版"),
        sa.Column("desks", sa.JSON(), nullable=False, comment="保険者の種別ごとの所管課"),
        sa.Column("after_minutes", sa.JSON(), nullable=False, comment="段階ごとの待ち時間（業務時間、分）"),
        sa.Column("reason", sa.Text(), nullable=False, comment="変更の理由"),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(36), nullable=False),
        sa.Column("set_by_name", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_escalation_rules"),
    )


def downgrade() -> None:
    op.drop_table("escalation_rules")
