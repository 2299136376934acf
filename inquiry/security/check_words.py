"""Words that both ends of a call say to each other, so that neither takes an impostor for the other (合言葉).

Source    memo annex STEP2 ⑤ ⅰ, なりすまし防止; the words themselves are this product's addition.
Decides   which words there are, and whether the word heard is the one expected.
Not here  when a call counts as confirmed: workflow/calling.py.

A bad line must not turn one word into another: no long vowel, no small kana, none of the sounds that are heard or
spelt in two ways, and any two words differ in more than one sound even where voiced and voiceless are not told apart.
"""

import hmac
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

Choose = Callable[[Sequence[str]], str]

_WRITTEN: Final = """
    あいがも あおぞら あおのり あおやぎ あかがい あかり あけび あさがお あさやけ あすなろ あねもね
    あひる あぶらな あまがさ あまぐも あまざけ あみど あみもの あめだま あやとり あやめ あらなみ
    あられ あるばむ あわゆき いかだ いぐさ いけがき いけす いけばな いすとり いそぎく いとまき
    いなほ いぬごや いねかり いもほり いりまめ いるか いろがみ いわたけ いわな うきくさ うきわ
    うぐいす うさぎ うたげ うたごえ うのはな うまごや うみがめ うみねこ うみべ うろこ うわばき
    えがお えきまえ えくぼ えごま えだまめ えなが えのき えはがき えびす えもの えりまき おいかぜ
    おかゆ おかわり おきなわ おくら おさげ おそば おでこ おとな おなべ おにぎり おはぎ おひさま
    おびどめ おぼろ おまもり おみやげ おむすび おもて おやま おやゆび おりがみ おりひめ おりもの
    おるごる かいがら かいろ かいわれ かえで かおり かかと かがりび かきのき かぎあな かぐや
    かけもの かささぎ かすてら かすみ かたくり かたばみ かなりあ かべがみ かぼす かまきり かまくら
    かまぼこ かみなり かみわざ かめのこ かめら かもめ かやぶき からくさ かりがね かるた かれは
    かわうそ かわせみ かわべ かわます ががいも ききみみ きくらげ きぐるみ きさらぎ きたかぜ きてき
    きなこ きぬいと きぬさや きのみ きぼり きみどり きらめき きりえ きりかぶ きりさめ くぎぬき
    くこのみ くさかり くさばな くさぶえ くさむら くさやね くすのき くまざさ くまで くみひも
    くもがた くやくば くろだい くろねこ くろまめ けぬき けまり げたばこ こがね こぐま こけもも
    こさめ こざかな こすもす こなゆき こねこ このは こはく こびと こまぎれ こまどり こむぎ
    こもれび こより ころも ごむまり さいころ さかぐら さかなや ささぶね さざえ さざなみ さといも
    さとやま さなぎ さむらい さらだ さるびあ さわがに ざくろ すいか すごろく すすき すだれ
    すなはま すのこ すもも するめ せかい せともの そとがわ そめもの そよかぜ そらいろ そらまめ
    たいやき たうえ たかとび たかみね たがめ たきぎ たけうま たけのこ たけぶえ たけやぶ たこあげ
    たたみ たてがみ たてごと たてもの たなばた たにがわ たびびと たまいれ たまご たまねぎ たらい
    たらのめ たわら だてまき てすり てだま てぬぐい てのひら てぶくろ とこのま とさか とだな
    とねりこ とのさま とびうお とびばこ とびら とまと とまりぎ とらねこ とりかご とりで とろみ
    なえぎ なかぞら なかにわ なかみ なかやま ながさき なぎさ なごや なぞなぞ なたね ななくさ
    なべぶた なべやき なまえ なめこ なめたけ なわとび にがうり にぎわい にこごり にこみ にまめ
    にわとり ぬいもの ぬくもり ねぎま ねまき のぎく のこぎり のはら はかま はくさい はぐるま
    はこにわ はこぶね はごたえ はさみ はざくら はすのは はぜのき はたおり はたざお はなぞの
    はなたば はなびら はまかぜ はまぐり はまなす はまべ はやおき はやぶさ はらまき はるさめ ばなな
    ひがさ ひだまり ひとで ひなた ひばり ひびき ひまわり ひやむぎ ひよこ ひよどり ひらがな ひらめ
    ひるがお ひるま ひろば ぶりき べにばな ほたて ほたるび ほとり ほりばた まいこ まいたけ まがも
    まきば まきもの まごころ まごのて またたび まてがい まないた まめまき まゆげ まゆだま まよなか
    まりなげ まわた みけねこ みぞれ みどりご みなと みみかき みやこ みるく むぎわら むくげ
    むくどり むらさき めかぶ めぐすり めだか めばる めもり もみのき ももいろ やおや やきとり
    やさい やどかり やぶさめ やまいも やまがら やまざと やまなみ やまねこ やまぶき やわらか
    ゆきかき ゆきぐに ゆきどけ ゆきみ ゆびさき ゆびわ ゆぶね ゆみや ゆらぎ ゆりのき よこがお
    よこぶえ よせなべ よぞら よみせ よもぎ よろい よろこび らくがき らくだ らむね りくがめ れたす
    ろばた わかくさ わかば わけぎ わごむ わさびな わたいれ わたぐも わたゆき わなげ わらび
"""
WORDS: Final = tuple(_WRITTEN.split())

_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}


def new_pair(choose: Choose) -> tuple[str, str]:
    """Draw two different words with a source of choices such as `secrets.choice`."""
    first = choose(WORDS)
    return first, choose([word for word in WORDS if word != first])


def same_word(said: str, expected: str) -> bool:
    """Say whether both are one word, however its kana were typed: hiragana or katakana, wide or narrow, spaced."""
    return hmac.compare_digest(_plain(said).encode(), _plain(expected).encode())


def is_in_kana(said: str) -> bool:
    """Say whether something typed can be a word at all: kana alone, not what a keyboard made of them."""
    plain = _plain(said)
    return bool(plain) and all("ぁ" <= letter <= "ゖ" for letter in plain)


def _plain(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).split()).translate(_HIRAGANA)
