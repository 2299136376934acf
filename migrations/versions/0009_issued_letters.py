"""Letters are sealed and can be asked about by anybody who holds one (電子シール・文書の確認)."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seal_certificate",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("insurer_id", sa.String(36)),
        sa.Column("holder", sa.String(400), nullable=False, comment="証明書の名義"),
        sa.Column("der", sa.LargeBinary(), nullable=False, comment="証明書（公開部分）"),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pkcs12_ct", sa.LargeBinary(), comment="鍵を含む証明書（暗号化）"),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(36), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), comment="使用をやめた時刻"),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_seal_certificate_insurer_id"),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_seal_certificate"),
    )
    op.create_index("ix_seal_certificate_insurer_id", "seal_certificate", ["insurer_id"])
    op.create_table(
        "issued_letter",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("number_key", sa.LargeBinary(), nullable=False, comment="確認番号の索引（鍵付き）"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("issuer", sa.String(200), nullable=False, comment="発行者"),
        sa.Column("issued_on", sa.Date(), nullable=False, comment="文書の日付"),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("answer_id", sa.String(36), comment="回答の文書であるとき"),
        sa.Column("certificate", sa.String(64)),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_issued_letter_inquiry_id"),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name="fk_issued_letter_answer_id"),
        sa.ForeignKeyConstraint(["certificate"], ["seal_certificate.fingerprint"], name="fk_issued_letter_certificate"),
        sa.PrimaryKeyConstraint("id", name="pk_issued_letter"),
        sa.UniqueConstraint("number_key", name="uq_issued_letter_number_key"),
    )
    op.create_index("ix_issued_letter_inquiry_id", "issued_letter", ["inquiry_id"])
    op.create_index("ix_issued_letter_sha256", "issued_letter", ["sha256"])
    op.create_table(
        "look_up_delay",
        sa.Column("address_key", sa.LargeBinary(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address_key", name="pk_look_up_delay"),
    )


def downgrade() -> None:
    for table in ("look_up_delay", "issued_letter", "seal_certificate"):
        op.drop_table(table)
