"""Long work that goes on behind a page (画面の裏で続ける処理)."""

import logging
import threading
from collections.abc import Callable
from typing import Final

_log = logging.getLogger(__name__)
BEGINNING_SECONDS: Final = 5.0


def carry_on_behind(work: Callable[[Callable[[], None]], None], *, complaint: str) -> None:
    """Start work and come back when it has begun, which it says itself: the next page would call it interrupted.

    What breaks it is logged by its type alone: a message may quote what stands in an inquiry.
    """
    begun = threading.Event()

    def run() -> None:
        try:
            work(begun.set)
        except Exception as error:
            _log.error("%s: %s", complaint, type(error).__name__)
        finally:
            begun.set()

    threading.Thread(target=run, daemon=True).start()
    begun.wait(BEGINNING_SECONDS)
