"""One step for many inquiries in one go: ③ after one call, ⑤ prepared from the roster, ⑤ iii handed over (一括処理).

Source    memo annex STEP2 ③, ⑤; memo annex flowchart. For days on which the network is down for everybody.
Decides   what may be done in one go and what may not: what came by telephone or paper, or looks suspicious, is
          confirmed by itself; no agreement makes what is late be in time; an answer is prepared only from the roster,
          and leaves only while that says so, for nobody sees it; each inquiry takes its step by itself, as if it were
          the only one, and one that may not holds up no other.
Not here  the steps: confirming.py, answering.py, lettering.py, and the gate behind them. ④: matching_list.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from inquiry.domain.errors import Forbidden, InquiryError, InvalidValue, NotDisclosable, NotFound
from inquiry.domain.inquiry import State
from inquiry.domain.parties import Actor, Entrance, MunicipalityCode, Side
from inquiry.domain.reply import Channel
from inquiry.security import guard
from inquiry.store.answering import identification_in_force
from inquiry.store.bulk_runs import (
    BulkLine,
    BulkOutcome,
    BulkRun,
    bulk_run_of,
    bulk_runs_of,
    counts_of,
    in_state_of,
    is_suspected,
    municipalities_in,
    waiting_lines,
    without_draft,
)
from inquiry.store.four_eyes import with_draft
from inquiry.store.inquiries import Inquiry
from inquiry.store.municipalities import Municipality, municipality
from inquiry.store.single import PATIENCE_SECONDS, is_nobody_at_work, nobody_waits, only_one
from inquiry.workflow import answering, confirming, lettering, prefilling, reconsidering
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.work import House, Work

AT_MOST: Final = 1_000
RUNS_SHOWN: Final = 30
_ANSWERABLE: Final = [State.IDENTIFIED.value, State.NOT_FOUND.value]


class Task(StrEnum):
    """Which step is taken."""

    CONFIRM = "confirm"  # ③ 照会者の確認
    PREPARE = "prepare"  # ⑤ 回答の作成
    HAND_OVER = "hand_over"  # ⑤ iii 文書の作成と、本システムでの受け渡し


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled on one call to a main line about all of a municipality's inquiries.

    Without a channel each is answered as it asked; a letter is needed by a day.
    """

    municipality_code: MunicipalityCode
    said: str
    channel: Channel | None = None
    needed_by: date | None = None


def askers(work: Work) -> list[tuple[Municipality, int]]:
    """Return whose inquiries wait for ③, and how many, most first."""
    return municipalities_in(work.session, work.scope, State.FILED)


def to_confirm(work: Work, code: str) -> tuple[Municipality, list[Inquiry]]:
    """Return a municipality and its inquiries that wait for ③, the oldest first.

    :raises NotFound: if the directory has no such code.
    """
    place = municipality(work.session, code)
    if place is None:
        raise NotFound("municipality:not_found")
    return place, in_state_of(work.session, work.scope, State.FILED, municipality_code=code, limit=AT_MOST)


def to_prepare(work: Work) -> list[Inquiry]:
    """Return the inquiries whose finding is on record and whose answer nobody has prepared, the oldest first."""
    return without_draft(work.session, work.scope, _ANSWERABLE, limit=AT_MOST)


def to_hand_over(work: Work) -> list[Inquiry]:
    """Return the inquiries whose letter may be fetched once it is made, the oldest first."""
    drafted = with_draft(work.session, work.scope, _ANSWERABLE)
    return [each for each in drafted if _is_letter(work, each) and _has_reader(work, each)][:AT_MOST]


def begin_confirming(work: Work, picked: Sequence[str], settled: Settled) -> BulkRun:
    """Write down one call to the main line, and which inquiries it settled; none is confirmed yet.

    :raises NotDisclosable: if the directory holds no main line.
    :raises InvalidValue: if it is not said who was reached, a letter lacks its day, or the picked are none, too many,
        or wait no longer.
    """
    guard.enforce({"said": settled.said})
    place, waiting = to_confirm(work, settled.municipality_code)
    if not place.main_line:
        raise NotDisclosable("calling:no_main_line")
    if not settled.said.strip():
        raise InvalidValue("bulk:said_missing", field="said")
    if settled.channel is Channel.LETTER and settled.needed_by is None:
        raise InvalidValue("filing:needed_by_missing", field="needed_by")
    run = _begun(work, Task.CONFIRM, picked, waiting=waiting)
    run.municipality_code, run.number_dialled = place.code, place.main_line
    run.channel, run.needed_by = settled.channel or "", settled.needed_by
    run.said_ct = work.seal(settled.said.strip(), "bulk_run.said", run.id)
    return run


