"""Which desk of the ministry oversees which kind of insurer (医療保険者に関する照会先).

Source    memo 3(2) なお書き; memo ＜医療保険者に関する照会先＞.
Decides   where a refusal or a delay is reported to begin with, and what makes a desk that PMO staff enter complete.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from inquiry.directory.insurers import InsurerKind, check_in_scope
from inquiry.directory.mail_domain import read_notice_address
from inquiry.directory.main_line import read_telephone
from inquiry.domain.errors import InvalidValue

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
    notice_address: str = ""


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
Desks = Mapping[InsurerKind, SupervisingDesk]
FOUNDING: Final[Desks] = {desk.kind: desk for desk in _DESKS}


def supervising_desk(kind: InsurerKind, desks: Desks = FOUNDING) -> SupervisingDesk:
    """Return the desk that oversees this kind of insurer.

    :raises Forbidden: if the memo is not about this kind.
    """
    check_in_scope(kind)
    return desks[kind]


def checked_desk(desk: SupervisingDesk, today: date) -> SupervisingDesk:
    """Return a desk as it was typed, its numbers read.

    A desk that is not the memo's is taken over only from somebody who checked it.

    :raises InvalidValue: if a part is missing, a number is none, or nobody checked it by today.
    """
    plain = replace(
        desk,
        division=desk.division.strip(),
        section=desk.section.strip(),
        extension=unicodedata.normalize("NFKC", desk.extension).strip(),
        telephone=read_telephone(desk.telephone),
        notice_address=read_notice_address(desk.notice_address),
    )
    if not plain.division:
        raise InvalidValue("supervisor:division_missing", field="division")
    if plain.extension and not (plain.extension.isascii() and plain.extension.isdigit()):
        raise InvalidValue("supervisor:extension_unreadable", field="extension")
    if plain.checked_on is None and plain != FOUNDING[plain.kind]:
        raise InvalidValue("supervisor:unchecked", field="checked_on")
    if plain.checked_on is not None and plain.checked_on > today:
        raise InvalidValue("supervisor:checked_ahead", field="checked_on")
    return plain
