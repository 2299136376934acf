"""When the clerk in charge saw that an inquiry's desk was corrected (照会先の窓口の変更)."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "照会先の窓口の変更を担当者が見た日時"
    op.add_column("inquiry", sa.Column("contact_seen_at", sa.DateTime(timezone=True), comment=comment))


def downgrade() -> None:
    op.drop_column("inquiry", "contact_seen_at")
