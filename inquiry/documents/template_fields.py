"""The fields that an insurer's own Word template may hold, and what a letter puts into them (様式の差込項目).

Source    memo annex STEP2 ⑤ ⅱ; memo annex ※4 (nothing is told but the items asked).
Decides   the names of the fields, which of them a template must hold, and the text of each.
Not here  where they stand in the template: documents/word_template.py.

A field is written 《氏名》. There is none for anything that is not an item of the answer, and no language to put one
together: a template says where something stands, never what is told.
"""

from collections.abc import Mapping
from typing import Final

from inquiry.documents.letter import Item, Letter, Replaced
from inquiry.domain.reply import ReplyKind
from inquiry.domain.subject import Sex
from inquiry.domain.wareki import both_calendars, era_text

ITEM, VALUE = "項目", "回答"
ITEM_FIELDS: Final = (ITEM, VALUE)
_SEXES: Final = {Sex.MALE: "男", Sex.FEMALE: "女", Sex.UNKNOWN: "不明", Sex.NOT_APPLICABLE: "適用不能"}
_SHARED: Final = (
    "文書番号", "日付", "宛先", "宛先の部署", "宛先の担当者", "発信者", "発信者の部署", "発信者の電話番号", "照会番号",
    "照会日", "事務手続名", "氏名", "フリガナ", "生年月日", "性別", "差替え",
)  # fmt: skip
_RESULT: Final = ("確認の結果", "確認した記録")

KNOWN: Final[Mapping[ReplyKind, tuple[str, ...]]] = {
    ReplyKind.ANSWER: (*_SHARED, *ITEM_FIELDS),
    ReplyKind.NOT_FOUND: (*_SHARED, *_RESULT),
}
_NEEDED: Final = ("文書番号", "日付", "宛先", "照会番号", "氏名", "生年月日", "差替え")
NEEDED: Final[Mapping[ReplyKind, tuple[str, ...]]] = {
    ReplyKind.ANSWER: (*_NEEDED, *ITEM_FIELDS),
    ReplyKind.NOT_FOUND: (*_NEEDED, "確認の結果"),
}


def values_of(letter: Letter) -> dict[str, str]:
    """Return the text of every field but those of the items; what is not known is empty."""
    to, by, asked = letter.addressee, letter.sender, letter.inquiry
    return {
        "文書番号": letter.number,
        "日付": era_text(letter.dated_on),
        "宛先": to.organisation,
        "宛先の部署": to.section,
        "宛先の担当者": f"{to.person}　様" if to.person else "",
        "発信者": by.insurer,
        "発信者の部署": by.desk,
        "発信者の電話番号": by.telephone,
        "照会番号": asked.number,
        "照会日": both_calendars(asked.filed_on),
        "事務手続名": asked.procedure,
        "氏名": asked.name.written,
        "フリガナ": asked.name.kana,
        "生年月日": both_calendars(asked.birth_date),
        "性別": _SEXES[asked.sex],
        "差替え": _replacement(letter.replaces),
        "確認の結果": "該当者なし",
        "確認した記録": f"{both_calendars(letter.roster_on)}現在の加入者名簿" if letter.roster_on else "",
    }


def _replacement(earlier: Replaced | None) -> str:
    if earlier is None:
        return ""
    number = f"（文書番号 {earlier.number}）" if earlier.number else "の電話"
    return (
        f"本書は、{era_text(earlier.dated_on)}{number}の回答を差し替えるものです。"
        "前の回答は取り消しましたので、使用しないでください。"
    )


def item_values(item: Item) -> dict[str, str]:
    """Return the text of the two fields of one item."""
    value = item.value if isinstance(item.value, str) else both_calendars(item.value)
    return {ITEM: item.label, VALUE: value or "―"}
