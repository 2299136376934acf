"""A second person's look at an answer (複数人での確認)."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "four_eyes_rule",
        sa.Column("insurer_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="版"),
        sa.Column("requirement", sa.String(8), nullable=False),
        sa.Column("triggers", sa.JSON(), nullable=False),
        sa.Column("substitute_id", sa.String(36), comment="責任者が不在のときの代行者"),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_four_eyes_rule_insurer_id"),
        sa.ForeignKeyConstraint(["substitute_id"], ["account.id"], name="fk_four_eyes_rule_substitute_id"),
        sa.PrimaryKeyConstraint("insurer_id", name="pk_four_eyes_rule"),
    )
    op.create_table(
        "answer_release",
        sa.Column("answer_id", sa.String(36), nullable=False),
        sa.Column("seen", sa.LargeBinary(), nullable=False, comment="確かめた内容のハッシュ（暗号文から）"),
        sa.Column("is_released", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name="fk_answer_release_answer_id"),
        sa.ForeignKeyConstraint(["said_by"], ["account.id"], name="fk_answer_release_said_by"),
        sa.PrimaryKeyConstraint("answer_id", name="pk_answer_release"),
    )


def downgrade() -> None:
    op.drop_table("answer_release")
    op.drop_table("four_eyes_rule")
