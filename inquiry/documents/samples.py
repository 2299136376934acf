"""Letters about nobody: for the preview of a wording, the pictures of the documentation, the tests (文書の見本).

Everybody and every place in them is made up; the name holds the rare forms that a letter must be able to draw.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from inquiry.documents.letter import (
    Addressee,
    Asked,
    Case,
    Delay,
    Item,
    Letter,
    LetterKind,
    Overdue,
    Reference,
    Replaced,
    Retracted,
    Sender,
    Wanted,
)
from inquiry.domain.correction import Cause
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName, Sex

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

_ASKED = Asked(
    number="INQ-2026-000123",
    filed_on=date(2026, 11, 20),
    procedure="要介護認定に係る資格確認",
    name=PersonName(RARE_NAME, "タカサキ ヨシカツ"),
    birth_date=PartialDate(1958, 4, 1),
    sex=Sex.MALE,
)
ANSWER = Letter(
    kind=LetterKind.ANSWER,
    number="架空健発第42号",
    dated_on=date(2026, 11, 22),
    addressee=Addressee(
        organisation="架空市",
        section="健康課",
        person="受取 一郎",
        postal_code="000-0000",
        address="架空市本町一丁目1番1号",
    ),
    sender=Sender(organisation="架空健康保険組合", desk="適用課", telephone="00-0000-0000"),
    inquiry=_ASKED,
    items=ITEMS,
)
NOT_FOUND = replace(ANSWER, kind=LetterKind.NOT_FOUND, items=())
DATES_REQUEST = replace(ANSWER, kind=LetterKind.DATES_REQUEST, items=(), reply_by=date(2026, 11, 30))
REPLACEMENT = replace(ANSWER, replaces=Replaced(date(2026, 11, 21), "架空健発第40号"))

SECOND = Case(
    kind=LetterKind.NOT_FOUND,
    inquiry=replace(_ASKED, number="INQ-2026-000124", name=PersonName("架空 次郎", "カクウ ジロウ")),
    roster_on=date(2026, 11, 20),
)
THIRD = Case(
    kind=LetterKind.ANSWER,
    inquiry=replace(_ASKED, number="INQ-2026-000125", name=PersonName("架空 花子", "カクウ ハナコ"), sex=Sex.FEMALE),
    items=ITEMS[-2:],
    replaces=Replaced(date(2026, 11, 19), "架空健発第38号"),
)
JOINT = replace(ANSWER, further=(SECOND, THIRD))
_UNNAMED = Reference(number="INQ-2026-000123", filed_on=date(2026, 11, 20), procedure="要介護認定に係る資格確認")
DELAY = replace(
    ANSWER,
    kind=LetterKind.DELAY,
    inquiry=_UNNAMED,
    items=(),
    facts=Delay(datetime(2026, 11, 25, 8, 0, tzinfo=UTC), "資格の取得の届出を事業所に確認しています。"),
)
APOLOGY = replace(
    DELAY,
    kind=LetterKind.APOLOGY,
    facts=Retracted(Replaced(date(2026, 11, 21), "架空健発第40号"), Cause.WRONG_CONTENT),
)
_WANTED = Wanted(
    channel=Channel.LETTER,
    reason="機関別符号未発行エラー",
    needed_by=date(2026, 12, 1),
    address="架空市西町三丁目3番3号",
    former_name=PersonName("旧姓 太郎", "キュウセイ タロウ"),
)
INQUIRY_SHEET = replace(
    ANSWER,
    kind=LetterKind.INQUIRY_SHEET,
    number="架空市健第7号",
    addressee=Addressee(
        organisation="架空健康保険組合", section="適用課", postal_code="000-0001", address="架空市東町2番2号"
    ),
    sender=Sender(organisation="架空市", desk="健康課　受取 一郎", telephone="00-0000-0001"),
    items=tuple(replace(item, value="") for item in ITEMS),
    facts=_WANTED,
)
FAXED_SHEET = replace(INQUIRY_SHEET, facts=replace(_WANTED, fax="00-0000-0009"))
REMINDER = replace(
    DELAY,
    kind=LetterKind.REMINDER,
    number="架空市健第8号",
    addressee=replace(INQUIRY_SHEET.addressee, person="責任者"),
    sender=INQUIRY_SHEET.sender,
    facts=Overdue("架空健康保険組合", datetime(2026, 11, 20, 8, 15, tzinfo=UTC)),
)
REPORT = replace(
    REMINDER,
    kind=LetterKind.REPORT,
    number="架空市健第9号",
    addressee=Addressee(organisation="厚生労働省保険局保険課", section="健康保険組合担当"),
)
ALL = (ANSWER, NOT_FOUND, DATES_REQUEST, JOINT, DELAY, APOLOGY, INQUIRY_SHEET, FAXED_SHEET, REMINDER, REPORT)


_OF_KIND: Final = {letter.form: letter for letter in ALL if letter is not FAXED_SHEET}


def sample(kind: LetterKind) -> Letter:
    """Return the sample of a kind of letter."""
    return _OF_KIND[kind]
