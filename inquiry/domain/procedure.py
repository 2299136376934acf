"""For what may be asked: procedures and the items each may ask for (事務手続).

Source    memo 1 (管理番号, 事務手続名); memo annex STEP1 ② ＜照会時に必要な情報＞ ⅱ, ⅲ, ※4.
Decides   which items belong to which procedure, who may ask under it, and which procedures are open at all.
Not here  the items themselves: domain/item.py.

The management number is written only where the memo gives it. The official codes `jm_code` and `jt_code` are closed
and stay empty until somebody with access fills them; the statute named in `basis` is for a person to read.
A procedure's name can tell of a disability or of public assistance: `is_sensitive` keeps it off lists and file names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from inquiry.domain import item as catalogue
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.item import Item


class InquirerKind(StrEnum):
    """Which kind of local government asks (照会機関の別)."""

    PREFECTURE = "prefecture"  # 都道府県
    MUNICIPALITY = "municipality"  # 市区町村


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure of a local government that needs what an insurer knows (事務手続)."""

    code: str
    name: str
    basis: str
    inquirers: frozenset[InquirerKind]
    items: tuple[Item, ...]
    management_number: str | None = None  # 管理番号
    is_active: bool = True
    is_sensitive: bool = False
    jm_code: str | None = None
    jt_code: str | None = None


_MUNICIPAL = frozenset({InquirerKind.MUNICIPALITY})
_BOTH = frozenset(InquirerKind)


def _family(prefix: str) -> tuple[Item, ...]:
    return tuple(item for item in catalogue.items() if item.code.startswith(prefix))


def _each(*codes: str) -> tuple[Item, ...]:
    return tuple(catalogue.item(code) for code in codes)


_ENROLMENT = _family("SHIKAKU-")
_CEILING = _family("GENDO-")
_ENROLMENT_TO_LOSS = _ENROLMENT[:7]
_ENROLMENT_WITH_REASON = _ENROLMENT[:8]

_PROCEDURES = (
    Procedure(
        "YOBO-16",
        "他の法令による給付との調整",
        "予防接種法第16条",
        _MUNICIPAL,
        _ENROLMENT_WITH_REASON + _each("KYUFU-01", "KYUFU-03", "KYUFU-07"),
        management_number="10-2～4",
    ),
    Procedure(
        "KAIGO-NIN",
        "要介護認定に係る資格確認等",
        "介護保険法第27条・第32条",
        _MUNICIPAL,
        _ENROLMENT_TO_LOSS,
    ),
    Procedure(
        "KAIGO-GASSAN",
        "高額医療合算介護サービス費の支給",
        "介護保険法第51条の２・第61条の２",
        _MUNICIPAL,
        _each("KYUFU-02") + _CEILING,
    ),
    Procedure(
        "JIRITSU",
        "自立支援医療費の支給認定",
        "障害者総合支援法第52条から第54条まで",
        _BOTH,
        _ENROLMENT_TO_LOSS + _CEILING,
        is_sensitive=True,
    ),
    Procedure(
        "SHOMAN",
        "小児慢性特定疾病医療費の支給",
        "児童福祉法第19条の２",
        _BOTH,
        _ENROLMENT + _each("GENDO-02"),
        is_sensitive=True,
    ),
    Procedure(
        "NANBYO",
        "特定医療費（指定難病）の支給",
        "難病の患者に対する医療等に関する法律第５条・第７条",
        _BOTH,
        _ENROLMENT + _each("GENDO-02"),
        is_sensitive=True,
    ),
    Procedure("YOIKU", "養育医療の給付", "母子保健法第20条", _MUNICIPAL, _ENROLMENT, is_sensitive=True),
    Procedure(
        "KANSEN",
        "結核等の医療費の公費負担",
        "感染症法第37条・第37条の２",
        _BOTH,
        _ENROLMENT + _each("KYUFU-03"),
        is_sensitive=True,
    ),
    Procedure(
        "SEIHO",
        "生活保護の決定及び実施",
        "生活保護法第４条・第29条",
        _BOTH,
        _ENROLMENT + _each("KYUFU-01", "KYUFU-04", "KYUFU-05"),
        is_sensitive=True,
    ),
    Procedure(
        "KOKUHO",
        "国民健康保険の資格の取得・喪失及び給付",
        "国民健康保険法第９条",
        _MUNICIPAL,
        _ENROLMENT_WITH_REASON,
    ),
    Procedure(
        "KOUKI",
        "後期高齢者医療の被扶養者であった者に係る保険料の軽減",
        "高齢者の医療の確保に関する法律",
        _MUNICIPAL,
        _ENROLMENT[4:7],
    ),
    # Family allowances rest on tax and pension records; the insurer is asked so rarely that this one starts closed.
    Procedure(
        "FUYO",
        "児童扶養手当・特別児童扶養手当・障害児福祉手当の支給",
        "児童扶養手当法、特別児童扶養手当等の支給に関する法律",
        _BOTH,
        _ENROLMENT[4:6],
        is_active=False,
        is_sensitive=True,
    ),
    Procedure("JIDOTEATE", "児童手当の支給（被用者区分の確認）", "児童手当法", _MUNICIPAL, _ENROLMENT[4:6]),
    Procedure(
        "DOKUJI",
        "医療費の助成（独自利用事務）",
        "番号法第９条第２項に基づく条例",
        _MUNICIPAL,
        _ENROLMENT_TO_LOSS + _each("KYUFU-01", "KYUFU-07"),
        is_sensitive=True,
    ),
)
_BY_CODE = {procedure.code: procedure for procedure in _PROCEDURES}


def procedures() -> tuple[Procedure, ...]:
    """Return every procedure, closed ones included."""
    return _PROCEDURES


def procedures_of(inquirer: InquirerKind) -> tuple[Procedure, ...]:
    """Return the open procedures under which this kind of local government may ask."""
    return tuple(each for each in _PROCEDURES if each.is_active and inquirer in each.inquirers)


def procedure(code: str) -> Procedure:
    """Return the procedure of this code.

    :raises InvalidValue: if there is none.
    """
    try:
        return _BY_CODE[code]
    except KeyError:
        raise InvalidValue("procedure:unknown", field="procedure") from None


def items_allowed(code: str) -> frozenset[str]:
    """Return the codes of the items that may be asked and told under a procedure."""
    return frozenset(item.code for item in procedure(code).items)


def check_inquirer(code: str, inquirer: InquirerKind) -> None:
    """Refuse an inquiry under a procedure that is closed, or that is not this local government's work.

    :raises Forbidden: with what stands in the way.
    """
    asked = procedure(code)
    if not asked.is_active:
        raise Forbidden("procedure:inactive")
    if inquirer not in asked.inquirers:
        raise Forbidden(f"procedure:not_work_of_{inquirer}")


def check_items(code: str, items: Iterable[str]) -> tuple[Item, ...]:
    """Return the items asked for, once each and in the catalogue's order.

    :raises InvalidValue: if nothing is asked, or something the catalogue does not hold.
    :raises Forbidden: if the procedure has no need of one of them (memo annex ※4).
    """
    asked = {catalogue.item(each).code for each in items}
    if not asked:
        raise InvalidValue("procedure:no_item", field="items")
    if not asked <= items_allowed(code):
        raise Forbidden("procedure:item_not_allowed")
    return tuple(item for item in catalogue.items() if item.code in asked)
