"""What a later finding said, so that the same is not told twice and something new is told again."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "later_finding",
        sa.Column(
            "said", sa.String(64), nullable=False, server_default="", comment="判定の指紋（同じ判定は二度知らせない）"
        ),
    )


def downgrade() -> None:
    op.drop_column("later_finding", "said")
