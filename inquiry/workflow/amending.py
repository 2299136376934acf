"""Proposing a change of the contact list or the municipality directory (名簿の変更の提案).

Source    memo 3(2) ※; memo annex STEP2 ⑤ i.
Decides   who may propose what, and on which ground. What concerns no number and no name holds at once where
          PMO staff write it.
Not here  the second person, the call, the days of waiting: enacting.py. What a change waits for:
          directory/amendments.py.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from inquiry.directory.amendments import (
    NOTICE_ADDRESS,
    ONE_AT_A_TIME,
    PASSED_TO,
    Adds,
    Progress,
    Stage,
    Waits,
    new_numbers,
    replaced_numbers,
    stage_of,
    wants_second,
)
from inquiry.directory.contacts import CellChange, ContactRow, DeskKey, changes_between, completed
from inquiry.directory.mail_domain import read_notice_address
from inquiry.domain.errors import InvalidValue, NotFound, Superseded
from inquiry.domain.parties import OrganisationKind, Role
from inquiry.security import guard
from inquiry.store.additions import Tally, tally_of
from inquiry.store.amendments import Amendment, DirectoryRule, amendments_of, open_amendments, open_amendments_of
from inquiry.store.base import new_id
from inquiry.store.inquiries import Inquiry, desk_of
from inquiry.store.insurers import (
    MAIN_DESK,
    ContactEntry,
    Insurer,
    contact_history,
    contact_in_force,
    hold,
    insurer_numbered,
    number_on,
    padded,
)
from inquiry.store.municipalities import Municipality, locked_municipality
from inquiry.store.organisations import display_names
from inquiry.workflow import contacts, insurer_numbers, municipalities, resembling
from inquiry.workflow.insurer_numbers import NumberChange, Step
from inquiry.workflow.municipalities import MainLineEntry
from inquiry.workflow.work import Work

_PAGES: Final = ("https://", "http://")
RULE: Final = "directory"


@dataclass(frozen=True, slots=True)
class Ground:
    """On what a change rests, and the day from which it is to hold: today, where none is named."""

    evidence: str = ""
    page: str = ""
    seen_on: date | None = None
    from_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """What a desk is to say: its row of the list, and where notices go; None for where they go now."""

    row: ContactRow
    notice_address: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change as it is shown: how far it has come, what differs, and who did what."""

    amendment: Amendment
    stage: Stage
    cells: tuple[CellChange, ...]
    name: str
    number_in_force: str
    names: dict[str, str]
    tally: Tally | None = None


def amend_desk(work: Work, entry: DeskEntry, ground: Ground, *, version: int, desk: int = MAIN_DESK) -> Amendment:
    """Propose a change of a desk; it holds at once if it concerns no number or name and PMO staff propose it.

    Without an address for notices the desk keeps the one it has.

    :raises NotFound: if the insurer has no desk, or an officer proposes for another insurer.
    :raises Superseded: if the desk was changed since the form was shown.
    :raises InvalidValue: if nothing differs, the ground is missing, another change of a number is on its way, or a
        My Number stands in a text.
    """
    contacts.check_texts(entry.row)
    row = contacts.tidied(entry.row)
    insurer = insurer_numbered(work.session, row.insurer_number, on=work.today)
    if insurer is None or (work.actor.role is Role.OFFICER and work.actor.insurer_id != insurer.id):
        raise NotFound("contact:not_found")
    hold(work.session, insurer)
    latest = contact_in_force(work.session, insurer.id, desk)
    if latest is None or latest.version != version:
        raise contacts.superseded(work, insurer.id, desk=desk)
    standing = contacts.row_of(latest, work.today)
    row = completed(row, standing, ())
    contacts.check_among_desks(work, insurer, row, desk=desk)
    check_ground(work, ground)
    cells = (*changes_between(standing, row), *_new_notice_address(latest, entry.notice_address))
    _check_alone(cells, _open_of_desk(work, insurer.id, desk), field="telephone")
    return propose(work, Amendment(insurer_id=insurer.id, desk=desk), cells, ground=ground)


