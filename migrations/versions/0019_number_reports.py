"""Users report numbers that do not work; a typed number is looked up quickly (番号の不具合の連絡)."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "number_report",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("insurer_id", sa.String(36)),
        sa.Column("municipality_code", sa.String(6)),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("number", sa.String(100), nullable=False, comment="連絡のあった番号・アドレス（名簿のもの）"),
        sa.Column("kind", sa.String(16), nullable=False, comment="不具合の種類"),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.String(36), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("done_by", sa.String(36)),
        sa.Column("done_ct", sa.LargeBinary(), comment="ＰＭＯの対応（暗号化）"),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_number_report_insurer_id"),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name="fk_number_report_municipality_code"
        ),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_number_report_inquiry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_number_report"),
    )
    op.create_index("ix_municipality_main_line", "municipality", ["main_line"])
    op.create_index("ix_contact_entry_telephone", "contact_entry", ["telephone"])


def downgrade() -> None:
    op.drop_index("ix_contact_entry_telephone", "contact_entry")
    op.drop_index("ix_municipality_main_line", "municipality")
    op.drop_table("number_report")
