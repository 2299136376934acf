"""From a proposed change to one that holds: second person, call, waiting, objection (名簿の変更の確認と反映).

Source    memo 3(2) ※; memo annex STEP2 ⑤ i.
Decides   that whoever proposed a number never approves it, that the holder of the old number was asked, and that
          either side may stop a change until it holds.
Not here  proposing: amending.py. What a change waits for: directory/amendments.py.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from inquiry.directory.amendments import (
    DESK_ENDED,
    LEADING_ELSEWHERE,
    MOST_COOLING_DAYS,
    MOST_RECHECK_DAYS,
    NAMED,
    NOTICE_ADDRESS,
    SUCCESSOR,
    Stage,
    Waits,
    replaced_numbers,
)
from inquiry.directory.contacts import NUMBER_PERIODS, REACHED_BY, cells_of, read_contact
from inquiry.directory.number_periods import read_periods
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.domain.parties import Role
from inquiry.security import guard
from inquiry.store.amendments import Amendment, DirectoryRule, locked_amendment, open_amendments
from inquiry.store.insurers import MAIN_DESK, Insurer, contact_in_force
from inquiry.store.municipalities import locked_municipality
from inquiry.workflow import (
    adding,
    amending,
    contacts,
    ending,
    insurer_numbers,
    mergers,
    municipalities,
    noticing,
    stopping,
)
from inquiry.workflow.stopping import Stopped
from inquiry.workflow.suspicions import Kind, Sign, open_sign
from inquiry.workflow.work import Work

FEWEST_DAYS: Final = 1


class Asked(StrEnum):
    """What was said under the old number (変更前の番号にかけた結果)."""

    CONFIRMED = "confirmed"
    NOT_IN_USE = "not_in_use"
    DENIED = "denied"


def found(work: Work, amendment_id: str) -> Amendment:
    """Return a change that the actor may see, and hold its row.

    :raises NotFound: if there is none, or it is about somebody else's entry.
    """
    amendment = locked_amendment(work.session, amendment_id)
    if amendment is None or not (work.actor.role is Role.PMO_STAFF or is_own(work, amendment)):
        raise NotFound("amendment:not_found")
    return amendment


def is_own(work: Work, amendment: Amendment) -> bool:
    """Say whether a change is about the actor's own organisation."""
    own = (work.actor.insurer_id, work.actor.municipality_code)
    return any(own) and own == (amendment.insurer_id, amendment.municipality_code)


def may_approve(work: Work, amendment: Amendment) -> bool:
    """Say whether the actor is the second person for a change."""
    return work.actor.role is Role.PMO_STAFF and work.actor.account_id != amendment.proposed_by


def approve(work: Work, amendment_id: str) -> Amendment:
    """Agree to a change as the second person; a number in the place of another waits from now on, and both sides learn.

    :raises Forbidden: if the actor proposed it, it does not wait for a second person, or adds what the list no longer
        takes.
    """
    amendment = _at(work, amendment_id, Stage.PROPOSED)
    if not may_approve(work, amendment):
        raise Forbidden("amendment:second_person")
    adding.check_fit(work, amendment)
    amendment.approved_at, amendment.approved_by = work.now, work.actor.account_id
    if amending.is_asked_about(amendment):
        amendment.waits_until = work.now + timedelta(days=amending.waits(work).cooling_days)
    work.record("amendment:approved", amendment=amendment.id)
    noticing.tell_of_change(work, amendment)
    return enact_if_ready(work, amendment)


