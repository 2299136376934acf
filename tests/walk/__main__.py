"""Walk at random for as many steps as told; exit code 1 where the oracle found a breach.

./run walk [--http] [STEPS [SEED]]: over the use cases, or with --http over the pages, with a mail server at the end.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from inquiry.documents import office_encryption
from inquiry.mail.message import Post
from inquiry.mail.wording import MailWording
from inquiry.store import schema
from inquiry.store.engine import connect
from tests.installed import closed, opened
from tests.mail_server import running_mail_server
from tests.walk.visiting import Visiting
from tests.walk.walker import Walker
from tests.world import ROOT, found, open_house

BETWEEN_REPORTS = {Walker: 2_000, Visiting: 500}
Walk = Walker | Visiting


def main(steps: int = 100_000, seed: int = 1) -> int:
    """Walk over the use cases in a world of its own and say how it went."""
    with over_use_cases(seed) as walk:
        return _walked(walk, steps)


def main_over_http(steps: int = 20_000, seed: int = 1) -> int:
    """Walk over the pages in a world of its own and say how it went."""
    with over_pages(seed) as walk:
        return _walked(walk, steps)


@contextmanager
def over_use_cases(seed: int) -> Iterator[Walker]:
    """Open a world for a walk over the use cases."""
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'inquiry.db'}")
        schema.upgrade(engine, ROOT / "migrations")
        yield Walker(found(*open_house(engine)), seed)
        engine.dispose()


@contextmanager
def over_pages(seed: int) -> Iterator[Visiting]:
    """Open an installation with its mail server for a walk over the pages."""
    with tempfile.TemporaryDirectory() as folder, running_mail_server(Path(folder)) as (server, receiver):
        app, clock = opened(Path(folder))
        post = Post(server, MailWording(ROOT / "templates"))
        house = app.extensions["house"] = replace(app.extensions["house"], post=post)
        yield Visiting(app, found(house, clock), seed, receiver)
        closed(app)


def _walked(walk: Walk, steps: int) -> int:
    office_encryption.SPINS = 1_000  # how long a guess takes is no matter of this walk
    began, portion = time.process_time(), BETWEEN_REPORTS[type(walk)]
    for taken in range(0, steps, portion):
        known = len(walk.breaches)
        walk.walk(min(portion, steps - taken))
        _say(walk, min(taken + portion, steps), began)
        _print(*walk.breaches[known:])
    for kind, counted in (("accepted", walk.accepted), ("refused", walk.refused)):
        _print(f"{kind}: " + ", ".join(f"{name} {times:,}" for name, times in counted.most_common()))
    return 1 if walk.breaches else 0


def _say(walker: Walk, taken: int, began: float) -> None:
    accepted, refused = walker.accepted.total(), walker.refused.total()
    _print(
        f"{taken:,} steps, {accepted:,} accepted, {refused:,} refused, {walker.oracle.left:,} answers left,"
        f" {len(walker.breaches)} breaches, {time.process_time() - began:.0f} s"
    )


def _print(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    numbers = [int(each.replace(",", "")) for each in sys.argv[1:] if each != "--http"]
    sys.exit(main_over_http(*numbers) if "--http" in sys.argv else main(*numbers))
