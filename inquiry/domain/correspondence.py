"""What passes between a municipality and an insurer outside the system, by telephone and paper (保険者との連絡).

Source    memo annex STEP1 ② ※2 (電話又は文書); STEP2 ④-⑤ as it reaches the municipality; flowchart ※4, ※6.
Decides   by which way each word may come, and which event of the inquiry it is.
Not here  whether the insurer may say it: that is the insurer's to decide.
"""

from enum import StrEnum

from inquiry.domain.errors import InvalidValue
from inquiry.domain.inquiry import Event


class Word(StrEnum):
    """What was said, or sent."""

    SENT = "sent"  # 照会書を送った
    NOT_REACHED = "not_reached"  # つながらなかった
    ACCEPTED = "accepted"  # 受け付けられた（折り返し待ち）
    ANSWER = "answer"  # 回答
    NOT_FOUND = "not_found"  # 該当者なし
    SEVERAL = "several"  # 複数該当・追加情報を求められた
    DELAY = "delay"  # 時間を要する旨
    REFUSED = "refused"  # 回答できない旨


class Way(StrEnum):
    """How it came, or went."""

    CALLED = "called"  # 照会窓口一覧の番号に当方からかけた
    CALLED_BACK = "called_back"  # 当方の代表電話に折り返しがあった
    LETTER = "letter"
    FAX = "fax"
    FILE = "file"


TELEPHONE = frozenset({Way.CALLED, Way.CALLED_BACK})
_ON_PAPER = frozenset({Way.LETTER, Way.FAX})
_SAID = TELEPHONE | _ON_PAPER
WAYS: dict[Word, frozenset[Way]] = {
    Word.SENT: _ON_PAPER,
    Word.NOT_REACHED: frozenset({Way.CALLED}),
    Word.ACCEPTED: frozenset({Way.CALLED}),
    Word.ANSWER: _SAID | {Way.FILE},
    Word.NOT_FOUND: _SAID | {Way.FILE},
    Word.SEVERAL: _SAID,
    Word.DELAY: _SAID,
    Word.REFUSED: _SAID,
}
EVENTS: dict[Word, Event] = {
    Word.ANSWER: Event.HEAR_ANSWER,
    Word.NOT_FOUND: Event.HEAR_ANSWER,
    Word.SEVERAL: Event.HEAR_QUESTION,
    Word.DELAY: Event.ANNOUNCE_DELAY,
    Word.REFUSED: Event.REFUSE,
}
OURS = frozenset({Word.SENT, Word.NOT_REACHED})


def check_way(word: Word, way: Way) -> None:
    """Refuse a way by which this cannot have come.

    :raises InvalidValue: naming the field ``way``.
    """
    if way not in WAYS[word]:
        raise InvalidValue("corresponding:way_not_for_word", field="way")