def record_call(work: Work, amendment_id: str, outcome: Asked, *, note: str) -> Amendment:
    """Write down what was said under the number in force; who knows nothing of the change stops it.

    :raises Forbidden: if no call is wanted, or the list no longer takes what would be added.
    :raises InvalidValue: if nobody is named, a My Number stands in the note, or nobody could be asked about a new desk.
    """
    amendment = _at(work, amendment_id, Stage.CALL_WANTED)
    adding.check_fit(work, amendment)
    guard.enforce({"note": note})
    if amendment.adds and outcome is Asked.NOT_IN_USE:
        raise InvalidValue("addition:main_desk_unreached", field="outcome")
    if not note.strip():
        raise InvalidValue("amendment:call_note_missing", field="note")
    amendment.called_at, amendment.called_by, amendment.call_outcome = work.now, work.actor.account_id, outcome
    amendment.call_ct = work.seal(note.strip(), "amendment.call", amendment.id)
    work.record("amendment:called", amendment=amendment.id, outcome=outcome)
    if outcome is Asked.DENIED:
        stopping.stop(work, amendment, Stopped.DENIED)
        open_sign(work, Kind.CHANGE_DENIED, Sign(), amendment=amendment)
        return amendment
    return enact_if_ready(work, amendment)


def stop(work: Work, amendment_id: str, *, reason: str) -> Amendment:
    """Stop a change: its proposer withdraws it, PMO staff reject it, the organisation it is about objects to it.

    :raises Forbidden: if it holds already, or was stopped.
    :raises InvalidValue: if no reason is given.
    """
    amendment = found(work, amendment_id)
    guard.enforce({"reason": reason})
    if amending.stage(work, amendment) in (Stage.IN_FORCE, Stage.STOPPED):
        raise Forbidden("amendment:over")
    if not reason.strip():
        raise InvalidValue("amendment:reason_missing", field="reason")
    how = _how(work, amendment)
    amendment.stopped_ct = work.seal(reason.strip(), "amendment.stopped", amendment.id)
    stopping.stop(work, amendment, how)
    if how is Stopped.OBJECTED:
        open_sign(work, Kind.CHANGE_DENIED, Sign(), amendment=amendment)
    return amendment


def _how(work: Work, amendment: Amendment) -> Stopped:
    if work.actor.account_id == amendment.proposed_by:
        return Stopped.WITHDRAWN
    return Stopped.REJECTED if work.actor.role is Role.PMO_STAFF else Stopped.OBJECTED


def enact(work: Work, amendment_id: str) -> Amendment:
    """Let a change hold for which nothing is wanted any more.

    :raises Forbidden: if it still waits, or the number was changed otherwise meanwhile.
    """
    amendment = _at(work, amendment_id, Stage.READY)
    _write(work, amendment)
    return amendment


def due(work: Work) -> list[str]:
    """Return the changes for which nothing is wanted any more, the oldest first."""
    return [each.id for each in open_amendments(work.session) if amending.stage(work, each) is Stage.READY]


def enact_due(work: Work, amendment_id: str) -> bool:
    """Let a change hold that is due, and return whether it still was: somebody else may have been quicker.

    :raises Forbidden: if the number was changed otherwise meanwhile.
    """
    amendment = locked_amendment(work.session, amendment_id)
    is_due = amendment is not None and amending.stage(work, amendment) is Stage.READY
    if amendment is not None and is_due:
        _write(work, amendment)
    return is_due


def enact_if_ready(work: Work, amendment: Amendment) -> Amendment:
    """Let a change hold now if nothing is wanted for it."""
    if amending.stage(work, amendment) is Stage.READY:
        _write(work, amendment)
    return amendment


def opened_notes(work: Work, amendment: Amendment) -> dict[str, str]:
    """Return what was written beside the call, the objection, its answer, and the stop."""
    sealed = {"call": amendment.call_ct, "stopped": amendment.stopped_ct}
    sealed |= {"objected": amendment.objected_ct, "overruled": amendment.overruled_ct}
    return {
        name: work.open(token, f"amendment.{name}", amendment.id) if token else "" for name, token in sealed.items()
    }


def set_waits(work: Work, waits: Waits, *, number: int) -> None:
    """Set how long a new number waits, and when entries are checked again; it holds for approvals from now on.

    :raises InvalidValue: if a number of days is out of range.
    :raises Superseded: if somebody changed it since the page was read.
    """
    if not FEWEST_DAYS <= waits.cooling_days <= MOST_COOLING_DAYS:
        raise InvalidValue("directory_rule:cooling_days", field="cooling_days")
    if not FEWEST_DAYS <= waits.recheck_days <= MOST_RECHECK_DAYS:
        raise InvalidValue("directory_rule:recheck_days", field="recheck_days")
    row = work.session.get(DirectoryRule, amending.RULE, with_for_update=True)
    if (row.number if row else 0) != number:
        raise Superseded
    if row is None:
        row = DirectoryRule(name=amending.RULE)
        work.session.add(row)
    row.number, row.cooling_days, row.recheck_days = number + 1, waits.cooling_days, waits.recheck_days
    work.record("directory_rule:changed", cooling=str(waits.cooling_days), recheck=str(waits.recheck_days))


