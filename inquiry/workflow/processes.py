"""Computing in several processes, in order, within bounds (並列処理).

Decides   that results come in the order of their tasks, that only a few are under way at a time, and that a worker
          ends with whoever it works for, however that one ends.
"""

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import Any, Final, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

OBJECTS: Final = 100_000  # made between two searches for garbage

_work: Callable[[Any], Any]  # of a worker process; inherited from its parent, whatever it holds


def in_order(work: Callable[[Task], Result], tasks: Iterable[Task], *, processes: int) -> Iterator[Result]:
    """Yield what becomes of each task, in this process or in several forked from it.

    Tasks and results go from process to process; `work` does not, and may hold whatever survives a fork.
    """
    if processes < 2:
        yield from map(work, tasks)
        return
    under_way: deque[Future[Result]] = deque()
    # Forked before any thread of the executor runs.
    with ProcessPoolExecutor(processes, get_context("fork"), _begin, (work,)) as workers:
        for task in tasks:
            under_way.append(workers.submit(_done, task))
            if len(under_way) > 2 * processes:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _begin(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 - the only way to give a worker what cannot be sent to it
    _work = work
    _leave_with_parent()


def _done(task: Any) -> Any:
    return _work(task)


def _leave_with_parent() -> None:
    """Let a worker end when its parent does: whoever is killed cannot say so, and its workers would keep its lock."""
    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for cyclic garbage more rarely, in this process and in those forked from it meanwhile.

    The interpreter looks through its objects whenever a few hundred more were made than given up. A roster's rows are
    held by the thousand until they are written, none of them refers to itself, and looking through them again and again
    takes an eighth of the time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
