"""Kinds of medical insurers, and which of them the memo is about (医療保険者の種別).

Source    memo, opening paragraph 「医療保険者」; memo annex STEP2 「医療保険者（市町村国保を除く）」.
Decides   the kind from an insurer number (保険者番号), and whether that kind is in scope.
Not here  the check digit itself: domain/check_digits.py.
"""

from enum import StrEnum

from inquiry.domain.check_digits import is_insurer_number
from inquiry.domain.errors import Forbidden, InvalidValue


class InsurerKind(StrEnum):
    """Kind of insurer; the first four are those of the memo."""

    ASSOCIATION = "association"  # 協会けんぽ（全国健康保険協会）
    SOCIETY = "society"  # 健保組合
    NATIONAL_SOCIETY = "national_society"  # 国保組合
    WIDE_AREA_UNION = "wide_area_union"  # 後期高齢者医療広域連合
    MUNICIPAL = "municipal"  # 市町村国保
    MUTUAL_AID = "mutual_aid"  # 共済組合
    SEAMEN = "seamen"  # 船員保険
    SELF_DEFENCE = "self_defence"  # 自衛官等
    RETIRED = "retired"  # 退職者医療（国保、令和６年４月に終了）


IN_SCOPE = (
    InsurerKind.ASSOCIATION,
    InsurerKind.SOCIETY,
    InsurerKind.NATIONAL_SOCIETY,
    InsurerKind.WIDE_AREA_UNION,
)

# The first two of eight digits (法別番号).
_KIND_BY_STATUTE = {
    "01": InsurerKind.ASSOCIATION,
    "02": InsurerKind.SEAMEN,
    "03": InsurerKind.ASSOCIATION,
    "04": InsurerKind.ASSOCIATION,
    "06": InsurerKind.SOCIETY,
    "07": InsurerKind.SELF_DEFENCE,
    "31": InsurerKind.MUTUAL_AID,
    "32": InsurerKind.MUTUAL_AID,
    "33": InsurerKind.MUTUAL_AID,
    "34": InsurerKind.MUTUAL_AID,
    "39": InsurerKind.WIDE_AREA_UNION,
    "63": InsurerKind.SOCIETY,
    "67": InsurerKind.RETIRED,
    "72": InsurerKind.MUTUAL_AID,
    "73": InsurerKind.MUTUAL_AID,
    "74": InsurerKind.MUTUAL_AID,
    "75": InsurerKind.MUTUAL_AID,
}
_NATIONAL_SOCIETY_MARK = "3"
_SHORT_DIGITS = 6

_KIND_BY_LABEL = {
    "協会けんぽ": InsurerKind.ASSOCIATION,
    "全国健康保険協会": InsurerKind.ASSOCIATION,
    "健保組合": InsurerKind.SOCIETY,
    "健康保険組合": InsurerKind.SOCIETY,
    "国保組合": InsurerKind.NATIONAL_SOCIETY,
    "国民健康保険組合": InsurerKind.NATIONAL_SOCIETY,
    "広域連合": InsurerKind.WIDE_AREA_UNION,
    "後期高齢者医療広域連合": InsurerKind.WIDE_AREA_UNION,
    "市町村国保": InsurerKind.MUNICIPAL,
    "共済組合": InsurerKind.MUTUAL_AID,
    "船員保険": InsurerKind.SEAMEN,
    "自衛官等": InsurerKind.SELF_DEFENCE,
}


def check_insurer_number(number: str) -> None:
    """Refuse what is not an insurer number.

    :raises InvalidValue: if it has not six or eight digits, or its check digit is wrong.
    """
    if not (number.isascii() and number.isdigit() and len(number) in (_SHORT_DIGITS, _SHORT_DIGITS + 2)):
        raise InvalidValue("insurer_number:shape", field="insurer_number")
    if not is_insurer_number(number):
        raise InvalidValue("insurer_number:check_digit", field="insurer_number")


def kind_from_number(number: str) -> InsurerKind:
    """Return the kind that a number of six or eight digits stands for; six digits may be padded to eight with zeros.

    :raises InvalidValue: if it is no insurer number, or of no known kind.
    """
    check_insurer_number(number)
    short = number.removeprefix("00") if len(number) > _SHORT_DIGITS else number
    if len(short) == _SHORT_DIGITS:
        return InsurerKind.NATIONAL_SOCIETY if short[2] == _NATIONAL_SOCIETY_MARK else InsurerKind.MUNICIPAL
    try:
        return _KIND_BY_STATUTE[number[:2]]
    except KeyError:
        raise InvalidValue("insurer_number:unknown_kind", field="insurer_number") from None


def kind_from_label(label: str) -> InsurerKind:
    """Return the kind that a list's column 保険者種別 names.

    :raises InvalidValue: if the list uses another word.
    """
    try:
        return _KIND_BY_LABEL[label]
    except KeyError:
        raise InvalidValue("insurer:unknown_kind", field="kind") from None


def label_of(kind: InsurerKind) -> str:
    """Return the word that a list's column 保険者種別 has for this kind."""
    return next((label for label, each in _KIND_BY_LABEL.items() if each is kind), "")


def check_in_scope(kind: InsurerKind) -> None:
    """Refuse a kind of insurer that the memo is not about.

    :raises Forbidden: with the kind in the code, since each is to be asked another way.
    """
    if kind not in IN_SCOPE:
        raise Forbidden(f"insurer:out_of_scope_{kind}")
