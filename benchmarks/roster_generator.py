"""Make examples/roster.csv: some three thousand invented members of one society, as an insurer would hold them.

    python -m benchmarks.roster_generator examples/roster.csv

Needs the PyPI package japanese-personal-name-dataset 0.4.0 (MIT) for the surnames; the product does not. The same seed
gives the same bytes. Persons whom demonstrations rely on stand first, under fixed numbers: see examples/README.md.
"""

import csv
import random
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from japanese_personal_name_dataset import get_last_names

SEED = 20_261_122
PERSONS = 3_000
TODAY = date(2026, 11, 1)
COLUMNS = (
    "加入者ID", "記号", "番号", "枝番", "氏名", "氏名カナ", "通称", "通称カナ", "旧氏", "旧氏カナ", "生年月日", "性別",
    "本人家族区分", "資格取得年月日", "資格喪失年月日", "資格喪失事由", "住所", "個人番号登録済",
)  # fmt: skip
MALE, FEMALE = "1", "2"
INSURED, DEPENDANT = "1", "2"
TO_ANOTHER_INSURER, DIED, OTHER_REASON = "03", "01", "99"

# Given names by the decade of birth in which they were usual: written form and reading.
GIVEN = {
    (MALE, 1940): (
        "実ミノル 清キヨシ 勝マサル 茂シゲル 隆タカシ 博ヒロシ "
        "正マサシ 進ススム 稔ミノル 昭アキラ 弘ヒロシ 勇イサム"
    ),
    (MALE, 1960): (
        "誠マコト 浩ヒロシ 修オサム 豊ユタカ 浩二コウジ 哲也テツヤ "
        "和彦カズヒコ 健一ケンイチ 直樹ナオキ 秀樹ヒデキ 学マナブ 純一ジュンイチ"
    ),
    (MALE, 1980): (
        "大輔ダイスケ 健太ケンタ 翔太ショウタ 拓也タクヤ 亮リョウ 達也タツヤ "
        "雄太ユウタ 慎也シンヤ 祐介ユウスケ 剛ツヨシ 恭平キョウヘイ 淳ジュン"
    ),
    (MALE, 2000): (
        "大翔ヒロト 蓮レン 悠真ユウマ 陽斗ハルト 颯太ソウタ 湊ミナト "
        "樹イツキ 朝陽アサヒ 蒼アオイ 駿シュン 優斗ユウト 律リツ"
    ),
    (FEMALE, 1940): (
        "和子カズコ 幸子サチコ 節子セツコ 洋子ヨウコ 京子キョウコ 悦子エツコ "
        "久子ヒサコ 光子ミツコ 千代チヨ 美代子ミヨコ 文フミ 弘子ヒロコ"
    ),
    (FEMALE, 1960): (
        "恵子ケイコ 由美子ユミコ 真由美マユミ 智子トモコ 裕子ユウコ 直美ナオミ "
        "久美子クミコ 陽子ヨウコ 純子ジュンコ 明美アケミ 優子ユウコ 香カオリ"
    ),
    (FEMALE, 1980): (
        "愛アイ 美穂ミホ 彩アヤ 麻衣マイ 舞マイ 千尋チヒロ "
        "恵メグミ 香織カオリ 沙織サオリ 友美トモミ 梓アズサ 瑞穂ミズホ"
    ),
    (FEMALE, 2000): (
        "陽菜ヒナ 結衣ユイ 葵アオイ 凛リン 美咲ミサキ 咲良サクラ "
        "莉子リコ 紬ツムギ 芽依メイ 心春コハル 楓カエデ 千夏チナツ"
    ),
}  # fmt: skip
FOREIGN = (
    ("NGUYEN VAN MINH", "グエン ヴァン ミン", MALE), ("TRAN THI HOA", "チャン ティ ホア", FEMALE),
    ("王　小明", "ワン シャオミン", MALE), ("李　麗華", "リー リーファ", FEMALE),
    ("金　民秀", "キム ミンス", MALE), ("朴　智恵", "パク チヘ", FEMALE),
    ("SILVA CARLOS EDUARDO", "シルバ カルロス エドゥアルド", MALE),
    ("SANTOS MARIA LUISA", "サントス マリア ルイザ", FEMALE),
    ("SMITH JOHN", "スミス ジョン", MALE), ("SHRESTHA SITA", "シュレスタ シタ", FEMALE),
)  # fmt: skip
OLD_FORMS = (
    ("高橋", "髙橋", 0.3), ("高木", "髙木", 0.3), ("山崎", "山﨑", 0.25), ("吉田", "𠮷田", 0.2), ("吉川", "𠮷川", 0.2),
    ("渡辺", "渡邊", 0.2), ("斎藤", "齋藤", 0.3), ("斉藤", "齊藤", 0.1), ("葛西", "葛󠄀西", 0.4),
)  # fmt: skip
TOWNS = ("見本町一丁目", "見本町二丁目", "例示台", "架空が丘三丁目", "仮町")
PLACES = (
    "東京都世田谷区",
    "東京都足立区",
    "東京都町田市",
    "神奈川県横浜市",
    "埼玉県さいたま市",
    "千葉県船橋市",
    "埼玉県所沢市",
)
SMALL_AS_LARGE = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
HALF_WIDTH = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)} | {
    "\u3099": "ﾞ",
    "\u309a": "ﾟ",
}


