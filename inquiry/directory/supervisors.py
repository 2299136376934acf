"""Which desk of the ministry oversees which kind of insurer (医療保険者に関する照会先).

Source    memo 3(2) なお書き; memo ＜医療保険者に関する照会先＞.
Decides   where a refusal or a delay is reported.
"""

from dataclasses import dataclass
from datetime import date

from inquiry.directory.insurers import InsurerKind, check_in_scope

_TELEPHONE = "0352531111"
_PUBLISHED_IN = 2017


@dataclass(frozen=True, slots=True)
class SupervisingDesk:
    """One desk as the memo names it; `checked_on` stays empty until somebody has called it and found it right."""

    kind: InsurerKind
    division: str
    section: str
    extension: str
    telephone: str = _TELEPHONE
    published_in: int = _PUBLISHED_IN
    checked_on: date | None = None


_DESKS = (
    SupervisingDesk(InsurerKind.ASSOCIATION, "厚生労働省保険局保険課", "協会けんぽ担当", "3152"),
    SupervisingDesk(InsurerKind.SOCIETY, "厚生労働省保険局保険課", "健康保険組合担当", "3245"),
    SupervisingDesk(InsurerKind.NATIONAL_SOCIETY, "厚生労働省保険局国民健康保険課", "国民健康保険組合係", "3260"),
    SupervisingDesk(
        InsurerKind.WIDE_AREA_UNION,
        "厚生労働省保険局高齢者医療課",
        "監理係（後期高齢者医療広域連合担当）",
        "3137",
    ),
)
_BY_KIND = {desk.kind: desk for desk in _DESKS}


def supervising_desk(kind: InsurerKind) -> SupervisingDesk:
    """Return the desk that oversees this kind of insurer.

    :raises Forbidden: if the memo is not about this kind.
    """
    check_in_scope(kind)
    return _BY_KIND[kind]