def _open_of_desk(work: Work, insurer_id: str, desk: int) -> list[Amendment]:
    return [each for each in open_amendments_of(work.session, insurer_id=insurer_id) if each.desk == desk]


def change_number(
    work: Work, insurer_id: str, change: NumberChange, ground: Ground, *, receiver_number: str = ""
) -> Amendment:
    """Propose that an insurer gets a number, that one ends, or that it passes to another insurer.

    :raises NotFound: if there is no such insurer.
    :raises InvalidValue: if it cannot be so, the ground is missing, or another change of its numbers is on its way.
    """
    insurer = held_insurer(work, insurer_id)
    periods = insurer_numbers.after(insurer, change)
    insurer_numbers.check_free(work, insurer, periods)
    check_ground(work, ground)
    cells = insurer_numbers.cells_between(insurer, periods)
    amendment = Amendment(insurer_id=insurer.id, desk=MAIN_DESK)
    if change.step is Step.PASSED:
        receiver = insurer_numbered(work.session, receiver_number, on=work.today)
        insurer_numbers.check_may_pass(insurer, receiver, change.number)
        assert receiver is not None
        amendment.successor_id = receiver.id
        cells = (*cells, CellChange(PASSED_TO, change.number, name_with_number(work, receiver)))
    check_alone(work, insurer, cells, field="insurer_number")
    return propose(work, amendment, cells, ground=ground)


def held_insurer(work: Work, insurer_id: str) -> Insurer:
    """Return an insurer and hold its row.

    :raises NotFound: if there is none.
    """
    insurer = work.session.get(Insurer, insurer_id)
    if insurer is None:
        raise NotFound("contact:not_found")
    hold(work.session, insurer)
    return insurer


def name_with_number(work: Work, insurer: Insurer) -> str:
    """Return an insurer as a cell names it."""
    return f"{insurer.name}（保険者番号 {number_on(insurer, work.today).removeprefix('00')}）"


def check_alone(work: Work, insurer: Insurer, cells: tuple[CellChange, ...], *, field: str) -> None:
    """Refuse a change of what another one on its way already changes.

    :raises InvalidValue: naming the field.
    """
    _check_alone(cells, open_amendments_of(work.session, insurer_id=insurer.id), field=field)


def _new_notice_address(entry: ContactEntry, typed: str | None) -> tuple[CellChange, ...]:
    if typed is None:
        return ()
    guard.enforce({"notice_address": typed})
    address = read_notice_address(typed)
    is_other = address != entry.notice_address
    return (CellChange(NOTICE_ADDRESS, entry.notice_address, address),) if is_other else ()


def amend_place(work: Work, code: str, entry: MainLineEntry, *, version: int, from_on: date | None = None) -> Amendment:
    """Propose a change of a municipality's entry; a main line is taken out at once, and never put in by one person.

    :raises NotFound: if the directory has no such code, or a clerk proposes for another municipality.
    :raises Superseded: if the entry was changed since the form was shown.
    :raises InvalidValue: if it is no fixed line, its page or day is missing, nothing differs, or another change of a
        number is on its way.
    """
    row = locked_municipality(work.session, code)
    if row is None or (work.actor.role is Role.CLERK and work.actor.municipality_code != code):
        raise NotFound("municipality:not_found")
    if row.version != version:
        raise _place_superseded(work, row)
    after = municipalities.cells_of_entry(municipalities.checked(work, entry))
    before = municipalities.cells_of_place(row)
    cells = tuple(CellChange(each, before[each], after[each]) for each in after if before[each] != after[each])
    _check_alone(cells, open_amendments_of(work.session, municipality_code=code), field="main_line")
    ground = Ground(page=entry.source.strip(), seen_on=entry.checked_on, from_on=from_on)
    _check_from(work, ground)
    return propose(work, Amendment(municipality_code=code), cells, ground=ground)


