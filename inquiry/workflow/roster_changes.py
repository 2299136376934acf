"""Taking over the differences of a day into the roster in force (日次差分の取込).

Decides   that a file of differences is taken over whole, in one transaction, and only onto the roster it fits: nobody
          is added who is there, and nobody changed or removed who is not; that people vanish by it, or become somebody
          else, as they may by a whole file, and nobody's 不開示 is lost by a row that is left out. A file without a row
          says that nothing changed: the roster is as it was, as of that day. Everything is read, opened and sealed
          before that transaction, which takes the pointer last: nobody waits for the rest.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from typing import Final

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.domain.member import Member
from inquiry.domain.parties import Actor
from inquiry.domain.roster import (
    CHANGE,
    ROSTER_COLUMNS,
    Change,
    Row,
    Writing,
    change_in,
    says_withheld,
    tells_withheld,
)
from inquiry.domain.table_text import RowProblem, Table
from inquiry.store import rolls
from inquiry.store.base import new_id
from inquiry.store.rolls import Exchange, SealedMember, joined
from inquiry.store.rosters import (
    ActiveRoster,
    Roll,
    RosterGeneration,
    Stage,
    active_generation,
    forget_changes,
    pointer_of,
)
from inquiry.workflow.matching_rules import settings_of
from inquiry.workflow.roster_comparing import (
    Comparison,
    Consent,
    forgetting_gone,
    gone_shut,
    lacking_by_day,
    may_withhold,
)
from inquiry.workflow.roster_gone import kept_shut
from inquiry.workflow.roster_loading import BATCH, SILENT, RosterFile, Tally, Watch
from inquiry.workflow.roster_merging import exchange_of, open_to_all, opened, withheld
from inquiry.workflow.roster_progress import written_down
from inquiry.workflow.roster_sealing import Entry, RollSealing, check_forms, person_in, refused, sealing_of
from inquiry.workflow.roster_switching import alone_at
from inquiry.workflow.roster_wishes import Wish, made_others
from inquiry.workflow.work import House, Work

MOST_ROWS: Final = 200_000
# Thousandths of the work that are done when the rows are there, when they are read, and when everybody is sealed; the
# writing is one step.
THERE: Final = 30
READ: Final = 220
SEALED: Final = 900


@dataclass(slots=True)
class Differences:
    """A file of differences as it was read: `withheld` are the people of whom a row that is left out says 不開示."""

    tally: Tally
    written_on: date
    wishes: list[Wish] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of differences as somebody sent it, with what they accept, and the key of their form if it had one."""

    file: RosterFile
    consent: Consent
    form_key: str = ""


@dataclass(frozen=True, slots=True)
class ChangesFile:
    """A file of differences of which the header is read: the roster's columns and 異動区分."""

    file: RosterFile
    table: Table
    writing: Writing


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file of differences will change on which roster, while nobody is opened or sealed for it yet.

    `withheld` are the people of whom a row that is left out says 不開示; who comes is numbered from `first`.
    """

    active: RosterGeneration
    sealing: RollSealing
    compared: Comparison
    fitting: list[Wish]
    there: dict[str, SealedMember]
    withheld: list[SealedMember]
    first: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file of differences: the new generation, or None where nothing was changed.

    `compared` says what would change, once all rows are well, and `lacks` the code of each word that it needs.
    """

    generation: RosterGeneration | None
    tally: Tally
    compared: Comparison | None = None
    lacks: tuple[str, ...] = ()


