"""Taking over the differences of a day into the roster in force (日次差分の取込).

Decides   that a file of differences is taken over whole, in one transaction, and only onto the roster it fits: nobody
          is added who is there, and nobody changed or removed who is not.
"""

from dataclasses import dataclass
from typing import Any

from inquiry.domain.errors import Forbidden, NotFound
from inquiry.domain.member import Member
from inquiry.domain.roster import CHANGE, ROSTER_COLUMNS, Change, Row, change_in, member_in
from inquiry.domain.table_text import RowProblem
from inquiry.store import rolls
from inquiry.store.base import new_id
from inquiry.store.rolls import SealedMember
from inquiry.store.rosters import Roll, RosterGeneration, Stage, active_generation, pointer_of
from inquiry.workflow.roster_loading import RosterFile, Tally
from inquiry.workflow.roster_sealing import Entry, RollSealing, current_forms, refused, sealing_of
from inquiry.workflow.roster_switching import alone_at
from inquiry.workflow.work import Work

MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a file of differences wants for one person: the person as of now, or None for one who is to go."""

    line: int
    change: Change
    member_id: str
    member: Member | None


def read_changes(file: RosterFile) -> tuple[list[Wish], Tally]:
    """Read a file of differences: the roster's columns and 異動区分; a person is given with all periods.

    :raises InvalidValue: if it is no such table.
    :raises Forbidden: if it has more rows than differences ever have.
    """
    table = file.table((CHANGE, *ROSTER_COLUMNS))
    tally, by_person = Tally(), dict[str, list[tuple[int, Any]]]()
    for line, cells in table.records:
        tally.rows += 1
        if tally.rows > MOST_ROWS:
            raise Forbidden("roster:too_many_differences")
        by_person.setdefault(cells[1].strip(), []).append((line, cells))
    wishes = [wish for rows in by_person.values() if (wish := _wish(rows, file, tally))]
    tally.add(table.problems)
    return wishes, tally


def _wish(rows: list[Row], file: RosterFile, tally: Tally) -> Wish | None:
    line, cells = rows[0]
    wanted = {cells[0].strip() for _, cells in rows}
    change, problems = change_in(line, cells[0])
    if len(wanted) > 1:
        problems.append(RowProblem(rows[-1][0], CHANGE, "roster:changes_contradict"))
    people = [(number, row[1:]) for number, row in rows]
    people = [row for row in people if not refused(row, problems)]
    member: Member | None = None
    if change is Change.REMOVED:
        if not cells[1].strip():
            problems.append(RowProblem(line, "加入者ID", "roster:cell_missing"))
    else:
        member, wrong = member_in(people, file.coding)
        problems += wrong
    tally.add(problems)
    if problems or change is None:
        return None
    return Wish(line, change, cells[1].strip(), member)


def take_over_changes(
    work: Work, insurer_id: str, file: RosterFile, *, skips_bad: bool = False
) -> tuple[RosterGeneration | None, Tally]:
    """Apply a file of differences to the roster in force; one wrong row stops it, unless wrong rows are skipped.

    Return the new generation, or None where nothing was changed, and what was read.

    :raises NotFound: if the insurer keeps no roster here.
    :raises InvalidValue: as `read_changes`.
    :raises Forbidden: as `read_changes`, or if an import is under way, or the roster must be rebuilt first.
    """
    wishes, tally = read_changes(file)
    with alone_at(work.house, insurer_id):
        generation = _take_over(work, insurer_id, file, wishes=wishes, tally=tally, skips_bad=skips_bad)
    return generation, tally


def _take_over(
    work: Work, insurer_id: str, file: RosterFile, *, wishes: list[Wish], tally: Tally, skips_bad: bool
) -> RosterGeneration | None:
    pointer = pointer_of(work.session, insurer_id)
    active = active_generation(work.session, insurer_id)
    if pointer is None or active is None or active.roll_number is None:
        raise NotFound("identifying:no_roster")
    roll = work.session.get_one(Roll, active.roll_number)
    if roll.forms != current_forms():
        # The keys of whoever is to go could not be found to be taken away.
        raise Forbidden("roster:rebuild_needed")
    sealing = sealing_of(work.house, roll, coding=file.coding)
    there = _there(work, sealing, wishes)
    fitting = [wish for wish in wishes if _fits(wish, there, tally)]
    if (tally.wrong_rows and not skips_bad) or not fitting:
        return None
    _apply(work, sealing, fitting, there=there)
    generation = _next(work, active, tally=tally, as_of=file)
    pointer.generation_id = generation.id
    added = str(sum(wish.change is Change.ADDED for wish in fitting))
    removed = str(sum(wish.change is Change.REMOVED for wish in fitting))
    work.record("roster:changed", insurer=insurer_id, generation=generation.id, added=added, removed=removed)
    return generation


def _there(work: Work, sealing: RollSealing, wishes: list[Wish]) -> dict[str, SealedMember]:
    persons: dict[int, str] = {sealing.person(wish.member_id): wish.member_id for wish in wishes}
    known = rolls.persons_known(work.session, sealing.roll_number, list(persons))
    return {persons[person]: sealed for person, sealed in known.items()}


def _fits(wish: Wish, there: dict[str, SealedMember], tally: Tally) -> bool:
    is_there = wish.member_id in there
    if is_there is (wish.change is not Change.ADDED):
        return True
    code = "roster:added_who_is_there" if is_there else "roster:changed_who_is_not_there"
    tally.add([RowProblem(wish.line, "加入者ID", code)])
    return False


def _apply(work: Work, sealing: RollSealing, wishes: list[Wish], *, there: dict[str, SealedMember]) -> None:
    going = [there[wish.member_id] for wish in wishes if wish.member_id in there]
    lost = sealing.keys_of([Entry(each.no, each.line, sealing.open(each.no, each.member_ct)) for each in going])
    rolls.remove(work.session, sealing.roll_number, [each.no for each in going], lost)
    first = rolls.highest_number(work.session, sealing.roll_number) + 1
    coming = [(wish.line, wish.member) for wish in wishes if wish.member is not None]
    entries = [Entry(no, line, member) for no, (line, member) in enumerate(coming, first)]
    rolls.add(work.session, sealing.roll_number, *sealing.seal(entries))


def _next(work: Work, active: RosterGeneration, *, tally: Tally, as_of: RosterFile) -> RosterGeneration:
    active.stage = Stage.ENDED
    generation = RosterGeneration(
        id=new_id(),
        insurer_id=active.insurer_id,
        stage=Stage.ACTIVE,
        is_difference=True,
        roll_number=active.roll_number,
        as_of=as_of.as_of or work.today,
        imported_at=work.now,
        imported_by=work.actor.account_id,
        in_force_at=work.now,
        rows=tally.rows,
        persons=rolls.how_many(work.session, active.roll_number or 0),
        share=1000,
        seen_at=work.now,
        report=tally.report(),
    )
    active.roll_number = None
    work.session.add(generation)
    work.session.flush()
    return generation
