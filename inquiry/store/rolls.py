"""The sealed people of one import, in two tables of their own (名簿の実体).

A roll's tables are made when an import begins and dropped when its roster is replaced, which takes as long for forty
million people as for four. Its people are found by blind keys alone; nothing in it can be read without the insurer's
key. Look-ups go past SQLAlchemy to the driver: composing a statement would take longer than the database does.

    roll_<number>_member   no, person (blind key of the 加入者ID), alike (of name, birth date and sex, as far as they
                           are known), line (of the file), member_ct (sealed)
    roll_<number>_key      key, no; a negative no is that of somebody who is counted under this key, and not found by it
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

SINGLE_VALUES = 16
AT_ONCE = 500  # keys in one statement; with more, PostgreSQL would rather read the whole table
DROP_MILLISECONDS = 2_000  # for as long somebody who wants a table behind us may have to wait
_LOCK_NOT_AVAILABLE = "55P03"


class SealedMember(NamedTuple):
    """One person as a roll keeps them."""

    no: int
    person: int
    alike: int
    line: int
    member_ct: bytes


COLUMNS = ", ".join(SealedMember._fields)


KeyRow = tuple[int, int]  # a key, and the person it finds; with a negative number, the one who is counted under it


class Exchange(NamedTuple):
    """Who leaves a roll, who changes on it, and who comes, with the keys that go and those that come.

    Each in its order, so that neighbours share a page.
    """

    leaving: Sequence[int]
    keys_leaving: Sequence[KeyRow]
    changed: Sequence[SealedMember]
    coming: Sequence[SealedMember]
    keys_coming: Sequence[KeyRow]


SealedPeople = tuple[Sequence[SealedMember], Sequence[KeyRow]]  # people, and the keys under which they lie
Hit = tuple[int, int, bytes | None]  # a key, and the number and sealed record of whom it finds; None if it counts


@dataclass(frozen=True, slots=True)
class Tables:
    """The names of a roll's tables, and how this engine writes a placeholder."""

    number: int
    is_postgres: bool

    @property
    def member(self) -> str:
        """Name the table of people."""
        return f"roll_{self.number:d}_member"

    @property
    def key(self) -> str:
        """Name the table of keys."""
        return f"roll_{self.number:d}_key"

    @property
    def waiting(self) -> str:
        """Name the table where keys wait during an import, on an embedded database."""
        return f"roll_{self.number:d}_waiting"

    @property
    def mark(self) -> str:
        """Return the driver's placeholder."""
        return "%s" if self.is_postgres else "?"

    def among(self, count: int) -> str:
        """Return the condition that a column is among so many values."""
        if self.is_array(count):
            return "= ANY(%s)"
        return f"IN ({','.join([self.mark] * count)})" if count else "IN (NULL)"

    def values(self, wanted: Sequence[int]) -> Sequence[Any]:
        """Return the values for `among`."""
        return (list(wanted),) if self.is_array(len(wanted)) else wanted

    def is_array(self, count: int) -> bool:
        """Say whether so many values go as one array: PostgreSQL plans a few single ones once, an array every time."""
        return self.is_postgres and count > SINGLE_VALUES


def tables_of(connection: Connection, number: int) -> Tables:
    """Return the names of a roll's tables on this engine."""
    return Tables(number, connection.dialect.name == "postgresql")


class RollReader:
    """Looks people up on one roll, within the transaction of a session."""

    def __init__(self, session: Session, number: int) -> None:
        connection = session.connection()
        self._tables, self._cursor = tables_of(connection, number), _cursor(connection)
        self._statements: dict[int, str] = {}  # by the number of keys

    def find(self, keys: Sequence[int]) -> list[Hit]:
        """Return everybody who lies under any of the keys, which are given once each, once for each key."""
        if len(keys) <= AT_ONCE:
            return self._found(keys)
        portions = [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]
        return [hit for some in portions for hit in self._found(some)]

    def _found(self, keys: Sequence[int]) -> list[Hit]:
        statement = self._statements.get(len(keys))
        if statement is None:
            statement = self._statements[len(keys)] = _finding(self._tables, len(keys))
        hits: list[Hit] = self._cursor.execute(statement, self._tables.values(keys)).fetchall()
        return hits


def _finding(tables: Tables, keys: int) -> str:
    # The names are made of a number; this holds for every statement here. Nobody has a negative number.
    hits = "SELECT k.key, k.no, m.member_ct FROM {} LEFT JOIN {} ON {}"
    member, same_no = f"{tables.member} m", "m.no = k.no"
    if tables.is_array(keys):
        # Joined to a small table, many keys would have PostgreSQL read all of it rather than look each number up.
        member = f"LATERAL (SELECT member_ct FROM {tables.member} WHERE no = k.no OFFSET 0) m"  # noqa: S608
        same_no = "true"
    if tables.is_postgres or not keys:
        return hits.format(f"{tables.key} k", member, same_no) + f" WHERE k.key {tables.among(keys)}"
    # SQLite would sort a list first, and reads this as it stands.
    listed = ", ".join([f"({tables.mark})"] * keys)
    asked = f"(VALUES {listed}) asked CROSS JOIN {tables.key} k ON k.key = asked.column1"
    return hits.format(asked, member, same_no)


