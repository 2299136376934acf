"""The connection to the database: SQLite made durable, PostgreSQL as it is (データベース接続)."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.engine import make_url

BUSY_SECONDS = 30


def connect(url: str) -> Engine:
    """Return an engine for a database URL; an SQLite file's folder is made when missing.

    SQLite runs in WAL mode with ``synchronous=FULL``: an acknowledged commit survives a power cut.
    """
    # Many hosts hand the address out in its old spelling.
    parsed = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    if parsed.get_backend_name() != "sqlite":
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        _make_private(Path(parsed.database))
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def own_connection(engine: Engine) -> PoolProxiedConnection:
    """Return a connection that is nobody else's, for work of minutes; whoever took it closes it.

    Those of the pool are shared by all pages of a process: as many imports at once as it has would stop them all.
    """
    connection = engine.raw_connection()
    connection.detach()
    return connection


def _make_private(path: Path) -> None:
    """Make the file before SQLite does, so that nobody but its owner can read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver would begin transactions by itself, and too late: _begin_sqlite does.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    # A unit of work takes the writer's place at once; one that reads first and writes later
    # would be thrown out when somebody else wrote in between.
    is_reading = connection.get_execution_options().get("inquiry_reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
