"""The domain under which a municipality has its mail (市町村等のメールドメイン)."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "メールドメイン（番号と同じ証拠）"
    op.add_column(
        "municipality", sa.Column("mail_domain", sa.String(253), nullable=False, server_default="", comment=comment)
    )


def downgrade() -> None:
    op.drop_column("municipality", "mail_domain")
