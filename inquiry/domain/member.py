"""A person on an insurer's roll and the periods of cover (加入者, 資格期間).

Several persons lead to a request for dates (memo annex ※6); several periods of one person do not.
"""

from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NewType

from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName, Sex

MemberId = NewType("MemberId", str)


class Relation(StrEnum):
    """Insured person or dependant (本人・家族の別)."""

    INSURED = "1"  # 本人
    DEPENDANT = "2"  # 家族（被扶養者）


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One period of cover (資格期間); without a date of loss it goes on."""

    acquired_on: date | None = None
    lost_on: date | None = None
    loss_reason: str = ""
    symbol: str = ""
    number: str = ""
    branch: str = ""
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A person on the roll (加入者) with every period of cover; `member_id` is the insurer's own 加入者ID.

    `is_number_registered` says that a My Number is recorded elsewhere (個人番号登録済), never which.
    `is_withheld` marks 不開示: a supervisor opens the record before anything is told.
    """

    member_id: MemberId
    name: PersonName
    birth_date: PartialDate
    sex: Sex
    alias: PersonName = field(default_factory=PersonName)
    former_name: PersonName = field(default_factory=PersonName)
    address: str = ""
    is_number_registered: bool = False
    is_withheld: bool = False
    enrolments: tuple[Enrolment, ...] = ()

    def is_same_person_as(self, other: "Member") -> bool:
        """Say whether both describe one person, whatever periods of cover each tells of, and which is 不開示."""
        return _IDENTITY(self) == _IDENTITY(other)


_BESIDE = ("enrolments", "is_withheld")
_IDENTITY = attrgetter(*(each.name for each in fields(Member) if each.name not in _BESIDE))


@dataclass(frozen=True, slots=True)
class CoverDates:
    """When cover began or ended, as the municipality states it (資格取得・喪失の時期, memo annex ※6)."""

    acquired: PartialDate | None = None
    lost: PartialDate | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether neither date is given."""
        return self.acquired is None and self.lost is None

    def beside(self, earlier: "CoverDates") -> "CoverDates":
        """Return these dates, and an earlier one where none is stated now."""
        return CoverDates(self.acquired or earlier.acquired, self.lost or earlier.lost)