@dataclass(frozen=True)
class Period:
    """One row's worth of cover."""

    number: str
    branch: str
    relation: str
    acquired_on: date
    lost_on: date | None = None
    reason: str = ""
    symbol: str = "101"


@dataclass(frozen=True)
class Person:
    """One person; kana are kept full-width here and written half-width."""

    name: str
    kana: str
    born_on: str
    sex: str
    address: str
    periods: tuple[Period, ...] = ()
    alias: tuple[str, str] = ("", "")
    former: tuple[str, str] = ("", "")
    is_registered: bool = True
    keeps_small_kana: bool = False


@dataclass(frozen=True)
class Household:
    """A family under one 記号 and 番号."""

    surname: tuple[str, str]
    address: str
    number: str
    joined_on: date


def half_width(kana: str) -> str:
    decomposed = unicodedata.normalize("NFD", kana)
    return "".join(HALF_WIDTH.get(character, character) for character in decomposed)


def as_insurers_write(kana: str, person: Person) -> str:
    """Old systems know no small kana; some rows have been corrected since."""
    return half_width(kana if person.keeps_small_kana else kana.translate(SMALL_AS_LARGE))


def rows_of(member_id: str, person: Person) -> Iterator[list[str]]:
    names = [person.name, as_insurers_write(person.kana, person)]
    for written, kana in (person.alias, person.former):
        names += [written, as_insurers_write(kana, person)]
    for period in person.periods:
        yield [
            member_id, period.symbol, period.number, period.branch, *names, person.born_on, person.sex, period.relation,
            period.acquired_on.isoformat(), period.lost_on.isoformat() if period.lost_on else "", period.reason,
            person.address, str(int(person.is_registered)),
        ]  # fmt: skip


def since(year: int, month: int = 4, *, day: int = 1, number: str, branch: str = "00") -> Period:
    return Period(number, branch, INSURED if branch == "00" else DEPENDANT, date(year, month, day))


def until(period: Period, lost_on: date, *, reason: str = TO_ANOTHER_INSURER) -> Period:
    return replace(period, lost_on=lost_on, reason=reason)


