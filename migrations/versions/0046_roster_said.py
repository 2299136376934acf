"""What the roster said when an answer was written, kept with it; of answers that stand, nobody knows it any more."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "answer",
        sa.Column(
            "roster_said",
            sa.String(64),
            nullable=False,
            server_default="",
            comment="保存したときの名簿の内容（ハッシュ）。空欄は、名簿によらないか、残っていない",
        ),
    )


def downgrade() -> None:
    op.drop_column("answer", "roster_said")