def read_changes(changes: ChangesFile, watch: Watch) -> Differences:
    """Read a file of differences; a person is given with all periods.

    :raises InvalidValue: if what follows on its header is no such table.
    :raises Forbidden: if it has more rows than differences ever have.
    """
    read = Differences(Tally(), changes.writing.on)
    by_person = _by_person(changes, read.tally, watch)
    for done, rows in enumerate(by_person.values(), 1):
        _read_person(rows, changes.writing, read)
        watch.progress(read.tally.rows * done // len(by_person), THERE + (READ - THERE) * done // len(by_person))
    read.tally.add(changes.table.problems)
    return read


def _by_person(changes: ChangesFile, tally: Tally, watch: Watch) -> dict[str, list[Row]]:
    by_person: dict[str, list[Row]] = {}
    for line, cells in changes.table.records:
        tally.rows += 1
        if tally.rows > MOST_ROWS:
            raise Forbidden("roster:too_many_differences")
        by_person.setdefault(cells[1].strip(), []).append((line, cells))
        if not tally.rows % BATCH:
            watch.progress(0, THERE * changes.file.share_read() // 1000)
    return by_person


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
        read.wishes.append(Wish(line, change, member_id, member, tells_withheld(people), says_withheld(people)))
    elif says_withheld(people):
        read.withheld.append(member_id)


def take_over_changes(house: House, actor: Actor, insurer_id: str, sent: Sent, *, watch: Watch = SILENT) -> Taken:
    """Apply a file of differences to the roster in force; it cannot be undone, so wrong rows and many leaving stop it.

    Nothing is changed while a row is wrong, or more people would go or be somebody else than may without a word, and
    nobody consents.

    :raises NotFound: if the insurer keeps no roster here.
    :raises InvalidValue: as `read_changes`, or if the roster in force was written later.
    :raises Repeated: if the form was sent before.
    :raises Superseded: if another roster came into force meanwhile, or since it was said how many would go.
    :raises Forbidden: as `read_changes`, or if nobody would be left, or an import is under way, or the roster must be
        rebuilt first.
    """
    table = sent.file.table((CHANGE, *ROSTER_COLUMNS))
    with house.reading(actor) as work:
        changes = ChangesFile(sent.file, table, sent.file.writing(work.today))
    with alone_at(house, insurer_id), written_down(house, actor, insurer_id, watch=watch) as told:
        read = read_changes(changes, told)
        with house.reading(actor) as work:
            planned = _planned(work, insurer_id, read=read, consent=sent.consent)
        if isinstance(planned, Taken):
            return planned
        exchange = _sealed(planned, read, told)
        if not (any(exchange) or read.tally.is_empty):
            return Taken(None, read.tally)
        with house.work(actor, form_key=sent.form_key) as work:
            return Taken(_written(work, planned, exchange, read=read, sent=sent), read.tally, planned.compared)


def _planned(work: Work, insurer_id: str, *, read: Differences, consent: Consent) -> Plan | Taken:
    """Say what will change, or what keeps anything from changing."""
    active, sealing = _changed_roll(work, insurer_id)
    if active.as_of is not None and read.written_on < min(active.as_of, work.today):
        raise InvalidValue("roster:changes_older", field="as_of")
    there = _there(work, sealing, read.wishes)
    fitting = [wish for wish in read.wishes if _fits(wish, there, read)]
    if (read.tally.wrong_rows and not consent.skips_bad) or not (fitting or read.withheld or read.tally.is_empty):
        return Taken(None, read.tally)
    others = made_others(fitting, there, sealing)
    gone = sealing.open_gone(gone_shut(active))
    fitting, gone = kept_shut(fitting, there, sealing, gone=gone, may_be_shut=may_withhold(active))
    read.tally.gone_shut = sealing.seal_gone(gone)
    compared = replace(_compared(work, active, fitting), others=others)
    if consent.compared_with is not None and consent.compared_with != active.id:
        raise Superseded
    if lacks := lacking_by_day(compared, consent):
        return Taken(None, read.tally, compared, lacks)
    staying = [sealing.person(member_id) for member_id in read.withheld]
    known = list(rolls.persons_known(work.session, sealing.roll_number, staying).values())
    first = rolls.highest_number(work.session, sealing.roll_number) + 1
    return Plan(active, sealing, compared, fitting, there, withheld=known, first=first)


def _sealed(plan: Plan, read: Differences, watch: Watch) -> Exchange:
    """Open who goes, to know their keys, and seal who comes; nobody waits for it."""
    parts: list[Exchange] = []
    is_shut = False
    numbers = count(plan.first)
    for start in range(0, len(plan.fitting), BATCH):
        fitting, there = plan.fitting[start : start + BATCH], plan.there
        going = opened(plan.sealing, [there[wish.member_id] for wish in fitting if wish.member_id in there])
        coming = [
            Entry(there[wish.member_id].no if wish.member_id in there else next(numbers), wish.line, wish.member)
            for wish in fitting
            if wish.member is not None
        ]
        parts.append(exchange_of(plan.sealing, going, coming))
        is_shut = is_shut or any(entry.member.is_withheld for entry in coming)
        watch.progress(read.tally.rows, READ + (SEALED - READ) * start // len(plan.fitting))
    people = open_to_all(plan.sealing, plan.withheld)
    parts.append(exchange_of(plan.sealing, people, map(withheld, people)))
    read.tally.withholds = is_shut or bool(people) or may_withhold(plan.active)
    return joined(parts)


def _written(work: Work, plan: Plan, exchange: Exchange, *, read: Differences, sent: Sent) -> RosterGeneration:
    insurer_id = plan.active.insurer_id
    rolls.exchange(work.session, plan.sealing.roll_number, exchange)
    # The pointer last: look-ups go on until here, and whoever waits for it finds the people and their generation new.
    pointer = pointer_of(work.session, insurer_id)
    if pointer is None or pointer.generation_id != plan.active.id:
        raise Superseded
    active = work.session.get_one(RosterGeneration, plan.active.id)
    persons = plan.compared.persons - len(exchange.leaving) + len(exchange.coming)
    generation = _next(work, active, tally=read.tally, as_of=sent.file, persons=persons)
    added = str(sum(wish.change is Change.ADDED for wish in plan.fitting))
    removed = str(plan.compared.vanishing)
    forget_changes(work.session, insurer_id)
    work.record("roster:changed", insurer=insurer_id, generation=generation.id, added=added, removed=removed)
    return generation


def _changed_roll(work: Work, insurer_id: str) -> tuple[RosterGeneration, RollSealing]:
    """Return the roster in force, and what sealing people for it needs."""
    active = active_generation(work.session, insurer_id)
    if active is None or active.roll_number is None:
        raise NotFound("identifying:no_roster")
    roll = work.session.get_one(Roll, active.roll_number)
    check_forms(roll)
    return active, sealing_of(work.house, roll)


def _compared(work: Work, active: RosterGeneration, wishes: list[Wish]) -> Comparison:
    """Say how many people would go, and how many would change.

    :raises Forbidden: if nobody would be left.
    """
    persons = rolls.how_many(work.session, active.roll_number or 0)
    wanted = Counter(wish.change for wish in wishes)
    if wanted[Change.REMOVED] == persons and not wanted[Change.ADDED]:
        raise Forbidden("roster:nobody")
    allowed = settings_of(work, active.insurer_id).vanish_percent
    return Comparison(active.id, persons, wanted[Change.REMOVED], allowed, changed=wanted[Change.CHANGED])


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


def _next(work: Work, active: RosterGeneration, *, tally: Tally, as_of: RosterFile, persons: int) -> RosterGeneration:
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
        persons=persons,
        share=1000,
        seen_at=work.now,
        report=tally.report(),
    )
    active.roll_number, active.report = None, forgetting_gone(active)
    work.session.add(generation)
    work.session.flush()
    work.session.get_one(ActiveRoster, active.insurer_id).generation_id = generation.id
    return generation
