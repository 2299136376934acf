"""Walk at random for as many steps as told: ./run walk [STEPS [SEED]]; exit code 1 where the oracle found a breach."""

import sys
import tempfile
import time
from pathlib import Path

from inquiry.documents import office_encryption
from inquiry.store import schema
from inquiry.store.engine import connect
from tests.walk.walker import Walker
from tests.world import ROOT, found, open_house

BETWEEN_REPORTS = 2_000


def main(steps: int = 100_000, seed: int = 1) -> int:
    """Walk in a world of its own and say how it went."""
    office_encryption.SPINS = 1_000  # how long a guess takes is no matter of this walk
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'inquiry.db'}")
        schema.upgrade(engine, ROOT / "migrations")
        walker = Walker(found(*open_house(engine)), seed)
        began = time.process_time()
        for taken in range(0, steps, BETWEEN_REPORTS):
            walker.walk(min(BETWEEN_REPORTS, steps - taken))
            _say(walker, taken + min(BETWEEN_REPORTS, steps - taken), began)
        engine.dispose()
    for kind, counted in (("accepted", walker.accepted), ("refused", walker.refused)):
        _print(f"{kind}: " + ", ".join(f"{name} {times:,}" for name, times in counted.most_common()))
    _print(*walker.breaches[:20])
    return 1 if walker.breaches else 0


def _say(walker: Walker, taken: int, began: float) -> None:
    accepted, refused = walker.accepted.total(), walker.refused.total()
    _print(
        f"{taken:,} steps, {accepted:,} accepted, {refused:,} refused, {walker.oracle.left:,} answers left,"
        f" {len(walker.breaches)} breaches, {time.process_time() - began:.0f} s"
    )


def _print(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*(int(each.replace(",", "")) for each in sys.argv[1:])))
