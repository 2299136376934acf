"""Rosters that are over have no roll any more, unless it waits to be deleted (使い終わった名簿).

Until now a roll was dropped with its roster, in one transaction, and its number stayed. From now on the number says
that the people are still there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0039"
branch_labels = None
depends_on = None

GENERATION = sa.table("roster_generation", sa.column("stage"), sa.column("roll_number"))
OVER = GENERATION.c.stage.in_(("ended", "discarded"))


def upgrade() -> None:
    op.execute(GENERATION.update().where(OVER).values(roll_number=None))


def downgrade() -> None:
    # The program before drops no roll of a roster that is over already.
    still_there = sa.select(GENERATION.c.roll_number).where(OVER, GENERATION.c.roll_number.is_not(None))
    for number in op.get_bind().execute(still_there).scalars().all():
        for table in ("waiting", "key", "member"):
            op.execute(f"DROP TABLE IF EXISTS roll_{number:d}_{table}")
