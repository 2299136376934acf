"""Set the names of two people side by side: registered name, 通称 and 旧氏, any against any (氏名の突合).

Source    memo annex STEP1 ② ⅰ 「氏名（フリガナ）」.
Decides   which pair of names speaks for the two people, and how far kana and written form agree in it.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from inquiry.domain.member import Member
from inquiry.domain.subject import PersonName, Subject
from inquiry.matching.grades import SAME, Comparison, Grade, Identifier, Reason
from inquiry.matching.kana import KanaClass, KanaName, fold, skeleton, unvoiced
from inquiry.matching.kanji import Script, WrittenName
from inquiry.matching.rules import Rules
from inquiry.matching.spelling import spelling_between
from inquiry.matching.written import Verdict, compare_written

MOST_PARTS = 4
NAMES_KEPT = 1 << 12  # one inquiry asks for its names several times


class Role(StrEnum):
    """In what capacity a name is borne."""

    REGISTERED = "registered"
    ALIAS = "alias"  # 通称
    FORMER = "former"  # 旧氏


class BorneName(NamedTuple):
    """One of a person's names, read into its normal forms.

    `kana_keys` are the search forms under which it is looked up, `searchable` that of the written form, or nothing.
    """

    role: Role
    kana: KanaName
    written: WrittenName
    kana_keys: tuple[str, ...]
    searchable: str

    @classmethod
    def of(cls, role: Role, written: str, kana: str) -> "BorneName":
        """Read a name as it arrived."""
        read, read_kana = WrittenName.of(written), KanaName.of(kana)
        return cls(role, read_kana, read, _kana_keys(read_kana, read), read.searchable)

    @property
    def skeletons(self) -> tuple[str, ...]:
        """Return the skeleton of each of `kana_keys`."""
        return (self.kana.skeleton,) if len(self.kana_keys) == 1 else tuple(map(skeleton, self.kana_keys))

    @property
    def is_latin(self) -> bool:
        """Say whether its parts may stand in either order."""
        return self.written.script is Script.LATIN

    @property
    def shows_no_kanji(self) -> bool:
        """Say whether its written form is empty, or its own reading once more."""
        if self.written.script is Script.KANA:
            written = KanaName.of(self.written.text)
            return written.reads_as(self.kana) and spelling_between(written, self.kana).is_certain
        return self.written.script is Script.NONE

    @property
    def is_whole(self) -> bool:
        """Say whether it shows a surname and a given name; of two equal names it is enough that one does."""
        return max(len(self.kana.parts), len(self.written.parts)) > 1


def _kana_keys(kana: KanaName, written: WrittenName) -> tuple[str, ...]:
    if kana.is_missing:
        return ()
    if written.script is Script.LATIN and len(kana.parts) > 1:
        return tuple(dict.fromkeys((kana.searchable, kana.searchable_in_any_order)))
    return (kana.searchable,)


def names_of(person: Subject | Member) -> tuple[BorneName, ...]:
    """Return every name the person bears, the registered one first."""
    name, alias, former = person.name, person.alias, person.former_name
    registered = _registered(name.written, name.kana) if name.written or name.kana else None
    names = () if registered is None else (registered,)
    if alias.written or alias.kana:
        names = (*names, _other(Role.ALIAS, alias.written, alias.kana))
    if former.written or former.kana:
        names = (*names, *_former(former, registered))
    return names


def _former(name: PersonName, registered: BorneName | None) -> tuple[BorneName, ...]:
    """Return a 旧氏 as it stands, and before it as a whole name: by the law it is the surname alone."""
    as_written = _other(Role.FORMER, name.written, name.kana)
    if registered is None or registered.is_latin:
        return (as_written,)
    given = _given_name(as_written.written.parts, registered.written.parts)
    given_kana = _given_name(as_written.kana.parts, registered.kana.parts)
    if given is None or given_kana is None or not (given or given_kana):
        return (as_written,)
    return _other(Role.FORMER, f"{name.written} {given}".strip(), f"{name.kana} {given_kana}".strip()), as_written


def _given_name(parts: tuple[str, ...], registered: tuple[str, ...]) -> str | None:
    """Return the given name that a surname lacks, "" where nothing is said, None where it is a whole name already."""
    if not parts:
        return ""
    is_surname = len(parts) == 1 and len(registered) == 2 and not parts[0].endswith(registered[1])
    return registered[1] if is_surname else None


@lru_cache(maxsize=NAMES_KEPT)
def _registered(written: str, kana: str) -> BorneName:
    return BorneName.of(Role.REGISTERED, written, kana)


_other = lru_cache(maxsize=NAMES_KEPT)(BorneName.of)


def compare_names(
    ours: Sequence[BorneName], theirs: Sequence[BorneName], rules: Rules
) -> tuple[Comparison, Comparison, Comparison]:
    """Return how the best pair of names agrees: which names, kana, written form.

    Two names that neither side registered are no proof while the registered names do not agree themselves; nor is an
    alias or a former name that shows a surname alone, or one in kana alone where another name of either shows kanji.
    """
    pairs = [(our, their, _compare_pair(our, their, rules)) for our in ours for their in theirs]
    if not pairs:
        return _NO_NAME
    our, their, (kana, written) = pairs[0] if len(pairs) == 1 else max(pairs, key=lambda pair: _closeness(pair[2]))
    if our.role is their.role is Role.REGISTERED:
        return _REGISTERED, _compared(Identifier.KANA, kana), _compared(Identifier.KANJI, written)
    grade, reasons = Grade.EQUAL, _role_reasons(our, their)
    if Role.REGISTERED not in (our.role, their.role) and _registered_disagree(pairs):
        grade, reasons = Grade.CONFIRM, (*reasons, Reason.NAME_REGISTERED_DIFFERS)
    if reasons and not (our.is_whole or their.is_whole):
        grade = Grade.CONFIRM
    if Reason.KANJI_ABSENT_BOTH in written[1] and not all(name.shows_no_kanji for name in (*ours, *theirs)):
        written = Grade.CONFIRM, (Reason.KANJI_ABSENT,)
    name = Comparison(Identifier.NAME, grade, reasons)
    return name, _compared(Identifier.KANA, kana), _compared(Identifier.KANJI, written)


def _compared(identifier: Identifier, verdict: Verdict) -> Comparison:
    grade, reasons = verdict
    if grade is Grade.EQUAL and not reasons:
        return SAME[identifier]
    return Comparison(identifier, grade, reasons)


_REGISTERED = SAME[Identifier.NAME]
_NO_NAME = (
    _REGISTERED,
    Comparison(Identifier.KANA, Grade.DIFFERENT, (Reason.KANA_MISSING,)),
    Comparison(Identifier.KANJI, Grade.EQUAL, (Reason.KANJI_ABSENT_BOTH,)),
)
_WEIGHT = {Grade.EQUAL: 2, Grade.CONFIRM: 1, Grade.DIFFERENT: 0}
_ROLE_REASONS = (
    {Role.ALIAS: Reason.NAME_INQUIRY_ALIAS, Role.FORMER: Reason.NAME_INQUIRY_FORMER},
    {Role.ALIAS: Reason.NAME_MEMBER_ALIAS, Role.FORMER: Reason.NAME_MEMBER_FORMER},
)


def _compare_pair(our: BorneName, their: BorneName, rules: Rules) -> tuple[Verdict, Verdict]:
    written = compare_written(our.written, their.written, rules)
    if our.shows_no_kanji and their.shows_no_kanji and Script.NONE in (our.written.script, their.written.script):
        written = Grade.EQUAL, (Reason.KANJI_ABSENT_BOTH,)
    if our.kana.is_missing or their.kana.is_missing:
        known = our.searchable
        bears_it_out = known and known == their.searchable and written[0] is Grade.EQUAL
        return (Grade.CONFIRM if bears_it_out else Grade.DIFFERENT, (Reason.KANA_MISSING,)), written
    return _without_change_of_name(_compare_kana(our, their, rules.kana_to_confirm), written), written


def _without_change_of_name(kana: Verdict, written: Verdict) -> Verdict:
    """Suppose a new surname only where the written name differs as well; a slip in its kana says what slipped."""
    grade, reasons = kana
    if len(reasons) > 1 and written[0] is not Grade.DIFFERENT:
        reasons = tuple(reason for reason in reasons if reason is not Reason.KANA_SURNAME_DIFFERS)
    return grade, reasons


def _compare_kana(our: BorneName, their: BorneName, to_confirm: frozenset[KanaClass]) -> Verdict:
    if our.kana.text == their.kana.text:
        return Grade.EQUAL, ()
    if our.kana.reads_as(their.kana):
        return _as_spelled(our.kana, their.kana, to_confirm)
    if our.is_latin and their.is_latin and (found := _compare_in_any_order(our.kana, their.kana, to_confirm)):
        return found
    return Grade.DIFFERENT, _kana_differences(our.kana, their.kana)


def _compare_in_any_order(ours: KanaName, theirs: KanaName, to_confirm: frozenset[KanaClass]) -> Verdict | None:
    """Grade two readings whose parts may change places; None where they are two in every order."""
    one, other = ours.in_one_order, theirs.in_one_order
    if one.reads_as(other):
        grade, reasons = _as_spelled(one, other, to_confirm)
        return grade, (Reason.KANA_ORDER, *reasons)
    if _is_unsplit_in_another_order(ours, theirs):
        return Grade.CONFIRM, (Reason.KANA_ORDER_UNSPLIT,)
    return None


def _as_spelled(ours: KanaName, theirs: KanaName, to_confirm: frozenset[KanaClass]) -> Verdict:
    """Grade one reading by the customs in which its two spellings differ."""
    found = spelling_between(ours, theirs)
    return found.grade(to_confirm), found.reasons


def _is_unsplit_in_another_order(ours: KanaName, theirs: KanaName) -> bool:
    """Say whether one side runs its parts together, and they are those of the other in another order."""
    few, many = sorted((ours, theirs), key=lambda name: len(name.parts))
    if len(few.parts) > 1 or len(many.parts) > MOST_PARTS:
        return False
    return any(KanaName.of(" ".join(order)).reads_as(few) for order in permutations(many.parts))


def _kana_differences(ours: KanaName, theirs: KanaName) -> tuple[Reason, ...]:
    """Name the difference of two readings as an officer would see it, the likeliest slip first."""
    found = _kana_difference(ours, theirs)
    parts, its_parts = (tuple(map(fold, name.parts)) for name in (ours, theirs))
    is_new_surname = len(parts) == len(its_parts) == 2 and parts[1] == its_parts[1]
    if is_new_surname and found is not Reason.KANA_SURNAME_DIFFERS:
        return found, Reason.KANA_SURNAME_DIFFERS
    return (found,)


def _kana_difference(ours: KanaName, theirs: KanaName) -> Reason:
    one, other = ours.folded, theirs.folded
    parts, its_parts = (tuple(map(fold, name.parts)) for name in (ours, theirs))
    if unvoiced(one) == unvoiced(other):
        return Reason.KANA_VOICED_MARK
    if skeleton(one) == skeleton(other):
        return Reason.KANA_LENGTH
    if sorted(parts) == sorted(its_parts):
        return Reason.KANA_PARTS_SWAPPED
    if _is_one_slip(one, other):
        return Reason.KANA_ONE_CHARACTER
    if len(parts) == len(its_parts) == 2:
        if parts[1] == its_parts[1]:
            return Reason.KANA_SURNAME_DIFFERS
        if parts[0] == its_parts[0]:
            return Reason.KANA_GIVEN_NAME_DIFFERS
    return Reason.KANA_DIFFERS


def _is_one_slip(one: str, other: str) -> bool:
    """Say whether one kana was added, dropped, replaced, or changed places with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:])
    )


def _closeness(pair: tuple[Verdict, Verdict]) -> tuple[int, int]:
    kana, written = (_WEIGHT[grade] for grade, _ in pair)
    return min(kana, written), kana + written


def _role_reasons(our: BorneName, their: BorneName) -> tuple[Reason, ...]:
    roles = zip(_ROLE_REASONS, (our.role, their.role), strict=True)
    return tuple(reasons[role] for reasons, role in roles if role in reasons)


def _registered_disagree(pairs: Iterable[tuple[BorneName, BorneName, tuple[Verdict, Verdict]]]) -> bool:
    return any(
        our.role is their.role is Role.REGISTERED and not kana[0] is written[0] is Grade.EQUAL
        for our, their, (kana, written) in pairs
    )
