"""What a roster that is over still told, sealed, of people who were 不開示 when they left it, is forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

generation = sa.table(
    "roster_generation", sa.column("id", sa.String), sa.column("stage", sa.String), sa.column("report", sa.JSON)
)


def upgrade() -> None:
    connection = op.get_bind()
    over = sa.select(generation.c.id, generation.c.report).where(generation.c.stage.in_(("ended", "discarded")))
    for generation_id, report in connection.execute(over).all():
        if report and report.get("gone_shut"):
            forgotten = {**report, "gone_shut": []}
            connection.execute(generation.update().where(generation.c.id == generation_id).values(report=forgotten))


def downgrade() -> None:
    """Nobody can be remembered again."""