def propose(work: Work, amendment: Amendment, cells: tuple[CellChange, ...], *, ground: Ground) -> Amendment:
    """Write a change down as proposed by the actor.

    :raises InvalidValue: if nothing differs.
    """
    if not cells:
        raise InvalidValue("amendment:nothing_changed")
    amendment.cells = [[cell.column, cell.old, cell.new] for cell in cells]
    write_down(work, amendment, ground)
    entry = amendment.insurer_id or amendment.municipality_code or ""
    numbers = str(len(new_numbers(cells)))
    work.record("amendment:proposed", amendment=amendment.id, entry=entry, changed=str(len(cells)), numbers=numbers)
    resembling.note_amendment(work, amendment, cells)
    return amendment


def write_down(work: Work, amendment: Amendment, ground: Ground) -> None:
    """Write down what is proposed by the actor, on which ground; the caller records it."""
    amendment.id = new_id()
    amendment.from_on = ground.from_on or work.today
    amendment.evidence, amendment.page, amendment.seen_on = ground.evidence.strip(), ground.page.strip(), ground.seen_on
    amendment.side, amendment.proposed_at = work.actor.kind, work.now
    amendment.proposed_by = work.actor.account_id
    work.session.add(amendment)
    work.session.flush()


def cells_of(amendment: Amendment) -> tuple[CellChange, ...]:
    """Return what a change changes."""
    return tuple(CellChange(*cell) for cell in amendment.cells)


def progress_of(amendment: Amendment) -> Progress:
    """Return how far a change has come."""
    cells = cells_of(amendment)
    is_addition = bool(amendment.adds)
    return Progress(
        is_second_wanted=amendment.side != OrganisationKind.PMO or is_addition or wants_second(cells),
        is_call_wanted=is_asked_about(amendment),
        from_on=amendment.from_on,
        approved_at=amendment.approved_at,
        waits_until=amendment.waits_until,
        called_at=amendment.called_at,
        objected_at=amendment.objected_at,
        overruled_at=amendment.overruled_at,
        took_effect_at=amendment.took_effect_at,
        stopped_at=amendment.stopped_at,
    )


def is_asked_about(amendment: Amendment) -> bool:
    """Say whether somebody is called under a number in force before a change holds, and some days pass."""
    return amendment.adds == Adds.DESKS or bool(replaced_numbers(cells_of(amendment)))


def stage(work: Work, amendment: Amendment) -> Stage:
    """Return what a change waits for next."""
    return stage_of(progress_of(amendment), work.now, today=work.today)


def waits(work: Work) -> Waits:
    """Return what PMO staff set about waiting and checking again."""
    row = work.session.get(DirectoryRule, RULE)
    return Waits(row.cooling_days, row.recheck_days) if row else Waits()


def rule_number(work: Work) -> int:
    """Return the number of the rule in force, 0 while PMO staff have set none."""
    row = work.session.get(DirectoryRule, RULE)
    return row.number if row else 0


def on_their_way(work: Work) -> list[Amendment]:
    """Return every change that neither holds nor was stopped, the oldest first."""
    return open_amendments(work.session)


def announced(work: Work) -> int:
    """Return how many changes of the actor's own organisation's entry are on their way."""
    insurer_id, code = work.actor.insurer_id or "", work.actor.municipality_code or ""
    return len(open_amendments_of(work.session, insurer_id=insurer_id, municipality_code=code))


def coming_numbers(work: Work, inquiry: Inquiry) -> list[CellChange]:
    """Return the changes on their way of the numbers under which the actor reaches the other side of an inquiry."""
    coming = [
        cell for each in _open_of_other(work, inquiry) if each.approved_at for cell in new_numbers(cells_of(each))
    ]
    return [cell for cell in coming if cell.column != NOTICE_ADDRESS]


def _open_of_other(work: Work, inquiry: Inquiry) -> list[Amendment]:
    if work.actor.role is not Role.CLERK:
        return open_amendments_of(work.session, municipality_code=inquiry.municipality_code)
    desk = desk_of(work.session, inquiry)
    return _open_of_desk(work, desk.insurer_id, desk.desk) if desk is not None else []


