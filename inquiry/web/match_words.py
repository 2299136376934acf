"""Why a roster decided as it did, in words (判定の理由の文).

Decides   which reasons speak with the very characters, days or parts that differ, so that whoever knows the two
          records can follow; a list of reasons without the records (`reasons_of`) never quotes them.
Not here  the sentence of each reason: web/sentences/matching.py.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final

from inquiry.domain.partial_date import PartialDate
from inquiry.domain.table_text import RowProblem
from inquiry.matching.decide import Decision
from inquiry.matching.grades import Comparison, Reason
from inquiry.web.messages import sentence_for
from inquiry.web.sentences.matching import REASONS
from inquiry.workflow.roster_judging import Judged

OUTPUT_COLUMNS: Final = ("照会ID", "判定", "加入者ID", "理由")
_HIRAGANA: Final = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
# Kana and what has a width; kanji stay as they came, since their forms are what may differ.
_WIDTHS: Final = re.compile("[\u3040-\u30ff\uff00-\uffef]+")
_SEPARATORS: Final = re.compile(r"[\s・=＝,.'’-]+")


def reasons_of(decision: Decision) -> str:
    """Say why, once for each reason; of several candidates only the one that was chosen speaks, where one was."""
    if not decision.candidates:
        return sentence_for("match:nobody")
    chosen = decision.member_id
    candidates = [each for each in decision.candidates if chosen is None or each.member_id == chosen]
    comparisons = [comparison for candidate in candidates for comparison in candidate.comparisons]
    reasons = dict.fromkeys(reason for comparison in comparisons for reason in comparison.reasons)
    return "".join(REASONS[reason] for reason in reasons) or sentence_for("match:equal")


def output_row(judged: Judged) -> tuple[str, str, str, str]:
    """Return the line of the decided list; where it could not be read, without a finding, and with what is wrong."""
    if judged.decision is not None:
        return judged.inquiry_id, str(judged.decision.finding), judged.member_id, reasons_of(judged.decision)
    wrong = [f"{_place(each)}：{sentence_for(each.code)}" for each in judged.problems]
    return judged.inquiry_id, "", "", "".join(wrong)


def _place(problem: RowProblem) -> str:
    return f"{problem.line}行目 {problem.column}".rstrip()


def explained(comparison: Comparison, asked: str, found: str) -> str:
    """Say why an identifier got its verdict, with what differs; a birth date is given as `PartialDate` writes it."""
    return "".join(_said(reason, asked, found) for reason in comparison.reasons)


def sentences(reasons: Iterable[Reason]) -> str:
    """Say the reasons alone."""
    return "".join(REASONS[reason] for reason in reasons)


def _said(reason: Reason, asked: str, found: str) -> str:
    detail = _DETAILS[reason](asked, found) if reason in _DETAILS and asked and found else ""
    return REASONS[reason].replace("。", f"（{detail}）。", 1) if detail else REASONS[reason]


def _beside(asked: str, found: str) -> str:
    return f"照会「{asked or 'なし'}」／名簿「{found or 'なし'}」"


def _day(pick: Callable[[PartialDate], str]) -> Callable[[str, str], str]:
    def detail(asked: str, found: str) -> str:
        ours, theirs = (pick(PartialDate.fromisoformat(text)) for text in (asked, found))
        return f"照会 {ours}／名簿 {theirs}"

    return detail


def _month_and_day(day: PartialDate) -> str:
    return f"{day.month}月{day.day}日"


def _characters(asked: str, found: str) -> str:
    return "、".join(_beside(ours, theirs) for ours, theirs in _differences(asked, found))


def _variants(asked: str, found: str) -> str:
    """Name the characters taken for one, each pair once: 髙→高."""
    pairs = {
        f"{one}→{other}": None
        for ours, theirs in _differences(asked, found)
        for one, other in zip(ours, theirs, strict=False)
        if len(ours) == len(theirs) and "●" not in (one, other)
    }
    return "、".join(pairs)


def _kana_taken_as_one(asked: str, found: str) -> str:
    return "、".join(f"{ours or 'なし'}→{theirs or 'なし'}" for ours, theirs in _differences(asked, found))


def _part(place: int) -> Callable[[str, str], str]:
    def detail(asked: str, found: str) -> str:
        ours, theirs = (_SEPARATORS.split(unicodedata.normalize("NFKC", text).strip()) for text in (asked, found))
        return _beside(ours[place], theirs[place]) if len(ours) > 1 and len(theirs) > 1 else ""

    return detail


def _differences(asked: str, found: str) -> Iterator[tuple[str, str]]:
    """Yield where two names differ once width, script of kana and separators are made one."""
    ours, theirs = _plain(asked), _plain(found)
    for operation, *places in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if operation != "equal":
            yield ours[places[0] : places[1]], theirs[places[2] : places[3]]


def _plain(text: str) -> str:
    read = _WIDTHS.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)
    return _SEPARATORS.sub("", read).translate(_HIRAGANA)


_DETAILS: Final[dict[Reason, Callable[[str, str], str]]] = {
    Reason.BIRTH_DATE_DAY: _day(lambda day: f"{day.day}日"),
    Reason.BIRTH_DATE_MONTH: _day(lambda day: f"{day.month}月"),
    Reason.BIRTH_DATE_YEAR: _day(lambda day: f"{day.year}年"),
    Reason.BIRTH_DATE_SWAPPED: _day(_month_and_day),
    Reason.SEX_DIFFERS: lambda asked, found: f"照会 {asked}／名簿 {found}",
    Reason.KANJI_VARIANT: _variants,
    Reason.KANJI_CONTESTED: _variants,
    Reason.KANJI_DOUBTFUL: _variants,
    Reason.KANJI_OWN_VARIANT: _variants,
    Reason.KANJI_DIFFERS: _characters,
    Reason.KANJI_PLACEHOLDER: _characters,
    Reason.KANJI_PLACEHOLDER_UNSPLIT: _characters,
    Reason.KANA_SMALL_LARGE: _kana_taken_as_one,
    Reason.KANA_SAME_SOUND: _kana_taken_as_one,
    Reason.KANA_LONG_VOWEL: _kana_taken_as_one,
    Reason.KANA_VOICED_MARK: _characters,
    Reason.KANA_LENGTH: _characters,
    Reason.KANA_ONE_CHARACTER: _characters,
    Reason.KANA_SURNAME_DIFFERS: _part(0),
    Reason.KANA_GIVEN_NAME_DIFFERS: _part(-1),
}
