"""Taking over the differences of a day into the roster in force (日次差分の取込).

Decides   that a file of differences is taken over whole, in one transaction, and only onto the roster it fits: nobody
          is added who is there, and nobody changed or removed who is not; that people vanish by it as they may by a
          whole file, and nobody's 不開示 is lost by a row that is left out or a column that is not there. A file
          without a row says that nothing changed: the roster is as it was, as of that day.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from inquiry.domain.errors import Forbidden, NotFound, Superseded
from inquiry.domain.member import Member
from inquiry.domain.roster import CHANGE, ROSTER_COLUMNS, WITHHELD, Change, Row, Writing, change_in, says_withheld
from inquiry.domain.table_text import RowProblem
from inquiry.store import rolls
from inquiry.store.base import new_id
from inquiry.store.rolls import SealedMember
from inquiry.store.rosters import ActiveRoster, Roll, RosterGeneration, Stage, active_generation, pointer_of
from inquiry.workflow.matching_rules import settings_of
from inquiry.workflow.roster_loading import RosterFile, Tally
from inquiry.workflow.roster_merging import withhold
from inquiry.workflow.roster_sealing import Entry, RollSealing, current_forms, person_in, refused, sealing_of
from inquiry.workflow.roster_switching import Comparison, Consent, alone_at, may_withhold
from inquiry.workflow.work import Work

MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a file of differences wants for one person: the person as of now, or None for one who is to go."""

    line: int
    change: Change
    member_id: str
    member: Member | None


