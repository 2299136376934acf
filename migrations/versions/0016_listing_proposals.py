"""Rules of the list of difficult insurers, proposals, and what insurers said to them (掲載・解除の基準、提案、異議)."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "difficulty_rules",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="版"),
        sa.Column("thresholds", sa.JSON(), nullable=False, comment="指標ごとの掲載・解除の基準"),
        sa.Column("least_inquiries", sa.Integer(), nullable=False, comment="判断に必要な照会の件数"),
        sa.Column("months_to_enter", sa.Integer(), nullable=False, comment="掲載の提案に必要な月数"),
        sa.Column("months_to_leave", sa.Integer(), nullable=False, comment="解除の提案に必要な月数"),
        sa.Column("days_to_object", sa.Integer(), nullable=False, comment="異議の申出の期間（日）"),
        sa.Column("reason", sa.Text(), nullable=False, comment="変更の理由"),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(36), nullable=False),
        sa.Column("set_by_name", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_difficulty_rules"),
    )
    op.create_table(
        "listing_proposal",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("insurer_id", sa.String(36), nullable=False),
        sa.Column("direction", sa.String(8), nullable=False, comment="掲載・解除"),
        sa.Column("rules_number", sa.Integer(), nullable=False, comment="提案したときの基準の版"),
        sa.Column("months", sa.JSON(), nullable=False, comment="提案したときの根拠（月ごとの数値）"),
        sa.Column("reason", sa.Text(), nullable=False, comment="提案の理由（保険者に示す）"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_name", sa.String(100), nullable=False),
        sa.Column("object_until", sa.Date(), nullable=False, comment="異議を申し出られる最後の日"),
        sa.Column("outcome", sa.String(8), nullable=False, comment="採用・不採用。空欄は決定前"),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by_name", sa.String(100), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=False, comment="決定の理由（保険者に示す）"),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_listing_proposal_insurer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_listing_proposal"),
    )
    op.create_index("ix_listing_proposal_insurer_id", "listing_proposal", ["insurer_id"])
    op.create_index(
        "uq_listing_proposal_insurer_id_open",
        "listing_proposal",
        ["insurer_id"],
        unique=True,
        sqlite_where=sa.text("outcome = ''"),
        postgresql_where=sa.text("outcome = ''"),
    )
    op.create_table(
        "listing_objection",
        sa.Column("proposal_id", sa.String(36), nullable=False),
        sa.Column("text_ct", sa.LargeBinary(), comment="異議の内容（暗号化）"),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by_name", sa.String(100), nullable=False),
        sa.Column("reply_ct", sa.LargeBinary(), comment="ＰＭＯの回答（暗号化）"),
        sa.Column("replied_at", sa.DateTime(timezone=True)),
        sa.Column("replied_by_name", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["listing_proposal.id"], name="fk_listing_objection_proposal_id"),
        sa.PrimaryKeyConstraint("proposal_id", name="pk_listing_objection"),
    )
    op.create_index("ix_inquiry_filed_at", "inquiry", ["filed_at"])


def downgrade() -> None:
    op.drop_index("ix_inquiry_filed_at", table_name="inquiry")
    op.drop_table("listing_objection")
    op.drop_table("listing_proposal")
    op.drop_table("difficulty_rules")
