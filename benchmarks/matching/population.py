"""Invented members of an insurer, and inquiries about them in every kind of trouble, from a seed.

Not here  real name frequencies: the weights fall off as names do, and what is measured is each family by itself.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from inquiry.domain.member import Enrolment, Member, MemberId
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName, Sex, Subject

SURNAMES = """
佐藤サトウ 鈴木スズキ 高橋タカハシ 田中タナカ 伊藤イトウ 渡辺ワタナベ 山本ヤマモト 中村ナカムラ 小林コバヤシ
加藤カトウ 吉田ヨシダ 山田ヤマダ 佐々木ササキ 山口ヤマグチ 松本マツモト 井上イノウエ 木村キムラ 林ハヤシ
斎藤サイトウ 清水シミズ 山崎ヤマザキ 森モリ 池田イケダ 橋本ハシモト 阿部アベ 石川イシカワ 前田マエダ 藤田フジタ
小川オガワ 岡田オカダ 後藤ゴトウ 長谷川ハセガワ 村上ムラカミ 近藤コンドウ 石井イシイ 坂本サカモト 遠藤エンドウ
青木アオキ 藤井フジイ 西村ニシムラ 福田フクダ 太田オオタ 三浦ミウラ 岡本オカモト 松田マツダ 中川ナカガワ
原田ハラダ 小野オノ 大野オオノ 竹内タケウチ 金子カネコ 和田ワダ 中山ナカヤマ 石田イシダ 上田ウエダ 森田モリタ
島田シマダ 原ハラ 柴田シバタ 酒井サカイ 工藤クドウ 横山ヨコヤマ 宮崎ミヤザキ 宮本ミヤモト 内田ウチダ 高木タカギ
安藤アンドウ 谷口タニグチ 大塚オオツカ 丸山マルヤマ 今井イマイ 富田トミタ 浜田ハマダ 桜井サクライ 沢田サワダ
広瀬ヒロセ 栄サカエ 国友クニトモ 辺見ヘンミ 桑原クワバラ 柳ヤナギ 水津ミヅ 五十嵐イガラシ 神田カンダ
"""
GIVEN = {
    Sex.MALE: """
    太郎タロウ 博ヒロシ 誠マコト 翔太ショウタ 健一ケンイチ 隆タカシ 大輔ダイスケ 和也カズヤ 浩コウ
    龍之介リュウノスケ 勇気ユウキ 幸ユキ 亮リョウ 涼リョウ 亮太リョウタ 直樹ナオキ 徹トオル 透トオル 蓮レン 薫カオル
    真一シンイチ 進ススム 豊ユタカ 正タダシ 忠タダシ 孝タカシ 恵一ケイイチ 純ジュン 淳ジュン 学マナブ
    """,
    Sex.FEMALE: """
    京子キョウコ 恭子キョウコ 恵子ケイコ 圭子ケイコ 花子ハナコ 陽子ヨウコ 洋子ヨウコ 裕子ユウコ 由美ユミ 美穂ミホ
    瑞穂ミズホ 香織カオリ 薫カオル 桜サクラ さくらサクラ 結衣ユイ 優衣ユイ 真由美マユミ 明美アケミ 静江シズエ
    涼子リョウコ 良子リョウコ 千鶴チヅル 幸子サチコ 順子ジュンコ 純子ジュンコ 礼子レイコ 玲子レイコ 直美ナオミ
    杏アン
    """,
}
LATIN = """
SMITHスミス NGUYENグエン GARCIAガルシア SILVAシルバ TANAKAタナカ BROWNブラウン JOHNジョン MARIAマリア ANNEアン
DAVIDデイビッド
"""
TOWNS = ("杉並区荻窪", "大垣市青墓町", "盛岡市本町", "川越市脇田町", "堺市北区長曽根町")


def read(names: str) -> list[tuple[str, str]]:
    """Split each entry where the reading begins."""
    entries = []
    for entry in names.split():
        cut = next(place for place, letter in enumerate(entry) if "ァ" <= letter <= "ー")
        entries.append((entry[:cut], entry[cut:]))
    return entries


class Population:
    """A roll of members drawn from a seed."""

    def __init__(self, size: int, seed: int) -> None:
        self.draw = random.Random(seed)
        self._surnames, self._given = read(SURNAMES), {sex: read(names) for sex, names in GIVEN.items()}
        self._weights = list(accumulate(1 / (rank + 4) for rank in range(len(self._surnames))))
        self.members = [self.member(number) for number in range(size)]

    def name(self, sex: Sex) -> PersonName:
        ((surname, reading),) = self.draw.choices(self._surnames, cum_weights=self._weights)
        given, its_reading = self.draw.choice(self._given[sex])
        return PersonName(f"{surname}　{given}", f"{reading}　{its_reading}")

    def foreign_name(self) -> PersonName:
        parts = self.draw.sample(read(LATIN), 2)
        return PersonName(" ".join(part for part, _ in parts), " ".join(reading for _, reading in parts))

    def member(self, number: int) -> Member:
        draw, sex = self.draw, self.draw.choice((Sex.MALE, Sex.FEMALE))
        name = self.foreign_name() if draw.random() < 0.025 else self.name(sex)
        married = sex is Sex.FEMALE and draw.random() < 0.1
        acquired_on = date(2010, 4, 1) + timedelta(days=draw.randrange(5000))
        lost_on = acquired_on + timedelta(days=draw.randrange(30, 2000)) if draw.random() < 0.3 else None
        return Member(
            MemberId(f"M{number:08d}"),
            name,
            PartialDate.of(date(1940, 1, 1) + timedelta(days=draw.randrange(29_000))),
            sex,
            former_name=self.name(sex) if married else PersonName(),
            address=f"{draw.choice(TOWNS)}{draw.randint(1, 5)}-{draw.randint(1, 30)}-{draw.randint(1, 20)}",
            enrolments=(Enrolment(acquired_on, lost_on, symbol="21700023", number=str(number)),),
        )


@dataclass(frozen=True)
class Trouble:
    """A family of inquiries: how one arises, or None where it cannot from this member, and what should follow."""

    name: str
    expected: str  # one, several, confirm or none
    arise: Callable[[Member, Population], Subject | None]


def about(member: Member, **changes: object) -> Subject:
    return replace(Subject(member.name, member.birth_date, member.sex), **changes)


def respelled(change: Callable[[str], str]) -> Callable[[Member, Population], Subject | None]:
    def arise(member: Member, _: Population) -> Subject | None:
        kana = change(member.name.kana)
        return about(member, name=replace(member.name, kana=kana)) if kana != member.name.kana else None

    return arise


def rewritten(change: Callable[[str], str]) -> Callable[[Member, Population], Subject | None]:
    def arise(member: Member, _: Population) -> Subject | None:
        written = change(member.name.written)
        return about(member, name=replace(member.name, written=written)) if written != member.name.written else None

    return arise


def exchanged(pairs: str) -> Callable[[str], str]:
    """Replace the first pair that occurs; each pair is written before>after."""
    table = [pair.split(">") for pair in pairs.split()]

    def change(text: str) -> str:
        found = next((pair for pair in table if pair[0] in text), None)
        return text.replace(found[0], found[1], 1) if found else text

    return change


HALF_WIDTH = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンャュョッー　",
        "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｬｭｮｯｰ ",
        strict=True,
    )
)
VOICED = dict(zip("ガギグゲゴザジズゼゾダヂヅデドバビブベボ", "カキクケコサシスセソタチツテトハヒフヘホ", strict=True))


def half_width(text: str) -> str:
    return "".join(
        HALF_WIDTH.get(kana) or HALF_WIDTH[VOICED[kana]] + "ﾞ" for kana in text if kana in HALF_WIDTH or kana in VOICED
    )


def decomposed(text: str) -> str:
    return "".join(VOICED[kana] + "゛" if kana in VOICED else kana for kana in text)


def hiragana(text: str) -> str:
    return "".join(chr(ord(kana) - 0x60) if "ァ" <= kana <= "ヶ" else kana for kana in text)


def one_placeholder(member: Member, population: Population) -> Subject | None:
    surname, _, given = member.name.written.partition("　")
    if len(surname) < 2 or not all("一" <= letter <= "龥" for letter in surname):
        return None
    place = population.draw.randrange(len(surname))
    return about(member, name=replace(member.name, written=f"{surname[:place]}●{surname[place + 1 :]}　{given}"))


def borne_out(member: Member, population: Population) -> Subject | None:
    subject = one_placeholder(member, population)
    return replace(subject, address=member.address) if subject else None


def swapped(member: Member, _: Population) -> Subject | None:
    if not member.name.written.isascii():
        return None
    parts = (" ".join(reversed(text.split())) for text in (member.name.written.lower(), member.name.kana))
    return about(member, name=PersonName(*parts))


def former(member: Member, _: Population) -> Subject | None:
    return about(member, name=member.former_name) if not member.former_name.is_empty else None


def next_day(member: Member, _: Population) -> Subject:
    born_on = member.birth_date.as_date() + timedelta(days=1)
    return about(member, birth_date=PartialDate.of(born_on))


def stranger(_: Member, population: Population) -> Subject:
    return about(population.member(99_999_999))


def moved(member: Member, _: Population) -> Subject:
    return about(member, address="札幌市北区麻生町9-9-9")


def hidden_surname(written: str) -> str:
    surname, separator, given = written.partition("　")
    return "●" * len(surname) + separator + given if separator else written


TO_LARGE = str.maketrans("ャュョッァィェォ", "ヤユヨツアイエオ")
LONG_VOWELS = "トウ>トー オオ>オー ケイ>ケー ユウ>ユー ョウ>ョオ ドウ>ドオ レイ>レエ"
OLD_FORMS = """
高>髙 崎>﨑 斎>齋 辺>邊 浜>濱 桜>櫻 沢>澤 広>廣 国>國 恵>惠 真>眞 桑>桒 柳>栁 島>嶋 富>冨 龍>竜 吉>𠮷 栄>榮
礼>禮 静>靜
"""
OTHER_KANJI = """
京子>恭子 恵子>圭子 陽子>洋子 亮>涼 結衣>優衣 純>淳 正>忠 徹>透 礼子>玲子 涼子>良子 崎>埼
"""
OTHER_SEX = {Sex.MALE: Sex.FEMALE, Sex.FEMALE: Sex.MALE}
TROUBLES = (
    Trouble("clean", "one", lambda member, _: about(member)),
    Trouble("half-width kana", "one", respelled(half_width)),
    Trouble("large kana for small", "one", respelled(lambda kana: kana.translate(TO_LARGE))),
    Trouble("hiragana", "one", respelled(hiragana)),
    Trouble("no separator", "one", respelled(lambda kana: kana.replace("　", ""))),
    Trouble("middle dot", "one", respelled(lambda kana: kana.replace("　", "・"))),
    Trouble("voiced mark apart", "one", respelled(decomposed)),
    Trouble("long vowel", "one", respelled(exchanged(LONG_VOWELS))),
    Trouble("hyphen for length", "one", respelled(exchanged("トウ>ト- オオ>オ－ ケイ>ケ‐ ユウ>ユ―"))),
    Trouble("same sound", "one", respelled(exchanged("オ>ヲ ズ>ヅ ヅ>ズ ジ>ヂ エ>ヱ"))),
    Trouble("old form", "one", rewritten(exchanged(OLD_FORMS))),
    Trouble("variation selector", "one", rewritten(lambda written: written[0] + "\U000e0101" + written[1:])),
    Trouble("iteration mark", "one", rewritten(exchanged("佐々木>佐佐木"))),
    Trouble("latin, other order", "one", swapped),
    Trouble("former name on file", "one", former),
    Trouble("● borne out by address", "one", borne_out),
    Trouble("one ●", "confirm", one_placeholder),
    Trouble("斎 for 斉", "confirm", rewritten(exchanged("斎>斉"))),
    Trouble("kana missing", "confirm", lambda member, _: about(member, name=replace(member.name, kana=""))),
    Trouble("kanji missing", "confirm", lambda member, _: about(member, name=replace(member.name, written=""))),
    Trouble("unknown day", "confirm", lambda member, _: about(member, birth_date=replace(member.birth_date, day=None))),
    Trouble("unknown sex", "confirm", lambda member, _: about(member, sex=Sex.UNKNOWN)),
    Trouble("another address", "confirm", moved),
    Trouble("voiced mark", "none", respelled(exchanged("タカ>タガ カワ>ガワ ガワ>カワ ダ>タ ザキ>サキ"))),
    Trouble("short vowel", "none", respelled(exchanged("トウ>ト オオ>オ ユウ>ユ ョウ>ョ"))),
    Trouble("another kana", "none", respelled(exchanged("コ>カ シ>キ ミ>ミル タ>サ"))),
    Trouble("another kanji", "none", rewritten(exchanged(OTHER_KANJI))),
    Trouble("surname all ●", "none", rewritten(hidden_surname)),
    Trouble("another day", "none", next_day),
    Trouble("another sex", "none", lambda member, _: about(member, sex=OTHER_SEX[member.sex])),
    Trouble("not a member", "none", stranger),
)  # fmt: skip


def inquiries(population: Population, trouble: Trouble, number: int) -> Iterator[tuple[Subject, Member]]:
    """Yield up to so many inquiries of one family, each with the member it arose from."""
    order = population.draw.sample(population.members, len(population.members))
    found = 0
    for member in order:
        subject = trouble.arise(member, population)
        if subject is not None:
            yield subject, member
            found += 1
        if found == number:
            return
