"""How long `inquiry match` takes on a long list: the command as an operator gives it, in a process of its own.

    python -m benchmarks.speed.matching --persons 1000000 --inquiries 1000000 --engine postgresql sqlite

The list is the believable mix of the evaluation about the roster it is asked of. Memory is that of the largest process.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.matching.population import Population
from benchmarks.speed.house import NUMBER, POSTGRES, ROOT, SEED, SQLITE, roster_file
from benchmarks.speed.looking import list_file
from tests.postgres import postgres_programs, running_postgres

COMMAND = (sys.executable, "-c", "from inquiry.cli import main; main()")


@dataclass(frozen=True)
class Ran:
    """What a command took."""

    seconds: float
    megabytes: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--inquiries", type=int, default=1_000_000)
    parser.add_argument("--engine", nargs="+", choices=(SQLITE, POSTGRES), default=[POSTGRES])
    parser.add_argument("--files", type=Path, default=Path("var/benchmarks"), help="where the rosters are kept")
    asked = parser.parse_args()
    asked.files.mkdir(parents=True, exist_ok=True)
    roster = roster_file(asked.files, asked.persons).absolute()
    inquiries = list_file(asked.files, Population(asked.persons, SEED), asked.inquiries).absolute()
    for engine in asked.engine:
        with house_on(engine) as environment:
            run(environment, "db", "upgrade")
            run(environment, "directory", "import", str(ROOT / "examples" / "contacts.csv"))
            imported = run(environment, "roster", "import", "--insurer", NUMBER, "--skip-bad", str(roster))
            told = Path(environment["INQUIRY_VAR"]) / "findings.csv"
            matched = run(environment, "match", "--insurer", NUMBER, str(inquiries), str(told))
            tell(engine, imported, matched, findings(told))


@contextmanager
def house_on(engine: str) -> Iterator[dict[str, str]]:
    """Yield the environment of a new house on either engine."""
    with tempfile.TemporaryDirectory(prefix="inquiry-match-") as folder:
        environment = {**os.environ, "INQUIRY_VAR": folder, "DATABASE_URL": f"sqlite:///{folder}/inquiry.db"}
        if engine == SQLITE:
            yield environment
            return
        programs = postgres_programs()
        if programs is None:
            raise SystemExit("PostgreSQL's server programs are not installed")
        with running_postgres(programs) as server:
            yield environment | {"DATABASE_URL": server.create("speed")}


def run(environment: dict[str, str], *arguments: str) -> Ran:
    """Run a command to its end, and return what it took.

    :raises SystemExit: if it failed; that some lines cannot be read, as a list of this mix has, is no failure.
    """
    began = time.perf_counter()
    process = subprocess.Popen((*COMMAND, *arguments), env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in ((0, 1) if arguments[0] == "match" else (0,)):
        raise SystemExit(f"{' '.join(arguments[:2])} ended with {code}")
    return Ran(time.perf_counter() - began, usage.ru_maxrss / 1024)


def findings(told: Path) -> Counter[str]:
    """Count what was found, by finding."""
    with told.open(encoding="utf-8", newline="") as file:
        return Counter(row[1] for row in list(csv.reader(file))[1:])


def tell(engine: str, imported: Ran, matched: Ran, found: Counter[str]) -> None:
    """Print the figures of an engine."""
    lines = found.total()
    pace = f"{lines / matched.seconds:,.0f} a second, {matched.megabytes:,.0f} MB"
    outcome = ", ".join(f"{finding or 'unreadable'} {count:,}" for finding, count in found.most_common())
    print(f"{engine}: import {imported.seconds:,.1f} s, {imported.megabytes:,.0f} MB")
    print(f"match: {lines:,} inquiries in {matched.seconds:,.1f} s ({pace}): {outcome}", flush=True)


if __name__ == "__main__":
    main()
