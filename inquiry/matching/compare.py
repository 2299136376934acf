"""One inquiry beside one member, identifier by identifier (３情報の突合).

    identifier           equal                      an officer must look               not equal
    ───────────────────  ─────────────────────────  ─────────────────────────────────  ─────────────────────────
    kana                 one reading, however       missing on one side, kanji equal,  voiced mark, another kana,
                         spelled                    nothing else in doubt; a vowel     another length
                                                    long only across a boundary that
                                                    one side states
    kanji                equal, variant, absent on  one ● a part, absent on one side,  another character, more ●
                         both sides                 a doubtful or contested variant
    birth date           all parts known and equal  a part unknown, the rest equal     any part differs
    sex                  known and equal            not known                          differs
    address, 記号・番号  may bear out a ●           contradicts

Source    memo annex STEP2 ④-⑤ 「３情報が一致した場合のみ回答する」.
Decides   the grade of each identifier, and of the person: the lowest of all.
Not here  how many such members there are, and what follows: matching/decide.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from inquiry.domain.member import Member
from inquiry.domain.subject import Sex, Subject
from inquiry.matching.beside import compare_address, compare_insured_number
from inquiry.matching.dates import compare_birth_dates
from inquiry.matching.grades import SAME, Comparison, Grade, Identifier, Reason
from inquiry.matching.names import BorneName, compare_names, names_of
from inquiry.matching.rules import DEFAULT, Rules


def explain(subject: Subject, member: Member, rules: Rules = DEFAULT) -> tuple[Comparison, ...]:
    """Return the verdict on each identifier: first the required ones, then an optional one where both sides have it."""
    return explain_named(subject, names_of(subject), member, rules=rules)


def explain_named(
    subject: Subject, names: tuple[BorneName, ...], member: Member, *, rules: Rules
) -> tuple[Comparison, ...]:
    """Do as `explain` does, with the subject's names read once for many members."""
    if _is_the_same(subject, names, member):
        return _ALL_EQUAL
    name, kana, kanji = compare_names(names, names_of(member), rules)
    birth_date = compare_birth_dates(subject.birth_date, member.birth_date)
    sex = _compare_sex(subject.sex, member.sex)
    beside = _beside(subject, member)
    kana = _without_second_doubt(kana, birth_date, sex)
    return name, kana, _lift_placeholder(kanji, beside), birth_date, sex, *beside


def _is_the_same(subject: Subject, names: tuple[BorneName, ...], member: Member) -> bool:
    """Say whether both are written the same, sign by sign: most inquiries are, and there is nothing to compare."""
    if subject.name != member.name or subject.birth_date != member.birth_date or subject.sex is not member.sex:
        return False
    is_complete = bool(subject.name.kana and subject.name.written) and subject.birth_date.is_complete
    has_more = subject.address or subject.symbol or subject.number
    return is_complete and subject.sex.is_known and not has_more and _is_readable(names[0])


def _is_readable(name: BorneName) -> bool:
    return not (name.kana.is_missing or name.written.has_placeholder) and bool(name.written.parts)


def _beside(subject: Subject, member: Member) -> tuple[Comparison, ...]:
    if not (subject.address or subject.symbol or subject.number):
        return ()
    found = (compare_address(subject.address, member.address), compare_insured_number(subject, member.enrolments))
    return tuple([comparison for comparison in found if comparison])


def grade_of(comparisons: Iterable[Comparison]) -> Grade:
    """Return the grade of the person: the lowest of all, so that whatever is optional can only make it worse."""
    return Grade.worst([comparison.grade for comparison in comparisons])


def required_grade_of(comparisons: Sequence[Comparison]) -> Grade:
    """Return the grade of the three identifiers alone, which decides whether a person counts (memo annex STEP2 ⑤)."""
    return Grade.worst([comparison.grade for comparison in comparisons[: len(_ALL_EQUAL)]])


def _compare_sex(ours: Sex, theirs: Sex) -> Comparison:
    if not (ours.is_known and theirs.is_known):
        return Comparison(Identifier.SEX, Grade.CONFIRM, (Reason.SEX_UNKNOWN,))
    if ours is theirs:
        return SAME[Identifier.SEX]
    return Comparison(Identifier.SEX, Grade.DIFFERENT, (Reason.SEX_DIFFERS,))


def _without_second_doubt(kana: Comparison, *others: Comparison) -> Comparison:
    """Refuse missing or run-together kana where birth date or sex is in doubt too: what is left would name a crowd."""
    is_weak = Reason.KANA_MISSING in kana.reasons or Reason.KANA_ORDER_UNSPLIT in kana.reasons
    if is_weak and any(other.grade is not Grade.EQUAL for other in others):
        return replace(kana, grade=Grade.DIFFERENT)
    return kana


def _lift_placeholder(kanji: Comparison, beside: Iterable[Comparison]) -> Comparison:
    """Take a guarded ● for equal where an optional identifier bears it out and none contradicts."""
    if kanji.grade is not Grade.CONFIRM:
        return kanji
    grades = {comparison.grade for comparison in beside}
    doubts = set(kanji.reasons) & _DOUBTS
    if grades != {Grade.EQUAL} or doubts != {Reason.KANJI_PLACEHOLDER}:
        return kanji
    return replace(kanji, grade=Grade.EQUAL, reasons=(*kanji.reasons, Reason.KANJI_CORROBORATED))


_ALL_EQUAL = tuple(same for identifier, same in SAME.items() if identifier.is_required)
_DOUBTS = frozenset(
    {
        Reason.KANJI_PLACEHOLDER,
        Reason.KANJI_PLACEHOLDER_UNSPLIT,
        Reason.KANJI_ABSENT,
        Reason.KANJI_CONTESTED,
        Reason.KANJI_DOUBTFUL,
        Reason.KANJI_SCRIPT,
    }
)
