"""How far the differences of a day have come that are being taken over, for every process of the server to see."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "changes_under_way",
        sa.Column("insurer_id", sa.String(36), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.String(36), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_changes_under_way_insurer_id"),
        sa.PrimaryKeyConstraint("insurer_id", name="pk_changes_under_way"),
    )


def downgrade() -> None:
    op.drop_table("changes_under_way")
