"""Calls are held by somebody and followed up; suspicions are noted for PMO staff (折り返し電話・不審な照会)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    held_by = sa.Column("held_by", sa.String(36), nullable=False, server_default="", comment="通話を受け持つ担当者")
    op.add_column("call_back", held_by)
    op.execute("UPDATE call_back SET held_by = started_by")
    op.add_column("call_back", sa.Column("try_again_at", sa.DateTime(timezone=True), comment="かけ直す時刻"))
    op.add_column("call_back", sa.Column("ask_for_ct", sa.LargeBinary(), comment="次に頼む人（暗号化）"))
    op.create_table(
        "suspicion_note",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("call_back_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False, comment="不審の種類"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(36), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True)),
        sa.Column("looked_by", sa.String(36)),
        sa.Column("reason_ct", sa.LargeBinary(), comment="ＰＭＯの判断（暗号化）"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_suspicion_note_inquiry_id"),
        sa.ForeignKeyConstraint(["call_back_id"], ["call_back.id"], name="fk_suspicion_note_call_back_id"),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name="fk_suspicion_note_opened_by"),
        sa.ForeignKeyConstraint(["looked_by"], ["account.id"], name="fk_suspicion_note_looked_by"),
        sa.PrimaryKeyConstraint("id", name="pk_suspicion_note"),
    )
    op.create_index("ix_suspicion_note_inquiry_id", "suspicion_note", ["inquiry_id"])


def downgrade() -> None:
    op.drop_table("suspicion_note")
    for column in ("ask_for_ct", "try_again_at", "held_by"):
        op.drop_column("call_back", column)
