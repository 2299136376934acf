"""Whether an inquiry finds one person, nobody, or several (該当者の判定): what an answer may rest on.

Source    memo annex STEP2 ④-⑤; memo annex ※6; memo annex flowchart 「該当者あり」「該当者が複数名」.
Decides   what the members found amount to. Persons count, not periods of cover; a withheld record counts like others.
Not here  who resembles the person: matching/possible.py. Whether anything may be told: domain/reply.py.

Whom the three identifiers leave in doubt is never the one who is answered about, and never just left out:

    three identifiers    in doubt    finding
    ─────────────────    ────────    ──────────────────────────────────────────────────────────
    nobody               nobody      none
    one person           nobody      one; confirm if an optional identifier contradicts
    two and more         any         several, until the dates fit one person and contradict all others
    one person           somebody    confirm: the other may turn out to be the person asked about
    nobody               somebody    confirm

A person who is equal does not win over one in doubt: were the ● of the second read, two would match, and the memo
wants two told apart by dates, for which an officer may ask. Dates tell them apart that fit one person and contradict
every other; where they fit a second one less well, or nothing of the second's cover is known, either may be the person
asked about.

Who is alone on a roster is not identified by that: where it holds many of one name, a namesake who was never a member
would have hit somebody, too. Such a finding is marked, unless an optional identifier or the dates bear it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import attrgetter

from inquiry.domain.findings import Finding
from inquiry.domain.member import CoverDates, Member, MemberId
from inquiry.domain.subject import Subject
from inquiry.matching.compare import explain_named, grade_of, required_grade_of
from inquiry.matching.dates import Fit, fit_of
from inquiry.matching.grades import OPTIONAL, Comparison, Grade, Identifier, Reason
from inquiry.matching.kanji import TABLE_DIGEST
from inquiry.matching.names import names_of
from inquiry.matching.rules import DEFAULT, Rules


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person on the roll whom the three identifiers do not exclude."""

    member_id: MemberId
    grade: Grade
    comparisons: tuple[Comparison, ...]
    fit: Fit

    @property
    def required_grade(self) -> Grade:
        """Return the grade of the three identifiers, whatever stands beside them."""
        return required_grade_of(self.comparisons)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was found, about whom, and by which rules; equal arguments give equal decisions.

    `member_id` is the one person who may be answered about, and stands with the finding ONE alone. With it the
    candidates still show every person who had to be told apart.
    """

    finding: Finding
    member_id: MemberId | None
    candidates: tuple[Candidate, ...]
    rule_version: str
    table_digest: str
    is_common_name: bool = False  # found, but for an officer to corroborate


def decide(
    subject: Subject,
    members: Iterable[Member],
    *,
    dates: CoverDates | None = None,
    rules: Rules = DEFAULT,
    namesakes: int = 0,
) -> Decision:
    """Decide about the members that `lookup_keys` finds, each person once; others, and their order, change nothing.

    `namesakes` counts who lies under the namesake keys of the most frequent name, the person included.
    """
    candidates = _candidates(subject, members, dates=dates or CoverDates(), rules=rules)
    chosen = _single_out(candidates)
    finding = _finding(candidates, chosen)
    if chosen is None or finding is not Finding.ONE:
        return Decision(finding, None, candidates, rules.version, TABLE_DIGEST)
    is_common = namesakes > rules.namesakes_allowed and not _is_borne_out(chosen)
    if is_common:
        candidates = tuple(_marked(each) if each is chosen else each for each in candidates)
    return Decision(finding, chosen.member_id, candidates, rules.version, TABLE_DIGEST, is_common)


def _marked(candidate: Candidate) -> Candidate:
    return replace(candidate, comparisons=(*candidate.comparisons, _COMMON))


def _candidates(
    subject: Subject, members: Iterable[Member], *, dates: CoverDates, rules: Rules
) -> tuple[Candidate, ...]:
    names = names_of(subject)
    found = []
    everybody = tuple(members)
    for member in everybody if len(everybody) == 1 else dict.fromkeys(everybody):
        comparisons = explain_named(subject, names, member, rules=rules)
        if required_grade_of(comparisons) is Grade.DIFFERENT:
            continue
        fit = fit_of(dates, member.enrolments)
        if fit is not Fit.OPEN:
            comparisons = (*comparisons, _BY_FIT[fit])
        found.append(Candidate(member.member_id, grade_of(comparisons), comparisons, fit))
    return tuple(found if len(found) < 2 else sorted(found, key=attrgetter("member_id")))


_COMMON = Comparison(Identifier.NAME, Grade.EQUAL, (Reason.NAME_COMMON,))


def _is_borne_out(candidate: Candidate) -> bool:
    beside = [comparison for comparison in candidate.comparisons if comparison.identifier in OPTIONAL]
    return any(comparison.grade is Grade.EQUAL for comparison in beside)


_BY_FIT = {
    Fit.UNKNOWN: Comparison(Identifier.COVER_DATES, Grade.CONFIRM, (Reason.COVER_UNKNOWN,)),
    Fit.CONTRADICTS: Comparison(Identifier.COVER_DATES, Grade.CONFIRM, (Reason.COVER_CONTRADICTS,)),
    Fit.MONTH: Comparison(Identifier.COVER_DATES, Grade.EQUAL, (Reason.COVER_MONTH,)),
    Fit.NEAR: Comparison(Identifier.COVER_DATES, Grade.EQUAL, (Reason.COVER_NEAR,)),
    Fit.EXACT: Comparison(Identifier.COVER_DATES, Grade.EQUAL, (Reason.COVER_EXACT,)),
}


def _single_out(candidates: tuple[Candidate, ...]) -> Candidate | None:
    """Return the only person, or the only one whom the stated dates do not contradict, if they fit that person.

    Elimination alone proves nothing.
    """
    if len(candidates) == 1:
        return candidates[0]
    left = [candidate for candidate in candidates if candidate.fit is not Fit.CONTRADICTS]
    return left[0] if len(left) == 1 and left[0].fit > Fit.OPEN else None


def _finding(candidates: tuple[Candidate, ...], chosen: Candidate | None) -> Finding:
    if not candidates:
        return Finding.NONE
    if chosen:
        return Finding.ONE if chosen.grade is Grade.EQUAL else Finding.CONFIRM
    equal = sum(candidate.required_grade is Grade.EQUAL for candidate in candidates)
    return Finding.SEVERAL if equal > 1 else Finding.CONFIRM