def _at(work: Work, amendment_id: str, wanted: Stage) -> Amendment:
    amendment = found(work, amendment_id)
    if amending.stage(work, amendment) is not wanted:
        raise Forbidden("amendment:not_now")
    return amendment


def _write(work: Work, amendment: Amendment) -> None:
    amendment.took_effect_at = work.now
    try:
        _write_entry(work, amendment)
    except InvalidValue as error:
        # It could be so when it was proposed; something else was changed since.
        raise Forbidden(error.code) from error
    work.record("amendment:enacted", amendment=amendment.id)


def _write_entry(work: Work, amendment: Amendment) -> None:
    columns = {cell.column for cell in amending.cells_of(amendment)}
    if amendment.adds:
        adding.carry_out(work, amendment)
    elif amendment.municipality_code:
        _write_place(work, amendment, amendment.municipality_code)
    elif DESK_ENDED in columns:
        ending.carry_out(work, amendment)
    elif SUCCESSOR in columns:
        mergers.carry_out(work, amendment)
    elif columns <= LEADING_ELSEWHERE:
        _write_numbers(work, amendment)
    else:
        _write_desk(work, amendment, amendment.insurer_id or "")


def _write_numbers(work: Work, amendment: Amendment) -> None:
    insurer = amending.held_insurer(work, amendment.insurer_id or "")
    cells = amending.cells_of(amendment)
    (changed,) = (cell for cell in cells if cell.column == NUMBER_PERIODS)
    if changed not in insurer_numbers.cells_between(insurer, read_periods(changed.new)):
        raise Forbidden("amendment:stale")
    insurer_numbers.write(work, insurer, read_periods(changed.new))
    if amendment.successor_id is not None:
        receiver = work.session.get_one(Insurer, amendment.successor_id)
        insurer_numbers.passed(work, receiver, cells, read_periods(changed.new))


def _write_desk(work: Work, amendment: Amendment, insurer_id: str) -> None:
    entry = contact_in_force(work.session, insurer_id, amendment.desk or MAIN_DESK)
    if entry is None:
        raise Forbidden("amendment:stale")
    cells = cells_of(contacts.row_of(entry, work.today)) | {NOTICE_ADDRESS: entry.notice_address}
    _check_fresh(amendment, cells)
    asked = contacts.inquiries_of_desk(work, entry)
    sheet = read_contact(cells | {cell.column: cell.new for cell in amending.cells_of(amendment)})
    newer = contacts.save(work, sheet.rows[0], amendment=amendment)
    if REACHED_BY & {cell.column for cell in amending.cells_of(amendment)}:
        for inquiry in asked:
            work.note(inquiry, "contact_corrected", entry=newer.id)


def _write_place(work: Work, amendment: Amendment, code: str) -> None:
    row = locked_municipality(work.session, code)
    if row is None:
        raise NotFound("municipality:not_found")
    cells = municipalities.cells_of_place(row)
    _check_fresh(amendment, cells)
    after = cells | {cell.column: cell.new for cell in amending.cells_of(amendment)}
    municipalities.write(row, municipalities.entry_from(after), checked_by=amendment.proposed_by)


def _check_fresh(amendment: Amendment, now: dict[str, str]) -> None:
    """Refuse to put a number or name in the place of another than was looked at."""
    cells = amending.cells_of(amendment)
    watched = (*replaced_numbers(cells), *(cell for cell in cells if cell.column in LEADING_ELSEWHERE | NAMED))
    if any(now[cell.column] != cell.old for cell in watched):
        raise Forbidden("amendment:stale")
