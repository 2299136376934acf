"""Hours of business and closed days per organisation (受付時間・休業日)."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "timetable",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("insurer_id", sa.String(36), comment="空欄は全国共通"),
        sa.Column("number", sa.Integer(), nullable=False, comment="版"),
        sa.Column("opens", sa.Time(), nullable=False, comment="受付開始"),
        sa.Column("closes", sa.Time(), nullable=False, comment="受付終了"),
        sa.Column("cut_off", sa.Time(), nullable=False, comment="締切時刻"),
        sa.Column("closures", sa.JSON(), nullable=False, comment="休業日と名称"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(36), nullable=False),
        sa.Column("made_by_name", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_timetable_insurer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_timetable"),
    )
    op.create_index("uq_timetable_insurer_id_number", "timetable", ["insurer_id", "number"], unique=True)
    is_everybodys = sa.text("insurer_id IS NULL")
    op.create_index(
        "uq_timetable_number_of_everybody",
        "timetable",
        ["number"],
        unique=True,
        sqlite_where=is_everybodys,
        postgresql_where=is_everybodys,
    )


def downgrade() -> None:
    op.drop_table("timetable")
