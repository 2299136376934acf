"""How long a roster takes from file to use, against the raw copy of the same file through the same driver."""

import csv
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.speed.house import Bench

PORTION = 50_000


def raw_copy(bench: Bench, file: Path) -> float:
    """Return the seconds of taking the bare file into a table of texts, without index or key."""
    with file.open(encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream))
    columns = ",".join(f"c{place} text" for place in range(len(header)))
    with bench.house.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("DROP TABLE IF EXISTS bare")
        driver.execute(f"CREATE TABLE bare ({columns})")
        driver.commit()
        began = time.perf_counter()
        _copy(driver, file) if bench.is_postgres else _insert(driver, file, len(header))
        driver.commit()
        took = time.perf_counter() - began
        driver.execute("DROP TABLE bare")
        driver.commit()
    return took


def _copy(driver, file: Path) -> None:
    with (
        driver.cursor() as cursor,
        cursor.copy("COPY bare FROM STDIN (FORMAT CSV, HEADER)") as copy,
        file.open("rb") as stream,
    ):
        while portion := stream.read(1 << 20):
            copy.write(portion)


def _insert(driver, file: Path, columns: int) -> None:
    marks = ",".join("?" * columns)
    with file.open(encoding="utf-8", newline="") as stream:
        for portion in _portions(stream):
            driver.execute("BEGIN")
            driver.executemany(f"INSERT INTO bare VALUES ({marks})", portion)
            driver.execute("COMMIT")


def _portions(stream) -> Iterator[list[list[str]]]:
    rows = csv.reader(stream)
    next(rows)
    while portion := list(islice(rows, PORTION)):
        yield portion


def complete(bench: Bench, file: Path, *, processes: int) -> float:
    """Return the seconds from the file to a roster in force: read, checked, sealed, keyed, indexed, switched to."""
    began = time.perf_counter()
    bench.take_over(file, processes=processes)
    return time.perf_counter() - began
