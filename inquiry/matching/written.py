"""Set two written names side by side (氏名の比較).

Source    memo annex STEP2 ⑤; a character that a system could not convert is shown as ●.
Decides   equal, variant, or unknown in one character a part; another character is another person.
Not here  what lifts a ● to equality: matching/compare.py.
"""

from inquiry.matching.grades import Grade, Reason
from inquiry.matching.kana import KanaClass, KanaName
from inquiry.matching.kanji import PLACEHOLDER, Kinship, Script, WrittenName, has_kanji, is_kanji, kinship
from inquiry.matching.rules import Rules
from inquiry.matching.spelling import REASON_OF, spelling_between

Verdict = tuple[Grade, tuple[Reason, ...]]

_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)} | {
    ord(old): new for old, new in zip("ゐゑヰヱ", "イエイエ", strict=True)
}


def compare_written(ours: WrittenName, theirs: WrittenName, rules: Rules) -> Verdict:
    """Grade two written names; a name in another script, or none at all, cannot contradict, nor agree."""
    if ours.text == theirs.text and not ours.has_placeholder:
        return Grade.EQUAL, () if ours.parts else (Reason.KANJI_ABSENT_BOTH,)
    if ours.script is not theirs.script or (ours.script is Script.OTHER and ours.strict != theirs.strict):
        return Grade.CONFIRM, (Reason.KANJI_ABSENT,)
    if ours.script is Script.LATIN:
        return _compare_latin(ours, theirs)
    if ours.script is Script.KANJI:
        return _compare_kanji(ours, theirs, rules)
    if ours.script is Script.KANA:
        return _compare_kana_only(ours, theirs, rules.kana_to_confirm)
    return Grade.EQUAL, (_spelling_reason(ours, theirs),)


def _compare_latin(ours: WrittenName, theirs: WrittenName) -> Verdict:
    if ours.parts == theirs.parts:
        return Grade.EQUAL, (Reason.LATIN_SPELLING,)
    if ours.strict == theirs.strict:
        is_split_on_one_side = min(len(ours.parts), len(theirs.parts)) == 1
        return Grade.EQUAL if is_split_on_one_side else Grade.CONFIRM, (Reason.LATIN_SPELLING,)
    if sorted(ours.parts) == sorted(theirs.parts):
        return Grade.EQUAL, (Reason.LATIN_ORDER,)
    return Grade.DIFFERENT, (Reason.KANJI_DIFFERS,)


def _compare_kana_only(ours: WrittenName, theirs: WrittenName, to_confirm: frozenset[KanaClass]) -> Verdict:
    one, other = KanaName.of(ours.text), KanaName.of(theirs.text)
    if one.reads_as(other):
        found = spelling_between(one, other)
        looked_at = (REASON_OF[each] for each in found.classes if each in to_confirm)
        return found.grade(to_confirm), (Reason.KANJI_ABSENT_BOTH, *looked_at)
    return Grade.DIFFERENT, (Reason.KANJI_DIFFERS,)


def _compare_kanji(ours: WrittenName, theirs: WrittenName, rules: Rules) -> Verdict:
    if len(ours.strict) != len(theirs.strict):
        return _compare_by_part(ours, theirs, rules)
    grade, reasons = _compare_characters(ours.strict, theirs.strict, rules)
    if grade is Grade.DIFFERENT:
        return _compare_by_part(ours, theirs, rules)
    if Reason.KANJI_PLACEHOLDER in reasons:
        guarded = _guard_placeholders(ours, theirs)
        if guarded is not Reason.KANJI_PLACEHOLDER:
            if guarded is Reason.KANJI_TOO_MANY_PLACEHOLDERS:
                return Grade.DIFFERENT, (guarded,)
            reasons = (*(reason for reason in reasons if reason is not Reason.KANJI_PLACEHOLDER), guarded)
    return grade, reasons or (_spelling_reason(ours, theirs),)


