"""How fast a sealed roster is imported, looked up and replaced, for growing sizes on both engines.

    python -m benchmarks.speed --persons 10000 100000 1000000 --engine sqlite postgresql [--out FILE.json]

Every figure that compares is a ratio of two things measured side by side: an import to the raw copy of the same file
through the same driver, a look-up to the bare indexed query for key and payload. `python -m benchmarks.speed.report`
draws the files that --out wrote.
"""

import argparse
import json
import math
import resource
from pathlib import Path

from benchmarks.speed.house import POSTGRES, SQLITE, bench_on, roster_file
from benchmarks.speed.importing import complete, raw_copy
from benchmarks.speed.looking import measured
from benchmarks.speed.replacing import replaced

COLUMNS = (
    ("engine", "{:<11}"), ("persons", "{:>11,}"), ("rows", "{:>11,}"), ("copy_s", "{:>8.2f}"), ("import_s", "{:>9.2f}"),
    ("import_ratio", "{:>12.1f}"), ("bare_us", "{:>8.1f}"), ("decision_us", "{:>11.1f}"),
    ("decision_ratio", "{:>14.1f}"), ("near_ratio", "{:>10.1f}"), ("list_s", "{:>7.2f}"),
    ("switch_ms", "{:>9.1f}"), ("clear_ms", "{:>8.1f}"), ("p99_ratio", "{:>9.1f}"), ("look_ms", "{:>8.1f}"),
    ("filing_ms", "{:>9.1f}"), ("errors", "{:>6}"), ("peak_mb", "{:>8.0f}"),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engine", nargs="+", choices=(SQLITE, POSTGRES), default=[SQLITE, POSTGRES])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--replace-up-to", type=int, default=100_000, help="measure a replacement up to this size")
    parser.add_argument("--files", type=Path, default=Path("var/benchmarks"), help="where the rosters are kept")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    asked.files.mkdir(parents=True, exist_ok=True)
    print(" ".join(form.replace(",", "").replace(".1f", "").replace(".2f", "").replace(".0f", "").format(name)
                   for name, form in COLUMNS))  # fmt: skip
    results = []
    for persons in asked.persons:
        for engine in asked.engine:
            result = measure(engine, persons, asked)
            results.append(result)
            print(" ".join(form.format(result[name]) for name, form in COLUMNS), flush=True)
            if asked.out:
                asked.out.write_text(json.dumps(results, indent=1) + "\n")


def measure(engine: str, persons: int, asked: argparse.Namespace) -> dict[str, float | str]:
    file = roster_file(asked.files, persons)
    with file.open("rb") as stream:
        rows = sum(1 for _ in stream) - 1
    with bench_on(engine) as bench:
        copied = raw_copy(bench, file)
        imported = complete(bench, file, processes=asked.processes)
        looks = measured(bench, persons)
        swap = None
        if persons <= asked.replace_up_to:
            swap = replaced(bench, roster_file(asked.files, persons, seed=7), persons)
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "engine": engine,
        "persons": persons,
        "rows": rows,
        "copy_s": copied,
        "import_s": imported,
        "import_ratio": imported / copied,
        "bare_us": looks.bare,
        "decision_us": looks.decision,
        "decision_ratio": looks.decision / looks.bare,
        "near_ratio": looks.near / looks.bare,
        "list_s": looks.list_seconds,
        "switch_ms": swap.switch if swap else math.nan,
        "clear_ms": swap.clearing if swap else math.nan,
        "look_ms": swap.slowest_look if swap else math.nan,
        "filing_ms": swap.slowest_filing if swap else math.nan,
        "p99_ratio": swap.meanwhile[1] / swap.idle[1] if swap else math.nan,
        "errors": swap.errors if swap else math.nan,
        "peak_mb": usage / 1024,
    }


if __name__ == "__main__":
    main()
