"""The day of a letter that counts for the clock, and since when another way of answering is owed (回答期限の合意)."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inquiry", sa.Column("agreed_on", sa.Date(), comment="期限として数える文書の期日"))
    op.add_column(
        "inquiry", sa.Column("owed_from_at", sa.DateTime(timezone=True), comment="文書をやめ、期限を数え直した日時")
    )
    op.execute("UPDATE inquiry SET agreed_on = needed_by WHERE channel = 'letter'")


def downgrade() -> None:
    op.drop_column("inquiry", "owed_from_at")
    op.drop_column("inquiry", "agreed_on")