def special_persons() -> list[Person]:
    """Return the persons that demonstrations rely on; their order gives their numbers (examples/README.md)."""
    tokyo, saitama = "東京都世田谷区見本町一丁目２番３号", "埼玉県所沢市例示台４番５号"
    return [
        Person("佐藤　花子", "サトウ ハナコ", "1985-04-12", FEMALE, tokyo, (since(2015, number="90001"),)),
        Person("佐藤　花子", "サトウ ハナコ", "1985-04-12", FEMALE, saitama, (since(2021, 10, number="90002"),)),
        Person("鈴木　一郎", "スズキ イチロウ", "1972-08-03", MALE, saitama, (since(2001, number="90003"),)),
        Person("鈴木　一郎", "スズキ イチロウ", "1972-08-03", MALE, tokyo, (
            until(since(2018, 7, number="90004"), date(2025, 4, 1)),)),
        Person("田中　実", "タナカ ミノル", "1958-04-01", MALE, tokyo, (since(1981, number="90005"),)),
        Person("田中　実", "タナカ ミノル", "1958-04-01", MALE, saitama, (since(2020, 6, number="90006"),)),
        Person("渡辺　裕子", "ワタナベ ユウコ", "1979-11-23", FEMALE, tokyo, (since(2008, number="90007"),)),
        Person("渡辺　優子", "ワタナベ ユウコ", "1979-11-23", FEMALE, saitama, (since(2011, number="90008"),)),
        Person("髙﨑　𠮷彦", "タカサキ ヨシヒコ", "1966-02-28", MALE, tokyo, (since(1990, number="90009"),)),
        Person("葛󠄀城　美咲", "カツラギ ミサキ", "1996-05-05", FEMALE, tokyo, (since(2019, number="90010"),)),
        Person("●田　恵", "ヨシダ メグミ", "1988-09-09", FEMALE, saitama, (since(2012, number="90011"),)),
        Person("中村　健一", "ナカムラ ケンイチ", "1963-06-15", MALE, saitama, (
            until(since(1986, number="90012"), date(2023, 7, 1), reason=OTHER_REASON),
            Period("90112", "00", INSURED, date(2023, 7, 1), symbol="901"),)),  # 任意継続
        Person("小林　翔太", "コバヤシ ショウタ", "2002-12-24", MALE, tokyo, (
            until(since(2002, 12, day=24, number="90013", branch="02"), date(2025, 4, 1), reason=OTHER_REASON),
            since(2025, number="90113"),)),
        Person("山本　由美", "ヤマモト ユミ", "1990-03-03", FEMALE, tokyo, (since(2014, number="90014"),),
               former=("木村　由美", "キムラ ユミ")),
        Person("NGUYEN THI LAN", "グエン ティ ラン", "1994-01-20", FEMALE, saitama, (since(2020, number="90015"),),
               alias=("山田　蘭", "ヤマダ ラン")),
        Person("伊藤　大輔", "イトウ ダイスケ", "1983-07-07", MALE, saitama, (
            until(since(2006, number="90016"), date(2026, 4, 1)),)),
        Person("KHAN AHMED", "カーン アハメド", "1970-00-00", MALE, saitama, (since(2016, 9, number="90017"),)),
        Person("近藤　京子", "コンドウ キョウコ", "1961-10-10", FEMALE, tokyo, (since(1984, number="90018"),)),
        Person("松本　蓮", "マツモト レン", "2026-10-05", MALE, tokyo, (
            since(2026, 10, day=5, number="90019", branch="02"),), is_registered=False),
        Person("山口　葵", "ヤマグチ アオイ", "2015-08-08", FEMALE, tokyo, (
            since(2015, 8, day=8, number="90020", branch="02"),)),
        Person("山口　茜", "ヤマグチ アカネ", "2015-08-08", FEMALE, tokyo, (
            since(2015, 8, day=8, number="90020", branch="03"),)),
    ]  # fmt: skip


