"""One at a time, across processes and machines: a lock that dies with whoever holds it (排他).

PostgreSQL keeps it on a connection of its own; beside an SQLite file it is a file, which two processes of one machine
share, and nobody else can have the database open.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Final

from sqlalchemy import Connection, Engine, text

PATIENCE_SECONDS: Final = 2.0  # whoever only asks whether somebody is at work holds the lock for a moment


def nobody_waits() -> None:
    """Tell nobody that work has begun."""


@contextmanager
def only_one(engine: Engine, name: str, *, patience: float = 0.0) -> Iterator[bool]:
    """Hold the lock of this name for the block; yields False where somebody else holds it for longer than `patience`.

    `patience` is in seconds.
    """
    if engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            take = partial(_take_advisory_lock, connection, number)
            is_ours = _taken_within(patience, take=take)
            try:
                yield is_ours
            finally:
                if is_ours:
                    connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})
        return
    beside = Path(f"{engine.url.database}.{hashlib.sha256(name.encode()).hexdigest()[:16]}.lock")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:  # noqa: PTH123 - the mode is set at birth
        yield _taken_within(patience, take=partial(_take_file_lock, file))


def _taken_within(patience: float, *, take: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + patience
    while not take():
        if time.monotonic() >= give_up:
            return False
        time.sleep(0.05)
    return True


def _take_advisory_lock(connection: Connection, number: int) -> bool:
    return bool(connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}))


def _take_file_lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
