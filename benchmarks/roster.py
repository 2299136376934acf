"""How fast a roster is imported and looked up, sealed, against a bare indexed look-up of the same rows.

Run with ``python -m benchmarks.roster [PERSONS …]`` (default 2,000 and 20,000). The last column should not grow with
the number of persons: that is the point of the table.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from benchmarks.matching.population import Population, about
from inquiry.security.keyring import KeyRing
from inquiry.security.sealing import Sealer
from inquiry.store import schema
from inquiry.store.engine import connect
from inquiry.workflow import accounts, contact_files, roster
from inquiry.workflow.identifying import search
from inquiry.workflow.work import House, sessions_on

ROOT = Path(__file__).resolve().parent.parent
NUMBER = "06130017"
LOOK_UPS = 1_000
NOW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def main(sizes: list[int]) -> None:
    print(f"{'persons':>9}{'import s':>10}{'rows/s':>9}{'look-ups/s':>12}{'ms each':>9}{'x bare look-up':>16}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(size, Path(folder))


def measure(size: int, folder: Path) -> None:
    engine = connect(f"sqlite:///{folder / 'roster.db'}")
    schema.upgrade(engine, ROOT / "migrations")
    house = House(sessions_on(engine), Sealer(KeyRing(1, {1: bytes(32)})), lambda: NOW, None)
    members = Population(size, seed=1).members
    insurer_id = prepared(house)
    started = time.perf_counter()
    with house.work(accounts.operator(house)) as work:
        roster.take_over(work, insurer_id, roster.Reading(tuple(members), len(members), (), "utf-8"))
    imported = time.perf_counter() - started
    step = max(1, len(members) // LOOK_UPS)
    asked = [about(member) for member in members[::step]]
    with house.reading() as work:
        started = time.perf_counter()
        for subject in asked:
            search(work, insurer_id, subject, dates=None)
        each = (time.perf_counter() - started) / len(asked)
    bare = bare_look_up(engine, len(asked))
    engine.dispose()
    print(
        f"{size:>9,}{imported:>10.2f}{size / imported:>9,.0f}{1 / each:>12,.0f}{each * 1e3:>9.2f}{each / bare:>16.1f}"
    )


def prepared(house: House) -> str:
    with house.work(accounts.operator(house)) as work:
        preview = contact_files.preview(work, (ROOT / "examples" / "contacts.csv").read_bytes())
        contact_files.take_over(work, preview.difference, ends_missing=False)
        return roster.insurer_of(work, NUMBER).id


def bare_look_up(engine, times: int) -> float:
    """Return the seconds of one look-up of key and payload without any of the product around it."""
    query = (
        "SELECT m.member_ct FROM member_key k JOIN member m ON m.id = k.member_row_id "
        "WHERE k.generation_id = ? AND k.kind = ? AND k.key = ?"
    )
    with engine.connect() as connection:
        keys = connection.execute(text("SELECT generation_id, kind, key FROM member_key LIMIT 5000")).all()
        wanted = [tuple(keys[place * len(keys) // times]) for place in range(times)]
        cursor = connection.connection.driver_connection.cursor()
        started = time.perf_counter()
        for each in wanted:
            cursor.execute(query, each).fetchall()
        return (time.perf_counter() - started) / times


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [2_000, 20_000])
