"""The schema and its migrations: made when missing, refused when strange (スキーマの移行)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from inquiry.domain.errors import Forbidden

# Any number will do, as long as nobody else on the cluster locks the same one.
_POSTGRES_LOCK = 6_417_331


def upgrade(engine: Engine, migrations: Path) -> None:
    """Bring the database to the newest revision, in one transaction; two that start at once wait for each other."""
    with engine.begin() as connection:
        _hold(connection)
        command.upgrade(_alembic(connection, migrations), "head")


def downgrade(engine: Engine, migrations: Path, revision: str) -> None:
    """Take the database back to an older revision (``base`` empties it)."""
    with engine.begin() as connection:
        _hold(connection)
        command.downgrade(_alembic(connection, migrations), revision)


def ensure(engine: Engine, migrations: Path) -> None:
    """Make an empty database ready and bring an embedded one up to date; a shared one is upgraded by its operator.

    :raises Forbidden: if a shared database is behind this version of the product.
    """
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == ScriptDirectory(str(migrations)).get_current_head():
        return
    if current is not None and engine.dialect.name != "sqlite":
        raise Forbidden("schema:behind")
    upgrade(engine, migrations)


def _alembic(connection: Connection, migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _hold(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _POSTGRES_LOCK})
