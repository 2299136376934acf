"""Under which version of the rule of the second look a draft was first prepared (回答の前の確認).

Drafts that are on their way wait as their insurer's rule says now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_COMMENT = "用意したときの「回答の前の確認」の版"


def upgrade() -> None:
    number = sa.Column("four_eyes_from", sa.Integer(), nullable=False, server_default="0", comment=_COMMENT)
    op.add_column("answer", number)
    op.execute(
        """
        UPDATE answer SET four_eyes_from = coalesce((
            SELECT max(edition.number) FROM four_eyes_edition edition
            JOIN inquiry ON inquiry.insurer_id = edition.insurer_id WHERE inquiry.id = answer.inquiry_id), 0)
        WHERE given_at IS NULL
        """
    )


def downgrade() -> None:
    op.drop_column("answer", "four_eyes_from")
