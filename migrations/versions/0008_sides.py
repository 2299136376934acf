"""An inquiry knows since when each side has it in the system (システムの内と外)."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COLUMNS = (
    (
        "municipality_joined_at",
        sa.DateTime(timezone=True),
        "照会元が本システムで扱い始めた日時。空欄は電話・文書だけの相手",
    ),
    ("insurer_joined_at", sa.DateTime(timezone=True), "照会先が本システムで扱い始めた日時。空欄は電話・文書だけの相手"),
    ("taken_up_by", sa.String(36), "引き取った照会担当"),
)
# Who filed before this is in the system; of the insurers, those with an organisation of their own are.
_MUNICIPALITIES = "UPDATE inquiry SET municipality_joined_at = filed_at WHERE entrance = 'system'"
_INSURERS = (
    "UPDATE inquiry SET insurer_joined_at = filed_at"
    " WHERE insurer_id IN (SELECT insurer_id FROM organisation WHERE insurer_id IS NOT NULL)"
)


def upgrade() -> None:
    for name, kind, comment in _COLUMNS:
        op.add_column("inquiry", sa.Column(name, kind, comment=comment))
    op.execute(_MUNICIPALITIES)
    op.execute(_INSURERS)


def downgrade() -> None:
    for name, _kind, _comment in reversed(_COLUMNS):
        op.drop_column("inquiry", name)
