"""How many imitations of organisations' names are flagged, how many true names of others, and how quickly.

Usage: python -m benchmarks.like_names

The insurers are invented after the manner of true ones: branches of the association and wide-area unions by prefecture,
societies by places, trades and marks, national societies by prefecture and profession. The municipalities are all there
are, each left out in turn, as if the directory lacked it: a name that stands in a directory is its owner's.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Final

from inquiry.directory.like_names import IMITATIONS, NameLikeness, OrganisationName, likeness_of
from inquiry.directory.municipalities import read_municipalities
from inquiry.directory.prefectures import PREFECTURES
from inquiry.matching.kanji import fold

INSURERS: Final = 1_600
OTHERS: Final = 2_000
SHORTEST: Final = 3
SOCIETY: Final = "健康保険組合"
NATIONAL: Final = "国民健康保険組合"


def _words(text: str) -> list[str]:
    return text.split()


PROFESSIONS: Final = _words("医師 歯科医師 薬剤師 建設 土建 食品 理容 美容 税理士 浴場 弁護士 料理飲食")
FAMILIES: Final = _words(
    "日 東 富士 三 大 住 古 川 丸 山 北 南 西 新 昭和 明治 太陽 旭 京 中央 帝 国際 "
    "安 藤 豊 松 石 小 高 森 神 和 協 共 光 愛 第一 全国 日本 朝"
)
MARKS: Final = _words("立 和 海 洋 成 友 河 崎 紅 田 武 濃 信 正 栄 産 人 陽 宝 生 島 野 林 村 原 本 沢 井 木 岡")
TRADES: Final = _words(
    "電機 電気 電工 電線 製作所 製鋼 製鉄 製薬 製紙 製菓 化学 化成 工業 鉱業 商事 商船 "
    "海運 海上 陸運 運輸 倉庫 建設 建機 不動産 生命 証券 銀行 信託 百貨店 印刷 出版 放送 "
    "新聞 自動車 自動車販売 重工 精機 精工 通信 情報システム ソフトウェア フーズ 食品 乳業 "
    "酒造 ガス 石油 グループ ホールディングス"
)
PLACES: Final = ("", "", "", "", "", "東京", "大阪", "愛知", "関東", "西日本", "神奈川県", "広島県", "福岡県")


def true_names(draw: random.Random, number: int) -> list[str]:
    """Draw names of insurers, the fixed ones of each prefecture among them."""
    short = [name if name == "北海道" else name[:-1] for name in PREFECTURES]
    names = {f"全国健康保険協会{name}支部" for name in short}
    names |= {f"{name}後期高齢者医療広域連合" for name in PREFECTURES}
    names |= {f"{draw.choice(PREFECTURES)}{draw.choice(PROFESSIONS)}{NATIONAL}" for _ in range(number // 10)}
    while len(names) < number:
        brand, trade = draw.choice(FAMILIES) + draw.choice(MARKS), draw.choice((*TRADES, ""))
        names.add(draw.choice(PLACES) + brand + trade + SOCIETY)
    return sorted(names)


def imitations(true: str, draw: random.Random) -> Iterator[str]:
    """Yield what an impostor makes of a name: another letter, one less, one more, two swapped, another kind."""
    at = draw.randrange(len(true) - 1)
    yield true[:at] + "蘭" + true[at + 1 :]
    yield true[:at] + true[at + 1 :]
    yield true[:at] + "蘭" + true[at:]
    if true[at] != true[at + 1]:
        yield true[:at] + true[at + 1] + true[at] + true[at + 2 :]
    for ending, other in ((SOCIETY, "健康保険協会"), (NATIONAL, SOCIETY), ("広域連合", "共済組合"), ("支部", "本部")):
        if true.endswith(ending):
            yield true.removesuffix(ending) + other


def read(name: str) -> OrganisationName:
    """Return a name as it is compared."""
    return OrganisationName.of(name, folded=fold)


def flagged(typed: OrganisationName, known: Sequence[OrganisationName]) -> list[NameLikeness]:
    """Return how a name imitates others of a directory; one that stands in it imitates nobody."""
    found = [likeness_of(typed, each) for each in known]
    return [] if NameLikeness.SAME in found else [each for each in found if each in IMITATIONS]


def municipalities() -> list[str]:
    """Return the full names of all there are."""
    sheet = read_municipalities(Path("inquiry/store/reference/municipalities.csv").read_bytes())
    return [row.full_name for row in sheet.rows]


def main() -> None:
    draw = random.Random(1)
    drawn = true_names(draw, INSURERS + OTHERS)
    draw.shuffle(drawn)
    listed, others = drawn[:INSURERS], drawn[INSURERS:]
    known = [read(name) for name in listed]
    for words, wanted in ((f"{SHORTEST} letters or more", True), ("fewer", False)):
        pairs = [pair for pair in zip(listed, known, strict=True) if (len(pair[1].rest) >= SHORTEST) is wanted]
        tried = [read(each) for name, _ in pairs for each in imitations(name, draw)]
        started = process_time()
        found = sum(bool(flagged(each, known)) for each in tried)
        speed = len(tried) / (process_time() - started)
        print(f"{found:>7,} of {len(tried):,} imitations of names told apart by {words} flagged; {speed:,.0f} a second")
    own = sum(bool(flagged(each, known)) for each in known)
    print(f"{own:>7,} of {len(known):,} listed insurers' own names flagged")
    _print_others("true names of insurers that the list lacks", [(read(name), known) for name in others])
    places = [read(name) for name in municipalities()]
    without = [(each, [other for other in places if other is not each]) for each in places]
    _print_others("municipalities, each as if the directory lacked it", without)


def _print_others(words: str, tried: Sequence[tuple[OrganisationName, Sequence[OrganisationName]]]) -> None:
    signs = [found for name, known in tried if (found := flagged(name, known))]
    besides = sum(NameLikeness.ONE_LETTER not in found for found in signs)
    shares = (f"{1000 * each / len(tried):.2f}" for each in (len(signs), besides))
    print(
        f"{len(signs):>7,} of {len(tried):,} {words} flagged: {' in 1,000; besides those one letter off '.join(shares)}"
    )


if __name__ == "__main__":
    main()
