"""Writing a roll that nobody looks up yet, at the speed of the database (名簿の書き込み).

Decides   that every portion is committed by itself: whoever files or answers meanwhile waits for a portion, never for
          an import. What was interrupted is a roll without a roster; its import is found and discarded by the next.
Not here  what is written: workflow/roster_sealing.py. Which roll is looked up: store/rosters.py.
"""

import struct
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Engine

from inquiry.store.engine import own_connection
from inquiry.store.rolls import KeyRow, SealedMember, Tables

_SQLITE_CACHE_KIBIBYTES = 262_144
_KEYS_AT_RANDOM = 1_000_000  # as many keys, in no order, go straight to their tree; beyond, each would dirty a page
_KEYS_AT_ONCE = 50_000
_LEAVING_AT_ONCE = 50_000
_BREATH_SECONDS = 0.1  # whoever waits for SQLite's one place to write looks ten times a second whether it is free
_BUCKET_BITS = 6
_COPY_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_COPY_TRAILER = b"\xff\xff"
_MEMBER_TUPLE = struct.Struct(">hiiiqiqiii")
_KEY_TUPLE = struct.Struct(">hiqii")

Packed = tuple[bytes, bytes]
Rows = tuple[Sequence[SealedMember], Sequence[KeyRow]]


class RollWriter(ABC):
    """An open roll; `append` portions, `finish` once, and `close` in any case."""

    def __init__(self, engine: Engine, number: int) -> None:
        self.tables = Tables(number, engine.dialect.name == "postgresql")
        self._own = own_connection(engine)
        self._connection: Any = self._own.dbapi_connection

    @abstractmethod
    def begin(self) -> None:
        """Make the roll's tables."""

    @abstractmethod
    def append(self, people: Packed | Rows) -> None:
        """Write a portion and commit it; as `pack` made it for this engine."""

    @abstractmethod
    def finish(self) -> None:
        """Make what look-ups need."""

    @abstractmethod
    def tell(self, generation_id: str, progress: tuple[int, int, int], at: datetime) -> None:
        """Write down how far the import has come: rows, persons, and thousandths of the file."""

    def close(self) -> None:
        """Close the connection, without whatever was not committed."""
        self._own.close()


