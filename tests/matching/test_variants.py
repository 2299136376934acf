import unicodedata

import pytest

from inquiry.matching.kanji import Kinship, kinship
from inquiry.matching.variants import CONTESTED, DOUBTFUL, UNDISPUTED

ONE_NAME = """
    高髙 崎﨑 崎㟢 斎齋 斉齊 辺邊 辺邉 邊邉 浜濱 浜濵 柳栁 桑桒 吉𠮷 土𡈽 橋𣘺 沢澤 桜櫻 広廣 国國 恵惠 徳德 真眞 槙槇
    巌巖 亜亞 栄榮 衛衞 円圓 応應 横橫 温溫 楽樂 寛寬 気氣 暁曉 尭堯 勲勳 薫薰 県縣 剣劍 検檢 顕顯 厳嚴 恒恆 黄黃 黒黑
    桧檜 実實 寿壽 渋澁 緒緖 将將 穣穰 静靜 曽曾 荘莊 総總 滝瀧 鉄鐵 伝傳 稲稻 富冨 島嶋 島嶌 嶋嶌 峰峯 野埜 園薗
    涼凉 竜龍 館舘 船舩 崎嵜 秋穐 晃晄 萌萠 亘亙 祢禰 遥遙 凛凜 弥彌 万萬 満滿 与與 来來 頼賴 礼禮 郎郞 瀬瀨 禄祿 関關
    静靜 豊豐 宝寶 仏佛 聡聰 瑶瑤 渕淵 脇𦚰 晋晉 彦彥 芦蘆 体體 学學 塩鹽 鶴靏 昂昻
"""

# Names of their own, though the eye or a dictionary of radicals joins them.
TWO_NAMES = """
    秦奏 孝考 原源 亨享 彩采 崎埼 祐佑 裕祐 拓柘 綾稜 菅管 萩荻 享京 亮高 太大 己巳 昂昴 晴靖 清靖 崇嵩 坂阪 州洲
    畑畠 河川 仲中 伸信 弘宏 浩洋 和知 明朗 恵慧 春晴 幸行 冶治 隆陸 建健 堅竪 輝暉 花華 苅刈 磯礒 皓晧 涌湧 舟船
    碕崎 徳悳 岡丘 岸峰 宮官 永水 未末 木本 土士 千干 牛午 矢失 鳥烏 島鳥 桃挑 柿姉 吉古 季李 寿春 西四 裡裕
    太犬 井丼 谷容 北比 佳桂 真直 千于 正政 俊駿 準准 介分 輔補 賢堅 浅残 葵癸 楓颯 莉梨 奈那 美実 茂成 惇淳
"""


@pytest.mark.parametrize("pair", ONE_NAME.split())
def test_two_forms_of_one_character_are_one_name(pair):
    assert kinship(*pair) in (Kinship.VARIANT, Kinship.CONTESTED)


@pytest.mark.parametrize("pair", TWO_NAMES.split())
def test_two_names_that_look_alike_stay_two(pair):
    assert kinship(*pair) is Kinship.STRANGERS


@pytest.mark.parametrize("pair", ["斎斉", "齋斉", "斎齊", "齋齊"])
def test_sai_and_sei_are_left_to_an_officer(pair):
    assert kinship(*pair) is Kinship.DOUBTFUL


@pytest.mark.parametrize("groups", [UNDISPUTED, CONTESTED, DOUBTFUL])
def test_every_form_points_to_one_representative_and_no_further(groups):
    forms = [form for group in groups.split() for form in group[1:]]
    assert len(forms) == len(set(forms))
    assert not set(forms) & {group[0] for group in groups.split()}


def test_contested_forms_meet_the_undisputed_ones_in_a_star():
    undisputed = {form for group in UNDISPUTED.split() for form in group[1:]}
    assert not undisputed & set("".join(CONTESTED.split()) + "".join(DOUBTFUL.split()))


def test_no_entry_stands_where_unicode_already_decides():
    for character in "".join((UNDISPUTED + CONTESTED + DOUBTFUL).split()):
        assert unicodedata.normalize("NFKC", character) == character
