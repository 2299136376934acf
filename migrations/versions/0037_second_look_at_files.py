"""What a locked file says, for the second person, and since when one that was made again waits for that look."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "answer", sa.Column("says_ct", sa.LargeBinary(), comment="ファイルに書かれた内容（暗号化）。伝えるまで")
    )
    op.add_column(
        "answer",
        sa.Column(
            "held_at", sa.DateTime(timezone=True), comment="作り直したファイルが、もう一人の確認を待ち始めた時刻"
        ),
    )
    op.create_index("ix_answer_held_at", "answer", ["held_at"])


def downgrade() -> None:
    op.drop_index("ix_answer_held_at", table_name="answer")
    op.drop_column("answer", "held_at")
    op.drop_column("answer", "says_ct")
