"""Whom an officer may look at when nobody can be answered about (参考候補): never an answer, never sent.

Source    memo annex STEP2 ⑤ 「３情報が一致した場合のみ回答する」: these do not agree, and the inquirer may be asked to
          correct the inquiry, which then runs again.
Decides   who is near: one of name, birth date and sex differs, in a way that has a name; at most `limit` of them.
Not here  how often the list may be opened: workflow/identifying.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from inquiry.domain.member import Member, MemberId
from inquiry.domain.subject import Subject
from inquiry.matching.compare import explain_named
from inquiry.matching.grades import Comparison, Grade, Identifier, Reason
from inquiry.matching.names import names_of
from inquiry.matching.rules import DEFAULT, Rules


@dataclass(frozen=True, slots=True)
class PossiblePerson:
    """A member who differs from the inquiry in one identifier; for the officer's eyes, with what differs."""

    member_id: MemberId
    comparisons: tuple[Comparison, ...]

    @property
    def differences(self) -> tuple[Reason, ...]:
        """Return why this is not the person asked about, as far as the roll says."""
        return tuple(
            reason
            for comparison in self.comparisons
            if comparison.grade is Grade.DIFFERENT
            for reason in comparison.reasons
        )


# How easily each difference comes about by a slip; a difference that is not here is no near miss.
_COST = {
    Reason.KANJI_TOO_MANY_PLACEHOLDERS: 0,
    Reason.KANA_MISSING: 1,
    Reason.KANA_LENGTH: 1,
    Reason.KANA_VOICED_MARK: 1,
    Reason.KANA_PARTS_SWAPPED: 1,
    Reason.KANA_ONE_CHARACTER: 2,
    Reason.KANA_DIFFERS: 3,
    Reason.KANA_SURNAME_DIFFERS: 3,
    Reason.KANA_GIVEN_NAME_DIFFERS: 4,
    Reason.KANJI_DIFFERS: 3,
    Reason.BIRTH_DATE_DAY: 2,
    Reason.BIRTH_DATE_MONTH: 2,
    Reason.BIRTH_DATE_YEAR: 2,
    Reason.BIRTH_DATE_SWAPPED: 1,
    Reason.SEX_DIFFERS: 2,
}
_BESIDE = {Reason.ADDRESS_CORROBORATES: -1, Reason.NUMBER_CORROBORATES: -1}
_GROUPS = (
    frozenset({Identifier.NAME, Identifier.KANA, Identifier.KANJI}),
    frozenset({Identifier.BIRTH_DATE}),
    frozenset({Identifier.SEX}),
)
# Reading and writing that differ together are still one slip, if the surname changed or the parts changed places.
_ONE_SLIP = (
    {Reason.KANA_SURNAME_DIFFERS, Reason.KANJI_DIFFERS},
    {Reason.KANA_PARTS_SWAPPED, Reason.KANJI_DIFFERS},
)


def possible(
    subject: Subject, members: Iterable[Member], *, limit: int = 5, rules: Rules = DEFAULT
) -> tuple[PossiblePerson, ...]:
    """Return the nearest of the members whom `possible_keys` finds, nearest first; candidates are not among them."""
    names = names_of(subject)
    near = {}
    for member in members:
        comparisons = explain_named(subject, names, member, rules=rules)
        if _is_near(comparisons):
            near[member.member_id] = PossiblePerson(member.member_id, comparisons)
    return tuple(sorted(near.values(), key=_distance)[:limit])


def _is_near(comparisons: tuple[Comparison, ...]) -> bool:
    differing = {comparison.identifier for comparison in comparisons if comparison.grade is Grade.DIFFERENT}
    reasons = {reason for c in comparisons if c.grade is Grade.DIFFERENT for reason in c.reasons}
    if not differing or not any(differing <= group for group in _GROUPS) or not reasons <= _COST.keys():
        return False
    return len(differing) == 1 or any(slip <= reasons for slip in _ONE_SLIP)


def _distance(person: PossiblePerson) -> tuple[int, MemberId]:
    beside = sum(_BESIDE.get(reason, 0) for comparison in person.comparisons for reason in comparison.reasons)
    return sum(_COST[reason] for reason in person.differences) + beside, person.member_id
