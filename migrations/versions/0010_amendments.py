"""Changes of the directories wait for a second person, a call and some days (名簿の変更の手続)."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("insurer_id", sa.String(36)),
        sa.Column("municipality_code", sa.String(6)),
        sa.Column("cells", sa.JSON(), nullable=False, comment="変わる列・変更前・変更後"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="適用日"),
        sa.Column("evidence", sa.String(300), nullable=False, comment="根拠とした文書"),
        sa.Column("page", sa.String(300), nullable=False, comment="根拠としたページ"),
        sa.Column("seen_on", sa.Date(), comment="根拠を確かめた日"),
        sa.Column("side", sa.String(16), nullable=False, comment="提案した側（ＰＭＯ・本人の組織・運用者）"),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(36), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
        sa.Column("approved_by", sa.String(36)),
        sa.Column("waits_until", sa.DateTime(timezone=True), comment="待ち期間の終わり"),
        sa.Column("called_at", sa.DateTime(timezone=True)),
        sa.Column("called_by", sa.String(36)),
        sa.Column("call_outcome", sa.String(16), nullable=False, comment="変更前の番号にかけた結果"),
        sa.Column("call_ct", sa.LargeBinary(), comment="電話の記録（暗号化）"),
        sa.Column("took_effect_at", sa.DateTime(timezone=True)),
        sa.Column("stopped_at", sa.DateTime(timezone=True)),
        sa.Column("stopped_by", sa.String(36)),
        sa.Column("stopped_how", sa.String(16), nullable=False, comment="差戻し・取下げ・異議の別"),
        sa.Column("stopped_ct", sa.LargeBinary(), comment="止めた理由（暗号化）"),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_amendment_insurer_id"),
        sa.ForeignKeyConstraint(["municipality_code"], ["municipality.code"], name="fk_amendment_municipality_code"),
        sa.PrimaryKeyConstraint("id", name="pk_amendment"),
    )
    op.create_index("ix_amendment_insurer_id", "amendment", ["insurer_id"])
    op.create_index("ix_amendment_municipality_code", "amendment", ["municipality_code"])
    op.create_table(
        "directory_rule",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="版"),
        sa.Column("cooling_days", sa.Integer(), nullable=False, comment="待ち期間（日）"),
        sa.Column("recheck_days", sa.Integer(), nullable=False, comment="再確認までの日数"),
        sa.PrimaryKeyConstraint("name", name="pk_directory_rule"),
    )
    with op.batch_alter_table("suspicion_note") as table:
        table.alter_column("inquiry_id", existing_type=sa.String(36), nullable=True)
        table.alter_column("call_back_id", existing_type=sa.String(36), nullable=True)
        table.add_column(sa.Column("amendment_id", sa.String(36)))
        table.add_column(sa.Column("seen", sa.String(200), nullable=False, server_default="", comment="入力されたもの"))
        table.add_column(
            sa.Column("resembles", sa.String(200), nullable=False, server_default="", comment="名簿の本物")
        )
        table.add_column(sa.Column("owner", sa.String(200), nullable=False, server_default="", comment="本物の持ち主"))
        table.create_foreign_key("fk_suspicion_note_amendment_id", "amendment", ["amendment_id"], ["id"])
    op.add_column("contact_entry", sa.Column("amendment_id", sa.String(36), comment="この版にした変更の手続"))


def downgrade() -> None:
    op.drop_column("contact_entry", "amendment_id")
    op.execute("DELETE FROM suspicion_note WHERE inquiry_id IS NULL OR call_back_id IS NULL")
    with op.batch_alter_table("suspicion_note") as table:
        table.drop_constraint("fk_suspicion_note_amendment_id", type_="foreignkey")
        for column in ("owner", "resembles", "seen", "amendment_id"):
            table.drop_column(column)
        table.alter_column("call_back_id", existing_type=sa.String(36), nullable=False)
        table.alter_column("inquiry_id", existing_type=sa.String(36), nullable=False)
    op.drop_table("directory_rule")
    op.drop_table("amendment")
