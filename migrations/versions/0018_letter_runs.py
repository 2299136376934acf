"""Letters are made together in one go (文書の一括作成)."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_run",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("insurer_id", sa.String(36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_letter_run_insurer_id"),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name="fk_letter_run_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_run"),
    )
    op.create_index("ix_letter_run_insurer_id_made_at", "letter_run", ["insurer_id", "made_at"])
    op.create_table(
        "run_letter",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("run_id", sa.String(36), nullable=False),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.String(36), nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("code", sa.String(60), nullable=False, comment="作成・発送できない理由"),
        sa.ForeignKeyConstraint(["run_id"], ["letter_run.id"], name="fk_run_letter_run_id"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_run_letter_inquiry_id"),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name="fk_run_letter_answer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_run_letter"),
    )
    op.create_index("ix_run_letter_inquiry_id", "run_letter", ["inquiry_id"])
    op.create_index("uq_run_letter_run_id_place", "run_letter", ["run_id", "place"], unique=True)


def downgrade() -> None:
    op.drop_table("run_letter")
    op.drop_table("letter_run")
