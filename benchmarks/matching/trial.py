"""One inquiry put to the product's own functions, and what came of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.matching.cases import Allowed, Case, Chance, identities
from benchmarks.matching.faults import FAULTS
from benchmarks.matching.roll import Roll
from benchmarks.matching.spellings import OTHERS, SPELLINGS
from benchmarks.matching.tally import NAMESAKE, RIGHT, WRONG, Tally
from inquiry.domain.findings import Finding
from inquiry.domain.member import MemberId
from inquiry.matching.decide import Decision, decide
from inquiry.matching.keys import lookup_keys, possible_keys
from inquiry.matching.possible import possible

TROUBLES = (*SPELLINGS, *OTHERS, *FAULTS)


@dataclass(frozen=True, slots=True)
class Result:
    """One inquiry decided."""

    case: Case
    decision: Decision
    outcome: str
    possible: tuple[MemberId, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Say whether the officer sees the person meant among the possible ones."""
        return any(_number(member_id) == self.case.person.number for member_id in self.possible if self.case.person)

    @property
    def is_member_asked(self) -> bool:
        """Say whether the inquiry is about somebody on the roster."""
        return self.case.person is not None

    @property
    def is_fault(self) -> bool:
        """Say whether this should not have happened, the rule being what it is."""
        return self.outcome == WRONG or self.is_breach

    @property
    def is_breach(self) -> bool:
        """Say whether a machine answered what the table of identifiers leaves to an officer, or forbids.

        Where the inquiry is false as a whole, a namesake of whom it describes is no breach: to the rule it is true.
        """
        if self.outcome == NAMESAKE:
            return self.case.allowed in (Allowed.GUARDED, Allowed.LOOK)
        return self.outcome == RIGHT and self.case.allowed.forbids_one


def _number(member_id: MemberId) -> int:
    return int(member_id[1:]) if len(member_id) > 1 else -1


def answer(roll: Roll, case: Case) -> Result:
    """Decide one inquiry as the product does: by keys, members, dates and namesakes."""
    subject = case.subject
    members = [*roll.under(lookup_keys(subject)), *case.beside]
    decision = decide(subject, members, dates=case.dates, namesakes=roll.namesakes(subject) if members else 0)
    if decision.finding is Finding.NONE:
        near = possible(subject, roll.under(possible_keys(subject)))
        return Result(case, decision, "none", tuple(person.member_id for person in near))
    return Result(case, decision, outcome(roll, case, decision))


def outcome(roll: Roll, case: Case, decision: Decision) -> str:
    if decision.member_id is None:
        return decision.finding.value
    number = _number(decision.member_id)
    if case.person and number == case.person.number:
        return RIGHT
    bears_it = number >= 0 and case.claim in identities(roll.population.person(number))
    return NAMESAKE if bears_it else WRONG


def tally_of(results: Iterable[Result]) -> Tally:
    """Count the outcomes of some inquiries."""
    tally = Tally()
    for result in results:
        tally.outcomes[result.outcome] += 1
        if result.outcome == "none":
            tally.listed += result.is_member_asked
            tally.shown += result.is_shown
            tally.idle += not result.is_member_asked and bool(result.possible)
    return tally


def stream(chance: Chance, number: int) -> Iterator[Case]:
    """Yield a believable mix of inquiries, each family by its share."""
    weights = [trouble.share for trouble in TROUBLES]
    while number > 0:
        (trouble,) = chance.draw.choices(TROUBLES, weights)
        case = next((case for case in (trouble.case(chance) for _ in range(200)) if case), None)
        if case:
            number -= 1
            yield case
