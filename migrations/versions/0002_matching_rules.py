"""An insurer's own rules of matching, and the kanji pairs it takes for one name."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matching_rules",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("insurer_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="版"),
        sa.Column("contested_variants", sa.String(length=16), nullable=False, comment="使い分けのある異体字の扱い"),
        sa.Column("kana_to_confirm", sa.JSON(), nullable=False, comment="要確認とするフリガナの違い"),
        sa.Column("namesakes_allowed", sa.Integer(), nullable=False, comment="同姓同名の人数の上限"),
        sa.Column("vanish_percent", sa.Integer(), nullable=False, comment="いなくなる人の割合の上限"),
        sa.Column(
            "near_miss_per_inquiry", sa.Integer(), nullable=False, comment="近い候補を見る回数の上限（照会ごと）"
        ),
        sa.Column("near_miss_per_day", sa.Integer(), nullable=False, comment="近い候補を見る回数の上限（１日）"),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.Column("set_by_name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_matching_rules_insurer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_matching_rules"),
    )
    op.create_index("uq_matching_rules_insurer_id_number", "matching_rules", ["insurer_id", "number"], unique=True)
    op.create_table(
        "own_variant",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("insurer_id", sa.String(length=36), nullable=False),
        sa.Column("one", sa.String(length=1), nullable=False),
        sa.Column("other", sa.String(length=1), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False, comment="根拠"),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=36), nullable=False),
        sa.Column("proposed_by_name", sa.String(length=100), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.String(length=36), nullable=True),
        sa.Column("released_by_name", sa.String(length=100), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=36), nullable=True),
        sa.Column("withdrawn_by_name", sa.String(length=100), nullable=False),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False, comment="取下げの理由"),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_own_variant_insurer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_own_variant"),
    )
    op.create_index("ix_own_variant_insurer_id", "own_variant", ["insurer_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_own_variant_insurer_id", table_name="own_variant")
    op.drop_table("own_variant")
    op.drop_index("uq_matching_rules_insurer_id_number", table_name="matching_rules")
    op.drop_table("matching_rules")