def desks_under_way(work: Work) -> frozenset[DeskKey]:
    """Return the desks, as the list names them, of which something is being changed that one change at a time may."""
    return frozenset(
        (padded(number.number), _desk_name(work, each))
        for each in open_amendments(work.session)
        if each.insurer is not None and any(cell.column in ONE_AT_A_TIME for cell in cells_of(each))
        for number in each.insurer.numbers
    )


def proposals(work: Work, found: list[Amendment]) -> list[Proposal]:
    """Return changes as they are shown."""
    names = display_names(work.session, {each for row in found for each in _hands(row) if each})
    return [
        Proposal(
            each,
            stage(work, each),
            cells_of(each),
            name_of(work, each),
            number_in_force(work, each),
            names,
            tally_of(work.session, each.id) if each.adds else None,
        )
        for each in found
    ]


def _hands(row: Amendment) -> tuple[str | None, ...]:
    """Return who did what about a change."""
    decided_by = (row.approved_by, row.called_by, row.overruled_by, row.stopped_by)
    return (row.proposed_by, row.objected_by, *decided_by)


def history(work: Work, *, insurer_id: str = "", municipality_code: str = "") -> list[Proposal]:
    """Return every change of one entry as it is shown, the newest first."""
    return proposals(work, amendments_of(work.session, insurer_id=insurer_id, municipality_code=municipality_code))


def number_in_force(work: Work, amendment: Amendment) -> str:
    """Return the number under which the entry is reached until the change holds, "" where there is none."""
    if amendment.municipality is not None:
        return amendment.municipality.main_line
    entry = contact_in_force(work.session, amendment.insurer_id or "", amendment.desk or MAIN_DESK)
    return entry.telephone if entry else ""


def _desk_name(work: Work, amendment: Amendment) -> str:
    latest = contact_history(work.session, amendment.insurer_id or "", amendment.desk or MAIN_DESK)[:1]
    return "".join(each.desk_name for each in latest)


def name_of(work: Work, amendment: Amendment) -> str:
    """Return whose entry a change is about, or the first desk of an addition."""
    if amendment.adds:
        first = tally_of(work.session, amendment.id).first
        return "　".join(filter(None, (first.name, first.desk_name)))
    if amendment.insurer is not None:
        return "　".join(filter(None, (amendment.insurer.name, _desk_name(work, amendment))))
    place = amendment.municipality
    return " ".join(dict.fromkeys((place.prefecture, place.name))) if place else ""


def _place_superseded(work: Work, row: Municipality) -> Superseded:
    names = display_names(work.session, {row.main_line_checked_by or ""})
    return Superseded(by=next(iter(names.values()), ""))


def check_ground(work: Work, ground: Ground) -> None:
    """Refuse a change without evidence that somebody saw.

    :raises InvalidValue: naming the field.
    """
    guard.enforce({"evidence": ground.evidence, "source": ground.page})
    if not ground.evidence.strip() and not ground.page.strip():
        raise InvalidValue("amendment:evidence_missing", field="evidence")
    if ground.page.strip() and not ground.page.strip().startswith(_PAGES):
        raise InvalidValue("main_line:source_no_page", field="source")
    if ground.seen_on is None:
        raise InvalidValue("amendment:seen_on_missing", field="checked_on")
    if ground.seen_on > work.today:
        raise InvalidValue("main_line:checked_ahead", field="checked_on")
    _check_from(work, ground)


def _check_from(work: Work, ground: Ground) -> None:
    if ground.from_on is not None and ground.from_on < work.today:
        raise InvalidValue("amendment:from_past", field="from_on")


def _check_alone(cells: tuple[CellChange, ...], others: list[Amendment], *, field: str) -> None:
    """Refuse two changes of a number at a time: nobody could say which one the call asked about."""
    changed = {cell.column for cell in cells} & ONE_AT_A_TIME
    if changed and any(cell.column in ONE_AT_A_TIME for other in others for cell in cells_of(other)):
        raise InvalidValue("amendment:under_way", field=field)
