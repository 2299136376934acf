"""The spellings under which what somebody types into a search may stand in a list (検索語の表記).

Decides   that width and script of kana make no difference to a search: ﾐﾎﾝ, みほん and ミホン find the same rows.
"""

import unicodedata

_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_TO_FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


def spellings_of(text: str) -> list[str]:
    """Return the spellings to look for, each once; none for an empty search."""
    typed = text.strip()
    folded = unicodedata.normalize("NFKC", typed)
    spellings = (typed, folded, folded.translate(_TO_KATAKANA), folded.translate(_TO_FULL_WIDTH))
    return [spelling for spelling in dict.fromkeys(spellings) if spelling]
