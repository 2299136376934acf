"""What may be told about a member: the catalogue of items (照会できる情報の項目).

Source    memo annex ※4 (only what the standard data layout holds); names as in the online qualification layout.
Decides   code, name, kind of value and its coded values, and which items are sensitive.
Not here  which procedure may ask for which item: domain/procedure.py.

The official codes of the layout are closed; `tm_code` and `tk_code` stay empty until somebody with access fills them.
There is no item for a My Number, a diagnosis, an employer, a wage or a telephone number, and none may be added.
"""

from dataclasses import dataclass
from enum import StrEnum

from inquiry.domain.errors import InvalidValue


class ValueKind(StrEnum):
    """What the value of an item looks like when it is typed and printed."""

    DATE = "date"
    TEXT = "text"
    CODE = "code"
    AMOUNT = "amount"  # 円


@dataclass(frozen=True, slots=True)
class CodedValue:
    """One value a coded item can take, as the layout writes it and as a person reads it (区分値)."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an item that is a table: what stands in it, and what kind of value that is."""

    name: str
    kind: ValueKind


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the catalogue (項目).

    `is_sensitive` marks what may tell of an illness (要配慮). `when_empty` is what an empty value means, if anything.
    `columns` are those of an item that comes several times, a line each: domain/benefit.py reads them.
    """

    code: str
    name: str
    kind: ValueKind
    is_sensitive: bool = False
    values: tuple[CodedValue, ...] = ()
    when_empty: str = ""
    columns: tuple[Column, ...] = ()
    tm_code: str | None = None
    tk_code: str | None = None

    def label_of(self, code: str) -> str:
        """Return how a coded value reads.

        :raises InvalidValue: if this item never takes that value.
        """
        for value in self.values:
            if value.code == code:
                return value.label
        raise InvalidValue("item:no_such_value", field=self.code)


def _coded(*pairs: tuple[str, str]) -> tuple[CodedValue, ...]:
    return tuple(CodedValue(code, label) for code, label in pairs)


_RELATIONS = _coded(("1", "本人"), ("2", "家族（被扶養者）"))
_LOSS_REASONS = _coded(("01", "死亡"), ("02", "生活保護受給開始"), ("03", "医療保険等の資格取得"), ("99", "その他"))
_CARD_CLASSES = _coded(
    ("01", "一般"),
    ("02", "退職"),
    ("03", "短期（一般）"),
    ("04", "短期（退職）"),
    ("05", "資格証明書"),
    ("06", "特例退職"),
    ("07", "自衛官診療証"),
)
_SHARES = _coded(("010", "１割"), ("020", "２割"), ("030", "３割"))
_PRESCHOOL = _coded(("1", "未就学者"), ("2", "未就学者以外"))
_CEILING_CARDS = _coded(
    ("01", "限度額適用認定証"),
    ("02", "限度額適用・標準負担額減額認定証"),
    ("03", "標準負担額減額認定証"),
)
_CEILING_CLASSES = _coded(
    *((name, f"区分{name}") for name in "アイウエオ"),
    ("現役並みⅢ", "現役並みⅢ"),
    ("現役並みⅡ", "現役並みⅡ"),
    ("現役並みⅠ", "現役並みⅠ"),
    ("一般", "一般"),
    ("Ⅱ", "低所得Ⅱ"),
    ("Ⅰ", "低所得Ⅰ"),
)
_LISTED_ILLNESSES = _coded(
    ("1", "人工腎臓を実施している慢性腎不全"),
    ("2", "血漿分画製剤を投与している先天性血液凝固第Ⅷ因子障害又は第Ⅸ因子障害"),
    ("3", "抗ウイルス剤を投与している後天性免疫不全症候群"),
)

_DATE, _TEXT, _CODE, _AMOUNT = ValueKind.DATE, ValueKind.TEXT, ValueKind.CODE, ValueKind.AMOUNT

_PAID, _DECIDED = Column("支給額", _AMOUNT), Column("支給決定年月日", _DATE)
_PAID_FOR = (Column("計算期間", _TEXT), _PAID)
_BY_MONTH = (Column("診療年月", _DATE), _PAID, _DECIDED)
_BY_PERIOD = (Column("期間", _TEXT), _PAID, _DECIDED)
_BY_SORT = (Column("種類", _TEXT), _PAID, _DECIDED)

_CATALOGUE = (
    Item("SHIKAKU-01", "保険者番号", _TEXT),
    Item("SHIKAKU-02", "被保険者証記号", _TEXT),
    Item("SHIKAKU-03", "被保険者証番号", _TEXT),
    Item("SHIKAKU-04", "枝番", _TEXT),
    Item("SHIKAKU-05", "本人・家族の別", _CODE, values=_RELATIONS),
    Item("SHIKAKU-06", "資格取得年月日", _DATE),
    Item("SHIKAKU-07", "資格喪失年月日", _DATE, when_empty="加入中"),
    Item("SHIKAKU-08", "資格喪失事由", _CODE, values=_LOSS_REASONS, when_empty="加入中"),
    Item("SHIKAKU-09", "被保険者証区分", _CODE, values=_CARD_CLASSES),
    Item("SHIKAKU-10", "被保険者氏名（世帯主氏名）", _TEXT),
    Item("SHIKAKU-11", "被扶養者認定・取消年月日", _TEXT),
    Item("SHIKAKU-12", "一部負担金割合", _CODE, values=_SHARES),
    Item("SHIKAKU-13", "未就学区分", _CODE, values=_PRESCHOOL),
    Item("KOUREI-01", "高齢受給者証 交付年月日", _DATE),
    Item("KOUREI-02", "高齢受給者証 有効期間", _TEXT),
    Item("KOUREI-03", "高齢受給者証 一部負担金割合", _CODE, values=_SHARES),
    Item("GENDO-01", "限度額適用認定証 区分", _CODE, values=_CEILING_CARDS),
    Item("GENDO-02", "限度額適用認定証 適用区分", _CODE, values=_CEILING_CLASSES),
    Item("GENDO-03", "限度額適用認定証 交付年月日", _DATE),
    Item("GENDO-04", "限度額適用認定証 有効開始年月日", _DATE),
    Item("GENDO-05", "限度額適用認定証 有効終了年月日", _DATE),
    Item("GENDO-06", "限度額適用認定証 長期入院該当年月日", _DATE, when_empty="該当なし"),
    Item("TOKUTEI-01", "特定疾病療養受療証 認定疾病区分", _CODE, is_sensitive=True, values=_LISTED_ILLNESSES),
    Item("TOKUTEI-02", "特定疾病療養受療証 交付年月日", _DATE, is_sensitive=True),
    Item("TOKUTEI-03", "特定疾病療養受療証 有効開始年月日", _DATE, is_sensitive=True),
    Item("TOKUTEI-04", "特定疾病療養受療証 有効終了年月日", _DATE, is_sensitive=True),
    Item("TOKUTEI-05", "特定疾病療養受療証 自己負担限度額", _AMOUNT, is_sensitive=True),
    # A benefit is a month, an amount and a day of decision together: one text holds as many as there are.
    Item("KYUFU-01", "高額療養費（診療年月・支給額・支給決定年月日）", _TEXT, is_sensitive=True, columns=_BY_MONTH),
    Item("KYUFU-02", "高額介護合算療養費（計算期間・支給額）", _TEXT, is_sensitive=True, columns=_PAID_FOR),
    Item("KYUFU-03", "療養費・移送費", _TEXT, is_sensitive=True, columns=_BY_SORT),
    Item("KYUFU-04", "傷病手当金（期間・支給額・支給決定年月日）", _TEXT, is_sensitive=True, columns=_BY_PERIOD),
    Item("KYUFU-05", "出産手当金・出産育児一時金", _TEXT, is_sensitive=True, columns=_BY_SORT),
    Item("KYUFU-06", "埋葬料（費）・家族埋葬料・葬祭費", _TEXT, is_sensitive=True, columns=_BY_SORT),
    Item("KYUFU-07", "付加給付（一部負担還元金等）", _TEXT, is_sensitive=True, columns=_BY_MONTH),
    Item("HOKEN-01", "保険料（国保組合・後期高齢者医療）", _AMOUNT),
)
_BY_CODE = {item.code: item for item in _CATALOGUE}


def items() -> tuple[Item, ...]:
    """Return the whole catalogue in its printed order."""
    return _CATALOGUE


def item(code: str) -> Item:
    """Return the item of this code.

    :raises InvalidValue: if the catalogue has none.
    """
    try:
        return _BY_CODE[code]
    except KeyError:
        raise InvalidValue("item:unknown", field="items") from None
