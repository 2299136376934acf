"""The rules of entering and leaving the list, as PMO staff set them (掲載・解除の基準).

Source    memo 3(1).
Decides   that a change is the next version, with its reason; what was proposed keeps the version it was proposed by.
"""

from dataclasses import dataclass
from datetime import datetime

from inquiry.directory.difficulty import Measure
from inquiry.directory.difficulty_rules import STANDARD, DifficultyRules, Threshold
from inquiry.domain.errors import InvalidValue, Superseded
from inquiry.security import guard
from inquiry.store.listing_proposals import DifficultyRulesEdition, every_rules, latest_rules
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of the rules: who set it when and why; number 0 is the product's own."""

    rules: DifficultyRules
    number: int = 0
    set_at: datetime | None = None
    set_by_name: str = ""
    reason: str = ""


PRODUCT = Edition(DifficultyRules(STANDARD))


def in_force(work: Work) -> Edition:
    """Return the version in force."""
    row = latest_rules(work.session)
    return _edition(row) if row else PRODUCT


def editions(work: Work) -> list[Edition]:
    """Return every version, the newest first; the product's own stands last."""
    return [*(_edition(row) for row in every_rules(work.session)), PRODUCT]


def change(work: Work, rules: DifficultyRules, *, number: int, reason: str) -> None:
    """Set the rules anew; what was set before stays to be read.

    :raises InvalidValue: if no reason is given.
    :raises Superseded: if another version than `number` is in force by now.
    """
    guard.enforce({"reason": reason})
    if not reason.strip():
        raise InvalidValue("difficulty_rules:reason_missing", field="reason")
    latest = in_force(work)
    if latest.number != number:
        raise Superseded(by=latest.set_by_name)
    row = DifficultyRulesEdition(
        number=number + 1,
        thresholds={str(measure): [each.enter, each.leave] for measure, each in rules.thresholds.items()},
        least_inquiries=rules.least_inquiries,
        months_to_enter=rules.months_to_enter,
        months_to_leave=rules.months_to_leave,
        days_to_object=rules.days_to_object,
        reason=reason.strip(),
        set_at=work.now,
        set_by=work.actor.account_id,
        set_by_name=work.actor.display_name,
    )
    work.session.add(row)
    work.session.flush()
    work.record("difficulty_rules:changed", version=str(row.number))


def _edition(row: DifficultyRulesEdition) -> Edition:
    rules = DifficultyRules(
        {Measure(measure): Threshold(*each) for measure, each in row.thresholds.items()},
        row.least_inquiries,
        row.months_to_enter,
        row.months_to_leave,
        row.days_to_object,
    )
    return Edition(rules, row.number, row.set_at, row.set_by_name, row.reason)
