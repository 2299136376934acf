"""Insurers whose data the network often lacks (情報連携困難保険者リスト).

Source    memo 3(1) 「情報連携困難保険者としての取扱い」, 「情報連携困難保険者リストの公開」.
Decides   what an entry may say, and whom it is about.
Not here  which entries hold on a day: store/difficult_insurers.py. Publishing the list: web/. Filing without an error
          because of it: domain/network_error.py.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inquiry.directory.insurers import InsurerKind, check_in_scope, kind_from_number
from inquiry.domain.errors import InvalidValue
from inquiry.domain.member import Relation


class Scope(StrEnum):
    """Whom a listing is about (対象者範囲)."""

    ALL = "all"  # 全加入者
    DEPENDANTS_ONLY = "dependants_only"  # 被扶養者のみ


class Category(StrEnum):
    """Why an insurer is listed; the second kind is part of the first (区分)."""

    ATTACHMENTS_NEEDED = "attachments_needed"  # 添付書類省略困難保険者
    VACCINATION = "vaccination"  # 予防接種事務情報連携困難保険者


@dataclass(frozen=True, slots=True)
class DifficultInsurer:
    """One entry of the list: it holds from `from_on` to `until_on`, both included; without an end it goes on.

    :raises InvalidValue: if the memo lets no such entry stand.
    :raises Forbidden: if the insurer is of a kind that the memo is not about.
    """

    insurer_number: str
    scope: Scope
    category: Category
    from_on: date
    until_on: date | None = None

    def __post_init__(self) -> None:
        kind = kind_from_number(self.insurer_number)
        check_in_scope(kind)
        if kind is InsurerKind.WIDE_AREA_UNION:
            raise InvalidValue("difficult_insurer:kind_never_listed", field="insurer_number")
        if kind is InsurerKind.ASSOCIATION and self.scope is not Scope.DEPENDANTS_ONLY:
            raise InvalidValue("difficult_insurer:association_dependants_only", field="scope")
        if self.until_on is not None and self.until_on < self.from_on:
            raise InvalidValue("difficult_insurer:ends_before_it_begins", field="until_on")


def concerns(scope: str, relation: Relation | None) -> bool:
    """Say whether an entry is about a person; where the relation is not known, only a listing of all members is."""
    return scope == Scope.ALL or relation is Relation.DEPENDANT
