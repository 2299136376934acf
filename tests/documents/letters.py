"""Letters for the tests: everybody in them is made up."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from inquiry.documents.letter import Addressee, Answered, Item, Letter, Replaced, Sender
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import ReplyKind
from inquiry.domain.subject import PersonName, Sex

TEMPLATES = Path(__file__).parents[2] / "templates"

# 葛 as Adobe-Japan1 and as Moji_Joho write it, 邉 likewise: the two collections share no sequence.
KATSU_AJ, KATSU_MJ = "葛\U000e0100", "葛\U000e0102"
NABE_AJ, NABE_MJ = "邉\U000e0104", "邉\U000e010f"
RARE_NAME = f"髙﨑 𠮷{KATSU_AJ}{NABE_MJ}"

ITEMS = (
    Item("保険者番号", "06139999"),
    Item("被保険者証記号", "１２３"),
    Item("被保険者証番号", "4567"),
    Item("本人・家族の別", "本人"),
    Item("資格取得年月日", date(2019, 5, 1)),
    Item("資格喪失年月日", ""),
)

ANSWER = Letter(
    kind=ReplyKind.ANSWER,
    number="架空健発第42号",
    dated_on=date(2026, 11, 22),
    addressee=Addressee(
        organisation="架空市",
        section="健康課",
        person="受取 一郎",
        postal_code="000-0000",
        address="架空市本町一丁目1番1号",
    ),
    sender=Sender(insurer="架空健康保険組合", desk="適用課", telephone="00-0000-0000"),
    inquiry=Answered(
        number="INQ-2026-000123",
        filed_on=date(2026, 11, 20),
        procedure="要介護認定に係る資格確認",
        name=PersonName(RARE_NAME, "タカサキ ヨシカツ"),
        birth_date=PartialDate(1958, 4, 1),
        sex=Sex.MALE,
    ),
    items=ITEMS,
)
NOT_FOUND = replace(ANSWER, kind=ReplyKind.NOT_FOUND, items=())
DATES_REQUEST = replace(ANSWER, kind=ReplyKind.DATES_REQUEST, items=(), reply_by=date(2026, 11, 30))
REPLACEMENT = replace(ANSWER, replaces=Replaced(date(2026, 11, 21), "架空健発第40号"))


def asking_about(written: str, letter: Letter = ANSWER) -> Letter:
    """Return the letter about somebody of this name."""
    return replace(letter, inquiry=replace(letter.inquiry, name=PersonName(written, "カナ")))
