"""Versions of the list of insurers that are hard to link (情報連携困難保険者リストの版)."""

import uuid
from datetime import UTC, datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JST = timezone(timedelta(hours=9))
EDITION = sa.table(
    "difficult_edition",
    sa.column("id", sa.String),
    sa.column("number", sa.Integer),
    sa.column("written_at", sa.DateTime(timezone=True)),
    sa.column("written_by_name", sa.String),
    sa.column("authors", sa.JSON),
    sa.column("version", sa.Integer),
    sa.column("published_on", sa.Date),
    sa.column("published_at", sa.DateTime(timezone=True)),
    sa.column("published_by_name", sa.String),
)


def upgrade() -> None:
    op.create_table(
        "difficult_edition",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="版"),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_name", sa.String(100), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False, comment="この版を書いた利用者"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), comment="公開日"),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("published_by_name", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_difficult_edition"),
    )
    op.create_index("uq_difficult_edition_number", "difficult_edition", ["number"], unique=True)
    op.create_table(
        "difficult_line",
        sa.Column("edition_id", sa.String(36), nullable=False),
        sa.Column("entry_id", sa.String(36), nullable=False),
        sa.Column("insurer_number", sa.String(8), nullable=False),
        sa.Column("insurer_name", sa.String(200), nullable=False),
        sa.Column("prefecture", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["difficult_edition.id"], name="fk_difficult_line_edition_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["difficult_entry.id"], name="fk_difficult_line_entry_id"),
        sa.PrimaryKeyConstraint("edition_id", "entry_id", name="pk_difficult_line"),
    )
    op.create_index("ix_difficult_line_entry_id", "difficult_line", ["entry_id"])
    _publish_what_stands()
    op.drop_column("difficult_entry", "version")
    op.drop_column("difficult_entry", "updated_at")


def _publish_what_stands() -> None:
    """Make the list as it stands the first version, published when it last changed."""
    connection = op.get_bind()
    query = sa.text("SELECT max(updated_at) AS changed_at FROM difficult_entry")
    changed_at = connection.scalar(query.columns(sa.column("changed_at", sa.DateTime(timezone=True))))
    if changed_at is None:
        return
    at = changed_at if changed_at.tzinfo else changed_at.replace(tzinfo=UTC)
    edition_id = str(uuid.uuid4())
    row = {
        "id": edition_id,
        "number": 1,
        "written_at": at,
        "written_by_name": "",
        "authors": [],
        "version": 1,
        "published_on": at.astimezone(JST).date(),
        "published_at": at,
        "published_by_name": "",
    }
    connection.execute(EDITION.insert(), row)
    lines = sa.text(
        "INSERT INTO difficult_line (edition_id, entry_id, insurer_number, insurer_name, prefecture)"
        " SELECT :edition_id, entry.id, min(numbered.number), insurer.name, insurer.prefecture"
        " FROM difficult_entry AS entry JOIN insurer ON insurer.id = entry.insurer_id"
        " JOIN insurer_number AS numbered ON numbered.insurer_id = insurer.id"
        " GROUP BY entry.id, insurer.name, insurer.prefecture"
    )
    connection.execute(lines, {"edition_id": edition_id})


def downgrade() -> None:
    at = datetime(2017, 1, 1, tzinfo=UTC).isoformat(sep=" ")
    updated_at = sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=at)
    op.add_column("difficult_entry", updated_at)
    op.add_column("difficult_entry", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.drop_index("ix_difficult_line_entry_id", table_name="difficult_line")
    op.drop_table("difficult_line")
    op.drop_table("difficult_edition")
