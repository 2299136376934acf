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
from enum import Enum
from functools import partial
from pathlib import Path
from typing import IO, Final

from sqlalchemy import Connection, Engine, text

PATIENCE_SECONDS: Final = 2.0  # whoever only asks whether somebody is at work holds the lock for a moment


class _Held(Enum):
    """How a lock is held: by one alone, or by any number of those who only ask."""

    ALONE = (fcntl.LOCK_EX, "")
    SHARED = (fcntl.LOCK_SH, "_shared")


def nobody_waits() -> None:
    """Tell nobody that work has begun."""


@contextmanager
def only_one(engine: Engine, name: str, *, patience: float = 0.0) -> Iterator[bool]:
    """Hold the lock of this name for the block; yields False where somebody else holds it for longer than `patience`.

    `patience` is in seconds.
    """
    with _taken(engine, name, patience=patience, way=_Held.ALONE) as is_ours:
        yield is_ours


def is_nobody_at_work(engine: Engine, name: str) -> bool:
    """Say whether nobody holds the lock of this name for work; any number may ask at once."""
    with _taken(engine, name, patience=0.0, way=_Held.SHARED) as is_ours:
        return is_ours


@contextmanager
def _taken(engine: Engine, name: str, *, patience: float, way: _Held) -> Iterator[bool]:
    file_mode, suffix = way.value
    if engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            take = partial(_take_advisory_lock, connection, number, suffix)
            is_ours = _taken_within(patience, take=take)
            if is_ours and way is _Held.ALONE:
                connection.detach()  # held for minutes, it would be one less for the pages to share
            try:
                yield is_ours
            finally:
                if is_ours:
                    connection.execute(text(f"SELECT pg_advisory_unlock{suffix}(:number)"), {"number": number})
        return
    beside = Path(f"{engine.url.database}.{hashlib.sha256(name.encode()).hexdigest()[:16]}.lock")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:  # noqa: PTH123 - the mode is set at birth
        yield _taken_within(patience, take=partial(_take_file_lock, file, file_mode))


def _taken_within(patience: float, *, take: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + patience
    while not take():
        if time.monotonic() >= give_up:
            return False
        time.sleep(0.05)
    return True


def _take_advisory_lock(connection: Connection, number: int, suffix: str) -> bool:
    return bool(connection.scalar(text(f"SELECT pg_try_advisory_lock{suffix}(:number)"), {"number": number}))


def _take_file_lock(file: IO[bytes], mode: int) -> bool:
    try:
        fcntl.flock(file, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
