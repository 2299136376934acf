"""How far two records agree, identifier by identifier, and why (一致の程度と理由).

Source    memo annex STEP2 ⑤ 「３情報が一致した場合のみ回答」.
Not here  the Japanese sentence for each reason: inquiry/web/messages.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """Verdict on one identifier, or on a person as a whole, best first."""

    EQUAL = "equal"
    CONFIRM = "confirm"  # 要確認: an officer must look
    DIFFERENT = "different"

    @classmethod
    def worst(cls, grades: Iterable["Grade"]) -> "Grade":
        """Return the lowest of the grades; nothing to compare counts as equal."""
        worst = cls.EQUAL
        for grade in grades:
            if grade is cls.DIFFERENT:
                return grade
            if grade is cls.CONFIRM:
                worst = grade
        return worst


class Identifier(StrEnum):
    """What is compared: the three identifiers (３情報), the name in two forms, and what may stand beside them."""

    NAME = "name"  # which of the names were set side by side
    KANA = "kana"
    KANJI = "kanji"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    ADDRESS = "address"
    INSURED_NUMBER = "insured_number"  # 記号・番号
    COVER_DATES = "cover_dates"  # 資格取得・喪失の時期

    @property
    def is_required(self) -> bool:
        """Say whether this belongs to the three identifiers; the others may only corroborate or contradict."""
        return self not in OPTIONAL


OPTIONAL = (Identifier.ADDRESS, Identifier.INSURED_NUMBER, Identifier.COVER_DATES)


class Reason(StrEnum):
    """Why an identifier got its grade, in a word that never carries the values compared."""

    NAME_INQUIRY_ALIAS = "name:inquiry_alias"
    NAME_INQUIRY_FORMER = "name:inquiry_former_name"
    NAME_MEMBER_ALIAS = "name:member_alias"
    NAME_MEMBER_FORMER = "name:member_former_name"
    NAME_REGISTERED_DIFFERS = "name:registered_differs"
    NAME_COMMON = "name:common"

    KANA_WIDTH = "kana:width"
    KANA_DAKUTEN_ENCODING = "kana:dakuten_encoding"
    KANA_HIRAGANA = "kana:hiragana"
    KANA_HYPHEN = "kana:hyphen"
    KANA_SEPARATORS = "kana:separators"
    KANA_SMALL_LARGE = "kana:small_large"
    KANA_SAME_SOUND = "kana:same_sound"
    KANA_LONG_VOWEL = "kana:long_vowel"
    KANA_BOUNDARY = "kana:boundary"
    KANA_ORDER = "kana:order"
    KANA_ORDER_UNSPLIT = "kana:order_unsplit"
    KANA_MISSING = "kana:missing"
    KANA_VOICED_MARK = "kana:voiced_mark"
    KANA_LENGTH = "kana:length"
    KANA_ONE_CHARACTER = "kana:one_character"
    KANA_PARTS_SWAPPED = "kana:parts_swapped"
    KANA_SURNAME_DIFFERS = "kana:surname_differs"
    KANA_GIVEN_NAME_DIFFERS = "kana:given_name_differs"
    KANA_DIFFERS = "kana:differs"

    KANJI_VARIANT = "kanji:variant"
    KANJI_CONTESTED = "kanji:contested_variant"
    KANJI_DOUBTFUL = "kanji:doubtful_variant"
    KANJI_OWN_VARIANT = "kanji:insurer_variant"
    KANJI_ITERATION = "kanji:iteration_mark"
    KANJI_SCRIPT = "kanji:kana_script"
    KANJI_SEPARATORS = "kanji:separators"
    KANJI_ENCODING = "kanji:encoding"
    KANJI_PLACEHOLDER = "kanji:placeholder"
    KANJI_PLACEHOLDER_UNSPLIT = "kanji:placeholder_unsplit"
    KANJI_CORROBORATED = "kanji:corroborated"
    KANJI_ABSENT = "kanji:absent"
    KANJI_ABSENT_BOTH = "kanji:absent_both"
    KANJI_TOO_MANY_PLACEHOLDERS = "kanji:too_many_placeholders"
    KANJI_DIFFERS = "kanji:differs"
    LATIN_SPELLING = "latin:spelling"
    LATIN_ORDER = "latin:order"

    BIRTH_DATE_UNKNOWN = "birth_date:part_unknown"
    BIRTH_DATE_DAY = "birth_date:day_differs"
    BIRTH_DATE_MONTH = "birth_date:month_differs"
    BIRTH_DATE_YEAR = "birth_date:year_differs"
    BIRTH_DATE_SWAPPED = "birth_date:month_and_day_swapped"
    BIRTH_DATE_DIFFERS = "birth_date:differs"

    SEX_UNKNOWN = "sex:unknown"
    SEX_DIFFERS = "sex:differs"

    ADDRESS_CORROBORATES = "address:corroborates"
    ADDRESS_CONTRADICTS = "address:contradicts"
    NUMBER_CORROBORATES = "insured_number:corroborates"
    NUMBER_CONTRADICTS = "insured_number:contradicts"

    COVER_EXACT = "cover_dates:exact"
    COVER_NEAR = "cover_dates:one_date_or_one_day_off"
    COVER_MONTH = "cover_dates:month"
    COVER_UNKNOWN = "cover_dates:unknown"
    COVER_CONTRADICTS = "cover_dates:contradicts"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on one identifier of one inquiry and one member."""

    identifier: Identifier
    grade: Grade
    reasons: tuple[Reason, ...] = ()


SAME = {identifier: Comparison(identifier, Grade.EQUAL) for identifier in Identifier}
