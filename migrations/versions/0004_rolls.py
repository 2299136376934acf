"""Rosters in rolls: each import's sealed people lie in tables of their own.

The people imported before cannot be carried over, because their keys are not in the database. Their insurers import
once more; until then they answer by attestation.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def added() -> tuple[sa.Column, ...]:
    return (
        sa.Column("stage", sa.String(12), nullable=False, server_default="ended"),
        sa.Column("is_difference", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("roll_number", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("share", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
    )


def upgrade() -> None:
    op.execute("DELETE FROM active_roster")
    op.drop_table("member_key")
    op.drop_table("member")
    op.create_table(
        "roll",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("insurer_id", sa.String(36), nullable=False),
        sa.Column("forms", sa.String(60), nullable=False),
        sa.Column("key_generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_roll_insurer_id"),
        sa.PrimaryKeyConstraint("number", name="pk_roll"),
    )
    op.create_index("ix_roll_insurer_id", "roll", ["insurer_id"])
    for column in added():
        op.add_column("roster_generation", column)


def downgrade() -> None:
    op.execute("DELETE FROM active_roster")
    for (number,) in op.get_bind().execute(sa.text("SELECT number FROM roll")).all():
        op.execute(f"DROP TABLE IF EXISTS roll_{number:d}_key")
        op.execute(f"DROP TABLE IF EXISTS roll_{number:d}_member")
    for column in reversed(added()):
        op.drop_column("roster_generation", column.name)
    op.drop_index("ix_roll_insurer_id", table_name="roll")
    op.drop_table("roll")
    op.create_table(
        "member",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("generation_id", sa.String(36), nullable=False),
        sa.Column("member_ct", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["roster_generation.id"], name="fk_member_generation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
    )
    op.create_index("ix_member_generation_id", "member", ["generation_id"])
    op.create_table(
        "member_key",
        sa.Column("generation_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("key", sa.LargeBinary(8), nullable=False),
        sa.Column("member_row_id", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["roster_generation.id"], name="fk_member_key_generation_id"),
        sa.ForeignKeyConstraint(["member_row_id"], ["member.id"], name="fk_member_key_member_row_id"),
        sa.PrimaryKeyConstraint("generation_id", "kind", "key", "member_row_id", name="pk_member_key"),
    )