@dataclass
class Society:
    """Draws families until there are enough persons."""

    draw: random.Random = field(default_factory=lambda: random.Random(SEED))
    surnames: list[tuple[str, str]] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    given: dict[tuple[str, int], list[tuple[str, str]]] = field(default_factory=dict)
    next_number: int = 1

    def __post_init__(self) -> None:
        for entry in get_last_names():
            self.surnames.append((entry["kanji"], full_width_kana(entry["reading"])))
            self.weights.append(entry["count"])
        for key, names in GIVEN.items():
            self.given[key] = [split_reading(name) for name in names.split()]

    def persons(self, count: int) -> Iterator[Person]:
        made = 0
        while made < count:
            for person in self.family()[: count - made]:
                made += 1
                yield person

    def family(self) -> list[Person]:
        number = f"{self.next_number:05d}"
        self.next_number += 1
        if self.draw.random() < 0.025:
            return [self.foreigner(number)]
        age = self.draw.randint(20, 66)
        sex = self.draw.choices((MALE, FEMALE), (62, 38))[0]
        household = Household(self.surname(), self.address(), number, self.day_of_joining(age))
        family = [self.insured(household, age, sex=sex)]
        if age >= 26 and self.draw.random() < 0.4:
            spouse_age = max(20, age + self.draw.randint(-6, 6))
            spouse_sex = FEMALE if sex == MALE else MALE
            family.append(self.dependant(household, "01", age=spouse_age, sex=spouse_sex))
        if age >= 26:
            for _ in range(self.draw.choices((0, 1, 2, 3), (50, 24, 21, 5))[0]):
                child_age, child_sex = self.draw.randint(0, min(22, age - 22)), self.draw.choice((MALE, FEMALE))
                family.append(self.dependant(household, f"{len(family):02d}", age=child_age, sex=child_sex))
        return family

    def insured(self, household: Household, age: int, *, sex: str) -> Person:
        person = self.named(household, age, sex=sex)
        periods = (Period(household.number, "00", INSURED, household.joined_on),)
        luck = self.draw.random()
        if luck < 0.12:
            periods = (self.ended(periods[0]),)
        elif luck < 0.36:
            periods = self.interrupted(periods[0])
        if sex == FEMALE and age >= 26 and self.draw.random() < 0.25:
            former = self.surname()
            given, reading = person.name.split("　")[1], person.kana.split()[1]
            person = replace(person, former=(f"{former[0]}　{given}", f"{former[1]} {reading}"))
        return replace(person, periods=periods)

    def dependant(self, household: Household, branch: str, *, age: int, sex: str) -> Person:
        person = self.named(household, age, sex=sex)
        begun = max(household.joined_on, date.fromisoformat(person.born_on))
        period = Period(household.number, branch, DEPENDANT, begun)
        luck = self.draw.random()
        if luck < 0.08:
            return replace(person, periods=(self.ended(period),))
        return replace(person, periods=self.interrupted(period) if luck < 0.2 else (period,))

    def foreigner(self, number: str) -> Person:
        name, kana, sex = self.draw.choice(FOREIGN)
        alias = self.surname()
        given = self.draw.choice(self.given[sex, 1980])
        has_alias = self.draw.random() < 0.5
        return Person(
            name, kana, self.birthday(self.draw.randint(20, 55)), sex, self.address(),
            (Period(number, "00", INSURED, self.day_of_joining(26)),),
            alias=(f"{alias[0]}　{given[0]}", f"{alias[1]} {given[1]}") if has_alias else ("", ""),
            is_registered=self.draw.random() < 0.9,
        )  # fmt: skip

    def named(self, household: Household, age: int, *, sex: str) -> Person:
        born_on = self.birthday(age)
        decade = max(1940, min(2000, (int(born_on[:4]) - 5) // 20 * 20))
        given, given_reading = self.draw.choice(self.given[sex, decade])
        surname, reading = household.surname
        written = self.unconverted(surname)
        return Person(
            f"{written}　{given}", f"{reading} {given_reading}", born_on, sex, household.address,
            is_registered=self.draw.random() < 0.96, keeps_small_kana=self.draw.random() < 0.3,
        )  # fmt: skip

    def surname(self) -> tuple[str, str]:
        written, kana = self.draw.choices(self.surnames, self.weights)[0]
        for usual, old, share in OLD_FORMS:
            if written == usual and self.draw.random() < share:
                return old, kana
        return written, kana

    def unconverted(self, surname: str) -> str:
        """Write ● for a character that an intermediate system could not convert."""
        is_rare = any(old == surname for _usual, old, _share in OLD_FORMS)
        return f"●{surname[-1]}" if is_rare and self.draw.random() < 0.25 else surname

    def address(self) -> str:
        place, town = self.draw.choice(PLACES), self.draw.choice(TOWNS)
        return f"{place}{town}{wide(self.draw.randint(1, 30))}番{wide(self.draw.randint(1, 20))}号"

    def birthday(self, age: int) -> str:
        return (TODAY - timedelta(days=age * 365 + age // 4 + self.draw.randrange(365))).isoformat()

    def day_of_joining(self, age: int) -> date:
        year = TODAY.year - self.draw.randrange(0, max(1, age - 19))
        month = self.draw.choices((4, 1, 7, 10), (70, 10, 10, 10))[0]
        return min(date(year, month, 1), date(2026, 10, 1))

    def ended(self, period: Period) -> Period:
        reason = self.draw.choices((TO_ANOTHER_INSURER, OTHER_REASON, DIED), (80, 17, 3))[0]
        return until(period, self.day_between(period.acquired_on, TODAY), reason=reason)

    def interrupted(self, period: Period) -> tuple[Period, ...]:
        """Split a period: employed elsewhere for a while, or insured voluntarily afterwards."""
        if period.acquired_on.year >= 2025:
            return (period,)
        lost_on = self.day_between(period.acquired_on, date(2025, 10, 1))
        again_on = lost_on if self.draw.random() < 0.4 else self.day_between(lost_on, TODAY)
        symbol = "901" if again_on == lost_on else period.symbol
        again = replace(period, acquired_on=again_on, number=f"{int(period.number) + 50_000:05d}", symbol=symbol)
        return until(period, lost_on, reason=OTHER_REASON if again_on == lost_on else TO_ANOTHER_INSURER), again

    def day_between(self, first: date, last: date) -> date:
        days = (last - first).days
        return first + timedelta(days=self.draw.randint(1, days) if days > 1 else 1)


def wide(number: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))


def full_width_kana(hiragana: str) -> str:
    return "".join(chr(ord(kana) + 0x60) if "ぁ" <= kana <= "ゖ" else kana for kana in hiragana)


def split_reading(name: str) -> tuple[str, str]:
    place = next(place for place, character in enumerate(name) if "ァ" <= character <= "ヶ")
    return name[:place], name[place:]


def write_roster(target: Path) -> None:
    special = special_persons()
    everybody = [*special, *Society().persons(PERSONS - len(special))]
    with target.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for place, person in enumerate(everybody, start=1):
            rows.writerows(rows_of(f"M{place:06d}", person))


if __name__ == "__main__":
    write_roster(Path(sys.argv[1]))
