"""Sides of an inquiry in and outside the system, and what passes with an insurer outside (電話・文書の相手)."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_COLUMNS = (
    (
        "municipality_joined_at",
        sa.DateTime(timezone=True),
        "照会元が本システムで扱い始めた日時。空欄は電話・文書だけの相手",
    ),
    ("insurer_joined_at", sa.DateTime(timezone=True), "照会先が本システムで扱い始めた日時。空欄は電話・文書だけの相手"),
    ("taken_up_by", sa.String(36), "引き取った照会担当"),
)
# Who filed before this is in the system; of the insurers, those with an organisation of their own are.
_MUNICIPALITIES = "UPDATE inquiry SET municipality_joined_at = filed_at WHERE entrance = 'system'"
_INSURERS = (
    "UPDATE inquiry SET insurer_joined_at = filed_at"
    " WHERE insurer_id IN (SELECT insurer_id FROM organisation WHERE insurer_id IS NOT NULL)"
)


def upgrade() -> None:
    for name, kind, comment in _COLUMNS:
        op.add_column("inquiry", sa.Column(name, kind, comment=comment))
    op.execute(_MUNICIPALITIES)
    op.execute(_INSURERS)
    op.create_table(
        "correspondence",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("word", sa.String(16), nullable=False, comment="連絡の内容の区分"),
        sa.Column("way", sa.String(16), nullable=False, comment="電話・文書などの別"),
        sa.Column("number", sa.String(20), nullable=False, comment="かけた番号・かかってきた代表電話"),
        sa.Column("document_number", sa.String(60), nullable=False, comment="相手の文書番号"),
        sa.Column("document_on", sa.Date(), comment="相手の文書の日付"),
        sa.Column("said_ct", sa.LargeBinary(), nullable=False, comment="話した人・聞いた内容（暗号化）"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="連絡のあった日時"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_correspondence_inquiry_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name="fk_correspondence_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_correspondence"),
    )
    op.create_index("ix_correspondence_inquiry_id", "correspondence", ["inquiry_id"])


def downgrade() -> None:
    op.drop_table("correspondence")
    for name, _kind, _comment in reversed(_COLUMNS):
        op.drop_column("inquiry", name)
