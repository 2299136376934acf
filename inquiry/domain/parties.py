"""Who acts: organisations, their people, and what kind of work each may do (照会機関・医療保険者・ＰＭＯ).

Source    memo annex STEP1, STEP2 ③ ＜照会者の連絡先等＞.
Decides   which kind of organisation holds which role; what the insurer must have heard before it goes on.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from inquiry.domain.errors import InvalidValue

AccountId = NewType("AccountId", str)
OrganisationId = NewType("OrganisationId", str)
InquiryId = NewType("InquiryId", str)
InsurerId = NewType("InsurerId", str)
MunicipalityCode = NewType("MunicipalityCode", str)


class OrganisationKind(StrEnum):
    """Kind of organisation that has accounts here."""

    MUNICIPALITY = "municipality"  # 市町村・都道府県
    INSURER = "insurer"  # 医療保険者
    PMO = "pmo"  # デジタルＰＭＯ
    OPERATOR = "operator"  # 運用者（コマンド操作のみ）


class Role(StrEnum):
    """What an account may do."""

    CLERK = "clerk"  # 照会担当者
    OFFICER = "officer"  # 保険者の担当者
    PMO_STAFF = "pmo_staff"
    AUDITOR = "auditor"  # 監査担当者
    OPERATOR = "operator"


ROLES_OF: dict[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.MUNICIPALITY: frozenset({Role.CLERK}),
    OrganisationKind.INSURER: frozenset({Role.OFFICER}),
    OrganisationKind.PMO: frozenset({Role.PMO_STAFF, Role.AUDITOR}),
    OrganisationKind.OPERATOR: frozenset({Role.OPERATOR}),
}


class Side(StrEnum):
    """The two sides of an inquiry; one that has nobody in the system is outside."""

    MUNICIPALITY = "municipality"  # 照会元
    INSURER = "insurer"  # 照会先


def check_role(kind: OrganisationKind, role: Role) -> None:
    """Refuse an account whose role does not belong to its kind of organisation.

    :raises InvalidValue: if that kind of organisation does no such work.
    """
    if role not in ROLES_OF[kind]:
        raise InvalidValue("account:role_not_of_organisation", field="role")


def check_supervisor(role: Role) -> None:
    """Refuse a supervisor (責任者) who is no insurer's officer: what they may open is an insurer's record.

    :raises InvalidValue: if the role is another.
    """
    if role is not Role.OFFICER:
        raise InvalidValue("account:supervisor_not_officer", field="supervises")


@dataclass(frozen=True, slots=True)
class Actor:
    """The person at work, as every use case sees them; read afresh for each HTTP request."""

    account_id: AccountId
    organisation_id: OrganisationId
    kind: OrganisationKind
    role: Role
    display_name: str
    organisation_name: str
    section: str = ""
    municipality_code: MunicipalityCode | None = None
    insurer_id: InsurerId | None = None
    is_supervisor: bool = False


class Entrance(StrEnum):
    """How an inquiry reached the insurer (memo annex flowchart 照会（電話）・照会（文書）)."""

    SYSTEM = "system"
    TELEPHONE = "telephone"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Inquirer:
    """Who asks, as heard or written: section, person, contact (memo annex STEP2 ③).

    `telephone` and `mail_address` are what the inquirer said. They are never dialled, mailed or linked:
    numbers to dial come from the directory alone (memo annex STEP2 ⑤ ⅰ).
    """

    municipality_code: MunicipalityCode
    section: str
    person: str
    telephone: str = ""
    mail_address: str = ""
