"""Steps of an escalation (督促・所管課への連絡の段階)."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "escalation",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("owed_since", sa.DateTime(timezone=True), nullable=False, comment="回答の義務の始まり"),
        sa.Column("level", sa.String(16), nullable=False, comment="責任者・ＰＭＯ・所管課の別"),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by", sa.String(36)),
        sa.Column("withdrawn_ct", sa.LargeBinary(), comment="取り下げた理由（暗号化）"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_escalation_inquiry_id"),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name="fk_escalation_withdrawn_by"),
        sa.PrimaryKeyConstraint("id", name="pk_escalation"),
    )
    op.create_index(
        "uq_escalation_inquiry_id_owed_since_level", "escalation", ["inquiry_id", "owed_since", "level"], unique=True
    )


def downgrade() -> None:
    op.drop_table("escalation")
