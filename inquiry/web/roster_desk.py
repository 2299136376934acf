"""The work of an import behind the page that asked for it (名簿の読み込みの進行).

Decides   that a page never waits for a roster: it is loaded in a thread, and its page shows how far it has come. When
          the server is stopped meanwhile, the import leaves no trace, and its page says so.
"""

import logging
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue

from inquiry.domain.errors import Forbidden, InquiryError
from inquiry.domain.parties import Actor
from inquiry.web.behind import carry_on_behind
from inquiry.workflow.rechecking import recheck
from inquiry.workflow.roster_clearing import clear
from inquiry.workflow.roster_loading import RosterFile, Watch, load
from inquiry.workflow.work import House

BEGIN_SECONDS = 60
AT_ONCE = 4  # imports of a server process: each computes in processes of its own, and takes half a gigabyte
_admitted = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


def load_behind(house: House, actor: Actor, insurer_id: str, file: RosterFile) -> str:
    """Begin to load a file and return the new import's id as soon as it has one.

    :raises Forbidden: if another import of this insurer is under way, or those of many others, or it does not begin:
        the database is too busy.
    :raises InvalidValue: if the file is no roster at all.
    """
    if not _admitted.acquire(blocking=False):
        raise Forbidden("roster:many_at_once")
    begun: SimpleQueue[str | InquiryError] = SimpleQueue()
    with ExitStack() as held:
        held.callback(_admitted.release)
        kept = _outliving(file)
        held.enter_context(kept.stream)
        until_done = held.pop_all()

    def work() -> None:
        try:
            with until_done:
                load(house, actor, insurer_id, file=kept, watch=_Begun(begun.put))
        except InquiryError as refusal:
            begun.put(refusal)
        except BaseException as error:
            # The type alone: a message may quote what stood in a row.
            _log.error("a roster could not be loaded: %s", type(error).__name__)
            begun.put(Forbidden("roster:interrupted"))

    threading.Thread(target=work, daemon=True).start()
    try:
        answer = begun.get(timeout=BEGIN_SECONDS)
    except Empty:
        raise Forbidden("roster:slow_to_begin") from None
    if isinstance(answer, InquiryError):
        raise answer
    return answer


def _outliving(file: RosterFile) -> RosterFile:
    """Return a file that stays when the request has ended, copied on disk; memory does not grow with it."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - whoever loads it closes it
    file.stream.seek(0)
    shutil.copyfileobj(file.stream, copy)
    return replace(file, stream=copy)


@dataclass(frozen=True, slots=True)
class _Begun(Watch):
    """Hands on the id of an import."""

    tell: Callable[[str], None]

    def begun(self, generation_id: str) -> None:
        self.tell(generation_id)


def clear_behind(house: House, actor: Actor, insurer_id: str) -> None:
    """Delete who is on the rosters of an insurer that are over, while the page goes on."""

    def work(begun: Callable[[], None]) -> None:
        begun()
        clear(house, actor, insurer_id)

    carry_on_behind(work, complaint="rosters that are over could not all be deleted")


def recheck_behind(house: House, actor: Actor, insurer_id: str) -> None:
    """Delete what ended, and look again at every 該当者なし of an insurer, while the page goes on."""

    def work(begun: Callable[[], None]) -> None:
        begun()
        clear(house, actor, insurer_id)
        recheck(house, actor, insurer_id)

    carry_on_behind(work, complaint="findings of nobody could not all be looked at again")