@dataclass(slots=True)
class Differences:
    """A file of differences as it was read.

    `withheld` are the people of whom a row that is left out says 不開示; `tells_withheld` is False where the file has
    no such column, and says of nobody that the protection ended.
    """

    tally: Tally
    tells_withheld: bool
    wishes: list[Wish] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file of differences: the new generation, or None where nothing was changed.

    `compared` says how many people would go, once all else is well.
    """

    generation: RosterGeneration | None
    tally: Tally
    compared: Comparison | None = None


def read_changes(file: RosterFile, today: date) -> Differences:
    """Read a file of differences: the roster's columns and 異動区分; a person is given with all periods.

    :raises InvalidValue: if it is no such table.
    :raises Forbidden: if it has more rows than differences ever have.
    """
    table = file.table((CHANGE, *ROSTER_COLUMNS))
    read, by_person = Differences(Tally(), WITHHELD not in table.absent), dict[str, list[Row]]()
    for line, cells in table.records:
        read.tally.rows += 1
        if read.tally.rows > MOST_ROWS:
            raise Forbidden("roster:too_many_differences")
        by_person.setdefault(cells[1].strip(), []).append((line, cells))
    for rows in by_person.values():
        _read_person(rows, file.writing(today), read)
    read.tally.add(table.problems)
    return read


def _read_person(rows: list[Row], writing: Writing, read: Differences) -> None:
    line, cells = rows[0]
    member_id, people = cells[1].strip(), [(number, row[1:]) for number, row in rows]
    change, problems = change_in(line, cells[0])
    if len({row[0].strip() for _, row in rows}) > 1:
        problems.append(RowProblem(rows[-1][0], CHANGE, "roster:changes_contradict"))
    member: Member | None = None
    if change is not Change.REMOVED:
        member, wrong = person_in(people, writing)
        problems += wrong
    elif [row for row in people if not refused(row, problems)] and not member_id:
        problems.append(RowProblem(line, "加入者ID", "roster:cell_missing"))
    read.tally.add(problems)
    if not problems and change is not None:
        read.wishes.append(Wish(line, change, member_id, member))
    elif says_withheld(people):
        read.withheld.append(member_id)


def take_over_changes(work: Work, insurer_id: str, file: RosterFile, consent: Consent) -> Taken:
    """Apply a file of differences to the roster in force; it cannot be undone, so wrong rows and many leaving stop it.

    Nothing is changed while a row is wrong, or more people would go than may without a word, and nobody consents.

    :raises NotFound: if the insurer keeps no roster here.
    :raises InvalidValue: as `read_changes`.
    :raises Superseded: if another roster came into force since it was said how many would go.
    :raises Forbidden: as `read_changes`, or if nobody would be left, or an import is under way, or the roster must be
        rebuilt first.
    """
    read = read_changes(file, work.today)
    with alone_at(work.house, insurer_id):
        return _take_over(work, insurer_id, file, read=read, consent=consent)


def _take_over(work: Work, insurer_id: str, file: RosterFile, *, read: Differences, consent: Consent) -> Taken:
    active, sealing = _changed_roll(work, insurer_id)
    there = _there(work, sealing, read.wishes)
    fitting = [wish for wish in read.wishes if _fits(wish, there, read)]
    if (read.tally.wrong_rows and not consent.skips_bad) or not (fitting or read.withheld or read.tally.is_empty):
        return Taken(None, read.tally)
    compared = _compared(work, active, fitting)
    if consent.compared_with is not None and consent.compared_with != active.id:
        raise Superseded
    if compared.is_striking and not consent.allows_vanishing:
        return Taken(None, read.tally, compared)
    if not read.tells_withheld:
        fitting = [_as_withheld(wish, there, sealing) for wish in fitting]
    _apply(work, sealing, fitting, there=there)
    withheld = withhold(work, sealing, [sealing.person(member_id) for member_id in read.withheld])
    if not (fitting or withheld or read.tally.is_empty):
        return Taken(None, read.tally)
    is_shut = any(wish.member is not None and wish.member.is_withheld for wish in fitting)
    read.tally.withholds = is_shut or withheld > 0 or may_withhold(active)
    generation = _next(work, active, tally=read.tally, as_of=file)
    added = str(sum(wish.change is Change.ADDED for wish in fitting))
    work.record(
        "roster:changed", insurer=insurer_id, generation=generation.id, added=added, removed=str(compared.vanishing)
    )
    return Taken(generation, read.tally, compared)


def _changed_roll(work: Work, insurer_id: str) -> tuple[RosterGeneration, RollSealing]:
    """Return the roster in force, held against everybody else, and what sealing people for it needs."""
    pointer_of(work.session, insurer_id)
    active = active_generation(work.session, insurer_id)
    if active is None or active.roll_number is None:
        raise NotFound("identifying:no_roster")
    roll = work.session.get_one(Roll, active.roll_number)
    if roll.forms != current_forms():
        # The keys of whoever is to go could not be found to be taken away.
        raise Forbidden("roster:rebuild_needed")
    return active, sealing_of(work.house, roll)


def _compared(work: Work, active: RosterGeneration, wishes: list[Wish]) -> Comparison:
    """Say how many people would go.

    :raises Forbidden: if nobody would be left.
    """
    persons = rolls.how_many(work.session, active.roll_number or 0)
    going = sum(wish.change is Change.REMOVED for wish in wishes)
    if going == persons and all(wish.change is not Change.ADDED for wish in wishes):
        raise Forbidden("roster:nobody")
    return Comparison(active.id, persons, going, settings_of(work, active.insurer_id).vanish_percent)


def _as_withheld(wish: Wish, there: dict[str, SealedMember], sealing: RollSealing) -> Wish:
    """Return a wish of a file without 不開示: who is withheld stays so."""
    if wish.member is None or wish.member_id not in there:
        return wish
    earlier = there[wish.member_id]
    is_withheld = sealing.open(earlier.no, earlier.member_ct).is_withheld
    return replace(wish, member=replace(wish.member, is_withheld=is_withheld))


def _there(work: Work, sealing: RollSealing, wishes: list[Wish]) -> dict[str, SealedMember]:
    persons: dict[int, str] = {sealing.person(wish.member_id): wish.member_id for wish in wishes}
    known = rolls.persons_known(work.session, sealing.roll_number, list(persons))
    return {persons[person]: sealed for person, sealed in known.items()}


def _fits(wish: Wish, there: dict[str, SealedMember], read: Differences) -> bool:
    is_there = wish.member_id in there
    if is_there is (wish.change is not Change.ADDED):
        return True
    code = "roster:added_who_is_there" if is_there else "roster:changed_who_is_not_there"
    read.tally.add([RowProblem(wish.line, "加入者ID", code)])
    if wish.member is not None and wish.member.is_withheld:
        read.withheld.append(wish.member_id)
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
    work.session.get_one(ActiveRoster, active.insurer_id).generation_id = generation.id
    return generation