def begin(work: Work, task: Task, picked: Sequence[str]) -> BulkRun:
    """Write down which inquiries are to be prepared or handed over; none is yet.

    :raises InvalidValue: if the picked are none, too many, or wait no longer.
    """
    return _begun(work, task, picked, waiting=to_prepare(work) if task is Task.PREPARE else to_hand_over(work))


def _begun(work: Work, task: Task, picked: Sequence[str], *, waiting: list[Inquiry]) -> BulkRun:
    wanted = set(picked)
    if not wanted:
        raise InvalidValue("bulk:nothing_picked", field="picked")
    if not {each.id for each in waiting} >= wanted:
        raise InvalidValue("bulk:not_waiting", field="picked")
    run = BulkRun(insurer_id=work.actor.insurer_id or "", task=task, made_at=work.now, made_by=work.actor.account_id)
    inquiries = [each for each in waiting if each.id in wanted]
    run.lines = [
        BulkLine(inquiry_id=each.id, place=place, version=each.version) for place, each in enumerate(inquiries, 1)
    ]
    work.session.add(run)
    work.session.flush()
    work.record("bulk:begun", run=run.id, kind=task, lines=str(len(run.lines)))
    return run


def carry_on(house: House, actor: Actor, begun: Callable[[], None] = nobody_waits) -> None:
    """Take every step of the insurer's runs that waits, one unit of work each; whoever is second leaves it be."""
    with only_one(house.engine, _lock(actor), patience=PATIENCE_SECONDS) as is_ours:
        begun()
        while is_ours and (lines := _waiting(house, actor)):
            for line_id, task in lines:
                _take(house, actor, line_id, task=Task(task))


def is_at_work(house: House, actor: Actor) -> bool:
    """Say whether somebody takes steps of the actor's insurer's runs now."""
    return not is_nobody_at_work(house.engine, _lock(actor))


def try_again(work: Work, run_id: str) -> None:
    """Let the inquiries that were refused wait once more, as they are now; not while others of the run wait.

    One that breaks every time would otherwise come before them every time.
    """
    lines = run(work, run_id).lines
    is_unfinished = any(line.outcome == BulkOutcome.WAITING for line in lines)
    refused = [line for line in lines if line.outcome == BulkOutcome.REFUSED and not is_unfinished]
    for line in refused:
        line.outcome, line.code, line.version = BulkOutcome.WAITING, "", line.inquiry.version
    work.record("bulk:tried_again", run=run_id, lines=str(len(refused)))


def run(work: Work, run_id: str) -> BulkRun:
    """Return one run of the acting insurer.

    :raises NotFound: if it is absent, or somebody else's.
    """
    found = bulk_run_of(work.session, work.actor.insurer_id or "", run_id)
    if found is None:
        raise NotFound("bulk:not_found")
    return found


def runs(work: Work) -> list[tuple[BulkRun, dict[BulkOutcome, int]]]:
    """Return the acting insurer's latest runs, and how many inquiries of each stand how."""
    latest = bulk_runs_of(work.session, work.actor.insurer_id or "", RUNS_SHOWN)
    return [(each, counts_of(work.session, each.id)) for each in latest]


def counts(work: Work, run_id: str) -> dict[BulkOutcome, int]:
    """Return how many inquiries of a run of the acting insurer stand how."""
    return counts_of(work.session, run(work, run_id).id)


def _lock(actor: Actor) -> str:
    return f"bulk of {actor.insurer_id}"


def _waiting(house: House, actor: Actor) -> list[tuple[str, str]]:
    with house.reading(actor) as work:
        return waiting_lines(work.session, actor.insurer_id or "")


