"""The rule of the second look in versions, with who set each and why (複数人での確認の設定の履歴)."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "four_eyes_edition",
        sa.Column("insurer_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="版"),
        sa.Column("requirement", sa.String(8), nullable=False),
        sa.Column("triggers", sa.JSON(), nullable=False),
        sa.Column("substitute_id", sa.String(36), comment="責任者が不在のときの代行者"),
        sa.Column("reason", sa.Text(), nullable=False, comment="変更の理由"),
        sa.Column("set_at", sa.DateTime(timezone=True), comment="変更した時刻（履歴を残す前の版にはない）"),
        sa.Column("set_by", sa.String(36)),
        sa.Column("set_by_name", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_four_eyes_edition_insurer_id"),
        sa.ForeignKeyConstraint(["substitute_id"], ["account.id"], name="fk_four_eyes_edition_substitute_id"),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name="fk_four_eyes_edition_set_by"),
        sa.PrimaryKeyConstraint("insurer_id", "number", name="pk_four_eyes_edition"),
    )
    # Who set the rule that stood, and when, is in the ledger alone.
    op.execute(
        "INSERT INTO four_eyes_edition"
        " (insurer_id, number, requirement, triggers, substitute_id, reason, set_by_name)"
        " SELECT insurer_id, number, requirement, triggers, substitute_id, '', '' FROM four_eyes_rule"
    )
    op.drop_table("four_eyes_rule")
    # Whether an insurer ever answered a municipality is asked before every answer.
    op.create_index("ix_inquiry_insurer_id_municipality_code", "inquiry", ["insurer_id", "municipality_code"])


def downgrade() -> None:
    op.drop_index("ix_inquiry_insurer_id_municipality_code", "inquiry")
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
    op.execute(
        "INSERT INTO four_eyes_rule (insurer_id, number, requirement, triggers, substitute_id)"
        " SELECT insurer_id, number, requirement, triggers, substitute_id FROM four_eyes_edition AS version"
        " WHERE number = (SELECT max(number) FROM four_eyes_edition WHERE insurer_id = version.insurer_id)"
    )
    op.drop_table("four_eyes_edition")
