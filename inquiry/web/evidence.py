"""Evidence of difficulty on a page: charts, the table under them, and what each month says (根拠の表示)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inquiry.directory.difficulty import SIDES as SIDE_MEASURES
from inquiry.directory.difficulty import Evidence, Measure, Side, measured
from inquiry.directory.difficulty_rules import DifficultyRules, Verdict, verdict
from inquiry.domain.network_error import filing_reasons
from inquiry.web.charts import Chart, Series, Subject, columns, lines
from inquiry.workflow.difficulty import Month

MEASURES: Final = {
    Measure.UNREGISTERED: ("登録の遅れによる照会", "件"),
    Measure.COPIES_OPEN: ("副本の登録・更新が済んでいないもの", "件"),
    Measure.OLDEST_COPY_DAYS: ("そのうち最も古いもの", "日"),
    Measure.LATE_PERCENT: ("回答期限を過ぎた割合", "％"),
    Measure.REFUSED_PERCENT: ("回答不能の割合", "％"),
    Measure.NOT_SAME_DAY_PERCENT: ("即日に回答しなかった割合", "％"),
    Measure.NINTH_DECILE_HOURS: ("９割の照会に回答するまでの業務時間", "時間"),
}
SIDES: Final = {Side.REGISTRATION: "副本情報等の登録の遅れ", Side.ANSWERING: "問合せへの対応"}
VERDICTS: Final = {
    Verdict.HEAVY: ("error", "掲載の基準以上"),
    Verdict.BETWEEN: ("warning", "基準の間"),
    Verdict.LIGHT: ("success", "解除の基準未満"),
    Verdict.UNKNOWN: ("neutral", "件数が少ない"),
}
REASONS: Final = {reason.code: reason.label for reason in filing_reasons()}
COLUMNS: Final = (
    "月", "照会", "登録の遅れによる照会", "回答", "回答までの中央値（業務分）", "回答までの９割値（業務分）",
    "即日回答（％）", "期限超過", "回答不能", "副本未了", "副本未了の最古（日）",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """The evidence of some months, ready for its template."""

    charts: tuple[Chart, ...]
    rows: tuple["Row", ...]
    reasons: tuple[tuple[str, tuple[int, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One month in the table; without rules it has no verdict."""

    month: str
    short: str
    evidence: Evidence
    unregistered: int
    same_day_percent: int
    median: str
    ninth_decile: str
    is_whole: bool
    chip: tuple[str, str] | None


def shown(months: Sequence[Month], rules: DifficultyRules | None = None) -> Shown:
    """Return what a page shows of some months; with rules, also what each whole month says under them."""
    return Shown(_charts(months), tuple(_row(month, rules) for month in reversed(months)), _reasons(months))


def name_of(month: Month) -> str:
    """Return a month as it stands in a table."""
    return f"{month.first_on.year}年{month.first_on.month}月"


def duration(minutes: int | None) -> str:
    """Return business time in hours and minutes, a dash where there is none."""
    if minutes is None:
        return "—"
    hours, rest = divmod(minutes, 60)
    return f"{hours}時間{rest:02d}分" if hours else f"{rest}分"


def cells_of(month: Month) -> dict[str, str]:
    """Return a month as a row of the file to take out."""
    evidence = month.evidence
    values = (
        name_of(month),
        evidence.inquiries,
        measured(evidence)[Measure.UNREGISTERED],
        evidence.answered,
        "" if evidence.median_minutes is None else evidence.median_minutes,
        "" if evidence.ninth_decile_minutes is None else evidence.ninth_decile_minutes,
        evidence.percent(evidence.same_day),
        evidence.late,
        evidence.refused,
        evidence.copies_open,
        evidence.oldest_copy_days,
    )
    return dict(zip(COLUMNS, map(str, values), strict=True))


def _row(month: Month, rules: DifficultyRules | None) -> Row:
    evidence = month.evidence
    return Row(
        month=name_of(month),
        short=f"{month.first_on:%Y/%m}",
        evidence=evidence,
        unregistered=measured(evidence)[Measure.UNREGISTERED],
        same_day_percent=evidence.percent(evidence.same_day),
        median=duration(evidence.median_minutes),
        ninth_decile=duration(evidence.ninth_decile_minutes),
        is_whole=month.is_whole,
        chip=VERDICTS[verdict(evidence, rules)] if rules and month.is_whole else None,
    )


def _reasons(months: Sequence[Month]) -> tuple[tuple[str, tuple[int, ...], int], ...]:
    found = []
    for code, label in REASONS.items():
        numbers = tuple(month.evidence.by_reason.get(code, 0) for month in reversed(months))
        if any(numbers):
            found.append((label, numbers, sum(numbers)))
    return tuple(found)


def _charts(months: Sequence[Month]) -> tuple[Chart, ...]:
    names = [f"{month.first_on.month}月" for month in months]
    each = [month.evidence for month in months]
    unregistered = [measured(evidence)[Measure.UNREGISTERED] for evidence in each]
    others = [evidence.inquiries - number for evidence, number in zip(each, unregistered, strict=True)]
    return (
        columns(
            Subject("asked", "月ごとの照会", "件"),
            names,
            [Series("登録の遅れによる照会", unregistered), Series("その他の照会", others)],
        ),
        lines(
            Subject("answered", "回答の状況", "％"),
            names,
            [
                Series("即日回答", [_share(evidence, evidence.same_day) for evidence in each]),
                Series("期限超過", [_share(evidence, evidence.late) for evidence in each]),
                Series("回答不能", [_share(evidence, evidence.refused) for evidence in each]),
            ],
        ),
        lines(
            Subject("taken", "回答までの業務時間", "時間"),
            names,
            [
                Series("半数がこの時間まで", [_hours(evidence.median_minutes) for evidence in each]),
                Series("９割がこの時間まで", [_hours(evidence.ninth_decile_minutes) for evidence in each]),
            ],
        ),
        columns(
            Subject("copies", "副本の登録・更新が済んでいないもの（月末）", "件"),
            names,
            [Series("済んでいないもの", [evidence.copies_open for evidence in each])],
        ),
    )


def _share(evidence: Evidence, part: int) -> int | None:
    return evidence.percent(part) if evidence.inquiries else None


def _hours(minutes: int | None) -> float | None:
    return None if minutes is None else round(minutes / 60, 1)


def rule_words(rules: DifficultyRules) -> list[tuple[str, list[str]]]:
    """Return the rules in sentences, by the two sides of the memo's condition."""
    found = []
    for side, measures in SIDE_MEASURES.items():
        used = [(MEASURES[each], rules.thresholds[each]) for each in measures if each in rules.thresholds]
        said = [f"{name}　掲載{each.enter}{unit}以上、解除{each.leave}{unit}未満" for (name, unit), each in used]
        found.append((SIDES[side], said))
    return found
