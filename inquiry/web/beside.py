"""An inquiry and a member side by side, as the comparison table shows them (照会と加入者情報の対照).

Decides   what stands in each cell and which characters are marked; the verdicts come from matching. Of the roster's
          address only what the inquiry itself says is shown: nobody has to see more to compare, and a withheld record
          looks like any other.
Not here  the sentences: web/match_words.py.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from inquiry.domain.member import Enrolment, Member
from inquiry.domain.subject import PersonName, Subject
from inquiry.domain.wareki import both_calendars
from inquiry.matching.grades import Comparison, Grade, Identifier, Reason
from inquiry.web.labels import SEXES
from inquiry.web.match_words import explained, sentences
from inquiry.workflow.viewing import Page

Marked = list[tuple[str, bool]]

VERDICTS: Final = {Grade.EQUAL: "equal", Grade.CONFIRM: "unsure", Grade.DIFFERENT: "unequal"}
NAMES: Final = {
    Identifier.KANA: "フリガナ",
    Identifier.KANJI: "漢字氏名",
    Identifier.BIRTH_DATE: "生年月日",
    Identifier.SEX: "性別",
    Identifier.ADDRESS: "住所",
    Identifier.INSURED_NUMBER: "記号・番号",
    Identifier.COVER_DATES: "資格取得・喪失",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One identifier: what was asked, what the roster has, the verdict, and why."""

    label: str
    asked: str | Marked
    found: str | Marked
    verdict: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One person of the roster beside the inquiry."""

    member: Member
    rows: tuple[Row, ...]
    names: str  # which of the names were set side by side, where it is not the registered ones


def beside(page: Page, comparisons: Iterable[Comparison], member: Member) -> Beside:
    """Lay a member beside the inquiry of a page."""
    verdicts = tuple(comparisons)
    by = frozenset(reason for each in verdicts if each.identifier is Identifier.NAME for reason in each.reasons)
    asked = _cells(page.subject, _name_asked(page.subject, by))
    found = _cells(member, _name_found(member, by))
    asked[Identifier.INSURED_NUMBER] = _numbered(page.subject.symbol, page.subject.number)
    found[Identifier.INSURED_NUMBER] = "、".join(
        dict.fromkeys(_numbered(period.symbol, period.number) for period in member.enrolments)
    )
    asked[Identifier.COVER_DATES] = _dates_asked(page)
    found[Identifier.COVER_DATES] = "、".join(_period(period) for period in member.enrolments)
    days = {Identifier.BIRTH_DATE: (page.subject.birth_date.isoformat(), member.birth_date.isoformat())}
    rows = tuple(
        _row(each, asked[each.identifier], found[each.identifier], days=days.get(each.identifier))
        for each in verdicts
        if each.identifier in NAMES
    )
    return Beside(member, rows, sentences(sorted(by)))


def _row(verdict: Comparison, ours: str, theirs: str, *, days: tuple[str, str] | None) -> Row:
    label, explanation = NAMES[verdict.identifier], explained(verdict, *(days or (ours, theirs)))
    if verdict.identifier is Identifier.ADDRESS:
        return Row(label, ours, _shared(ours, theirs), VERDICTS[verdict.grade], explanation)
    if verdict.grade is Grade.EQUAL:
        return Row(label, ours, theirs, VERDICTS[verdict.grade], explanation)
    marked = _marked(verdict.identifier, ours, theirs)
    return Row(label, marked[0], marked[1], VERDICTS[verdict.grade], explanation)


def _shared(asked: str, found: str) -> str:
    """Return of the roster's address the longest run that stands in the inquiry too, and … for the rest."""
    run = SequenceMatcher(None, asked, found, autojunk=False).find_longest_match()
    before, after = "…" if run.b else "", "…" if run.b + run.size < len(found) else ""
    return f"{before}{found[run.b : run.b + run.size]}{after}"


def _cells(person: Subject | Member, name: PersonName) -> dict[Identifier, str]:
    return {
        Identifier.KANA: name.kana,
        Identifier.KANJI: name.written,
        Identifier.BIRTH_DATE: both_calendars(person.birth_date),
        Identifier.SEX: SEXES[person.sex],
        Identifier.ADDRESS: person.address,
    }


def _name_asked(subject: Subject, by: frozenset[Reason]) -> PersonName:
    if Reason.NAME_INQUIRY_ALIAS in by:
        return subject.alias
    return subject.former_name if Reason.NAME_INQUIRY_FORMER in by else subject.name


def _name_found(member: Member, by: frozenset[Reason]) -> PersonName:
    if Reason.NAME_MEMBER_ALIAS in by:
        return member.alias
    return member.former_name if Reason.NAME_MEMBER_FORMER in by else member.name


def _numbered(symbol: str, number: str) -> str:
    return "・".join(part for part in (symbol, number) if part)


def _dates_asked(page: Page) -> str:
    if page.dates is None:
        return ""
    words = (("取得 ", page.dates.acquired), ("喪失 ", page.dates.lost))
    return "　".join(word + both_calendars(day) for word, day in words if day)


def _period(period: Enrolment) -> str:
    begun = both_calendars(period.acquired_on) if period.acquired_on else "取得日不明"
    return f"{begun}から{both_calendars(period.lost_on) + '喪失' if period.lost_on else '加入中'}"


def _marked(identifier: Identifier, asked: str, found: str) -> tuple[Marked, Marked]:
    """Mark where two texts differ; half and full width count as the same kana, since matching takes them so."""
    if identifier is Identifier.KANA:
        asked, found = (unicodedata.normalize("NFKC", text) for text in (asked, found))
    ours: Marked = []
    theirs: Marked = []
    for operation, *places in SequenceMatcher(None, asked, found, autojunk=False).get_opcodes():
        ours.append((asked[places[0] : places[1]], operation != "equal"))
        theirs.append((found[places[2] : places[3]], operation != "equal"))
    return ours, theirs
