"""Decisions kept for replaying, withheld records, looks at people who are near, later findings (判定の記録・不開示)."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    supervises = sa.Column("supervises", sa.Boolean(), nullable=False, server_default=sa.false(), comment=_SUPERVISES)
    op.add_column("account", supervises)
    corroborated = sa.Column("corroborated", sa.String(16), nullable=False, server_default="", comment=_CORROBORATED)
    op.add_column("identification", corroborated)
    op.add_column("identification", sa.Column("decision_ct", sa.LargeBinary(), comment="判定の記録（暗号化）"))
    _withheld_openings()
    _near_misses()
    _later_findings()


_SUPERVISES = "責任者（不開示の記録を開く）"
_CORROBORATED = "同姓同名の裏付けとした事項"


def _withheld_openings() -> None:
    op.create_table(
        "withheld_opening",
        sa.Column("identification_id", sa.String(36), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(36), nullable=False),
        sa.Column("reason_ct", sa.LargeBinary(), nullable=False, comment="開いた理由（暗号化）"),
        sa.ForeignKeyConstraint(
            ["identification_id"], ["identification.id"], name="fk_withheld_opening_identification_id"
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name="fk_withheld_opening_opened_by"),
        sa.PrimaryKeyConstraint("identification_id", name="pk_withheld_opening"),
    )


def _near_misses() -> None:
    op.create_table(
        "near_miss_look",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("insurer_id", sa.String(36), nullable=False),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_near_miss_look_insurer_id"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_near_miss_look_inquiry_id"),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name="fk_near_miss_look_by"),
        sa.PrimaryKeyConstraint("id", name="pk_near_miss_look"),
    )
    op.create_index("ix_near_miss_look_inquiry_id", "near_miss_look", ["inquiry_id"])
    op.create_index("ix_near_miss_look_insurer_id_at", "near_miss_look", ["insurer_id", "at"])


def _later_findings() -> None:
    op.create_table(
        "later_finding",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("insurer_id", sa.String(36), nullable=False),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("identification_id", sa.String(36), nullable=False),
        sa.Column("generation_id", sa.String(36), nullable=False),
        sa.Column("finding", sa.String(16), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("done_by", sa.String(36)),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_later_finding_insurer_id"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_later_finding_inquiry_id"),
        sa.ForeignKeyConstraint(
            ["identification_id"], ["identification.id"], name="fk_later_finding_identification_id"
        ),
        sa.ForeignKeyConstraint(["generation_id"], ["roster_generation.id"], name="fk_later_finding_generation_id"),
        sa.ForeignKeyConstraint(["done_by"], ["account.id"], name="fk_later_finding_done_by"),
        sa.PrimaryKeyConstraint("id", name="pk_later_finding"),
        sa.UniqueConstraint("identification_id", name="uq_later_finding_identification_id"),
    )
    op.create_index("ix_later_finding_insurer_id", "later_finding", ["insurer_id"])
    op.create_index("ix_later_finding_inquiry_id", "later_finding", ["inquiry_id"])


def downgrade() -> None:
    op.drop_table("later_finding")
    op.drop_table("near_miss_look")
    op.drop_table("withheld_opening")
    op.drop_column("identification", "decision_ct")
    op.drop_column("identification", "corroborated")
    op.drop_column("account", "supervises")