def _compare_by_part(ours: WrittenName, theirs: WrittenName, rules: Rules) -> Verdict:
    """Pass over a part that one side writes in kana, as systems do for a kanji they lack; the rest must agree."""
    pairs = list(zip(ours.parts, theirs.parts, strict=False))
    alike = [(one, other) for one, other in pairs if has_kanji(one) is has_kanji(other)]
    is_comparable = len(ours.parts) == len(theirs.parts) and 0 < len(alike) < len(pairs)
    if not is_comparable or ours.has_placeholder or theirs.has_placeholder:
        return Grade.DIFFERENT, (Reason.KANJI_DIFFERS,)
    if any(len(one) != len(other) for one, other in alike):
        return Grade.DIFFERENT, (Reason.KANJI_DIFFERS,)
    grade, reasons = _compare_characters("".join(one for one, _ in alike), "".join(other for _, other in alike), rules)
    if grade is Grade.DIFFERENT:
        return grade, reasons
    return Grade.CONFIRM, (Reason.KANJI_ABSENT, *reasons)


def _compare_characters(ours: str, theirs: str, rules: Rules) -> Verdict:
    verdicts = [_compare_character(one, other, rules) for one, other in zip(ours, theirs, strict=True) if one != other]
    if PLACEHOLDER in ours:
        verdicts.append((Grade.CONFIRM, Reason.KANJI_PLACEHOLDER))
    reasons = dict.fromkeys(reason for _, reason in verdicts)
    grade = Grade.worst(grade for grade, _ in verdicts)
    return grade, (Reason.KANJI_DIFFERS,) if grade is Grade.DIFFERENT else tuple(reasons)


def _compare_character(one: str, other: str, rules: Rules) -> tuple[Grade, Reason]:
    if PLACEHOLDER in (one, other):
        known = other if one == PLACEHOLDER else one
        return (Grade.CONFIRM, Reason.KANJI_PLACEHOLDER) if is_kanji(known) else _DIFFERS
    if rules.has_own_variant(one, other):
        return Grade.EQUAL, Reason.KANJI_OWN_VARIANT
    kin = kinship(one, other)
    if kin is Kinship.CONTESTED:
        return rules.contested_variants, Reason.KANJI_CONTESTED
    if kin in _BY_KINSHIP:
        return _BY_KINSHIP[kin]
    if one.translate(_HIRAGANA_TO_KATAKANA) == other.translate(_HIRAGANA_TO_KATAKANA):
        return Grade.CONFIRM, Reason.KANJI_SCRIPT
    return _DIFFERS


_DIFFERS = (Grade.DIFFERENT, Reason.KANJI_DIFFERS)
_BY_KINSHIP = {
    Kinship.VARIANT: (Grade.EQUAL, Reason.KANJI_VARIANT),
    Kinship.DOUBTFUL: (Grade.CONFIRM, Reason.KANJI_DOUBTFUL),
}


def _guard_placeholders(ours: WrittenName, theirs: WrittenName) -> Reason:
    """Allow at most one ● in a name part, with a known kanji beside it.

    Where neither side shows the parts, nobody can tell whether a whole surname hides behind the ●: an officer looks,
    whatever else agrees.
    """
    known = [is_kanji(one) and is_kanji(other) for one, other in zip(ours.strict, theirs.strict, strict=True)]
    hidden = [PLACEHOLDER in pair for pair in zip(ours.strict, theirs.strict, strict=True)]
    splits = [name.parts for name in (ours, theirs) if len(name.parts) > 1]
    for parts in splits or [(ours.strict,)]:
        start = 0
        for part in parts:
            place = slice(start, start + len(part))
            if sum(hidden[place]) > 1 or (any(hidden[place]) and not any(known[place])):
                return Reason.KANJI_TOO_MANY_PLACEHOLDERS
            start += len(part)
    return Reason.KANJI_PLACEHOLDER if splits else Reason.KANJI_PLACEHOLDER_UNSPLIT


def _spelling_reason(ours: WrittenName, theirs: WrittenName) -> Reason:
    """Say what kept two equal names from being the same text."""
    if ("々" in ours.text) != ("々" in theirs.text):
        return Reason.KANJI_ITERATION
    return Reason.KANJI_SEPARATORS if ours.parts != theirs.parts else Reason.KANJI_ENCODING