def _take(house: House, actor: Actor, line_id: str, *, task: Task) -> None:
    try:
        if task is Task.HAND_OVER:
            _make_letter(house, actor, line_id)
        with house.work(actor) as work:
            line = work.session.get_one(BulkLine, line_id)
            _STEPS[task](work, line)
            line.outcome = BulkOutcome.DONE
            work.record("bulk:done", run=line.run_id, line=line.id)
    except InquiryError as refusal:
        _refuse(house, actor, line_id, refusal.code)
    except Exception:
        # What nobody foresaw ends the thread. Without a mark it would end the next one at the same inquiry.
        _refuse(house, actor, line_id, "bulk:broke_off")
        raise


def _refuse(house: House, actor: Actor, line_id: str, code: str) -> None:
    with house.work(actor) as work:
        line = work.session.get_one(BulkLine, line_id)
        line.outcome, line.code = BulkOutcome.REFUSED, code
        work.record("bulk:refused", run=line.run_id, line=line.id, reason=code)


def _confirm(work: Work, line: BulkLine) -> None:
    inquiry, run = work.inquiry(line.inquiry_id, version=line.version), line.run
    if inquiry.entrance != Entrance.SYSTEM:
        raise Forbidden("bulk:not_from_system")
    if is_suspected(work.session, inquiry.id):
        raise Forbidden("bulk:suspected")
    if inquiry.municipality.main_line != run.number_dialled:
        raise Forbidden("bulk:main_line_changed")
    said = work.open(run.said_ct or b"", "bulk_run.said", run.id)
    confirming.confirm(work, inquiry.id, line.version, _agreement(run, inquiry, said))


def _agreement(run: BulkRun, inquiry: Inquiry, said: str) -> Agreement:
    if run.channel:
        return Agreement(Channel(run.channel), run.needed_by, said)
    return Agreement(Channel(inquiry.channel), inquiry.needed_by, said)


def _prepare(work: Work, line: BulkLine) -> None:
    inquiry = work.inquiry(line.inquiry_id, version=line.version)
    told = _from_roster(work, inquiry) if State(inquiry.state) is State.IDENTIFIED else {}
    answering.prepare(work, inquiry.id, line.version, channel=Channel(inquiry.channel), items=told)


def _from_roster(work: Work, inquiry: Inquiry) -> dict[str, str]:
    found = identification_in_force(work.session, inquiry.id)
    if found is None or found.member_ct is None:
        raise Forbidden("bulk:not_from_roster")
    person = reconsidering.person_now(work, inquiry, found)
    if person is None:
        raise NotDisclosable("gate:outdated")
    if person.has_changed(inquiry):
        raise Forbidden("answer:roster_changed")
    periods = prefilling.by_period(inquiry, person.now)
    if len(periods) != 1:
        raise Forbidden("bulk:several_periods")
    return periods[0]


def _make_letter(house: House, actor: Actor, line_id: str) -> None:
    """Make the letter where it is not made yet: a second person who must look first finds it on the inquiry's page."""
    with house.work(actor) as work:
        line = work.session.get_one(BulkLine, line_id)
        inquiry = work.inquiry(line.inquiry_id)
        answer = answering.prepared(work, inquiry)
        answering.check_seen(work, inquiry, answer)
        if not answer.file_sha256:
            lettering.release(work, inquiry.id, line.version)
            line.version = inquiry.version


def _hand_over(work: Work, line: BulkLine) -> None:
    inquiry = work.inquiry(line.inquiry_id)
    answering.check_seen(work, inquiry, answering.prepared(work, inquiry))
    lettering.give_by_download(work, line.inquiry_id, line.version)


_STEPS: Final[dict[Task, Callable[[Work, BulkLine], None]]] = {
    Task.CONFIRM: _confirm,
    Task.PREPARE: _prepare,
    Task.HAND_OVER: _hand_over,
}


def _is_letter(work: Work, inquiry: Inquiry) -> bool:
    draft = answering.in_preparation(work, inquiry)
    return draft is not None and draft.channel == Channel.LETTER


def _has_reader(work: Work, inquiry: Inquiry) -> bool:
    return Side.MUNICIPALITY not in work.outside(inquiry)
