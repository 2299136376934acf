"""Under which insurer's key an identification keeps what it copied from a roster; earlier ones keep the common key."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "identification",
        sa.Column(
            "sealed_for",
            sa.String(36),
            nullable=False,
            server_default="inquiry",
            comment="名簿から写した欄の鍵をもつ保険者",
        ),
    )


def downgrade() -> None:
    op.drop_column("identification", "sealed_for")