def people(session: Session, number: int, *, behind: int, limit: int) -> list[SealedMember]:
    """Return a portion of a roll's people in the order of their numbers, which begin at 1."""
    connection = session.connection()
    tables, cursor = tables_of(connection, number), _cursor(connection)
    cursor.execute(
        f"SELECT {COLUMNS} FROM {tables.member} WHERE no > {tables.mark} ORDER BY no LIMIT {limit:d}",  # noqa: S608
        (behind,),
    )
    return [SealedMember(*row) for row in cursor]


def persons_known(session: Session, number: int, persons: Sequence[int]) -> dict[int, SealedMember]:
    """Return who of these people (by the blind key of the 加入者ID) is on a roll."""
    found: dict[int, SealedMember] = {}
    connection = session.connection()
    tables, cursor = tables_of(connection, number), _cursor(connection)
    for start in range(0, len(persons), AT_ONCE):
        some = persons[start : start + AT_ONCE]
        cursor.execute(
            f"SELECT {COLUMNS} FROM {tables.member} WHERE person {tables.among(len(some))}",  # noqa: S608
            tables.values(some),
        )
        found.update((row.person, row) for row in (SealedMember(*row) for row in cursor))
    return found


def scattered(session: Session, number: int, *, behind: int | None, limit: int) -> list[list[SealedMember]]:
    """Return people who stand on a roll more than once, each with every entry in the order of the file.

    They come in the order of their keys; `behind` is the last key of the portion before, so that nobody is grouped
    twice.
    """
    connection = session.connection()
    tables, cursor = tables_of(connection, number), _cursor(connection)
    further = "" if behind is None else f"WHERE person > {tables.mark}"
    cursor.execute(
        f"SELECT {COLUMNS} FROM {tables.member} WHERE person IN"  # noqa: S608
        f" (SELECT person FROM {tables.member} {further} GROUP BY person HAVING count(*) > 1"
        f" ORDER BY person LIMIT {limit:d}) ORDER BY person, line",
        () if behind is None else (behind,),
    )
    rows = map(SealedMember._make, cursor)
    return [list(entries) for _, entries in groupby(rows, key=attrgetter("person"))]


def alike(session: Session, number: int, limit: int) -> tuple[int, list[list[int]]]:
    """Count the people of a roll whom only the 加入者ID tells apart, and return the lines of the first groups."""
    connection = session.connection()
    tables, cursor = tables_of(connection, number), _cursor(connection)
    cursor.execute(
        "SELECT alike, sum(people) OVER () FROM"  # noqa: S608
        f" (SELECT alike, count(*) AS people, min(line) AS first FROM {tables.member} GROUP BY alike) g"
        f" WHERE people > 1 ORDER BY first LIMIT {limit:d}"
    )
    groups = cursor.fetchall()
    keys = [key for key, _ in groups]
    # Asked for by their keys: beside a table of them, SQLite would go through all of it for each person.
    cursor.execute(
        f"SELECT alike, line FROM {tables.member} WHERE alike {tables.among(len(keys))} ORDER BY alike, line",  # noqa: S608
        tables.values(keys),
    )
    lines = {key: [line for _, line in entries] for key, entries in groupby(cursor, key=itemgetter(0))}
    return int(groups[0][1]) if groups else 0, [lines[key] for key in keys]


def how_many(session: Session, number: int) -> int:
    """Count the people of a roll."""
    connection = session.connection()
    return int(_scalar(connection, f"SELECT count(*) FROM {tables_of(connection, number).member}"))  # noqa: S608


def missing_from(session: Session, number: int, newer: int) -> int:
    """Count the people of a roll whose 加入者ID a newer roll no longer holds; nobody is opened for it."""
    return _count_beside(session, number, newer, "WHERE NOT EXISTS (SELECT 1 FROM {} n WHERE n.person = o.person)")


def not_as_they_were(session: Session, number: int, newer: int, *, portion: int) -> Iterator[list[SealedMember]]:
    """Yield, portion by portion, the people of a roll whom a newer roll does not hold as the same person under the
    same 加入者ID; both were made by the same forms and keys.
    """
    connection = session.connection()
    old, new = tables_of(connection, number), tables_of(connection, newer)
    cursor, behind = _cursor(connection), 0
    while True:
        cursor.execute(
            f"SELECT {COLUMNS} FROM {old.member} o WHERE no > {old.mark}"  # noqa: S608
            f" AND NOT EXISTS (SELECT 1 FROM {new.member} n WHERE n.person = o.person AND n.alike = o.alike)"
            f" ORDER BY no LIMIT {portion:d}",
            (behind,),
        )
        found = [SealedMember(*row) for row in cursor]
        if not found:
            return
        yield found
        behind = found[-1].no


