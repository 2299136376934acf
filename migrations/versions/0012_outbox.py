"""Mail waits in the database until it has left (送信メール)."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.String(36), nullable=False, comment="Message-IDの左側"),
        sa.Column("kind", sa.String(32), nullable=False, comment="メールの種類"),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("organisation_id", sa.String(36), nullable=False, comment="差出人の組織"),
        sa.Column("inquiry_id", sa.String(36)),
        sa.Column("answer_id", sa.String(36)),
        sa.Column("to_ct", sa.LargeBinary(), nullable=False, comment="宛先（暗号化）"),
        sa.Column("to_key", sa.LargeBinary(), nullable=False, comment="同じ宛先を探す索引（鍵付き）"),
        sa.Column("content_ct", sa.LargeBinary(), comment="メール全体（暗号化）。終われば消す"),
        sa.Column("attachment_sha256", sa.String(64), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(36), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False, comment="この時刻までは取り戻せる"),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("left_at", sa.DateTime(timezone=True), comment="最初に送り出そうとした時刻"),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("code", sa.String(60), nullable=False, comment="最後の応答コード又は理由"),
        sa.Column("noticed_at", sa.DateTime(timezone=True), comment="不達を確認した時刻"),
        sa.Column("noticed_by", sa.String(36)),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_outgoing_mail_organisation_id"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_outgoing_mail_inquiry_id"),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name="fk_outgoing_mail_answer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing_mail"),
    )
    op.create_index("ix_outgoing_mail_inquiry_id", "outgoing_mail", ["inquiry_id"])
    op.create_index("ix_outgoing_mail_state_next_try_at", "outgoing_mail", ["state", "next_try_at"])
    op.create_index("ix_outgoing_mail_organisation_id_written_at", "outgoing_mail", ["organisation_id", "written_at"])
    op.create_index("ix_outgoing_mail_to_key", "outgoing_mail", ["to_key"])


def downgrade() -> None:
    op.drop_table("outgoing_mail")
