"""One at a time, across processes and machines: a lock that dies with whoever holds it (排他).

PostgreSQL keeps it on a connection of its own; beside an SQLite file it is a file, which two processes of one machine
share, and nobody else can have the database open.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text


@contextmanager
def only_one(engine: Engine, name: str) -> Iterator[bool]:
    """Hold the lock of this name for the block; yields False where somebody else holds it."""
    if engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            is_ours = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}))
            try:
                yield is_ours
            finally:
                if is_ours:
                    connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})
        return
    beside = Path(f"{engine.url.database}.{hashlib.sha256(name.encode()).hexdigest()[:16]}.lock")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:  # noqa: PTH123 - the mode is set at birth
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
