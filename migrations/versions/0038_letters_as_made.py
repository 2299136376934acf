"""Which print of a letter a run made, so that another print is not taken for it (一括作成した文書の版).

For letters made before, the print that lies there now is taken for the one that was made. One that was prepared anew
and not printed since is refused: what was on paper is not the answer any more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, length, said in (
        ("file_sha256", 64, "この一括作成で作った文書"),
        ("document_number", 60, "その文書番号"),
    ):
        op.add_column("run_letter", sa.Column(name, sa.String(length), nullable=False, server_default="", comment=said))
    op.execute(
        """
        UPDATE run_letter SET
            file_sha256 = (SELECT answer.file_sha256 FROM answer WHERE answer.id = run_letter.answer_id),
            document_number = (SELECT answer.document_number FROM answer WHERE answer.id = run_letter.answer_id)
        WHERE outcome = 'ready'
        """
    )
    op.execute(
        """
        UPDATE run_letter SET outcome = 'refused', code = 'letter_run:made_anew'
        WHERE outcome = 'ready' AND file_sha256 = ''
        """
    )
    op.create_index("ix_answer_tracking_number", "answer", ["tracking_number"])


def downgrade() -> None:
    op.drop_index("ix_answer_tracking_number", "answer")
    op.drop_column("run_letter", "document_number")
    op.drop_column("run_letter", "file_sha256")
