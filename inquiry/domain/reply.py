"""The one gate through which anything about a member leaves the insurer (回答の可否).

Source    memo annex STEP2 ⑤ i-iii, ※5 of the flowchart; annex flowchart (1)(2)(3).
Decides   whether a reply of this kind may leave by this channel now. Screen, file, letter and bulk all come here.
Not here  who is the member: matching/decide.py. How the bytes are made: documents/.
"""

from dataclasses import dataclass
from enum import StrEnum

from inquiry.domain.errors import NotDisclosable
from inquiry.domain.findings import Finding


class Channel(StrEnum):
    """How a reply travels (回答方法)."""

    CALL_BACK = "call_back"  # 電話（代表電話への折り返し）
    FILE = "file"  # パスワード付きファイル
    LETTER = "letter"  # 文書
    PAGE = "page"  # 本システムの画面（追加情報の依頼だけ）


ANSWER_CHANNELS = (Channel.CALL_BACK, Channel.FILE, Channel.LETTER)


class ReplyKind(StrEnum):
    """What is told: each is personal information and needs its channel's protection."""

    ANSWER = "answer"  # 回答
    NOT_FOUND = "not_found"  # 該当者なし
    DATES_REQUEST = "dates_request"  # 追加情報の依頼


class Identifier(StrEnum):
    """The three identifiers (３情報)."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"


ALL_THREE = frozenset(Identifier)

_FINDING_FOR = {
    ReplyKind.ANSWER: Finding.ONE,
    ReplyKind.NOT_FOUND: Finding.NONE,
    ReplyKind.DATES_REQUEST: Finding.SEVERAL,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything the gate looks at, gathered by the use case from what is on record.

    `is_call_confirmed`: the main line of the directory was called and both check words were right.
    `is_locked`: the file opens with its password only. `is_released`: the letter has its number and was released.
    `is_withheld`: the member's record is 不開示. `awaits_release`: the insurer wants a second person's look first.
    `is_overtaken`: nobody was found on a roster since replaced by one that holds somebody.
    `is_outdated`: the person who was found is not found so, or is 不開示, on the roster in force.
    """

    kind: ReplyKind
    channel: Channel
    is_inquirer_confirmed: bool
    finding: Finding | None
    equal: frozenset[Identifier]
    items_told: frozenset[str]
    items_asked: frozenset[str]
    items_allowed: frozenset[str]
    is_call_confirmed: bool = False
    is_locked: bool = False
    is_released: bool = False
    is_withheld: bool = False
    awaits_release: bool = False
    is_overtaken: bool = False
    is_outdated: bool = False


def check_disclosable(reply: Reply) -> None:
    """Let the reply pass, or say which condition of the memo is not met.

    :raises NotDisclosable: with the code of the first condition that fails.
    """
    if not reply.is_inquirer_confirmed:
        raise NotDisclosable("gate:inquirer_not_confirmed")
    if reply.finding is not _FINDING_FOR[reply.kind]:
        raise NotDisclosable("gate:finding_does_not_allow")
    if reply.is_withheld:
        raise NotDisclosable("gate:withheld")
    if reply.is_overtaken:
        raise NotDisclosable("gate:overtaken")
    if reply.is_outdated:
        raise NotDisclosable("gate:outdated")
    if reply.awaits_release:
        raise NotDisclosable("gate:not_released")
    if reply.kind is ReplyKind.ANSWER:
        _check_content(reply)
    elif reply.items_told:
        raise NotDisclosable("gate:nothing_may_be_told")
    _check_channel(reply)


def _check_content(reply: Reply) -> None:
    if reply.equal != ALL_THREE:
        raise NotDisclosable("gate:identifiers_not_equal")
    if not reply.items_told:
        raise NotDisclosable("gate:no_item_told")
    if not reply.items_told <= reply.items_asked:
        raise NotDisclosable("gate:item_not_asked")
    if not reply.items_told <= reply.items_allowed:
        raise NotDisclosable("gate:item_not_allowed")


def _check_channel(reply: Reply) -> None:
    if reply.channel is Channel.CALL_BACK and not reply.is_call_confirmed:
        raise NotDisclosable("gate:call_not_confirmed")
    if reply.channel is Channel.FILE and not reply.is_locked:
        raise NotDisclosable("gate:file_not_locked")
    if reply.channel is Channel.LETTER and not reply.is_released:
        raise NotDisclosable("gate:letter_not_released")
    if reply.channel is Channel.PAGE and reply.kind is not ReplyKind.DATES_REQUEST:
        raise NotDisclosable("gate:page_carries_questions_only")