class SqliteRollWriter(RollWriter):
    """Writes with executemany; the keys of a portion in their order, so that neighbours share a page.

    Keys come in no order. Once there are many, each would cost a page of their tree, so they wait in buckets of
    neighbours and are brought in when all are there, bucket by bucket.
    """

    _at_random = 0
    _waiting = 0

    def begin(self) -> None:
        """Make the roll's tables."""
        # A power cut may undo the last portions. It then undoes the import as well, which is not in force yet.
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute(f"PRAGMA cache_size=-{_SQLITE_CACHE_KIBIBYTES}")
        self._connection.execute(
            f"CREATE TABLE {self.tables.member}"
            " (no INTEGER PRIMARY KEY, person INTEGER NOT NULL, alike INTEGER NOT NULL, line INTEGER NOT NULL,"
            " member_ct BLOB NOT NULL)"
        )
        self._connection.execute(
            f"CREATE TABLE {self.tables.key}"
            " (key INTEGER NOT NULL, no INTEGER NOT NULL, PRIMARY KEY (key, no)) WITHOUT ROWID"
        )
        self._connection.execute(
            f"CREATE TABLE {self.tables.waiting} (bucket INTEGER NOT NULL, place INTEGER NOT NULL,"
            " key INTEGER NOT NULL, no INTEGER NOT NULL, PRIMARY KEY (bucket, place)) WITHOUT ROWID"
        )

    def append(self, people: Packed | Rows) -> None:
        """Write a portion and commit it."""
        members, keys = cast(Rows, people)
        in_order = sorted(keys)
        with self._transaction():
            self._connection.executemany(f"INSERT INTO {self.tables.member} VALUES (?,?,?,?,?)", members)  # noqa: S608 - the names are made of a number
            if self._at_random < _KEYS_AT_RANDOM:
                self._bring_in(in_order)
                self._at_random += len(keys)
            else:
                self._put_by(in_order)

    def finish(self) -> None:
        """Make what look-ups need."""
        for bucket in range(-(1 << _BUCKET_BITS - 1), 1 << _BUCKET_BITS - 1) if self._waiting else ():
            found = self._connection.execute(
                f"SELECT key, no FROM {self.tables.waiting} WHERE bucket = ? ORDER BY key, no",  # noqa: S608
                (bucket,),
            )
            while some := found.fetchmany(_KEYS_AT_ONCE):
                with self._transaction():
                    self._bring_in(some)
                time.sleep(_BREATH_SECONDS)
            # Dropped at once, all of them would be overwritten while everybody waits.
            self._connection.execute(f"DELETE FROM {self.tables.waiting} WHERE bucket = ?", (bucket,))  # noqa: S608
        self._connection.execute(f"DROP TABLE {self.tables.waiting}")
        self._connection.execute(f"CREATE INDEX {self.tables.member}_person ON {self.tables.member} (person)")

    def _bring_in(self, keys: Sequence[KeyRow]) -> None:
        self._connection.executemany(f"INSERT INTO {self.tables.key} VALUES (?,?)", keys)  # noqa: S608

    def _put_by(self, keys: Sequence[KeyRow]) -> None:
        shift = 64 - _BUCKET_BITS
        rows = [(key >> shift, place, key, no) for place, (key, no) in enumerate(keys, self._waiting)]
        self._connection.executemany(f"INSERT INTO {self.tables.waiting} VALUES (?,?,?,?)", rows)  # noqa: S608
        self._waiting += len(rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Commit a portion; whoever is interrupted in it closes the connection."""
        self._connection.execute("BEGIN IMMEDIATE")
        yield
        self._connection.execute("COMMIT")

    def tell(self, generation_id: str, progress: tuple[int, int, int], at: datetime) -> None:
        """Write down how far the import has come."""
        moment = at.replace(tzinfo=None).isoformat(" ", "microseconds")
        self._connection.execute(_TELL.format(mark="?"), (*progress, moment, generation_id))


class PostgresRollWriter(RollWriter):
    """Writes with COPY in its binary form, and makes the indexes when everything is there."""

    def begin(self) -> None:
        """Make the roll's tables."""
        self._connection.execute(
            f"CREATE TABLE {self.tables.member}"
            " (no integer NOT NULL, person bigint NOT NULL, alike bigint NOT NULL, line integer NOT NULL,"
            " member_ct bytea NOT NULL)"
        )
        # Sealed bytes do not get smaller, and rows this short stay in their page.
        self._connection.execute(f"ALTER TABLE {self.tables.member} ALTER COLUMN member_ct SET STORAGE EXTERNAL")
        self._connection.execute(f"CREATE TABLE {self.tables.key} (key bigint NOT NULL, no integer NOT NULL)")
        self._connection.commit()

    def append(self, people: Packed | Rows) -> None:
        """Write a portion and commit it."""
        with self._connection.cursor() as cursor:
            for table, content in zip((self.tables.member, self.tables.key), people, strict=True):
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as copy:
                    copy.write(content)
        self._connection.commit()

    def finish(self) -> None:
        """Make what look-ups need."""
        member, key = self.tables.member, self.tables.key
        self._connection.execute(f"CREATE INDEX {key}_key ON {key} (key)")
        # A primary key would want the table for itself, and wait for the end of a backup.
        self._connection.execute(f"CREATE UNIQUE INDEX {member}_no ON {member} (no)")
        self._connection.execute(f"CREATE INDEX {member}_person ON {member} (person)")
        self._connection.commit()
        # Whoever goes through the people in the order of an index need not look at each row then.
        self._connection.autocommit = True
        self._connection.execute(f"VACUUM (ANALYZE) {member}, {key}")

    def tell(self, generation_id: str, progress: tuple[int, int, int], at: datetime) -> None:
        """Write down how far the import has come."""
        self._connection.execute(_TELL.format(mark="%s"), (*progress, at, generation_id))
        self._connection.commit()


_TELL = (
    "UPDATE roster_generation SET rows = {mark}, persons = {mark}, share = {mark}, seen_at = {mark} WHERE id = {mark}"
)


def roll_writer(engine: Engine, number: int) -> RollWriter:
    """Open a roll for writing."""
    is_postgres = engine.dialect.name == "postgresql"
    return PostgresRollWriter(engine, number) if is_postgres else SqliteRollWriter(engine, number)


def empty(engine: Engine, number: int) -> None:
    """Take everybody from a roll that is over, so that dropping it takes a moment; called again, it goes on.

    PostgreSQL drops a full table as quickly. SQLite overwrites all that is deleted, which goes portion by portion.
    """
    if engine.dialect.name == "postgresql":
        return
    tables, own = Tables(number, is_postgres=False), own_connection(engine)
    try:
        connection: Any = own.dbapi_connection
        connection.execute(f"DROP INDEX IF EXISTS {tables.member}_person")
        for table, column in ((tables.member, "no"), (tables.key, "key"), (tables.waiting, "bucket")):
            _empty_table(connection, table, column)
    finally:
        own.close()


def _empty_table(connection: Any, table: str, column: str) -> None:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
        return
    last = f"SELECT {column} FROM {table} ORDER BY {column} LIMIT 1 OFFSET {_LEAVING_AT_ONCE}"  # noqa: S608
    while found := connection.execute(last).fetchone():
        connection.execute(f"DELETE FROM {table} WHERE {column} <= ?", found)  # noqa: S608
        time.sleep(_BREATH_SECONDS)


def packed(members: Iterable[SealedMember], keys: Iterable[KeyRow]) -> Packed:
    """Return a portion in PostgreSQL's binary COPY form; made where the people are sealed, so that the writer rests."""
    of_member, of_key = _MEMBER_TUPLE.pack, _KEY_TUPLE.pack
    people = [
        of_member(5, 4, no, 8, person, 8, alike, 4, line, len(member_ct)) + member_ct
        for no, person, alike, line, member_ct in members
    ]
    found_by = [of_key(2, 8, key, 4, no) for key, no in keys]
    return (
        b"".join((_COPY_HEADER, *people, _COPY_TRAILER)),
        b"".join((_COPY_HEADER, *found_by, _COPY_TRAILER)),
    )
