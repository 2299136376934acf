"""The sentences that explain why an answer is due when it is (回答期限の説明)."""

from typing import Final

from inquiry.domain.calendar import ClosedReason, DueStep, DueStepCode
from inquiry.workflow.work import JST

CLOSED: Final = {
    ClosedReason.WEEKEND: "土曜日・日曜日",
    ClosedReason.HOLIDAY: "祝日",
    ClosedReason.YEAR_END: "年末年始（12月29日から1月3日まで）",
    ClosedReason.CLOSURE: "休業日",
}


def due_sentence(step: DueStep) -> str:
    """Say one step of the explanation."""
    day = f"{step.on.month}月{step.on.day}日"
    match step.code:
        case DueStepCode.IN_TIME:
            return f"{day}の受付時間内の受付です。原則、即日回答です。"
        case DueStepCode.AFTER_CUT_OFF:
            return f"{day}の締切時刻より後のため、翌業務日の受付として数えます。"
        case DueStepCode.CLOSED_DAY:
            name = step.holiday_name or CLOSED[step.closed_reason or ClosedReason.CLOSURE]
            return f"{day}は{name}のため、業務日に数えません。"
        case DueStepCode.PAUSED:
            minutes = int(step.waited.total_seconds() // 60)
            return (
                f"{day}から追加情報を待っていた業務時間（{minutes // 60}時間{minutes % 60}分）だけ、期限を延ばします。"
            )
        case DueStepCode.DUE:
            local = step.due_at.astimezone(JST) if step.due_at else None
            return f"回答期限は{local.month}月{local.day}日{local:%H:%M}です。" if local else ""