def others_on(session: Session, number: int, newer: int) -> int:
    """Count the people of a roll in whose place, under the same 加入者ID, a newer roll holds somebody of another name,
    birth date or sex; both were made by the same forms and keys.
    """
    return _count_beside(session, number, newer, "JOIN {} n ON n.person = o.person WHERE n.alike <> o.alike")


def _count_beside(session: Session, number: int, newer: int, joined: str) -> int:
    connection = session.connection()
    old, new = tables_of(connection, number), tables_of(connection, newer)
    return int(_scalar(connection, f"SELECT count(*) FROM {old.member} o {joined.format(new.member)}"))  # noqa: S608


def drop(session: Session, number: int) -> bool:
    """Delete a roll with everybody on it; return False, and change nothing, while somebody else reads it.

    A backup holds every table until it ends, so nobody waits here for longer than `DROP_MILLISECONDS`.
    """
    connection = session.connection()
    tables = tables_of(connection, number)
    try:
        with session.begin_nested():
            _limit_waiting(connection, f"{DROP_MILLISECONDS:d}")
            for table in (tables.waiting, tables.key, tables.member):
                connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
            _limit_waiting(connection, "DEFAULT")
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
            raise
        return False
    return True


def _limit_waiting(connection: Connection, patience: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {patience}")


def exchanged(before: tuple[Iterable[int], Iterable[KeyRow]], after: SealedPeople) -> Exchange:
    """Return what makes some people of a roll into others; whoever keeps their number stays with what is the same."""
    old, old_keys = set(before[0]), set(before[1])
    people, new_keys = after[0], set(after[1])
    staying = old.intersection(each.no for each in people)
    return Exchange(
        sorted(old - staying),
        sorted(old_keys - new_keys),
        [each for each in people if each.no in staying],
        [each for each in people if each.no not in staying],
        sorted(new_keys - old_keys),
    )


def joined(parts: Sequence[Exchange]) -> Exchange:
    """Return several exchanges of different people as one."""
    return Exchange(
        sorted(no for part in parts for no in part.leaving),
        sorted(key for part in parts for key in part.keys_leaving),
        sorted(member for part in parts for member in part.changed),
        sorted(member for part in parts for member in part.coming),
        sorted(key for part in parts for key in part.keys_coming),
    )


def exchange(session: Session, number: int, change: Exchange) -> None:
    """Let people leave a roll, change on it, and come."""
    remove(session, number, change.leaving, change.keys_leaving)
    _rewrite(session, number, change.changed)
    add(session, number, change.coming, change.keys_coming)


def _rewrite(session: Session, number: int, members: Iterable[SealedMember]) -> None:
    connection = session.connection()
    tables, cursor = tables_of(connection, number), _cursor(connection)
    values = ", ".join(f"{column} = {tables.mark}" for column in ("alike", "line", "member_ct"))
    cursor.executemany(
        f"UPDATE {tables.member} SET {values} WHERE no = {tables.mark}",  # noqa: S608
        [(each.alike, each.line, each.member_ct, each.no) for each in members],
    )


def add(session: Session, number: int, members: Iterable[SealedMember], keys: Iterable[KeyRow]) -> None:
    """Add people to a roll that is looked up; they appear when the unit of work commits."""
    connection = session.connection()
    tables, cursor = tables_of(connection, number), _cursor(connection)
    five, two = ",".join([tables.mark] * 5), ",".join([tables.mark] * 2)
    cursor.executemany(f"INSERT INTO {tables.member} ({COLUMNS}) VALUES ({five})", list(members))  # noqa: S608
    cursor.executemany(f"INSERT INTO {tables.key} (key, no) VALUES ({two})", list(keys))  # noqa: S608


def remove(session: Session, number: int, numbers: Sequence[int], keys: Sequence[KeyRow]) -> None:
    """Take people and their keys from a roll that is looked up."""
    connection = session.connection()
    tables, cursor = tables_of(connection, number), _cursor(connection)
    mark = tables.mark
    cursor.executemany(f"DELETE FROM {tables.key} WHERE key = {mark} AND no = {mark}", list(keys))  # noqa: S608
    cursor.executemany(f"DELETE FROM {tables.member} WHERE no = {mark}", [(no,) for no in numbers])  # noqa: S608


def highest_number(session: Session, number: int) -> int:
    """Return the highest number given to a person of a roll, 0 if there is nobody."""
    connection = session.connection()
    return int(_scalar(connection, f"SELECT max(no) FROM {tables_of(connection, number).member}") or 0)  # noqa: S608


def _cursor(connection: Connection) -> Any:
    opened: Any = connection.connection.driver_connection
    # The binary form spares the driver from writing sealed bytes as hexadecimal and reading them back.
    return opened.cursor(binary=True) if connection.dialect.name == "postgresql" else opened.cursor()


def _scalar(connection: Connection, statement: str) -> Any:
    cursor = _cursor(connection)
    cursor.execute(statement)
    return cursor.fetchone()[0]
