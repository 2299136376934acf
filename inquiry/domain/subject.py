"""Who is asked about: the three identifiers and what may stand beside them (照会対象者, ３情報).

Source    memo annex STEP1 ② ＜照会時に必要な情報＞ ⅰ.
Decides   what an inquiry must and may say about a person. There is no place for a My Number.
Not here  comparing two people: matching/.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from inquiry.domain.partial_date import PartialDate


class Sex(StrEnum):
    """Sex (性別) as the insurers' systems code it: 1 男, 2 女; 0 and 9 are not known (不明・適用不能)."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_APPLICABLE = "9"

    @property
    def is_known(self) -> bool:
        """Say whether this is 男 or 女; nothing else may count as equal."""
        return self in (Sex.MALE, Sex.FEMALE)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it arrived, never normalised: written form (氏名) and kana (フリガナ); either may be empty."""

    written: str = ""
    kana: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether neither form is given."""
        return not (self.written or self.kana)


@dataclass(frozen=True, slots=True)
class Subject:
    """The person an inquiry is about (照会対象者), exactly as typed.

    `name`, `birth_date` and `sex` are the three identifiers; the rest is optional (任意項目): 通称 `alias`,
    旧氏 `former_name`, 住所 `address`, 記号 `symbol`, 番号 `number`.
    """

    name: PersonName
    birth_date: PartialDate
    sex: Sex
    alias: PersonName = field(default_factory=PersonName)
    former_name: PersonName = field(default_factory=PersonName)
    address: str = ""
    symbol: str = ""
    number: str = ""
