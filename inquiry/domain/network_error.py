"""Why the network could not answer, and whether that opens the manual way (情報照会のエラー).

Source    memo 2 (機関別符号未発行エラー, 情報提供エラー); memo annex STEP1 ①; memo 3(1) for the list.
Decides   which reasons let an inquiry be filed, and what the clerk should try besides.
Not here  whether an insurer is on the list: directory/difficult_insurers.py.

The network's own codes are closed. These are local; the raw code and message are kept beside the inquiry as typed.
"""

from dataclasses import dataclass
from enum import StrEnum

from inquiry.domain.errors import Forbidden, InvalidValue


class Opening(StrEnum):
    """What a reason does for the manual way."""

    OPENS = "opens"
    IF_LISTED = "if_listed"
    IF_SUPERVISED = "if_supervised"
    IF_DECLARED = "if_declared"  # while an outage is declared
    STAYS_SHUT = "stays_shut"


class Retry(StrEnum):
    """What the network may be asked again; advice for the clerk, never a condition (the memo has none)."""

    NO = "no"
    ONCE = "once"
    AFTER_TEN_DAYS = "after_ten_days"
    LATER = "later"
    AFTER_CORRECTION = "after_correction"


@dataclass(frozen=True, slots=True)
class FilingReason:
    """One reason to file, or not to file, an inquiry by hand (エラー等の種別).

    `refusal` completes the error's code where the reason can stay shut.
    """

    code: str
    label: str
    opening: Opening
    retry: Retry = Retry.NO
    refusal: str = ""

    @property
    def needs_error(self) -> bool:
        """Say whether the time and reference of an error must be given; a listed insurer needs none."""
        return self.opening is not Opening.IF_LISTED


_REASONS = (
    FilingReason("E01", "機関別符号未発行エラー", Opening.OPENS),
    FilingReason("E02", "情報提供エラー", Opening.OPENS, Retry.ONCE),
    FilingReason("E03", "該当者なし・副本未登録", Opening.OPENS),
    FilingReason("E04", "提供された情報が古い・書類と相違する", Opening.OPENS, Retry.AFTER_TEN_DAYS),
    # The person may be under protection: nobody telephones before a supervisor has looked.
    FilingReason("E05", "不開示該当（自動応答不可）", Opening.IF_SUPERVISED, refusal="supervisor_needed"),
    FilingReason("E06", "回答保留・タイムアウト", Opening.OPENS, Retry.LATER),
    FilingReason("E07", "照会条件の不備", Opening.STAYS_SHUT, Retry.AFTER_CORRECTION, "correct_and_resend"),
    FilingReason("E08", "アクセス不許可", Opening.STAYS_SHUT, Retry.NO, "not_permitted"),
    FilingReason("E09", "閲覧停止中（J-LIS突合不一致）", Opening.OPENS),
    FilingReason("E10", "システム障害・メンテナンス", Opening.IF_DECLARED, Retry.LATER, "wait_for_recovery"),
    FilingReason("L01", "情報連携困難保険者リストに掲載", Opening.IF_LISTED, refusal="not_listed"),
)
_BY_CODE = {reason.code: reason for reason in _REASONS}


def filing_reasons() -> tuple[FilingReason, ...]:
    """Return every reason in the order of the form."""
    return _REASONS


def filing_reason(code: str) -> FilingReason:
    """Return the reason of this code.

    :raises InvalidValue: if there is none.
    """
    try:
        return _BY_CODE[code]
    except KeyError:
        raise InvalidValue("network_error:unknown", field="reason") from None


def may_fall_back(
    code: str, *, is_listed: bool = False, is_supervised: bool = False, is_declared: bool = False
) -> bool:
    """Say whether this reason opens the manual way.

    `is_listed`: the insurer's listing concerns this person today. `is_supervised`: a supervisor agreed.
    `is_declared`: PMO staff declared an outage of the network that goes on now.
    """
    opening = filing_reason(code).opening
    return (
        opening is Opening.OPENS
        or (opening is Opening.IF_LISTED and is_listed)
        or (opening is Opening.IF_SUPERVISED and is_supervised)
        or (opening is Opening.IF_DECLARED and is_declared)
    )


def check_may_fall_back(
    code: str, *, is_listed: bool = False, is_supervised: bool = False, is_declared: bool = False
) -> None:
    """Refuse an inquiry whose reason does not open the manual way (memo annex STEP1 ①).

    :raises Forbidden: with what the clerk should do instead.
    """
    if not may_fall_back(code, is_listed=is_listed, is_supervised=is_supervised, is_declared=is_declared):
        raise Forbidden(f"network_error:{filing_reason(code).refusal}")
