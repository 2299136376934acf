"""The sentences that explain why an answer is due when it is (回答期限の説明)."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from inquiry.domain.calendar import JST, ClosedReason
from inquiry.domain.due import DueStep, DueStepCode

CLOSED: Final = {
    ClosedReason.WEEKEND: "土曜日・日曜日",
    ClosedReason.HOLIDAY: "祝日",
    ClosedReason.YEAR_END: "年末年始（12月29日から1月3日まで）",
    ClosedReason.CLOSURE: "休業日",
}
_WEEKDAYS: Final = "月火水木金土日"


def due_sentence(step: DueStep) -> str:
    """Say one step of the explanation."""
    return _SENTENCES[step.code](step)


def _day(step: DueStep) -> str:
    return f"{step.on.month}月{step.on.day}日（{_WEEKDAYS[step.on.weekday()]}）"


def _clock(at: datetime | None) -> str:
    return f"{at.astimezone(JST):%H:%M}" if at else ""


def _cut_off(step: DueStep) -> str:
    return f"{step.cut_off:%H:%M}" if step.cut_off else ""


def _closed_day(step: DueStep) -> str:
    what = CLOSED[step.closed_reason or ClosedReason.CLOSURE]
    name = f"{what}（{step.name}）" if step.name and step.name != what else what
    return f"{_day(step)}は{name}のため、業務日に数えません。"


def _paused(step: DueStep) -> str:
    hours, minutes = divmod(int(step.waited.total_seconds() // 60), 60)
    return f"{_day(step)}から追加情報を待っていた業務時間（{hours}時間{minutes}分）だけ、期限を延ばします。"


_SENTENCES: Final[dict[DueStepCode, Callable[[DueStep], str]]] = {
    DueStepCode.IN_TIME: lambda step: (
        f"{_day(step)}{_clock(step.at)}に受け付けました。締切時刻（{_cut_off(step)}）までの受付なので、原則、即日回答です。"
    ),
    DueStepCode.AFTER_CUT_OFF: lambda step: (
        f"{_day(step)}{_clock(step.at)}に受け付けました。締切時刻（{_cut_off(step)}）の後なので、翌業務日の受付として数えます。"
    ),
    DueStepCode.ON_CLOSED_DAY: lambda step: (
        f"{_day(step)}{_clock(step.at)}に受け付けました。業務日でないため、次の業務日の受付として数えます。"
    ),
    DueStepCode.CLOSED_DAY: _closed_day,
    DueStepCode.COUNTED: lambda step: f"{_day(step)}の受付として数えます。",
    DueStepCode.AGREED: lambda step: f"文書での回答は、{_day(step)}までと約束されています。",
    DueStepCode.AGREED_IN_VAIN: lambda step: (
        f"文書での回答を{_day(step)}までと決めたのは、期限を過ぎてからです。期限は動きません。"
    ),
    DueStepCode.PAUSED: _paused,
    DueStepCode.MOVED: lambda step: (
        f"{_day(step)}{_clock(step.at)}に受付時間・休業日が変わったため、新しい受付時間・休業日で数えました。"
    ),
    DueStepCode.KEPT: lambda step: (
        f"{_day(step)}{_clock(step.at)}に受付時間・休業日が変わりましたが、期限はその前に過ぎていたため、動きません。"
    ),
    DueStepCode.DUE: lambda step: f"回答期限は{_day(step)}{_clock(step.at)}です。",
}
