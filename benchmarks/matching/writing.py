"""How one name is written in many ways: the customs of machines and offices, each as a function of a text.

Source    the old forms stand in 常用漢字表, 人名用漢字別表 and on family registers. The table is this benchmark's own,
          but whoever wrote it had seen the product's: results for old forms are no held-out sample.
"""

import unicodedata
from functools import lru_cache

LARGE = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
_HALF |= {"\u3099": "ﾞ", "\u309a": "ﾟ", "　": " ", "ヮ": "ﾜ", "ヰ": "ｲ", "ヱ": "ｴ", "・": "･"}

# New form first; whoever writes an old form means the same name. The second table is what families tell apart.
UNDISPUTED = """
高髙 崎﨑 斎齋 斉齊 辺邊邉 浜濱濵 桜櫻 広廣 国國 恵惠 真眞 桑桒 柳栁 吉𠮷 栄榮 礼禮 静靜 徳德 関關
実實 寿壽 渋澁澀 円圓 学學 壮壯 弥彌 応應 暁曉 横橫 検檢 楽樂 沢澤 滝瀧 瀬瀨 瑶瑤 禅禪 穂穗 総總
聡聰 緑綠 翠翆 薫薰 蔵藏 塩鹽 頼賴 顕顯 黒黑 黄黃 鶴靏 亀龜 万萬 与與 亜亞 来來 伝傳 児兒 内內
剣劍 勲勳 区區 団團 厳嚴 収收 条條 気氣 満滿 宝寶 専專 将將 尚尙 巌巖 庁廳 弐貳 従從 戸戶 教敎
晋晉 暦曆 会會 県縣 産產 稲稻 経經 絵繪 継繼 豊豐 鉄鐵 青靑 顔顏 竜龍 駅驛 鶏鷄 麦麥 郎郞 清淸
渕淵 桧檜 曽曾 脇𦚰 橋𣘺 間閒
"""
CONTESTED = "島嶋 島嶌 富冨 峰峯 涼凉 萌萠 凛凜 遥遙 館舘 崎嵜 喜㐂 野埜 秋穐 槙槇 台臺 亘亙 晃晄"
_OLD_FORMS = {group[0]: group[1:] for group in UNDISPUTED.split()}
_CONTESTED = {group[0]: group[1:] for group in CONTESTED.split()}
_NEW_FORMS = {ord(form): group[0] for group in (UNDISPUTED + CONTESTED).split() for form in group[1:]}
_VOICED = "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ"
_UNVOICED = dict(zip(_VOICED, "カキクケコサシスセソタチツテトハヒフヘホウ", strict=True))
COMPATIBILITY = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFA10, 0xFA6E)}


@lru_cache(maxsize=100_000)
def half_width(kana: str) -> str:
    return "".join(_HALF.get(sign, sign) for sign in unicodedata.normalize("NFD", kana))


@lru_cache(maxsize=100_000)
def large_half_width(kana: str) -> str:
    return half_width(kana.translate(LARGE))


def hiragana(kana: str) -> str:
    return "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in kana)


def voiced_apart(kana: str) -> str:
    """Write a voiced mark as a character of its own, as typewriters did."""
    return "".join(_UNVOICED[sign] + "゛" if sign in _UNVOICED else sign for sign in kana)


def voiced_after_space(kana: str) -> str:
    return half_width(kana).replace("ﾞ", " ﾞ")


def combining(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def unaccented(latin: str) -> str:
    return "".join(sign for sign in combining(latin) if not unicodedata.combining(sign))


def old_form(written: str, turn: int) -> str:
    """Write one character in an old form, or return the text as it was."""
    return _exchanged(written, _OLD_FORMS, turn)


def new_form(written: str) -> str:
    """Write every character in its new form, by this benchmark's own table."""
    return written.translate(_NEW_FORMS)


def contested_form(written: str, turn: int) -> str:
    return _exchanged(written, _CONTESTED, turn)


def compatible(written: str) -> str:
    """Write what Unicode calls a compatibility ideograph (神 as U+FA19)."""
    return "".join(COMPATIBILITY.get(sign, sign) for sign in written)


def selected(written: str, turn: int) -> str:
    """Put a variation selector (異体字セレクタ) behind a character."""
    place = turn % len(written) + 1
    selector = chr((0xE0100 + turn % 4) if turn % 3 else 0xFE00 + turn % 3)
    return written[:place] + selector + written[place:]


def hidden(written: str, place: int, mark: str = "●") -> str:
    """Write a mark for a character that an intermediate system could not convert."""
    return f"{written[:place]}{mark}{written[place + 1 :]}"


def exchanged(text: str, pairs: str) -> str:
    """Replace the first pair that occurs, each written before>after; return the text as it was if none does."""
    for pair in pairs.split():
        before, _, after = pair.partition(">")
        if before in text:
            return text.replace(before, after, 1)
    return text


def _exchanged(written: str, table: dict[str, str], turn: int) -> str:
    places = [place for place, sign in enumerate(written) if sign in table]
    if not places:
        return written
    place = places[turn % len(places)]
    forms = table[written[place]]
    return written[:place] + forms[turn // 7 % len(forms)] + written[place + 1 :]
