"""Letters of every kind, offices' own wording and how they sign (文書の種類・文面・公印)."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    made = sa.Column("wording_version", sa.Integer(), nullable=False, server_default="0", comment="文面の版。０は既定")
    op.add_column("answer", made)
    op.create_table(
        "written_letter",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("inquiry_id", sa.String(36), nullable=False),
        sa.Column("organisation_id", sa.String(36), nullable=False, comment="発信した組織"),
        sa.Column("kind", sa.String(16), nullable=False, comment="文書の種類"),
        sa.Column("document_number", sa.String(60), nullable=False, comment="文書番号"),
        sa.Column("addressee", sa.String(200), nullable=False, comment="宛先の組織"),
        sa.Column("wording_version", sa.Integer(), nullable=False, comment="文面の版。０は既定"),
        sa.Column("file_ct", sa.LargeBinary(), nullable=False, comment="文書（暗号化）"),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_written_letter_inquiry_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_written_letter_organisation_id"),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name="fk_written_letter_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_written_letter"),
    )
    op.create_index("ix_written_letter_inquiry_id", "written_letter", ["inquiry_id"])
    op.create_table(
        "letter_wording",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False, comment="文書の種類"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False, comment="件名"),
        sa.Column("body", sa.Text(), nullable=False, comment="本文"),
        sa.Column("remark", sa.Text(), nullable=False, comment="備考"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_letter_wording_organisation_id"),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name="fk_letter_wording_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_wording"),
    )
    op.create_index("uq_letter_wording_version", "letter_wording", ["organisation_id", "kind", "version"], unique=True)
    op.create_table(
        "office_letterhead",
        sa.Column("organisation_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="版"),
        sa.Column("mark", sa.String(20), nullable=False, comment="文書記号"),
        sa.Column("envelope", sa.String(8), nullable=False, comment="窓付き封筒"),
        sa.Column("seal_ct", sa.LargeBinary(), comment="公印の印影（暗号化）"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_office_letterhead_organisation_id"),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_office_letterhead"),
    )
    op.create_table(
        "joint_answer",
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("answer_id", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name="fk_joint_answer_answer_id"),
        sa.PrimaryKeyConstraint("file_sha256", "answer_id", name="pk_joint_answer"),
    )


def downgrade() -> None:
    for table in ("joint_answer", "office_letterhead", "letter_wording", "written_letter"):
        op.drop_table(table)
    op.drop_column("answer", "wording_version")
