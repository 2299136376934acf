"""An insurer has several desks, and an inquiry keeps the number it was filed under (複数の窓口、照会時の保険者番号)."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# Further desks cannot stand in the older table beside the main one under the same version: they become ended versions
# far behind it, so that inquiries which were filed to them keep theirs.
_FAR_BEHIND = (
    "UPDATE contact_entry SET version = version + desk * 100000, valid_to = coalesce(valid_to, valid_from)"
    " WHERE desk > 1"
)


def upgrade() -> None:
    desk = sa.Column("desk", sa.Integer(), nullable=False, server_default="1", comment="窓口の番号。１は主たる窓口")
    named = sa.Column(
        "desk_name", sa.String(100), nullable=False, server_default="", comment="窓口名。主たる窓口は空欄"
    )
    whom = sa.Column("serves_whom", sa.String(200), nullable=False, server_default="", comment="担当範囲")
    numbers = sa.Column("serves_numbers", sa.JSON(), nullable=False, server_default="[]", comment="担当する保険者番号")
    for column in (desk, named, whom, numbers):
        op.add_column("contact_entry", column)
    op.drop_index("uq_contact_entry_insurer_id_version", "contact_entry")
    op.create_index(
        "uq_contact_entry_insurer_id_desk_version", "contact_entry", ["insurer_id", "desk", "version"], unique=True
    )
    for table in ("amendment", "number_report"):
        op.add_column(table, sa.Column("desk", sa.Integer(), nullable=True, comment="窓口の番号"))
    op.execute("UPDATE amendment SET desk = 1 WHERE insurer_id IS NOT NULL")
    op.execute("UPDATE number_report SET desk = 1 WHERE insurer_id IS NOT NULL")
    filed_under = sa.Column(
        "insurer_number", sa.String(8), nullable=False, server_default="", comment="照会したときの保険者番号"
    )
    op.add_column("inquiry", filed_under)
    op.execute(
        "UPDATE inquiry SET insurer_number = coalesce((SELECT min(insurer_number.number) FROM insurer_number"
        " WHERE insurer_number.insurer_id = inquiry.insurer_id), '')"
    )


def downgrade() -> None:
    op.drop_column("inquiry", "insurer_number")
    for table in ("number_report", "amendment"):
        op.drop_column(table, "desk")
    op.drop_index("uq_contact_entry_insurer_id_desk_version", "contact_entry")
    op.execute(_FAR_BEHIND)
    op.create_index("uq_contact_entry_insurer_id_version", "contact_entry", ["insurer_id", "version"], unique=True)
    for name in ("serves_numbers", "serves_whom", "desk_name", "desk"):
        op.drop_column("contact_entry", name)
