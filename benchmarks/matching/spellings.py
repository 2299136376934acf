"""Inquiries that say the truth in another spelling: they should be answered, or looked at, and never be missed."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from benchmarks.matching import held, writing
from benchmarks.matching.cases import Allowed, Arise, Chance, Trouble, about, full_name
from benchmarks.matching.people import Origin, Person, Whole
from inquiry.domain.roster import INQUIRY_COLUMNS, Writing, inquiry_row
from inquiry.domain.subject import PersonName, Subject
from inquiry.domain.wareki import EraCoding

Change = Callable[[str, int], str]
_O_ROW, _E_ROW = "オコソトノホモヨロゴゾドボポョォ", "エケセテネヘメレゲゼデベペェ"
_LONG = re.compile(f"(?<=[{_O_ROW}])[ウオ]|(?<=[{_E_ROW}])[イエ]")
_SAME_SOUND = {"ズ": "ヅ", "ヅ": "ズ", "ジ": "ヂ", "オ": "ヲ", "イ": "ヰ", "エ": "ヱ"}
_DASHES = "-‐–—―−－─～"


def respelled(change: Change) -> Arise:
    """Return what asks about a person with the kana changed, where the change has something to change."""

    def arise(person: Person, chance: Chance) -> Subject | None:
        name = full_name(person.name, person)
        kana = change(name.kana, chance.below(1 << 20))
        return about(person, name=replace(name, kana=kana)) if kana != name.kana else None

    return arise


def rewritten(change: Change) -> Arise:
    """Return what asks about a person with the written form changed, where the change has something to change."""

    def arise(person: Person, chance: Chance) -> Subject | None:
        name = full_name(person.name, person)
        written = change(name.written, chance.below(1 << 20))
        return about(person, name=replace(name, written=written)) if written != name.written else None

    return arise


def latin(change: Callable[[PersonName], PersonName]) -> Arise:
    def arise(person: Person, _: Chance) -> Subject | None:
        name = full_name(person.name, person)
        if person.origin is not Origin.LATIN or not name.written[0].isascii():
            return None
        return about(person, name=change(name)) if change(name) != name else None

    return arise


def spaced(space: str) -> Change:
    return lambda text, _: re.sub("[　 ]", space, text)


def replaced(pairs: str) -> Change:
    return lambda text, _: writing.exchanged(text, pairs)


def long_vowel(kana: str, turn: int, *, sign: str = "ー") -> str:
    """Spell one long vowel another way."""
    places = [found.start() for found in _LONG.finditer(kana)]
    if not places:
        return kana
    place = places[turn % len(places)]
    return kana[:place] + sign + kana[place + 1 :]


def same_sound(kana: str, turn: int) -> str:
    places = [place for place, sign in enumerate(kana) if sign in _SAME_SOUND]
    if not places:
        return kana
    place = places[turn % len(places)]
    return kana[:place] + _SAME_SOUND[kana[place]] + kana[place + 1 :]


def dash_for_length(kana: str, turn: int) -> str:
    return long_vowel(kana, turn, sign=_DASHES[turn // 7 % len(_DASHES)])


def zero_width(text: str, turn: int) -> str:
    place = turn % len(text)
    return text[:place] + "\u200b\u200d\ufeff"[turn % 3] + text[place:]


_CUSTOMS: tuple[Change, ...] = (
    lambda kana, _: kana.translate(writing.LARGE),
    long_vowel,
    same_sound,
    lambda kana, turn: kana if turn % 2 else kana.replace("　", ""),
    lambda kana, turn: writing.hiragana(kana) if turn % 3 == 0 else writing.half_width(kana),
)


def in_customs(name: PersonName, chance: Chance) -> PersonName:
    """Spell a name as an office with customs of its own does, in kana and in kanji at once."""
    written, kana = name.written, name.kana
    for custom in _CUSTOMS:
        if chance.below(2):
            kana = custom(kana, chance.below(1 << 20))
    if chance.below(2):
        written = writing.old_form(written, chance.below(1 << 20))
    return PersonName(written if chance.below(4) else written.replace("　", ""), kana)


def several_customs(person: Person, chance: Chance) -> Subject:
    return about(person, name=in_customs(full_name(person.name, person), chance))


def typed(person: Person, chance: Chance) -> Subject:
    """Ask by a line of a list, with the date and the sex in one of the many ways in which people type them."""
    day = date.fromordinal(person.born)
    era, letter, year = held.era_of(day)
    dates = (
        f"{era}{year}.{day.month}.{day.day}", f"{letter}{year:02d}-{day:%m-%d}", f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日", f"{day:%Y/%m/%d}".translate(_WIDE), f"{era}{year}年{day:%m月%d日}",
        f"{era[0]}{year}.{day.month}.{day.day}", f"{letter.lower()}{year}/{day.month}/{day.day}", f"{day:%Y.%m.%d}",
    )  # fmt: skip
    sexes = {"1": ("男", "1", "Ｍ", "男性", "M"), "2": ("女", "2", "Ｆ", "女性", "F")}[person.sex]
    name = full_name(person.name, person)
    cells = dict.fromkeys(INQUIRY_COLUMNS, "") | {
        "照会ID": "1",
        "氏名": name.written,
        "氏名カナ": name.kana,
        "生年月日": dates[chance.below(len(dates))],
        "性別": sexes[chance.below(len(sexes))],
    }
    row, _ = inquiry_row(1, cells, Writing(EraCoding.CLAIMS, date.max))
    return row.subject if row else about(person, name=PersonName())


_WIDE = str.maketrans("0123456789/", "０１２３４５６７８９／")


def by_alias(person: Person, _: Chance) -> Subject | None:
    return _by_name(person, person.alias)


def by_former_name(person: Person, _: Chance) -> Subject | None:
    return _by_name(person, person.former)


def _by_name(person: Person, whole: Whole | None) -> Subject | None:
    """Ask by a name that is not the registered one, whose own gaps would not matter then."""
    return about(person, name=full_name(whole, person)) if whole and held.is_clear(person) else None


def with_former_name(person: Person, chance: Chance) -> Subject | None:
    """Ask by a new surname that the roster does not know yet, and say the one it knows as 旧氏."""
    surname = chance.stranger().name[0]
    if person.origin is not Origin.JAPANESE or surname == person.name[0]:
        return None
    return about(person, name=full_name((surname, person.name[1]), person), former_name=full_name(person.name, person))


def reversed_parts(name: PersonName) -> PersonName:
    return PersonName(" ".join(reversed(name.written.split())), "　".join(reversed(name.kana.split())))


def _dotted(kana: str) -> str:
    return kana.replace("　", "・")


_ADDRESS = re.compile("(京都府|.+?[都道府県])(.+?)(\\d+)-(\\d+)-(\\d+)")
_NUMERALS = "〇一二三四五六七八九"


def address_otherwise(person: Person, turn: int) -> str:
    """Write the address as another office does, down to the same house."""
    found = _ADDRESS.fullmatch(person.address)
    prefecture, town, block, lot, house = found.groups() if found else ("", person.address, "1", "1", "1")
    forms = (
        f"{prefecture}{town}{block}丁目{lot}番{house}号",
        f"{town}{block}丁目{lot}番{house}号".translate(_WIDE),
        f"{prefecture}{town}{_NUMERALS[int(block)]}丁目{lot}番地{house}",
        f"〒123-4567　{prefecture}{town}{block}-{lot}-{house}　見本ハイツ２０３号室",
        f"{prefecture} {town} {block}－{lot}－{house}-203".translate(_WIDE),
        f"{town}{block}‐{lot}‐{house}",
        f"{prefecture}{town}{block}の{lot}の{house}",
        f"{prefecture}{town}{block}丁目{lot}",
    )
    return forms[turn % len(forms)]


ONE, ANY = Allowed.ONE, Allowed.ANY
SPELLINGS = (
    Trouble("clean", ONE, lambda person, _: about(person), 3_255),
    Trouble("half-width kana", ONE, respelled(lambda kana, _: writing.half_width(kana)), 400),
    Trouble("large kana for small", ONE, respelled(lambda kana, _: kana.translate(writing.LARGE)), 400),
    Trouble("hiragana", ONE, respelled(lambda kana, _: writing.hiragana(kana)), 60),
    Trouble("no separator in kana", ONE, respelled(spaced("")), 200),
    Trouble("no separator in kanji", ONE, rewritten(spaced("")), 200),
    Trouble("middle dot", ONE, respelled(spaced("・")), 20),
    Trouble("half-width middle dot", ONE, respelled(spaced("･")), 10),
    Trouble("no-break space", ONE, respelled(spaced("\u00a0")), 10),
    Trouble("many spaces", ONE, rewritten(spaced("　 \u2003")), 20),
    Trouble("zero-width characters", ONE, rewritten(zero_width), 10),
    Trouble("zero-width in kana", ONE, respelled(zero_width), 10),
    Trouble("long vowel", ONE, respelled(long_vowel), 150),
    Trouble(
        "long vowel, オ or エ",
        ONE,
        respelled(replaced("ロウ>ロオ コウ>コオ ョウ>ョオ ケイ>ケエ")),
        50,
    ),
    Trouble("dash for length", ONE, respelled(dash_for_length), 30),
    Trouble("same sound", ONE, respelled(same_sound), 100),
    Trouble("ヴ for バ行", ONE, respelled(replaced("バ>ヴァ ビ>ヴィ ベ>ヴェ ボ>ヴォ")), 10),
    Trouble("voiced mark apart", ONE, respelled(lambda kana, _: writing.voiced_apart(kana)), 20),
    Trouble("half-width voiced mark apart", ONE, respelled(lambda kana, _: writing.voiced_after_space(kana)), 10),
    Trouble("combining marks in kana", ONE, respelled(lambda kana, _: writing.combining(kana)), 20),
    Trouble("several customs at once", ONE, several_customs, 900),
    Trouble("old form", ONE, rewritten(writing.old_form), 600),
    Trouble("contested form", ONE, rewritten(writing.contested_form), 80),
    Trouble("variation selector", ONE, rewritten(writing.selected), 50),
    Trouble("compatibility ideograph", ONE, rewritten(lambda written, _: writing.compatible(written)), 20),
    Trouble("iteration mark", ONE, rewritten(replaced("佐々>佐佐 野々>野野 代々>代代 奈々>奈奈 瑚々>瑚瑚")), 30),
    Trouble("large ケ for ヶ", ONE, rewritten(replaced("ヶ>ケ ッ>ツ")), 10),
    Trouble("date and sex as typed", ONE, typed, 200),
    Trouble("latin: full width", ONE, latin(lambda name: replace(name, written=name.written.translate(_FULL))), 20),
    Trouble("latin: lower case", ONE, latin(lambda name: replace(name, written=name.written.title())), 30),
    Trouble("latin: comma", ONE, latin(lambda name: replace(name, written=name.written.replace(" ", ", ", 1))), 10),
    Trouble("latin: other order", ONE, latin(reversed_parts), 30),
    Trouble("latin: middle dot in kana", ONE, latin(lambda name: replace(name, kana=_dotted(name.kana))), 10),
    Trouble(
        "latin: combining marks", ONE, latin(lambda name: replace(name, written=writing.combining(name.written))), 0
    ),
    Trouble("通称 on file", ONE, by_alias, 60),
    Trouble("旧氏 on file", ONE, by_former_name, 120),
    Trouble("旧氏 said, new name unknown", ONE, with_former_name, 60),
    Trouble("same address", ONE, lambda person, _: about(person, address=person.address), 500),
    Trouble(
        "same address otherwise written",
        ONE,
        lambda person, chance: about(person, address=address_otherwise(person, chance.below(1 << 20))),
        200,
    ),
    Trouble("same 記号・番号", ONE, lambda person, _: about(person, symbol=symbol(person), number=number(person)), 400),
)
OTHERS = (
    Trouble("latin: written order alone", ANY, latin(lambda name: replace(reversed_parts(name), kana=name.kana))),
    Trouble("latin: accents lost", ANY, latin(lambda name: replace(name, written=writing.unaccented(name.written)))),
    Trouble("latin: other apostrophe", ANY, latin(lambda name: replace(name, written=name.written.replace("'", "’")))),
    Trouble("title after the name", ANY, rewritten(lambda written, _: written + "　様")),
    Trouble("title without a space", ANY, rewritten(lambda written, _: written + "様")),
    Trouble("ヶ as ガ or が", ANY, rewritten(replaced("ヶ>ガ"))),
    Trouble("ノ as の or 之", ANY, rewritten(replaced("ノ>の"))),
    Trouble("kanji one for a dash", ANY, respelled(replaced("オオ>オ一 ュー>ュ一 リー>リ一"))),
    Trouble("part in kana", ANY, lambda person, _: about(person, name=kana_for_given(person))),
)  # fmt: skip
_FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def symbol(person: Person) -> str:
    return str(1000 + person.household % 9000)


def number(person: Person) -> str:
    return str(person.household)


def kana_for_given(person: Person) -> PersonName:
    name = full_name(person.name, person)
    return replace(name, written=f"{person.name[0].written}　{person.name[1].kana}")
