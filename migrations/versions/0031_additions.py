"""Desks that are proposed for the contact list, one or a whole file of them (照会窓口の追加の提案)."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    adds = sa.Column(
        "adds", sa.String(16), nullable=False, server_default="", comment="加えるもの（保険者・窓口。変更では空欄）"
    )
    op.add_column("amendment", adds)
    op.create_table(
        "added_desk",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("amendment_id", sa.String(36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="提案の中の順番"),
        sa.Column("insurer_number", sa.String(8), nullable=False, comment="保険者番号（８桁）"),
        sa.Column("desk_name", sa.String(100), nullable=False, comment="窓口名。主たる窓口は空欄"),
        sa.Column("name", sa.String(200), nullable=False, comment="保険者名称"),
        sa.Column("kana", sa.String(300), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False, comment="一覧の列と、その内容"),
        sa.Column("rejected_at", sa.DateTime(timezone=True), comment="差し戻した時刻"),
        sa.Column("rejected_by", sa.String(36)),
        sa.Column("reason_ct", sa.LargeBinary(), comment="差し戻した理由（暗号化）"),
        sa.Column("entry_id", sa.String(36), comment="この提案でできた窓口の版"),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendment.id"], name="fk_added_desk_amendment_id_amendment"),
        sa.PrimaryKeyConstraint("id", name="pk_added_desk"),
    )
    op.create_index("ix_added_desk_amendment_id", "added_desk", ["amendment_id"])
    op.create_index("ix_added_desk_insurer_number", "added_desk", ["insurer_number"])


# An older version knows no addition: those on their way are let go of, with what was noted about them.
_LET_GO = (
    "DELETE FROM suspicion_note WHERE amendment_id IN (SELECT id FROM amendment WHERE adds <> '')",
    "UPDATE contact_entry SET amendment_id = NULL WHERE amendment_id IN (SELECT id FROM amendment WHERE adds <> '')",
    "DELETE FROM outgoing_mail WHERE amendment_id IN (SELECT id FROM amendment WHERE adds <> '')",
    "DELETE FROM amendment WHERE adds <> ''",
)


def downgrade() -> None:
    op.drop_table("added_desk")
    for statement in _LET_GO:
        op.execute(statement)
    op.drop_column("amendment", "adds")
